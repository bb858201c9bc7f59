"""Conditions and slots of evidence rules: a small grammar of names, numbers, comparisons, and, or, not."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from synthqc.errors import SynthQCError

_TOKEN = re.compile(r"\s*(?:(-?\d+(?:\.\d+)?)|([a-z_][a-z0-9_.]*)|(<=|>=|==|!=|<|>|\(|\)))")
_SLOT = re.compile(r"\{([a-z_][a-z0-9_.]*)(:percent)?\}")
_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip

Facts = Mapping[str, float]
"""Numbers by name, such as `templates.top_share`."""

_Test = Callable[[Facts], bool]


class ConditionError(SynthQCError):
    """A condition that does not follow the grammar."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition."""

    names: frozenset[str]
    """The facts it asks for."""
    _test: _Test

    def holds(self, facts: Facts) -> bool:
        """Does it hold? Not where a fact that it asks for is missing."""
        return self.names <= facts.keys() and self._test(facts)


def parse_condition(text: str) -> Condition:
    """Reads a condition such as `templates.top_share >= 0.5 and not text.lines < 10`.

    Raises:
        ConditionError: The text is no condition; the error says where it goes wrong.
    """
    parser = _Parser(text)
    test = parser.either()
    if parser.token:
        raise ConditionError(f"condition {text!r} has {parser.token!r} where it should end")
    return Condition(frozenset(parser.names), test)


class _Parser:
    """Recursive descent: either = both {or both}; both = one {and one}; one = not one | ( either ) | comparison."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: set[str] = set()
        self._position = 0
        self.token = ""
        self._next()

    def _next(self) -> None:
        rest = self.text[self._position :]
        found = _TOKEN.match(rest)
        if found is None:
            if rest.strip():
                raise ConditionError(f"condition {self.text!r} has {rest.strip()[0]!r}, which is no part of one")
            self.token = ""
            return
        self._position += found.end()
        self.token = found.group().strip()

    def _take(self, token: str) -> bool:
        if self.token == token:
            self._next()
            return True
        return False

    def either(self) -> _Test:
        tests = [self._both()]
        while self._take("or"):
            tests.append(self._both())
        return lambda facts: any(test(facts) for test in tests)

    def _both(self) -> _Test:
        tests = [self._one()]
        while self._take("and"):
            tests.append(self._one())
        return lambda facts: all(test(facts) for test in tests)

    def _one(self) -> _Test:
        if self._take("not"):
            test = self._one()
            return lambda facts: not test(facts)
        if self._take("("):
            test = self.either()
            if not self._take(")"):
                raise ConditionError(f"condition {self.text!r} has an open bracket")
            return test
        return self._comparison()

    def _comparison(self) -> _Test:
        left = self._operand()
        if self.token not in _COMPARISONS:
            raise ConditionError(f"condition {self.text!r} has {self.token!r}, needs one of {' '.join(_COMPARISONS)}")
        compare = _COMPARISONS[self.token]
        self._next()
        right = self._operand()
        return lambda facts: compare(left(facts), right(facts))

    def _operand(self) -> Callable[[Facts], float]:
        token = self.token
        if not token or not (token[-1].isalnum() or token[-1] == "_") or token in ("and", "or", "not"):
            raise ConditionError(f"condition {self.text!r} has {token!r}, needs a name or a number")
        self._next()
        if token[0].isdigit() or token[0] == "-":
            number = float(token)
            return lambda _facts: number
        self.names.add(token)
        return lambda facts: facts[token]


def slots_in(text: str) -> set[str]:
    """Names of the facts that a text has slots for."""
    return {found.group(1) for found in _SLOT.finditer(text)}


def filled(text: str, facts: Facts, shown: Mapping[str, str]) -> str:
    """The text with its slots filled: `{templates.top_lines}`, or `{templates.top_share:percent}` as `62%`.

    Raises:
        KeyError: A slot asks for a fact that is not there.
    """

    def put(found: re.Match[str]) -> str:
        name = found.group(1)
        return f"{100 * facts[name]:.0f}%" if found.group(2) else shown[name]

    return _SLOT.sub(put, text)
