"""The screens: each reads the widgets, asks one domain function, and shows the answer."""
