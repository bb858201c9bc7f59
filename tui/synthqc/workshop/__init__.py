"""Workshops over SSH: a directory of settings, learners and store, and a server; loaded for its commands alone."""
