"""A PostgreSQL server of the tests' own, in a temporary directory, reached by a socket there."""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OPTIONS = "-c listen_addresses='' -c fsync=off -c max_connections=60 -c shared_buffers=16MB"
_numbers = itertools.count()


def programs() -> Path | None:
    """Where initdb and pg_ctl lie; None where no server is installed."""
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    return next((path.parent for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), reverse=True)), None)


def _user() -> str | None:
    """Whom the server runs as: it refuses root."""
    if os.geteuid() != 0:
        return None
    known = {one.pw_name for one in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


class Cluster:
    """A server that can be stopped and started."""

    def __init__(self, bin_directory: Path, directory: Path) -> None:
        self._bin = bin_directory
        self.directory = directory

    def address(self, database: str) -> str:
        return f"postgresql:///{database}?host={self.directory}&user=tester"

    def new_database(self) -> str:
        """The address of an empty database."""
        import psycopg

        name = f"t{next(_numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name}")  # type: ignore[call-overload]
        return self.address(name)

    def run(self, program: str, *arguments: str) -> None:
        log = self.directory / "output"
        # A file, since the server keeps what it inherits: a pipe would never end.
        with log.open("w") as output:
            done = subprocess.run(
                [str(self._bin / program), *arguments],
                user=_user(),
                cwd=self.directory,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=60,
            )
        assert done.returncode == 0, log.read_text()

    def start(self) -> None:
        data = str(self.directory / "data")
        self.run(
            "pg_ctl",
            "-D",
            data,
            "-w",
            "-l",
            str(self.directory / "log"),
            "-o",
            f"{OPTIONS} -k {self.directory}",
            "start",
        )

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.directory / "data"), "-w", "-m", "immediate", "stop")


@contextmanager
def running() -> Iterator[Cluster]:
    """A server that is stopped and forgotten at the end."""
    found = programs()
    assert found is not None
    # Not pytest's directory: that is closed to the user that the server runs as, and too long a path for a socket.
    directory = Path(tempfile.mkdtemp(prefix="synthqc-pg-", dir="/tmp"))
    try:
        if user := _user():
            shutil.chown(directory, user)
        cluster = Cluster(found, directory)
        cluster.run("initdb", "-D", str(directory / "data"), "-A", "trust", "-U", "tester", "-E", "UTF8", "-N")
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(directory, ignore_errors=True)
