"""The Textual application, the only room that imports textual and rich; only the command line imports it."""
