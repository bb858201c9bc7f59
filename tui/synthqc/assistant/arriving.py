"""A model's text as it arrives: made safe piece by piece, the same as if it had come at once."""

import re

from synthqc.cleaning import clean

from .redaction import MARK, PREFIXES, Secret, redacted

_UNFINISHED = re.compile(
    # What `cleaning` would read otherwise if the next piece were known: an open escape sequence, half of a line end, a
    # joiner, the first half of a pair.
    r"(?:(?:\x1b\]|\x9d|\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\n\x07\x1b\x9c]{0,4096}\x1b?"
    r"|(?:\x1b\[|\x9b)[0-?]{0,256}[ -/]{0,16}"
    r"|\x1b[ -/]{0,16}"
    r"|\r|[\u200c\u200d]+|[\ud800-\udbff])\Z"
)
_BEGINNINGS = sorted({name[:size] for name in (*PREFIXES, "bearer") for size in range(1, len(name))})
_MAY_BE_KEY = re.compile(
    rf"\b(?:(?:{'|'.join(PREFIXES)})(?:[-_][A-Za-z0-9_*.-]{{0,200}})?|Bearer(?:\s+[^\s\"',;]{{0,200}})?"
    rf"|{'|'.join(_BEGINNINGS)})\Z",
    re.IGNORECASE,
)
_PAIR = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_SENTENCES = 400
"""Characters that are cleaned again with every piece; what lies before them and ended on a space stays as it is."""

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
        self._shown_of_raw = ""
        self._settled = 0
        self.text = ""
        """What can be shown so far."""

    @property
    def is_full(self) -> bool:
        """Has the limit been reached?"""
        return self._settled + len(self._raw) >= self._limit and not self._is_thinking

    @property
    def has_words(self) -> bool:
        """Is there anything to show, what is held back included?"""
        return bool(self.text or self._raw.strip()) and not self._is_thinking

    def take(self, piece: str) -> str:
        """What can be shown in addition, now that this piece has come."""
        self._raw += piece
        if self._is_thinking:
            before, end, after = self._raw.partition(_END_OF_THOUGHT)
            # Of a thought only its end is waited for.
            self._raw = after.lstrip() if end else before[: len(_THOUGHT) * 2] + before[len(_THOUGHT) * 2 :][-16:]
        if not self._is_thinking:
            self._raw = self._raw[: self._limit - self._settled]
        return "" if self._is_thinking else self._shown(is_last=False)

    def end(self) -> str:
        """What was held back; nothing more comes."""
        return "" if self.is_thought else self._shown(is_last=True)

    @property
    def is_thought(self) -> bool:
        """Is all of it thinking aloud so far?"""
        return not self.text and self._raw.lstrip().startswith(_THOUGHT)

    @property
    def _is_thinking(self) -> bool:
        start = self._raw.lstrip()[: len(_THOUGHT)]
        return not self.text and _THOUGHT.startswith(start)

    def _shown(self, *, is_last: bool) -> str:
        # The last sentences are cleaned again with every piece: cheaper than knowing where it is safe to go on.
        self._raw = raw = self._raw if self.text else self._raw.lstrip()
        unfinished = None if is_last else _UNFINISHED.search(raw)
        safe = raw[: unfinished.start()] if unfinished else raw
        cleaned = clean(_PAIR.sub(lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"), safe))
        key = self._key.to_hide if self._key else ""
        known = cleaned.replace(key, MARK) if key else cleaned
        if not is_last:
            held = next((size for size in range(len(key) - 1, 0, -1) if known.endswith(key[:size])), 0)
            known = known[: _start_of_key(known[: len(known) - held])]
        text = redacted(known)
        new = text[len(self._shown_of_raw) :]
        self.text += new
        self._shown_of_raw += new
        if len(raw) > _SENTENCES and raw[-1] in " \n" and len(known) == len(cleaned) and not unfinished:
            self._settled += len(raw)
            self._raw = self._shown_of_raw = ""
        return new


def _start_of_key(text: str) -> int:
    """Where an end of the text begins that may turn out to be a key; its length where there is none."""
    end = len(text)
    while found := _MAY_BE_KEY.search(text, max(0, end - 300), end):
        end = found.start()
    return end
