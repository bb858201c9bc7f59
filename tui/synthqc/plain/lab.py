"""A lab: talk with the assistant, and a workbench of text and tools, line by line."""

import asyncio

from synthqc.assistant.facts import citation_of
from synthqc.assistant.paste import split_paste
from synthqc.assistant.protocol import Checked, Done, Exchange, Notice, Text, ToolRun, Turn, Waiting
from synthqc.assistant.record import exchange_as_json, exchange_from_json
from synthqc.assistant.state import state_of, status_line
from synthqc.assistant.tutor import measured
from synthqc.course.lab import Lab
from synthqc.errors import SynthQCError
from synthqc.learner.events import ExchangeHeld, LabCompleted, SampleTaken
from synthqc.learner.notebook import Notebook, write_notebook
from synthqc.tools.inlines import reading_lines
from synthqc.tools.reading import Reading

from .session import Session
from .talk import WIDTH, leave

HELP = (
    "Write to the tutor in a line of your own. Alone on a line: s opens a sample, t takes a text of yours (end it with "
    "a line that has only a point), m measures it and tells the numbers, c tells the case again, w writes the notebook "
    "to a file, b goes back to the course, q quits. Everything is saved as you go."
)


class _Lab:
    """One lab at the plain terminal; a class because its commands share the conversation and the workbench."""

    def __init__(self, session: Session, lesson: str) -> None:
        self.session = session
        self.talk = session.talk
        self.lesson = lesson
        self.lab: Lab = session.course.lab(lesson)
        stored = [exchange_from_json(one) for one in session.progress.exchanges.get(self.lab.id, ())]
        self.history: tuple[Exchange, ...] = tuple(one for one in stored if one is not None)
        sample = session.progress.samples.get(self.lab.id)
        self.text = session.store.draft(f"{self.lab.id}/text") or (sample.text if sample else "")
        self.readings: dict[str, Reading] | None = None

    def open(self) -> None:
        """Says where the lab stands."""
        self.tell_case()
        self.talk.say()
        voice = self.session.assistant.voice
        self.talk.say(f"Who answers: {voice}.")
        last = self.history[-1].reply if self.history else self.lab.opening.strip()
        self.talk.say(f"Tutor: {last}")
        self.tell_status()
        self.talk.say(HELP)

    def tell_case(self) -> None:
        self.talk.say(f"Lab {self.lesson.removeprefix('L')}: {self.session.course.entry(self.lesson).lab}")
        self.talk.say(self.lab.scenario.strip())

    def tell_status(self) -> None:
        self.talk.say(f"Where you are: {status_line(state_of(self.history, self.lab), self.lab)}.")

    def measure(self) -> dict[str, Reading]:
        if self.readings is None:
            self.readings = measured(self.text, self.lab) if self.text else {}
        return self.readings

    def tell_readings(self) -> None:
        if not self.text:
            self.talk.say("There is no text yet: s opens a sample, t takes one of yours.")
            return
        readings = self.measure()
        if not readings:
            self.talk.say("No tool could measure this text.")
        for reading in readings.values():
            self.talk.say()
            self.talk.say_all(reading_lines(reading, WIDTH))

    def put(self, text: str, name: str) -> None:
        self.session.record(SampleTaken(self.lab.id, name, text))
        self.session.store.keep_draft(f"{self.lab.id}/text", text)
        self.text, self.readings = text, None
        self.talk.say(f"On the workbench: {name}, {text.count(chr(10)) + 1:,} lines. m measures it.")

    def choose_sample(self) -> None:
        course = self.session.course
        for number, sample in enumerate(self.lab.samples, start=1):
            entry = course.sample(sample)
            self.talk.say(f"{number}. {entry.title}: {' '.join(entry.about.split())}")
        numbers = [str(n) for n in range(1, len(self.lab.samples) + 1)]
        given = self.talk.command("Sample", [*numbers, "b"], lambda: self.talk.say("A number, or b for none."))
        if given != "b":
            sample = self.lab.samples[int(given) - 1]
            self.put(course.sample_text(sample), course.sample(sample).title)

    def take_text(self) -> None:
        self.talk.say("Paste or type lines; end with a line that has only a point.")
        text = self.talk.block()
        if text.strip():
            self.put(text, "pasted text")
        else:
            self.talk.say("That was empty; the workbench stays as it was.")

    def write(self) -> None:
        exchanges = [exchange_as_json(one) for one in self.history]
        sample = self.session.progress.samples.get(self.lab.id)
        title = f"Lab {self.lesson.removeprefix('L')}  {self.session.course.entry(self.lesson).lab}"
        notebook = Notebook(title, self.lab, exchanges, sample.name if sample else "")
        try:
            self.talk.say(f"Written to {write_notebook(notebook, self.session.notebooks, self.session.now())}")
        except SynthQCError as error:
            self.talk.say(str(error))

    def say(self, message: str) -> None:
        speech, paste = split_paste(message)
        readings = measured(paste, self.lab) if paste else self.measure()
        asyncio.run(self._answer(Turn(speech, readings, paste)))

    async def _answer(self, turn: Turn) -> None:
        reply, doubts = "", ""
        async for event in self.session.assistant.reply(turn, self.lab, self.history):
            match event:
                case Text():
                    reply += event.delta
                case Notice():
                    self.talk.say(f"Note: {event.text}")
                case Waiting():
                    self.talk.say(f"Asked again in {event.seconds:.0f} seconds: {event.reason}.")
                case ToolRun() if event.by_model:
                    self.talk.say(f"Measured for the reply: {citation_of(event.reading)}")
                case Checked():
                    doubts = doubtful(event)
                case Done():
                    self._keep(event.exchange)
        self.talk.say(f"Tutor: {reply}")
        if doubts:
            self.talk.say(f"Not backed by a tool, the lesson or you: {doubts}")
        self.tell_status()

    def _keep(self, exchange: Exchange) -> None:
        was_complete = state_of(self.history, self.lab).is_complete(self.lab)
        self.history = (*self.history, exchange)
        self.session.record(ExchangeHeld(self.lab.id, self.session.assistant.voice, exchange_as_json(exchange)))
        if not was_complete and state_of(self.history, self.lab).is_complete(self.lab):
            self.session.record(LabCompleted(self.lab.id))


def doubtful(checked: Checked) -> str:
    """The numbers of a reply that nothing backs, each with what a tool says; empty where there are none."""
    unbacked = [one for one in checked.claims if one.source == "unbacked"]
    return "; ".join(f"{one.text} ({one.note})" if one.note else one.text for one in unbacked)


def work_on(session: Session, lesson: str) -> None:
    """Works on the lab of a lesson until the learner goes back."""
    lab = _Lab(session, lesson)
    lab.open()
    commands = {
        "s": lab.choose_sample, "t": lab.take_text, "m": lab.tell_readings, "c": lab.tell_case, "w": lab.write,
        "h": lambda: session.talk.say(HELP), "?": lambda: session.talk.say(HELP), "q": leave,
    }  # fmt: skip
    while True:
        given = session.talk.ask("You")
        if given.lower() == "b":
            return
        if not given:
            continue
        command = commands.get(given.lower())
        if command is not None:
            command()
        else:
            lab.say(given)
