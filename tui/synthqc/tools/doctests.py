"""Python code in a record, held against the examples in its docstrings, in a process of its own."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from synthqc.cleaning import one_line

SECONDS = 5.0
"""Time a record's code gets, on the clock; of the processor it gets two."""

LIMITS = (
    "each record's code runs in a process of its own with 2 s of processor time, 512 MB of memory, an empty directory, "
    "no files over 64 KB and Python's sockets taken away: a fence against accidents, not against an attacker"
)
"""What keeps the code in, in words."""

_FENCED = re.compile(r"```(?:python|py|pycon)?[ \t]*\n(.*?)```", re.DOTALL | re.IGNORECASE)

# It runs isolated and without site packages. What it prints last is the result.
_CHILD = r"""
import doctest, io, json, resource, socket, sys, types
for limit, most in ((resource.RLIMIT_CPU, 2), (resource.RLIMIT_AS, 512 << 20), (resource.RLIMIT_FSIZE, 1 << 16),
                    (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NPROC, 0), (resource.RLIMIT_NOFILE, 16)):
    resource.setrlimit(limit, (most, most + 1 if limit == resource.RLIMIT_CPU else most))
def refused(*_, **__):
    raise OSError("there is no network here")
socket.socket = socket.create_connection = socket.getaddrinfo = refused
import _socket
_socket.socket = refused
text, real = sys.stdin.read(), sys.stdout
module = types.ModuleType("record")
said = []
class Runner(doctest.DocTestRunner):
    def report_failure(self, out, test, example, got):
        said.append(f"{example.source.strip()} states {example.want.strip()[:80]!r}, gives {got.strip()[:80]!r}")
    def report_unexpected_exception(self, out, test, example, exc_info):
        said.append(f"{example.source.strip()} raises {exc_info[0].__name__}: {exc_info[1]}")
try:
    sys.stdout = io.StringIO()
    try:
        exec(compile(text, "record", "exec"), module.__dict__)
        tests = doctest.DocTestFinder(exclude_empty=True).find(module, "record", module=False, globs=module.__dict__)
    except SyntaxError:
        tests = [doctest.DocTestParser().get_doctest(text, {}, "record", None, 0)]
    runner = Runner(verbose=False)
    for test in tests:
        runner.run(test, out=lambda _: None)
    result = {"examples": runner.tries, "failed": runner.failures, "said": said[0] if said else ""}
except BaseException as error:
    result = {"examples": 0, "failed": 0, "said": f"{type(error).__name__}: {error}"}
sys.stdout = real
print("\n" + json.dumps(result), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a record's code."""

    examples: int
    """Examples that ran."""
    failed: int
    """Of them, those that gave something else than they state."""
    said: str
    """The first failure, or why nothing ran; empty where all went well."""

    @property
    def is_right(self) -> bool:
        """Did examples run, and did all give what they state?"""
        return self.examples > 0 and self.failed == 0


def code_in(record: str) -> str:
    """The Python code with examples in a record: its fenced blocks, or all of it; empty where there is no example."""
    if ">>>" not in record:
        return ""
    blocks = [block for block in _FENCED.findall(record) if ">>>" in block or "def " in block]
    code = "\n".join(blocks) if blocks else record
    return code if ">>>" in code else ""


def run(code: str, *, seconds: float = SECONDS) -> Outcome:
    """Runs the examples in code. The code can do what a process of this user can, within `LIMITS`.

    Args:
        code: Python code or a session of it.
        seconds: Time that it gets, on the clock.
    """
    with tempfile.TemporaryDirectory() as place, (Path(place) / "said").open("w+b") as said:
        process = subprocess.Popen(  # noqa: S603 - running it is the purpose, and only where a person asked for it
            [sys.executable, "-I", "-S", "-c", _CHILD],
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=subprocess.DEVNULL,
            cwd=place,
            env={},
            start_new_session=True,
        )
        try:
            process.communicate(code.encode("utf-8", "replace"), timeout=seconds)
        except subprocess.TimeoutExpired:
            return Outcome(0, 0, f"took longer than {seconds:g} s")
        finally:
            _end(process)
        said.seek(0)
        return _outcome(said.read(1 << 17), process.returncode)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends the process and whatever it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _outcome(said: bytes, code: int) -> Outcome:
    last = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
    try:
        found = json.loads(last)
        return Outcome(int(found["examples"]), int(found["failed"]), one_line(str(found["said"])))
    except (ValueError, KeyError, TypeError):
        reason = {-signal.SIGXCPU: "took more than 2 s of processor time", -signal.SIGKILL: "was stopped"}
        return Outcome(0, 0, reason.get(code, "ended without a result: too much memory or output, or it ended itself"))
