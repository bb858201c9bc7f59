"""A lab whose replies a model words."""

import asyncio
from dataclasses import replace

import pytest
from loopback import CUT, Loopback, chunk, refused, said

from synthqc.assistant.endpoint import endpoint_of
from synthqc.assistant.grounding import Claim
from synthqc.assistant.online import OnlineAssistant
from synthqc.assistant.protocol import Begun, Checked, Done, Notice, Text, ToolRun, Waiting
from synthqc.assistant.tutor import Tutor
from synthqc.tools.catalogue import run_tool
from synthqc.tools.sample import sample_of_text

REPLY = "The chatbot it is. What happened to the spread of its replies?"


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ([said(REPLY, step=4)], ["to the spread of its", "tiny at 127.0.0.1"]),
        ([[chunk({"content": "The chatbot"}), CUT]], ["The chatbot (cut off)", "tiny at 127.0.0.1"]),
        ([refused(401)], ["refuses the key (401)", "So we look at the support chatbot."]),
    ],
    ids=["a whole reply", "a reply that is cut", "no reply"],
)
async def test_the_lab_goes_on_whatever_the_endpoint_does(learner, answers, wanted: list[str]) -> None:
    async with Loopback() as server, learner((120, 40)) as one:
        server.answer(*answers)
        course = one.app.course
        tutor = Tutor(lambda: course.concepts, course.lesson_of)
        one.app._assistant = OnlineAssistant(endpoint_of(server.url, "tiny"), tutor)
        await one.opens(3, "exchange 0 of 3")
        await one.presses("enter")
        await one.sees("Case A, the support chatbot.")
        await one.presses("enter")
        await one.sees("exchange 1 of 3")
        for text in wanted:
            await one.sees(text)


class Scripted:
    """Yields the events it was given; waits for good before the last where it is to be stopped."""

    def __init__(self, tutor: Tutor, events, *, hangs: bool = False) -> None:
        self.voice = "tiny at 127.0.0.1:1"
        self._tutor = tutor
        self._events = events
        self._hangs = hangs

    def prepare(self, lab) -> None:
        self._tutor.prepare(lab)

    async def reply(self, turn, lab, history):
        exchange = replace(self._tutor.answer(turn, lab, history), voice=self.voice)
        yield Begun(exchange)
        said = ""
        for event in self._events:
            said += event.delta if isinstance(event, Text) else ""
            yield event
        if self._hangs:
            await asyncio.Event().wait()
        yield Done(replace(exchange, reply=said))


def speaks(one, events, *, hangs: bool = False) -> None:
    course = one.app.course
    one.app._assistant = Scripted(Tutor(lambda: course.concepts, course.lesson_of), events, hangs=hangs)


async def asks(one) -> None:
    await one.opens(3, "exchange 0 of 3")
    await one.presses("enter")
    await one.sees("Case A, the support chatbot.")
    await one.presses("enter")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_reply_in_markdown_is_shown_without_its_marks(learner, size) -> None:
    async with learner(size) as one:
        speaks(one, [Text("Two **signs"), Text(" of it**:\n\n- narrow"), Text("\n- copies\n\n`top_share`?")])
        await asks(one)
        await one.sees("Two signs of it:")
        await one.sees("• copies")
        await one.sees("top_share?")
        assert "**" not in one.screen
        assert "tiny at 127.0.0.1:1" in one.screen.splitlines()[0]
        assert max(map(len, one.screen.splitlines())) <= size[0]


async def test_a_number_that_nothing_backs_is_marked_and_told(learner) -> None:
    async with learner((120, 40)) as one:
        claim = Claim("0.45", 14, 18, "unbacked", "tool: 0.102, Distinct-2")
        speaks(one, [Text("Distinct-2 is 0.45 here."), Checked((claim,))])
        await asks(one)
        await one.sees("Distinct-2 is 0.45? here.")
        await one.sees("? not from a tool: 0.45 (tool: 0.102, Distinct-2)")


async def test_a_tool_that_the_model_asked_for_is_one_line(learner) -> None:
    async with learner((120, 40)) as one:
        reading = run_tool("distinct-n", sample_of_text("the cat and the dog and the cat", "a"))
        speaks(one, [Text("Let me see."), ToolRun(reading, by_model=True), Text(" It repeats.")])
        await asks(one)
        await one.sees("Let me see. It repeats.")
        await one.sees("measured for this reply: Distinct-2: 0.714 (1 lines, 8")


async def test_a_pause_is_counted_down_and_escape_stops_the_reply(learner) -> None:
    async with learner((120, 40)) as one:
        speaks(one, [Text("The chatbot"), Waiting(30, "127.0.0.1:1 is overloaded (503)")], hangs=True)
        await asks(one)
        await one.sees("127.0.0.1:1 is overloaded (503). Next try in")
        before = one.screen
        await one.sees(lambda screen: "Next try in" in screen and screen != before)
        await one.presses("escape")
        await one.sees("The chatbot (stopped)")
        await one.sees("exchange 1 of 3")
        assert "Next try" not in one.screen
    async with learner((120, 40)) as again:
        await again.presses("enter")
        await again.sees("The chatbot (stopped)")


async def test_the_reason_of_a_fall_back_stands_in_the_conversation(learner) -> None:
    async with learner((120, 40)) as one:
        speaks(one, [Notice("Tiny refuses the key (401). The offline tutor answers."), Text("So we look at it.")])
        await asks(one)
        await one.sees("So we look at it.")
        assert "Tiny refuses the key (401). The offline tutor answers." in one.app.screen.query_one("#transcript").text
