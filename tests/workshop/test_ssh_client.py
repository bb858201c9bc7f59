"""A workshop met with OpenSSH's own client, as learners have it."""

import asyncio
import os
import shutil

import pytest
from pseudo_terminal import PseudoTerminal
from visitor import CODE

SSH = shutil.which("ssh")

pytestmark = pytest.mark.skipif(SSH is None, reason="needs OpenSSH's ssh")


async def test_a_learner_types_what_the_readme_says(make, serving, tmp_path) -> None:
    async with serving(make()) as server:
        command = [
            *(SSH, "-F", "none", "-p", str(server.port), "-o", f"UserKnownHostsFile={tmp_path}/known"),
            *("-o", "PubkeyAuthentication=no", "-o", "SendEnv=COLORTERM", "Ada@127.0.0.1"),
        ]
        environment = {"TERM": "xterm-256color", "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}

        def play() -> int:
            with PseudoTerminal(command, env=environment) as terminal:
                terminal.wait_for("Are you sure you want to continue connecting")
                terminal.send("yes\n")
                terminal.wait_for("Join code:")
                terminal.send(f"{CODE}\n")
                terminal.wait_for("New PIN")
                terminal.send("2468\n")
                terminal.wait_for("same PIN again")
                terminal.send("2468\n")
                terminal.wait_for("Begin: Lesson 1")
                terminal.resize(100, 30)
                terminal.settle()
                terminal.send("\r")
                terminal.wait_for("1 of 8")
                terminal.send("\x11")
                return terminal.wait_for_exit()

        assert await asyncio.to_thread(play) == 0
        assert "Ada (ada) left; 0 sessions" in server.said
