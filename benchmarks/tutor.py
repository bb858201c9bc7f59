"""How long the tutor takes: one message, a very long one, and a reply to 200 KB of pasted text with its readings ready.

Run: python benchmarks/tutor.py. It only prints; nothing here is a test.
"""

import asyncio
import itertools
import statistics
import time
from pathlib import Path

import yaml

from synthqc.assistant.analysis import understand
from synthqc.assistant.paste import split_paste
from synthqc.assistant.protocol import Exchange, Text, Turn
from synthqc.assistant.state import state_of
from synthqc.assistant.tutor import Tutor, measured
from synthqc.course.lab import Lab
from synthqc.course.loading import load_course

UTTERANCES = Path(__file__).parents[1] / "tests" / "assistant" / "utterances"
PASTE_BYTES = 200_000


def milliseconds(start: float) -> float:
    return (time.perf_counter() - start) * 1000


def main() -> None:
    course = load_course()
    seconds = itertools.count(step=30)
    tutor = Tutor(lambda: course.concepts, course.lesson_of, clock=lambda: float(next(seconds)))
    print(f"{'':6}{'prepare':>9}{'median':>9}{'worst':>9}{'reply':>9}{'10,000 words':>14}{'200 KB':>9}   in ms")
    for lesson in ("L1", "L2", "L3", "L4"):
        lab = course.lab(lesson)
        start = time.perf_counter()
        tutor.prepare(lab)
        prepared = milliseconds(start)
        knowledge, nothing = tutor.knowledge(lab), state_of((), lab)
        messages = [
            one["text"] for one in yaml.safe_load((UTTERANCES / f"lab-{lesson[1]}.yaml").read_text(encoding="utf-8"))
        ]
        times, replies = [], []
        for message in messages:
            start = time.perf_counter()
            understand(Turn(message), nothing, knowledge)
            times.append(milliseconds(start))
        history: tuple[Exchange, ...] = ()
        for message in messages:
            turn = Turn(message)
            start = time.perf_counter()
            history = (*history, tutor.answer(turn, lab, history))
            replies.append(milliseconds(start))
        text = " ".join(itertools.islice(itertools.cycle(" ".join(messages).split()), 10_000))
        start = time.perf_counter()
        understand(Turn(text), nothing, knowledge)
        long = milliseconds(start)
        print(
            f"{lesson:6}{prepared:9.1f}{statistics.median(times):9.2f}{max(times):9.2f}{max(replies):9.1f}{long:14.1f}"
            f"{until_reply(tutor, lab):9.1f}"
        )


def until_reply(tutor: Tutor, lab: Lab) -> float:
    """From Enter on 200 KB of pasted lines whose readings are ready to the first piece of the reply."""
    line = "Customer: My parcel of order 4711 is late. Agent: I am sorry, it will arrive on Monday.\n"
    text = f"Here are lines:\n{line * (PASTE_BYTES // len(line))}"
    readings = measured(line * 200, lab)

    async def first() -> float:
        start = time.perf_counter()
        speech, paste = split_paste(text)
        turn = Turn(speech, readings, paste)
        async for event in tutor.reply(turn, lab, ()):
            if isinstance(event, Text):
                return milliseconds(start)
        return float("nan")

    return asyncio.run(first())


if __name__ == "__main__":
    main()
