"""Files that are there whole or not at all, packed where their names say so."""

import contextlib
import gzip
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast


@contextmanager
def whole_files(*paths: Path) -> Iterator[tuple[BinaryIO, ...]]:
    """Streams to write to; the files get their names when all of them are complete, else nothing is left of them.

    What is written goes to a hidden file beside each target, `.NAME.PROCESS.part`, which takes its place at the end:
    the last one first, so that where the first file is there, all are. Only a process that is killed outright leaves
    such a part. A pipe or a device is written to as it is.

    Args:
        paths: The targets; names that end in .gz, .zst or .zstd are packed.

    Raises:
        OSError: A file cannot be written.
    """
    with ExitStack() as parts:
        written = [_part_of(path) for path in paths]
        for part, path in zip(written, paths, strict=True):
            if part != path:
                parts.callback(_remove, part)
        with ExitStack() as streams:
            yield tuple(streams.enter_context(_packed(part, path)) for part, path in zip(written, paths, strict=True))
        for part, path in reversed([*zip(written, paths, strict=True)]):
            if part != path:
                _take_place(part, path)


def _part_of(path: Path) -> Path:
    target = path.resolve()
    if target.exists() and not target.is_file() and not target.is_dir():
        return path
    return target.with_name(f".{target.name}.{os.getpid()}.part")


def _take_place(part: Path, path: Path) -> None:
    target = path.resolve()
    if target.exists():
        shutil.copymode(target, part)
    part.replace(target)


def _remove(part: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        part.unlink()


@contextmanager
def _packed(part: Path, path: Path) -> Iterator[BinaryIO]:
    if path.is_dir():
        raise IsADirectoryError(21, "Is a directory", str(path))
    with part.open("wb") as stream:
        if path.suffix == ".gz":
            # Neither name nor time go into it: same input, same bytes.
            with gzip.GzipFile("", "wb", 6, stream, mtime=0) as packed:
                yield cast("BinaryIO", packed)
        elif path.suffix in (".zst", ".zstd"):
            import zstandard

            with zstandard.ZstdCompressor().stream_writer(stream, closefd=False) as packed:
                yield packed
        else:
            yield stream
        stream.flush()
        if part != path:
            os.fsync(stream.fileno())
