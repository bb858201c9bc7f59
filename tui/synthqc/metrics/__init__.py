"""The numbers: tokens and arrays in, numbers out.

No files, no YAML, no screen; imports nothing of ours but errors.
"""
