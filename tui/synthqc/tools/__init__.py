"""The mini-tools, each declared once: a sample goes in, a reading comes out.

May import metrics, and course for the bundled samples.
"""
