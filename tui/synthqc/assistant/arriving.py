"""A model's text as it arrives: made safe piece by piece, the same as if it had come at once."""

import re

from .redaction import Secret, redacted

_UNFINISHED = re.compile(
    # What `cleaning` would read otherwise if the next piece were known: an open escape sequence, half of a line end, a
    # joiner, the first half of a pair, the beginning of a key.
    r"(?:(?:\x1b\]|\x9d|\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\n\x07\x1b\x9c]{0,4096}\x1b?"
    r"|(?:\x1b\[|\x9b)[0-?]{0,256}[ -/]{0,16}"
    r"|\x1b[ -/]{0,16}"
    r"|\r|[\u200c\u200d]+|[\ud800-\udbff]"
    r"|\b(?:sk|pk|rk|gsk|hf|xai|nvapi|ghp)(?:[-_][A-Za-z0-9_*.-]{0,200})?"
    r"|\bBearer(?:\s+[^\s\"',;]{0,200})?)\Z",
    re.IGNORECASE,
)
_PAIR = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_THOUGHT, _END_OF_THOUGHT = "<think>", "</think>"


class Arriving:
    """Text that comes in pieces; what a model thinks aloud in front of its reply, `<think>...</think>`, is left out."""

    def __init__(self, key: Secret | None = None, limit: int = 8_000) -> None:
        """Nothing yet.

        Args:
            key: The key in use, never shown even where a server repeats it.
            limit: Characters after which the rest is dropped.
        """
        self._key = key
        self._limit = limit
        self._raw = ""
        self.text = ""
        """What can be shown so far."""

    @property
    def is_full(self) -> bool:
        """Has the limit been reached?"""
        return len(self._raw) >= self._limit and not self._is_thinking

    @property
    def has_words(self) -> bool:
        """Is there anything to show, what is held back included?"""
        return bool(self._raw.strip()) and not self._is_thinking

    def take(self, piece: str) -> str:
        """What can be shown in addition, now that this piece has come."""
        self._raw += piece
        if self._is_thinking:
            before, end, after = self._raw.partition(_END_OF_THOUGHT)
            # Of a thought only its end is waited for.
            self._raw = after.lstrip() if end else before[: len(_THOUGHT) * 2] + before[len(_THOUGHT) * 2 :][-16:]
        if not self._is_thinking:
            self._raw = self._raw[: self._limit]
        return "" if self._is_thinking else self._shown(self._held_from())

    def end(self) -> str:
        """What was held back; nothing more comes."""
        return "" if self.is_thought else self._shown(len(self._raw))

    @property
    def is_thought(self) -> bool:
        """Is all of it thinking aloud so far?"""
        return not self.text and self._raw.lstrip().startswith(_THOUGHT)

    @property
    def _is_thinking(self) -> bool:
        start = self._raw.lstrip()[: len(_THOUGHT)]
        return not self.text and _THOUGHT.startswith(start)

    def _held_from(self) -> int:
        found = _UNFINISHED.search(self._raw, max(0, len(self._raw) - 5_000))
        start = found.start() if found else len(self._raw)
        key = self._key.reveal() if self._key else ""
        # The longest end of the text that is a beginning of the key.
        longest = next((size for size in range(len(key) - 1, 0, -1) if self._raw.endswith(key[:size])), 0)
        return min(start, len(self._raw) - longest)

    def _shown(self, end: int) -> str:
        # Replies are short, so that cleaning all of it again is cheaper than knowing where it is safe to go on.
        if not self.text:
            start = len(self._raw) - len(self._raw.lstrip())
            self._raw, end = self._raw[start:], max(0, end - start)
        raw = _PAIR.sub(lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"), self._raw[:end])
        text = redacted(raw, self._key)
        new = text[len(self.text) :]
        self.text += new
        return new
