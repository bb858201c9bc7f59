"""The course as data: models, the only reader of YAML, the loader, the author's check.

Imports nothing of ours but errors and cleaning.
"""
