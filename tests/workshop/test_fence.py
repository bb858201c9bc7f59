"""What a session cannot do whatever it is told; each try in a fresh interpreter behind the fence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BEHIND = """
import os, socket, subprocess, sys, webbrowser, shutil, signal, sqlite3
from pathlib import Path
from synthqc.workshop.fence import close_fence
folder, store = Path(sys.argv[1]), Path(sys.argv[2])
close_fence(folder, store)
try:
    {code}
except PermissionError as error:
    print("refused:", error)
else:
    print("done")
"""


def behind(tmp_path: Path, code: str) -> str:
    folder = tmp_path / "learners" / "ada"
    folder.mkdir(parents=True)
    (folder / "link").symlink_to(tmp_path)
    (folder / "own").write_text("mine")
    (tmp_path / "other").write_text("another's")
    done = subprocess.run(
        [sys.executable, "-c", BEHIND.format(code=code), str(folder), str(tmp_path / "progress.sqlite3")],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "tui")},
    )
    return done.stdout


@pytest.mark.parametrize(
    "code",
    [
        "os.system('touch /tmp/x')",
        "subprocess.run(['id'])",
        "subprocess.Popen('id', shell=True)",
        "os.execv('/bin/sh', ['sh'])",
        "os.posix_spawn('/bin/sh', ['sh'], {})",
        "os.fork()",
        "os.environ['BROWSER'] = '/bin/true %s'; webbrowser.open('http://example.org')",
        "socket.create_connection(('127.0.0.1', 22))",
        "socket.socket(socket.AF_UNIX).connect('/tmp/agent')",
        "socket.socket().bind(('127.0.0.1', 0))",
        "os.kill(os.getppid(), signal.SIGTERM)",
        "os.kill(os.getpid(), signal.SIGTSTP)",
        "(folder / '..' / 'bob').open('w')",
        "(folder / 'link' / 'new').write_text('x')",
        "open(folder.parent / 'new', 'a')",
        "os.open('/tmp/synthqc-new', os.O_CREAT | os.O_WRONLY)",
        "(folder.parent.parent / 'other').unlink()",
        "(folder / 'own').rename(folder.parent / 'own')",
        "(folder / 'another').symlink_to('/etc/passwd')",
        "os.link('/etc/passwd', folder / 'passwd')",
        "shutil.rmtree(folder.parent)",
        "(folder.parent / 'carol').mkdir()",
    ],
)
def test_refused(tmp_path: Path, code: str) -> None:
    assert behind(tmp_path, code).startswith("refused:")
    assert (tmp_path / "other").read_text() == "another's"
    assert {path.name for path in tmp_path.iterdir()} <= {"learners", "other"}


@pytest.mark.parametrize(
    "code",
    [
        "(folder / 'notebooks').mkdir(); (folder / 'notebooks' / 'lab-1.md').write_text('x')",
        "(folder / 'own').rename(folder / 'new')",
        "c = sqlite3.connect(store); c.execute('create table t (a)'); c.close()",
        "open(os.devnull, 'w').close()",
        "Path('/etc/hostname').exists()",
    ],
)
def test_what_the_course_needs_is_allowed(tmp_path: Path, code: str) -> None:
    assert behind(tmp_path, code) == "done\n"


def test_a_session_that_wants_more_memory_or_time_than_its_share_is_bounded(tmp_path: Path) -> None:
    code = (
        "import resource; from synthqc.workshop.fence import set_limits; from synthqc.workshop.settings import Limits\n"
        "set_limits(Limits(memory_mb=512, cpu_minutes=2))\n"
        "assert resource.getrlimit(resource.RLIMIT_CPU) == (120, 125)\n"
        "try: bytearray(2**30)\n"
        "except MemoryError: print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "tui")},
    )
    assert done.stdout == "refused\n"
