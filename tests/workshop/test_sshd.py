"""The lines of `workshop sshd-config`, in a real sshd on this machine, met with the real client."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pseudo_terminal import PseudoTerminal
from visitor import CODE

from synthqc.cli.main import run

SSHD = shutil.which("sshd") or ("/usr/sbin/sshd" if Path("/usr/sbin/sshd").exists() else None)
SSH = shutil.which("ssh")

pytestmark = pytest.mark.skipif(not (SSHD and SSH), reason="needs OpenSSH's sshd and ssh")

USER = pwd.getpwuid(os.getuid()).pw_name


def wait_for_port(port: int, log: Path) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with socket.socket() as knocking:
            if knocking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(log.read_text())


@pytest.fixture
def sshd(make, tmp_path: Path, capsys):
    """A server on a free port that takes one key, and the command of a client that has it."""
    workshop = make()
    assert run(["workshop", "sshd-config", str(workshop.directory), "--user", USER]) == 0
    lines = capsys.readouterr().out
    for name in ("host", "client"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = tmp_path / "sshd_config"
    config.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {tmp_path}/host\nPidFile none\nUsePAM no\nStrictModes no\n"
        f"PermitRootLogin yes\nAuthorizedKeysFile {tmp_path}/client.pub\nSubsystem sftp internal-sftp\n{lines}"
    )
    Path("/run/sshd").mkdir(exist_ok=True)
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen([SSHD, "-D", "-e", "-f", str(config)], stderr=log)
    client = [
        *(SSH, "-F", "none", "-p", str(port), "-i", str(tmp_path / "client"), "-o", "StrictHostKeyChecking=no"),
        *("-o", f"UserKnownHostsFile={tmp_path}/known", "-o", "LogLevel=ERROR", "-o", "ConnectTimeout=5"),
        *("-o", "ConnectionAttempts=10"),
    ]
    try:
        wait_for_port(port, tmp_path / "log")
        yield [*client, f"{USER}@127.0.0.1"], workshop
    finally:
        server.terminate()
        server.wait()


def test_a_learner_joins_through_the_hosts_own_sshd(sshd) -> None:
    client, workshop = sshd
    environment = {"TERM": "xterm-256color", "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    with PseudoTerminal(client, env=environment) as terminal:
        terminal.wait_for("Your name:")
        terminal.send("Ada\n")
        terminal.wait_for("Join code:")
        terminal.send(f"{CODE}\n")
        terminal.wait_for("New PIN")
        terminal.send("2468\n")
        terminal.wait_for("again")
        terminal.send("2468\n")
        terminal.wait_for("Begin: Lesson 1")
        terminal.send("\x1a\x1c\r")
        terminal.wait_for("1 of 8")
        # The escape of the client works at its own end alone; the session sees a plain ~.
        terminal.send("\x11")
        assert terminal.wait_for_exit() == 0
    assert (workshop.learners / "ada" / "learner.json").exists()
    assert "2468" not in terminal.raw.decode(errors="replace"), "a PIN is not shown while it is typed"


@pytest.mark.parametrize("words", [["sh", "-c", "id"], ["-T"], ["-tt", "sh"]], ids=["command", "no-terminal", "shell"])
def test_no_command_and_no_shell(sshd, words: list[str]) -> None:
    client, _ = sshd
    options = [word for word in words if word.startswith("-t") or word == "-T"]
    command = [word for word in words if word not in options]
    done = subprocess.run(
        [*client[:-1], *options, client[-1], *command], capture_output=True, text=True, input="id\n", timeout=30
    )
    assert "needs a terminal" in done.stdout + done.stderr
    assert "uid=" not in done.stdout
    assert done.returncode == 2


def test_no_file_transfer_and_no_forwarding(sshd, tmp_path: Path) -> None:
    client, _ = sshd
    (tmp_path / "file").write_text("x")
    at = client.index("-p")
    options = [*client[1:at], "-P", client[at + 1], *client[at + 2 : -1]]
    done = subprocess.run(
        ["sftp", *options, "-b", "-", client[-1]], input=f"put {tmp_path}/file {tmp_path}/copy\n", capture_output=True,
        text=True, timeout=30,
    )  # fmt: skip
    assert done.returncode != 0
    assert not (tmp_path / "copy").exists()
    forwarded = subprocess.run(
        [*client[:-1], "-W", "127.0.0.1:22", client[-1]], input="", capture_output=True, text=True, timeout=30
    )
    assert forwarded.returncode != 0
    assert "prohibited" in forwarded.stderr or "refused" in forwarded.stderr or "failed" in forwarded.stderr


def test_the_lines_name_this_interpreter_and_directory(make, capsys) -> None:
    workshop = make()
    assert run(["workshop", "sshd-config", str(workshop.directory)]) == 0
    lines = capsys.readouterr().out
    assert f"{sys.executable} -I" in lines
    assert str(workshop.directory) in lines
    assert "Match User workshop" in lines


def test_a_user_that_would_end_the_line_is_refused(make, capsys) -> None:
    assert run(["workshop", "sshd-config", str(make().directory), "--user", "a\nPermitRootLogin yes"]) == 2
    assert "--user" in capsys.readouterr().err
