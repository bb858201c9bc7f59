"""synthqc: a terminal course on quality control for synthetic training data."""

__version__ = "0.1.0"
