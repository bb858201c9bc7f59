"""What the tutor does next: from what was understood and measured to at most three moves."""

from dataclasses import dataclass, field, replace

from .analysis import KEPT_OF_PASTE, Understanding
from .answers import answer_to, authored_answer
from .evidence import finding_in
from .facts import citation_of
from .knowledge import Knowledge
from .numbers import mismatch_in
from .passages import nearest
from .protocol import Choice, Exchange, Turn
from .state import LabState, status_line, worded
from .summary import summary_of
from .wording import Wording, quoted

_OFFERED = 2
"""Ideas offered where a message was not understood, beside `something else`."""

_MOST_ASKED = 3
"""Times in a row after which the tutor goes on to another question."""
_MOST_WORDS = 90
"""Length of a reply; the summary is longer."""
_SHORT_QUOTE = 6
_HELP_MOVES = ("hint", "hint", "prompt", "assert")
"""The ladder of help on one topic."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a reply."""

    kind: str
    """Its name, such as `evidence` or `ask`."""
    text: str
    """What the learner reads."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A reply, decided: what goes on record, and its moves one by one for another voice to word."""

    exchange: Exchange
    """The exchange, with the tutor's own reply."""
    moves: tuple[Move, ...]
    """The moves in order; one without text only says what kind of message it was."""


@dataclass(slots=True)
class _Reply:
    """A reply in the making."""

    moves: list[Move] = field(default_factory=list)
    asked: str = ""
    choices: tuple[Choice, ...] = ()
    cited: list[str] = field(default_factory=list)
    has_question: bool = False
    """Does it ask something already? One question a reply is enough."""

    def add(self, kind: str, text: str) -> None:
        self.moves.append(Move(kind, text))

    @property
    def words(self) -> int:
        """How long it is by now."""
        return sum(len(move.text.split()) for move in self.moves)

    def has(self, kind: str) -> bool:
        return any(move.kind == kind for move in self.moves)


def exchange_for(
    turn: Turn, understanding: Understanding, state: LabState, knowledge: Knowledge, *, may_hint: bool = True
) -> Exchange:
    """The reply to a turn, as the exchange that goes on record.

    Args:
        turn: What the learner said.
        understanding: What was understood of it.
        state: The conversation before it; it is not changed.
        knowledge: The lab.
        may_hint: Was the last hint long enough ago for another one?
    """
    return plan_for(turn, understanding, state, knowledge, may_hint=may_hint).exchange


def plan_for(
    turn: Turn, understanding: Understanding, state: LabState, knowledge: Knowledge, *, may_hint: bool = True
) -> Plan:
    """The reply to a turn and its moves; see `exchange_for`."""
    policy = _Policy(turn, understanding, state, knowledge, may_hint=may_hint)
    return Plan(policy.exchange(), tuple(policy.reply.moves))


class _Policy:
    """One reply; a class because its steps share the same six things."""

    def __init__(
        self, turn: Turn, understanding: Understanding, state: LabState, knowledge: Knowledge, *, may_hint: bool
    ) -> None:
        self.turn = turn
        self.understanding = understanding
        self.analysis = understanding.analysis
        self.state = state
        self.knowledge = knowledge
        self.lab = knowledge.lab
        self.may_hint = may_hint
        self.case = understanding.case or state.case
        self.wording = Wording(knowledge, state)
        self.reply = _Reply()

    def exchange(self) -> Exchange:
        _STEPS.get(self.analysis.act, _Policy._to_speech)(self)
        draft = Exchange(
            text=self.turn.text,
            paste=self.turn.paste[:KEPT_OF_PASTE],
            analysis=self.analysis,
            moves=(),
            reply="",
            case=self.understanding.case,
            is_bare=self.understanding.is_bare,
        )
        after = self._after(draft)
        if after.is_complete(self.lab) and not self.state.is_complete(self.lab):
            self._summarise(after)
        elif not self.reply.has("choices"):
            self._ask(after)
        moves = self.reply.moves
        return replace(
            draft,
            moves=tuple(move.kind for move in moves),
            reply="\n\n".join(move.text for move in moves if move.text),
            asked=self.reply.asked,
            choices=self.reply.choices,
            cited=tuple(self.reply.cited),
            variants=tuple(self.wording.used),
        )

    def _after(self, draft: Exchange) -> LabState:
        after = replace(
            self.state,
            covered=dict(self.state.covered),
            misconceptions=set(self.state.misconceptions),
            addressed=set(self.state.addressed),
            helped=dict(self.state.helped),
            said=list(self.state.said),
            replies=list(self.state.replies),
            moves=list(self.state.moves),
            variants=list(self.state.variants),
            cited=dict(self.state.cited),
        )
        after.take(replace(draft, cited=tuple(self.reply.cited)), self.lab)
        return after

    def _hold_off(self) -> None:
        kind = {"injection": "refuse", "other_language": "language", "hostile": "calm"}[self.analysis.act]
        self.reply.add(kind, self.wording.say(kind))

    def _repeat(self) -> None:
        kind = "parrot" if self.analysis.act == "parrot" else "filler"
        # Said once: a second time it would only scold.
        if not any(variant.startswith(f"{kind}:") for variant in self.state.variants):
            self.reply.add("repeat", self.wording.say(kind))
        else:
            self.reply.add("repeat", "")

    def _redirect(self) -> None:
        act = self.analysis.act
        self.reply.add("redirect", self.wording.say(act if act in ("greet", "gibberish", "deny") else "off_topic"))

    def _status(self) -> None:
        self._answer_as_authored()
        if not self.reply.moves:
            self.reply.add("status", self.wording.say("status", status=status_line(self.state, self.lab)))

    def _close(self) -> None:
        kind = "goodbye_done" if self.state.is_complete(self.lab) else "goodbye"
        self.reply.add("status", self.wording.say(kind, status=status_line(self.state, self.lab)))

    def _pick(self) -> None:
        picked = self.understanding.picked
        if picked is not None and picked.expectation:
            self.reply.add("credit", self.wording.say("pick", gist=picked.text))
        else:
            self.reply.add("redirect", self.wording.say("pick_other"))

    def _help(self) -> None:
        if self.turn.text.rstrip().endswith("?"):
            self._answer_as_authored()
        if self.reply.moves:
            return
        open_topics = self.state.open_topics(self.lab)
        topic = open_topics[0] if open_topics else self.state.asked
        hints = self.lab.topics[topic].hints
        ladder = hints.get(self.case) or hints.get("any", ())
        if not self.may_hint or not ladder:
            self.reply.add("repeat", self.wording.say("hint_soon"))
            return
        step = min(self.state.helped.get(topic, 0), len(ladder) - 1)
        kind = _HELP_MOVES[min(step, len(_HELP_MOVES) - 1)]
        text = ladder[step].strip()
        if kind == "assert":
            text = f"{text} {self.wording.say('restate')}"
        self.reply.add(kind, text)
        self.reply.asked = topic
        self.reply.has_question = True

    def _to_tool_request(self) -> None:
        if self.turn.readings:
            self._evidence()
            self._correct()
            return
        self._answer_as_authored()
        if not self.reply.moves:
            self.reply.add("redirect", self.wording.say("no_text"))

    def _to_paste(self) -> None:
        if self.turn.readings:
            self._evidence()
        else:
            self.reply.add("redirect", self.wording.say("unmeasured"))
        self._correct()
        self._credit()

    def _to_speech(self) -> None:
        self._mismatch()
        self._correct()
        if self.analysis.act == "question" and not self.reply.moves:
            self._answer_as_authored()
        if not self.reply.has("answer"):
            self._credit()
        has_spoken = bool(self.reply.moves)
        if not self.reply.moves and self.case != self.state.case:
            self.reply.add("credit", self.wording.say("case", name=self.lab.cases[self.case].name))
        if self.analysis.act == "question" and not has_spoken:
            self.reply.add("answer", answer_to(self.turn.text, self.knowledge, self.wording))
        if self.reply.moves:
            return
        if self.understanding.is_repeat:
            self.reply.add("repeat", self.wording.say("said_before"))
        elif self.analysis.expectations:
            gist = self.lab.expectations[self.analysis.expectations[0]].gist
            self.reply.add("repeat", self.wording.say("on_record", gist=gist))
        elif self.analysis.counted:
            self._offer()
        else:
            self.reply.add("repeat", self.wording.say("pump"))

    def _answer_as_authored(self) -> None:
        answer = authored_answer(self.turn.text, self.knowledge, self.wording)
        last = self.state.last
        if answer and last is not None and set(self.wording.used) & set(last.variants):
            self.reply.add("repeat", self.wording.say("said_before"))
        elif answer:
            self.reply.add("answer", answer)

    def _evidence(self) -> None:
        finding = finding_in(self.turn, self.knowledge, self.wording)
        self.reply.add("evidence", finding.text)
        self.reply.has_question = finding.text.endswith("?")
        self.reply.asked = finding.asked
        self.reply.cited += finding.cited

    def _mismatch(self) -> None:
        found = mismatch_in(self.turn.text, self.turn.readings)
        if found is not None:
            text = self.wording.say("mismatch", given=found.given, label=found.label, measured=found.measured)
            self.reply.add("evidence", text)
            self.reply.has_question = True

    def _correct(self) -> None:
        fresh = [one for one in self.analysis.misconceptions if one not in self.state.misconceptions]
        for one in fresh[:1] or self.analysis.misconceptions[:1]:
            misconception = self.lab.misconceptions[one]
            quote = quoted(self.understanding.quotes.get(one, self.turn.text), _SHORT_QUOTE)
            read = self.wording.say("reading", quote=quote, idea=misconception.idea.strip().rstrip("."))
            question = "" if self.reply.has_question else misconception.ask.strip()
            text = f"{read} {misconception.answer.strip()} {question}".strip()
            if self.reply.moves and self.reply.words + len(text.split()) > _MOST_WORDS:
                # What was measured goes first; the idea comes up again.
                return
            self.reply.add("correct", text)
            self.reply.has_question = True

    def _credit(self) -> None:
        fresh = [one for one in self.analysis.expectations if one not in self.state.covered]
        if not fresh:
            return
        first = fresh[0]
        # Beside a longer move there is room for one point.
        is_beside = bool(self.reply.moves)
        praise = " ".join(self.lab.expectations[one].credit.strip() for one in fresh[: 1 if is_beside else 2])
        if self.reply.words + len(praise.split()) > _MOST_WORDS - 2 * _SHORT_QUOTE:
            return
        sentence = self.understanding.quotes.get(first, self.turn.text)
        quote = quoted(sentence, _SHORT_QUOTE) if is_beside else quoted(sentence)
        credit = Move("credit", self.wording.say("credit", quote=quote, credit=praise))
        # A reply ends on its question.
        place = len(self.reply.moves) - (1 if self.reply.has_question else 0)
        self.reply.moves.insert(place, credit)

    def _offer(self) -> None:
        open_topics = self.state.open_topics(self.lab)
        topic = self.state.asked if self.state.asked in open_topics else (open_topics or [self.state.asked])[0]
        candidates = [
            (one, expectation)
            for one, expectation in self.lab.expectations.items()
            if one not in self.state.covered
            and expectation.topic == topic
            and (not expectation.case or expectation.case == self.case or self.case not in self.lab.cases)
        ]
        if not candidates:
            self.reply.add("credit", self.wording.say("heard", quote=quoted(self.turn.text)))
            return
        order = nearest(self.turn.text, [expectation.gist for _, expectation in candidates], _OFFERED)
        choices = [Choice(candidates[number][0], candidates[number][1].gist) for number in order]
        choices.append(Choice("", self.wording.say("something_else")))
        lines = [f"[{number}] {choice.text}" for number, choice in enumerate(choices, start=1)]
        self.reply.add("choices", "\n".join([self.wording.say("choices"), *lines]))
        self.reply.choices = tuple(choices)
        self.reply.asked = topic

    def _ask(self, after: LabState) -> None:
        if len(self.reply.moves) >= 3 or self.reply.has_question or self.analysis.act == "closing":
            return
        open_topics = after.open_topics(self.lab)
        topic = self.reply.asked or next(iter(open_topics), "")
        if self.state.asked_in_a_row.count(topic) >= _MOST_ASKED and len(open_topics) > 1:
            # Asked in vain, so another question may do better; this one comes back.
            topic = open_topics[1]
        if not topic:
            self.reply.add("ask", self.wording.say("go_on"))
            return
        if self._wants_evidence(after):
            topic = self.state.asked or topic
            self.wording.note(f"which:{topic}")
            self.reply.add("ask", self.wording.say("which_evidence"))
        else:
            self.reply.add("ask", self._question(topic))
        self.reply.asked = topic

    def _wants_evidence(self, after: LabState) -> bool:
        has_number = any(letter.isdigit() for letter in self.turn.text)
        is_claim = self.analysis.act == "claim" and self.reply.has("credit")
        is_held = after.misconceptions == self.state.misconceptions
        said = {self.lab.expectations[one].topic for one in self.analysis.expectations}
        is_shown = any(self.lab.topics[topic].measurable for topic in said)
        may_ask = is_claim and is_held and is_shown and not has_number and bool(self.turn.readings)
        return may_ask and not self.wording.was_said(f"which:{self.state.asked}")

    def _question(self, topic: str) -> str:
        """The topic's question; asked twice in a row it is led back to, asked a third time it is only named."""
        asked = [exchange_topic for exchange_topic in self.state.asked_in_a_row if exchange_topic == topic]
        if len(asked) >= 2:
            return self.wording.say("still_here", topic=self.lab.topics[topic].name)
        question = worded(self.lab.topics[topic].ask, self.case)
        return f"{self.wording.say('again')} {question}".strip() if asked else question.strip()

    def _summarise(self, after: LabState) -> None:
        self.reply.moves = [move for move in self.reply.moves if move.kind != "choices"][:2]
        self.reply.choices = ()
        # Where nothing was talked through, a text that lies on the workbench still belongs to the diagnosis.
        if not after.cited:
            self.reply.cited = [citation_of(reading) for reading in self.turn.readings.values()]
        cited = list(after.cited) or self.reply.cited
        self.reply.add("summary", summary_of(after, cited, self.lab, self.wording))


_STEPS = {
    "injection": _Policy._hold_off,
    "other_language": _Policy._hold_off,
    "hostile": _Policy._hold_off,
    "ack": _Policy._repeat,
    "parrot": _Policy._repeat,
    "gibberish": _Policy._redirect,
    "off_topic": _Policy._redirect,
    "greet": _Policy._redirect,
    "deny": _Policy._redirect,
    "meta": _Policy._status,
    "closing": _Policy._close,
    "pick": _Policy._pick,
    "help": _Policy._help,
    "tool_request": _Policy._to_tool_request,
    "paste": _Policy._to_paste,
}
