"""How well the tutor understands messages that a reader has labelled.

Run: python tests/assistant/quality.py L2 [FILE]. It prints the figures and what was understood otherwise.
"""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml
from transcripts import COURSE, TUTOR, sample_named

from synthqc.assistant.protocol import Analysis
from synthqc.assistant.tutor import readings_of, turn_of
from synthqc.cleaning import clean

UTTERANCES = Path(__file__).parent / "utterances"
LONG = 12
"""Words beyond which a genuine message must never be refused."""

Message = Mapping[str, Any]


@dataclass(frozen=True)
class Quality:
    """Figures on one set of messages; shares of 0 to 1 but for the two counts."""

    acts: float
    """Acts as labelled."""
    wrongly_counted: float
    """Of the messages that count as no exchange, those that did."""
    refused: float
    """Of the genuine ones, those that did not count."""
    long_refused: int
    """Genuine ones of over twelve words that did not count."""
    topics: float
    """F1 over messages and topics."""
    precision: float
    """Of the expectations credited, those that were there."""
    recall: float
    """Of those that were there, those credited."""
    misconceptions: float
    """F1 over messages and misconceptions."""
    negated_flagged: int
    """Misconceptions that were rejected in the message and flagged all the same."""

    def __str__(self) -> str:
        """One line."""
        shown = (
            f"{one.name} {value:.2f}" if isinstance(value := getattr(self, one.name), float) else f"{one.name} {value}"
            for one in fields(self)
        )
        return ", ".join(shown)


def messages_in(file: Path) -> list[Message]:
    """The labelled messages of a file."""
    return list(yaml.safe_load(file.read_text(encoding="utf-8")))


def understood(lab: str, messages: Iterable[Message]) -> list[tuple[Message, Analysis]]:
    """What the tutor makes of each, as a first message; the lab's sample is open where a message speaks of it."""
    the_lab = COURSE.lab(lab)
    sample = readings_of(sample_named(the_lab.samples[0]), the_lab)
    return [
        (one, TUTOR.answer(turn_of(text, the_lab, sample if "sample" in text else None), the_lab, ()).analysis)
        for one in messages
        for text in [clean(one["text"])]
    ]


def quality_of(found: list[tuple[Message, Analysis]]) -> Quality:
    """The figures."""
    idle = [analysis.counted for one, analysis in found if not one["counted"]]
    genuine = [(one, analysis.counted) for one, analysis in found if one["counted"]]
    topics = _pairs(found, "topics")
    expectations = _pairs(found, "expectations")
    return Quality(
        acts=sum(analysis.act == one["act"] for one, analysis in found) / len(found),
        wrongly_counted=sum(idle) / len(idle),
        refused=sum(not counted for _, counted in genuine) / len(genuine),
        long_refused=sum(not counted and len(one["text"].split()) > LONG for one, counted in genuine),
        topics=_f1(*topics),
        precision=_share(expectations[0], expectations[1]),
        recall=_share(expectations[0], expectations[2]),
        misconceptions=_f1(*_pairs(found, "misconceptions")),
        negated_flagged=sum(
            len(set(one.get("negates") or ()) & set(analysis.misconceptions)) for one, analysis in found
        ),
    )


def _pairs(found: list[tuple[Message, Analysis]], name: str) -> tuple[int, int, int]:
    """Hits, what was found in all, and what was labelled in all."""
    hits = got = wanted = 0
    for one, analysis in found:
        labelled, recognised = set(one.get(name) or ()), set(getattr(analysis, name))
        hits, got, wanted = hits + len(labelled & recognised), got + len(recognised), wanted + len(labelled)
    return hits, got, wanted


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _f1(hits: int, got: int, wanted: int) -> float:
    return _share(2 * hits, got + wanted)


def _differences(one: Message, analysis: Analysis) -> list[str]:
    said = []
    for name in ("topics", "expectations", "misconceptions"):
        labelled, recognised = set(one.get(name) or ()), set(getattr(analysis, name))
        said += [f"-{missed}" for missed in sorted(labelled - recognised)]
        said += [f"+{extra}" for extra in sorted(recognised - labelled)]
    if analysis.act != one["act"]:
        said.append(f"act {analysis.act}, should be {one['act']}")
    if analysis.counted != one["counted"]:
        said.append("counted" if analysis.counted else "not counted")
    return said


def main() -> None:
    """Prints the figures of a lab, and each message that was understood otherwise."""
    lab = sys.argv[1]
    file = Path(sys.argv[2]) if len(sys.argv) > 2 else UTTERANCES / f"lab-{lab[1:]}.yaml"
    found = understood(lab, messages_in(file))
    for one, analysis in found:
        if said := _differences(one, analysis):
            print(f"{one['text'][:300]!r}\n    {'; '.join(said)}")
    print(f"{lab}, {len(found)} messages: {quality_of(found)}")


if __name__ == "__main__":
    main()
