"""A workshop that is open, met with an SSH client."""

import asyncio

import asyncssh
import pytest
from visitor import CODE, knock

from synthqc.learner.store import Store


def facts(workshop, learner: str) -> list[str]:
    store = Store(workshop.store, learner=learner, course="synthetic-data-qc")
    found = [event.fact.kind for event in store.events()]
    store.close()
    return found


async def test_a_learner_joins_reads_leaves_and_comes_back_to_the_same_place(make, serving) -> None:
    async with serving(make()) as server:
        async with await knock(server.port, "Ada") as ada:
            assert any("New PIN" in one for one in ada.asked)
            await ada.play()
            await ada.wait_for("Begin: Lesson 1")
            ada.press("\r")
            await ada.wait_for("1 of 8")
            ada.press("n")
            await ada.wait_for("2 of 8")
            ada.press("\x11")
            await ada.rest()
            assert ada.process.exit_status == 0
        async with await knock(server.port, "ada") as ada:
            assert ada.asked == ["Data quality", "PIN of ada:"]
            await ada.play()
            await ada.wait_for("Continue: Lesson 1")
            assert "2 of 8 sections" in ada.text
        assert "Ada (ada) came; 1 sessions" in server.said


async def test_a_wrong_code_and_a_wrong_pin_stay_outside(make, serving) -> None:
    async with serving(make()) as server:
        with pytest.raises(asyncssh.PermissionDenied):
            await knock(server.port, "ada", code="wrong-code")
        async with await knock(server.port, "ada"):
            pass
        with pytest.raises(asyncssh.PermissionDenied) as refused:
            await knock(server.port, "ada", pin=CODE)
        assert refused.value.asked == ["Data quality", "PIN of ada:"]


async def test_two_learners_have_progress_of_their_own_in_one_store(make, serving) -> None:
    workshop = make()
    async with serving(workshop) as server:
        async with await knock(server.port, "ada") as ada, await knock(server.port, "bob") as bob:
            await asyncio.gather(ada.play(), bob.play())
            await asyncio.gather(ada.wait_for("Begin:"), bob.wait_for("Begin:"))
            ada.press("\r")
            await ada.wait_for("1 of 8")
        async with await knock(server.port, "bob") as bob:
            await bob.play()
            await bob.wait_for("Begin:")
            assert "of 8 sections" not in bob.text


async def test_a_key_that_the_host_has_put_there_lets_its_learner_in(make, serving) -> None:
    workshop = make()
    key = asyncssh.generate_private_key("ssh-ed25519")
    async with serving(workshop) as server:
        async with await knock(server.port, "ada"):
            pass
        (workshop.learners / "ada" / "authorized_keys").write_bytes(key.export_public_key())
        async with await knock(server.port, "ada", client_keys=[key]) as ada:
            assert ada.asked == []
            await ada.play()
            await ada.wait_for("Begin:")
        with pytest.raises(asyncssh.PermissionDenied):
            await knock(server.port, "bob", client_keys=[key], code="wrong")


async def test_the_host_key_stays_the_same_and_is_the_hosts_alone(make, serving) -> None:
    workshop = make()
    async with serving(workshop):
        first = workshop.host_key.read_bytes()
    async with serving(workshop):
        assert workshop.host_key.read_bytes() == first
    assert workshop.host_key.stat().st_mode & 0o077 == 0


async def test_when_the_workshop_closes_learners_read_so_on_their_own_screen(make, serving) -> None:
    async with serving(make()) as server, await knock(server.port, "ada") as ada:
        await ada.play()
        await ada.wait_for("Begin:")
        closing = asyncio.create_task(server.close())
        text = await ada.rest()
        await closing
        assert "The workshop was closed. Everything is saved." in text
        assert ada.raw.index(b"\x1b[?1049l") < ada.raw.index(b"The workshop was closed")
