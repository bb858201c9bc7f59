"""Keys: held in an object that never shows them, and taken out of every text that could repeat them."""

import re

from synthqc.cleaning import clean

PREFIXES = ("sk", "pk", "rk", "gsk", "hf", "xai", "nvapi", "ghp")
"""What keys of well-known services begin with, before `-` or `_`."""

MARK = "[key]"
"""What stands in place of a key."""

_LOOKS_LIKE_A_KEY = re.compile(
    # A token has a digit; a bearer of news has none.
    r"\bBearer\s+(?=[^\s\"',;]*\d)[^\s\"',;]{6,}"
    rf"|\b(?:{'|'.join(PREFIXES)})[-_][A-Za-z0-9_*.-]{{6,}}",
    re.IGNORECASE,
)
_SHORTEST = 8
"""Characters of a key that is one; shorter are the words that local servers take, such as `none` and `ollama`."""


class Secret:
    """A key. Its text form is `***`, so that no error page, log or record can show it."""

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value.strip()

    def reveal(self) -> str:
        """The key itself, for the one request that needs it."""
        return self._value

    @property
    def to_hide(self) -> str:
        """What must appear nowhere; empty for the mere words that local servers take as keys."""
        return self._value if len(self._value) >= _SHORTEST else ""

    @property
    def shown(self) -> str:
        """The key as a person recognises it, such as `sk-...f3a9`; `***` for a short one, `none` without one."""
        if not self._value:
            return "none"
        if len(self._value) < 2 * _SHORTEST:
            return "***"
        start = "sk-" if self._value.startswith("sk-") else ""
        return f"{start}...{self._value[-4:]}"

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "***"

    def __reduce__(self) -> tuple[type["Secret"], tuple[()]]:
        # Written to a file or sent to another process, it is empty.
        return Secret, ()


def redacted(text: str, key: Secret | None = None) -> str:
    """The text, cleaned, with `[key]` in place of the key and of everything that looks like one.

    Args:
        text: Text from a server, an error or a model.
        key: The key in use.
    """
    text = clean(text)
    if key is not None and key.to_hide:
        text = text.replace(key.to_hide, MARK)
    return _LOOKS_LIKE_A_KEY.sub(MARK, text)
