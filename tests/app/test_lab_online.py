"""A lab whose replies a model words."""

import pytest
from loopback import CUT, Loopback, chunk, refused, said

from synthqc.assistant.endpoint import endpoint_of
from synthqc.assistant.online import OnlineAssistant
from synthqc.assistant.tutor import Tutor

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
