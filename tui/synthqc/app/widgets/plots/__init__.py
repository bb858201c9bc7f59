"""Plots as lines of text: pure functions from series to runs of characters, one kind of plot a file."""
