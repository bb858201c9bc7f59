"""A session is the course and nothing else: each try to get out of it, over a real connection."""

from pathlib import Path

import asyncssh
import pytest
import pytest_asyncio
from visitor import knock
from workshops import made, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def server(tmp_path_factory):
    """One workshop for all tries, on a host that has a key of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", "sk-of-the-host")
        patch.setenv("SYNTHQC_API_KEY", "sk-of-the-host")
        patch.setenv("SYNTHQC_BASE_URL", "http://models.example:1/v1")
        async with opened(made(tmp_path_factory.mktemp("workshop"), limits="  sessions_per_learner: 9")) as server:
            yield server


@pytest.fixture
def port(server) -> int:
    return server.port


@pytest.mark.parametrize("command", ["sh", "/bin/bash -i", "scp -t /tmp", "synthqc"])
async def test_no_command_is_taken(port: int, command: str) -> None:
    async with await knock(port, "ada") as ada:
        with pytest.raises(asyncssh.ChannelOpenError):
            await ada.connection.create_process(command)
        with pytest.raises(asyncssh.ChannelOpenError):
            await ada.connection.create_process(command, term_type="xterm")


async def test_no_file_transfer(port: int, tmp_path: Path) -> None:
    async with await knock(port, "ada") as ada:
        with pytest.raises((asyncssh.ChannelOpenError, asyncssh.SFTPError)):
            await ada.connection.start_sftp_client()
    async with await knock(port, "ada") as ada:
        (tmp_path / "x").write_text("x")
        with pytest.raises((asyncssh.ChannelOpenError, asyncssh.SFTPError)):
            await asyncssh.scp(str(tmp_path / "x"), (ada.connection, "/tmp/x-of-ada"))
    assert not Path("/tmp/x-of-ada").exists()


@pytest.mark.parametrize("subsystem", ["sftp", "netconf"])
async def test_no_subsystem(port: int, subsystem: str) -> None:
    async with await knock(port, "ada") as ada:
        with pytest.raises(asyncssh.ChannelOpenError):
            await ada.connection.create_process(subsystem=subsystem)


async def test_no_forwarding_of_ports_and_sockets(port: int, tmp_path: Path) -> None:
    async with await knock(port, "ada") as ada:
        with pytest.raises(asyncssh.ChannelOpenError):
            await ada.connection.open_connection("127.0.0.1", 22)
        with pytest.raises(asyncssh.ChannelOpenError):
            await ada.connection.open_unix_connection("/run/agent")
        with pytest.raises(asyncssh.ChannelListenError):
            await ada.connection.forward_remote_port("127.0.0.1", 0, "127.0.0.1", 22)
        with pytest.raises(asyncssh.ChannelListenError):
            await ada.connection.forward_remote_path(str(tmp_path / "s"), "/tmp/s")


async def test_no_forwarding_of_an_agent_or_x11(server, port: int) -> None:
    async with await knock(port, "ada", agent_path="/nonexistent", agent_forwarding=True) as ada:
        await ada.play()
        await ada.wait_for("Lesson 1")
        visit = next(iter(server.sessions.values()))
        assert visit._channel.get_agent_path() is None
    async with await knock(port, "ada") as ada:
        with pytest.raises(asyncssh.ChannelOpenError):
            await ada.connection.create_process(term_type="xterm", x11_forwarding=True, x11_display="localhost:9")


async def test_a_connection_has_one_session(port: int) -> None:
    async with await knock(port, "ada") as ada:
        await ada.play()
        with pytest.raises(asyncssh.ChannelOpenError):
            await ada.connection.create_process(term_type="xterm")


async def test_without_a_terminal_there_are_words_and_no_session(port: int) -> None:
    async with await knock(port, "ada") as ada:
        done = await ada.connection.run()
        assert "needs a terminal" in done.stderr
        assert done.stdout == ""
        assert done.exit_status == 2


async def test_variables_of_the_client_do_not_reach_the_course(port: int) -> None:
    # Each of these would stop the course with a sentence, load code, or change how it looks.
    sent = {
        "SYNTHQC_THEME": "nonsense",
        "TEXTUAL_DRIVER": "os:system",
        "PYTHONHOME": "/x",
        "SYNTHQC_CONFIG": "/etc/passwd",
    }
    async with await knock(port, "ada") as ada:
        await ada.play(env=sent)
        await ada.wait_for("Lesson 1")


async def test_key_and_endpoint_of_the_host_are_in_no_session_and_on_no_screen(server, port: int) -> None:
    async with await knock(port, "ada") as ada:
        await ada.play()
        await ada.wait_for("Lesson 1")
        pids = [server.nursery.pid, *(one.pid for one in server.sessions.values())]
        for pid in pids:
            assert b"sk-of-the-host" not in Path(f"/proc/{pid}/environ").read_bytes()
            assert b"models.example" not in Path(f"/proc/{pid}/environ").read_bytes()
        ada.press(",")
        await ada.wait_for(lambda text: "look" in text and "esc back" in text and "Quality Control" not in text)
        for word in ("endpoint", "model", "who answers", "add an", str(server.workshop.directory)):
            assert word not in ada.text


async def test_keys_that_stop_or_end_programs_do_neither(port: int) -> None:
    async with await knock(port, "ada") as ada:
        await ada.play()
        # Already while the course begins.
        ada.press("\x1a\x1c")
        await ada.wait_for("Lesson 1")
        ada.press("\x1a\x1c")
        ada.press("\x1bOP")
        await ada.wait_for("Keys")


async def test_the_commands_offer_nothing_that_leaves_the_course(server, port: int) -> None:
    async with await knock(port, "ada") as ada:
        await ada.play(size=(80, 50))
        await ada.wait_for("Lesson 1")
        ada.press(":")
        await ada.wait_for("Commands")
        for word in ("suspend", "screenshot", "shell", "browser"):
            assert word not in ada.text.lower()
        folder = server.workshop.learners / "ada"
        assert {path.name for path in folder.iterdir()} <= {"learner.json", "config.yaml"}


async def test_claims_of_a_huge_window_are_not_believed(port: int) -> None:
    async with await knock(port, "ada") as ada:
        await ada.play()
        await ada.wait_for("Lesson 1")
        before = len(ada.raw)
        ada.process.change_terminal_size(60000, 60000)
        await ada.quiet()
        assert before < len(ada.raw) < 3_000_000
