"""What a reply may state: the numbers of readings, lesson and learner, each with the words that own it."""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from synthqc.course.lab import Lab
from synthqc.course.model import Lesson
from synthqc.tools.catalogue import TOOLS
from synthqc.tools.reading import Quantity, Reading

from .concepts import stem
from .numbers_in import Kind, Number, numbers_in, sentences_of
from .protocol import Exchange, Turn

Source = Literal["tool", "derived", "lesson", "learner", "unbacked", "none"]
"""What a number rests on; `none` claims nothing."""

_ONE_OR_LESS = ("share", "score", "ratio")
_REACH = 14
_MOST_ROWS = 6
_LONGEST_HEAD = 24
_SIGN = re.compile(r"[^\w ]")
_SPREADS = ("_spread", "_sd")
_MOST_LEARNER_NUMBERS = 6
_WORD = re.compile(r"[a-z]{3,}")
_PLAIN = frozenset(
    [
    "the", "and", "for", "with", "that", "this", "from", "are", "was", "were", "has", "have", "had", "but", "you",
    "your", "can", "may", "its", "one", "two", "than", "then", "they", "them", "there", "their", "what", "which",
    "when", "where", "who", "how", "why", "all", "any", "more", "most", "less", "least", "about", "into", "over",
    "under", "each", "every", "only", "just", "such", "some", "same", "very", "also", "would", "could", "should",
    "will", "does", "did", "being", "been", "between", "because", "after", "before", "while", "both", "here",
    "line", "item", "number", "share", "text",
]
)  # fmt: skip
_REST = (
    "rest", "other", "others", "not", "outside", "remain", "left", "unique", "different", "new", "without", "wrong",
    "error", "errors", "right", "repeat", "lost", "gone", "remov", "kept", "keep", "rejec", "varied", "else", "fail",
    "unlike", "free", "drops", "out", "cut",
)  # fmt: skip
"""Words, by their first letters, that speak of what a share leaves over."""

_UNMEASURED = frozenset(
    [
    "kappa", "alpha", "ece", "brier", "mce", "recall", "precision", "f1", "mattr", "mtld", "ttr", "vendi",
    "perplexity", "entropy", "bleu", "self-bleu", "accuracy", "silhouette", "distinct-1", "distinct-2",
    "distinct-3", "distinct-4",
]
)  # fmt: skip
"""Metrics that own no number where no tool has measured them."""


@dataclass(frozen=True, slots=True)
class GroundFact:
    """A number that a reply may state."""

    value: float
    """The number."""
    kind: Kind
    """What it stands for."""
    source: Source
    """Who said it."""
    names: frozenset[str] = frozenset()
    """Names that own it, as `as_name` writes them; a number beside another's name is another's."""
    near: frozenset[str] = frozenset()
    """Stems of which some must stand in the sentence, since the number alone says too little; empty for none."""
    shared: int = 1
    """How many of them."""
    beside: str = ""
    """Stem of the word that must stand right behind a count, right before any other number; empty for none."""
    shown: str = ""
    """The number as every face writes it."""
    label: str = ""
    """What the tool calls it."""

    def fits(self, number: Number) -> bool:
        """Could the number, as stated, be this one?"""
        if self.kind == "share":
            # A count never stands for a share, except the whole of it and none of it.
            if number.kind != "share":
                return number.kind == "count" and not number.is_word and number.value == self.value
        elif number.kind == "share" or (self.kind == "count" and number.kind == "decimal"):
            return False
        # What has no name is told exactly: it could be near to anything.
        near = number.tolerance if self.names or self.source == "learner" else number.exactness
        return abs(number.value - self.value) <= near


@dataclass(frozen=True)
class GroundFacts:
    """All that a reply may state, and the names that it may call it by."""

    facts: tuple[GroundFact, ...]
    """The numbers."""

    @functools.cached_property
    def by_name(self) -> Mapping[str, tuple[GroundFact, ...]]:
        """The measured numbers by name; none under the name of what was not measured."""
        named: dict[str, list[GroundFact]] = {}
        for fact in self.facts:
            for name in fact.names:
                named.setdefault(name, []).append(fact)
        # `domains` may mean the domains that are over-confident as well, since their label has the word. A share is
        # called by the beginning of its name alone: `kappa of the pair that agrees least`.
        owned = [
            (one, [f" {_SIGN.sub(' ', text)} " for text in (as_name(one.label), *one.names)])
            for one in self.facts
            if one.names
        ]
        for name, facts in named.items():
            within = f" {name} "
            for fact, texts in owned:
                if name not in fact.names and any(
                    text.startswith(within) if fact.kind == "share" else within in text for text in texts
                ):
                    facts.append(fact)
        unmeasured: dict[str, tuple[GroundFact, ...]] = {as_name(name): () for name in _UNMEASURED}
        return unmeasured | {name: tuple(facts) for name, facts in named.items()}

    @functools.cached_property
    def naming(self) -> re.Pattern[str]:
        """Finds the names in a sentence that `as_name` has written, the longest first."""
        names = "|".join(map(re.escape, sorted(self.by_name, key=len, reverse=True)))
        return re.compile(rf"(?<![\w-])(?:{names})(?:s|es)?(?!\w)")

    def named(self, name: str) -> tuple[GroundFact, ...]:
        """The measured numbers that a name owns, in the singular or plural."""
        known = self.by_name
        return next((known[one] for one in (name, name.removesuffix("s"), name.removesuffix("es")) if one in known), ())

    @functools.cached_property
    def counted(self) -> frozenset[str]:
        """Names of what is itself counted, such as `clusters`: what lies in them is another number."""
        heads = {name for name, owned in self.by_name.items() for one in owned if as_name(one.label).startswith(name)}
        return frozenset(heads)

    @functools.cached_property
    def units(self) -> frozenset[str]:
        """Stems of what the readings count, such as `hours`."""
        return frozenset(word for name in self.by_name for word in stems_in(name))


def as_name(text: str) -> str:
    """A name or sentence as names are compared: lower-case, a space for each hyphen, of the same length."""
    return text.lower().replace("-", " ").replace("‑", " ")


def stems_in(text: str) -> frozenset[str]:
    """The first five letters of the words of a text that say what it is about, without their endings."""
    return frozenset(_short(word) for word in _WORD.findall(text.lower()) if word not in _PLAIN)


def _short(word: str) -> str:
    # Twice, since `passes` loses two endings on the way to what is left of `pass`.
    return stem(stem(word))[:5]


def facts_for(turn: Turn, lab: Lab, lesson: Lesson, history: tuple[Exchange, ...]) -> GroundFacts:
    """What a reply to a turn may state.

    Args:
        turn: The learner's message with its readings, those that a model asked for included.
        lab: The lab, for its facts and what its author wrote.
        lesson: The lab's lesson.
        history: The exchanges before it, for the learner's own numbers.
    """
    said = [*(one.text for one in history), turn.text]
    texts = (*_texts_of_lab(lab), *_texts_of_lesson(lesson))
    data = [turn.paste] if turn.paste else []
    cited = tuple(line for one in history for line in one.cited)
    return ground_facts(turn.readings.values(), case=lab.facts, texts=texts, learner=said, data=data, cited=cited)


def ground_facts(
    readings: Iterable[Reading],
    *,
    case: Mapping[str, float],
    texts: Sequence[str] = (),
    learner: Sequence[str] = (),
    data: Sequence[str] = (),
    cited: Sequence[str] = (),
) -> GroundFacts:
    """What a reply may state.

    Args:
        readings: What was measured.
        case: The lesson's numbers by name, such as `concern_below`.
        texts: What the lesson and the lab's author say.
        learner: The learner's messages.
        data: Blocks of data that came with them; just their number of lines counts.
        cited: Earlier readings, each in one line as `citation_of` writes it.
    """
    measured = [fact for reading in readings for fact in _of_reading(reading)]
    lines = [_count(text.count("\n") + 1, "tool", "lines", "records", "rows") for text in data]
    of_case = [
        GroundFact(value, _kind(value), "lesson", near=stems_in(name.replace("_", " "))) for name, value in case.items()
    ]
    earlier = [fact for line in cited for fact in _of_citation(line)]
    return GroundFacts((*measured, *earlier, *lines, *_of_learner(learner), *of_case, *_of_texts(tuple(texts))))


def _of_citation(line: str) -> Iterator[GroundFact]:
    for part in line.split("; "):
        label, colon, stated = part.partition(": ")
        for number in numbers_in(stated)[:1] if colon else ():
            names = frozenset((as_name(label), as_name(label.split()[0])))
            yield GroundFact(number.value, number.kind, "tool", names, shown=number.text, label=label)
        yield from _beside(part, "tool")


def _kind(value: float, unit: str = "") -> Kind:
    if unit in _ONE_OR_LESS and abs(value) <= 1:
        return "share"
    if unit:
        return "count" if float(value).is_integer() else "decimal"
    return "count" if float(value).is_integer() else "share" if abs(value) <= 1 else "decimal"


def _count(value: float, source: Source, *names: str) -> GroundFact:
    return GroundFact(value, "count", source, frozenset(map(as_name, names)), shown=f"{value:,}", label=names[0])


def _of_reading(reading: Reading) -> Iterator[GroundFact]:
    tool = TOOLS[reading.tool]
    labels = [as_name(one.label) for one in reading.quantities]
    basis = reading.basis
    for quantity in reading.quantities:
        yield from _of_quantity(quantity, tool.words.get(quantity.name, ()), labels, basis.records)
    for one in tool.derived:
        values = {quantity.name: quantity.value for quantity in reading.quantities}
        if one.whole in values and one.part in values:
            value = values[one.whole] - values[one.part]
            unit = next(quantity.unit for quantity in reading.quantities if quantity.name == one.whole)
            # A difference of shares is told without its sign.
            names = frozenset(map(as_name, (one.label, *one.words)))
            yield GroundFact(abs(value), _kind(value, unit), "derived", names, shown=f"{value:.10g}", label=one.label)
    if basis.records:
        yield _count(basis.records, "tool", "lines", "records", "rows")
    if basis.tokens:
        yield _count(basis.tokens, "tool", "words", "tokens")
    if reading.reference is not None:
        label = reading.reference.label
        names = frozenset(as_name(one) for one in ("reference", "human", "same length", label, label.split()[0]))
        value = reading.reference.value
        kind = _kind(value, reading.quantities[0].unit)
        yield GroundFact(value, kind, "tool", names, shown=f"{value:.3f}", label=label)
    for parameter in tool.parameters:
        given = reading.arguments.get(parameter.name)
        if isinstance(given, (int, float)) and not isinstance(given, bool):
            near = stems_in(f"{parameter.name.replace('_', ' ')} {parameter.help}")
            names = frozenset((parameter.name.replace("_", " "),))
            yield GroundFact(given, _kind(given), "tool", names, near=near | stems_in(parameter.name))
    counts = [row.count for row in reading.evidence if row.unit == "lines"]
    for total in itertools.islice(itertools.accumulate(counts), 1, _MOST_ROWS):
        yield GroundFact(
            total, "count", "derived", near=stems_in("together combined top first both sum biggest largest")
        )
    for row in reading.evidence:
        kind = _kind(row.count, "share" if isinstance(row.count, float) else "lines")
        is_telling = kind == "share"
        owners = [] if row.unit in ("times", "lines", "items", "words") else [row.unit]
        # A row such as `dosage: 160 items, confidence 0.77` goes by its first words.
        head, colon, _ = row.text.partition(":")
        owners += [head] if colon and owners and len(head) <= _LONGEST_HEAD else []
        near = frozenset() if is_telling else stems_in(f"{row.unit} {tool.title} second third next others")
        yield GroundFact(row.count, kind, "tool", frozenset(map(as_name, owners)), near)
        yield from _beside(row.text, "tool")


def _of_quantity(quantity: Quantity, words: Sequence[str], labels: Sequence[str], records: int) -> Iterator[GroundFact]:
    label, shown = as_name(quantity.label), quantity.shown()
    # `Distinct-2 at 1,000 words` may be called Distinct-2, and `Distinct-1` names no reading of Distinct-2.
    heads = (one for one in labels if label.startswith(f"{one} "))
    names = {label, *heads, *(as_name(word) for word in words)}
    owned = frozenset(name for name in names if name in label or not re.search(r"\d", name))
    kind = _kind(quantity.value, quantity.unit)
    # A spread is small enough to be taken for anything.
    near = stems_in("standard deviation spread plus minus") if quantity.name.endswith(_SPREADS) else frozenset()
    yield GroundFact(quantity.value, kind, "tool", owned, near, shown=shown, label=quantity.label)
    yield from _beside(quantity.label, "tool")
    if quantity.unit == "share" and 0 <= quantity.value <= 1:
        rest = 1 - quantity.value
        near = stems_in(" ".join(_REST))
        yield GroundFact(rest, "share", "derived", owned, near, shown=shown, label=quantity.label)
    if quantity.unit == "lines" and isinstance(quantity.value, int) and quantity.value < records:
        share, rest = quantity.value / records, records - quantity.value
        yield GroundFact(share, "share", "derived", owned, shown=shown, label=quantity.label)
        yield GroundFact(rest, "count", "derived", owned, shown=shown, label=quantity.label)


def _beside(text: str, source: Source) -> Iterator[GroundFact]:
    """The numbers of a text, each bound to the word that stands beside it there."""
    for number in numbers_in(text):
        if word := word_beside(text, number):
            yield GroundFact(number.value, number.kind, source, beside=word)


def word_beside(text: str, number: Number) -> str:
    """Stem of the word that says what the number is: behind a count, before any other; empty where there is none."""
    words = _WORD.findall(text[number.end : number.end + 24].lower() if number.kind == "count" else "")[:1]
    if number.kind != "count":
        words = _WORD.findall(text[max(0, number.start - 24) : number.start].lower())[-1:]
    return _short(words[0]) if words else ""


def _of_text(text: str) -> Iterator[GroundFact]:
    """The numbers of a sentence of the lesson, each near the words that stand around it there."""
    for number in numbers_in(text):
        before = " ".join(text[: number.start].split()[-_REACH:])
        after = " ".join(text[number.end :].split()[:_REACH])
        near = stems_in(f"{before} {after}")
        if near:
            yield GroundFact(number.value, number.kind, "lesson", near=near, shared=2)


@functools.lru_cache(maxsize=16)
def _of_texts(texts: tuple[str, ...]) -> tuple[GroundFact, ...]:
    sentences = (sentence for text in texts for _, sentence in sentences_of(text))
    return tuple(dict.fromkeys(fact for sentence in sentences for fact in _of_text(sentence)))


def _of_learner(texts: Sequence[str]) -> Iterator[GroundFact]:
    for text in texts:
        numbers = numbers_in(text)[:200]
        for number in numbers:
            yield GroundFact(number.value, number.kind, "learner", beside=word_beside(text, number))
        if len(numbers) <= _MOST_LEARNER_NUMBERS:
            counts = [number.value for number in numbers if number.kind == "count" and number.value]
            for part, whole in itertools.permutations(counts, 2):
                if part < whole:
                    yield GroundFact(part / whole, "share", "learner")


def _texts_of_lesson(lesson: Lesson) -> Iterator[str]:
    for section in lesson.sections:
        for block in section.blocks:
            yield block.text or ""
            yield block.callout.text if block.callout is not None else ""
            yield block.figure.caption if block.figure is not None else ""
    yield from (term.definition for term in lesson.terms)


def _texts_of_lab(lab: Lab) -> Iterator[str]:
    yield from (lab.scenario, lab.opening)
    for topic in lab.topics.values():
        yield from topic.ask.values()
        yield from itertools.chain.from_iterable(topic.hints.values())
    for expectation in lab.expectations.values():
        yield from (expectation.gist, expectation.credit)
    for misconception in lab.misconceptions.values():
        yield from (misconception.answer, misconception.ask)
    yield from (rule.say for rule in lab.evidence)
    yield from (answer.say for answer in lab.answers)
    yield from (*lab.closing.diagnosis.values(), *lab.closing.plan.values())
