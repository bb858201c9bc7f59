"""Names in a course that lead nowhere, or to two things."""

from collections.abc import Iterable, Iterator

from .lab import Lab
from .source import Step

Place = tuple[Step, ...]
"""The path of a value in its file."""

Finding = tuple[Place, str]
"""Where in the file and what is wrong there."""


def repeated(noun: str, places: Iterable[tuple[Place, str]]) -> Iterator[Finding]:
    """Ids that stand twice in one list."""
    seen: set[str] = set()
    for path, one in places:
        if one in seen:
            yield path, f"{noun} id '{one}' is used twice"
        seen.add(one)


def dangling_names(lab: Lab, concepts: set[str]) -> Iterator[Finding]:
    """Names that lead nowhere.

    Args:
        lab: The lab.
        concepts: The concepts that it may use, its own and those that all labs share.
    """
    for expectation_id, expectation in lab.expectations.items():
        if expectation.topic not in lab.topics:
            yield ("expectations", expectation_id, "topic"), f"there is no topic '{expectation.topic}'"
        if expectation.case and expectation.case not in lab.cases:
            yield ("expectations", expectation_id, "case"), f"there is no case '{expectation.case}'"
    for misconception_id, misconception in lab.misconceptions.items():
        for number, topic_id in enumerate(misconception.topics):
            if topic_id not in lab.topics:
                yield ("misconceptions", misconception_id, "topics", number), f"there is no topic '{topic_id}'"
    for topic_id, topic in lab.topics.items():
        for word, named in topic.short.items():
            if named not in lab.expectations:
                yield ("topics", topic_id, "short", word), f"there is no expectation '{named}'"
        for key, words in (("ask", topic.ask), ("hints", topic.hints)):
            for case in words:
                if case not in (*lab.cases, "any"):
                    yield ("topics", topic_id, key, case), f"there is no case '{case}'"
    for number, rule in enumerate(lab.evidence):
        if rule.ask and rule.ask not in lab.topics:
            yield ("evidence", number, "ask"), f"there is no topic '{rule.ask}'"
    for key, words in (("diagnosis", lab.closing.diagnosis), ("plan", lab.closing.plan)):
        for case in words:
            if case not in (*lab.cases, "any"):
                yield ("closing", key, case), f"there is no case '{case}'"
    yield from _unknown_concepts(lab, concepts)
    yield from repeated("evidence rule", ((("evidence", n, "id"), one.id) for n, one in enumerate(lab.evidence)))
    yield from repeated("answer", ((("answers", n, "id"), one.id) for n, one in enumerate(lab.answers)))


def _unknown_concepts(lab: Lab, concepts: set[str]) -> Iterator[Finding]:
    owners: list[tuple[Place, tuple[tuple[str, ...], ...], tuple[str, ...]]] = []
    owners += [(("cases", name), one.any, ()) for name, one in lab.cases.items()]
    owners += [(("topics", name), one.any, ()) for name, one in lab.topics.items()]
    owners += [(("expectations", name), one.any, one.unless) for name, one in lab.expectations.items()]
    owners += [(("misconceptions", name), one.any, one.unless) for name, one in lab.misconceptions.items()]
    owners += [(("answers", number), one.any, ()) for number, one in enumerate(lab.answers)]
    for path, lists, unless in owners:
        named = [((*path, "any", n, m), one) for n, each in enumerate(lists) for m, one in enumerate(each)]
        named += [((*path, "unless", n), one) for n, one in enumerate(unless)]
        for where, one in named:
            if one.removeprefix("not_") not in concepts:
                yield where, f"there is no concept '{one.removeprefix('not_')}'"
