"""The command line: one file per sub-command, nothing heavy imported before it is needed."""
