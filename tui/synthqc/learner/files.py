"""Writing a file of the learner's whole or not at all."""

import os
import tempfile
from pathlib import Path

from synthqc.errors import SynthQCError


class WritingError(SynthQCError):
    """A file that could not be written."""


def write_files(texts: dict[Path, str]) -> None:
    """Writes texts to files, each whole or not at all; directories are made where they are missing.

    Raises:
        WritingError: The disk is full, or a directory cannot be written to.
    """
    for path, text in texts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(path, text)
        except OSError as error:
            raise WritingError(f"{path}: cannot be written: {error.strerror or error}") from error


def _write(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
