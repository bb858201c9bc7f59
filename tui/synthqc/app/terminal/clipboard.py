"""Handing text to the clipboard of the terminal, which works over SSH: OSC 52, wrapped for tmux and screen."""

import base64
from collections.abc import Mapping

MOST_BYTES = 55_000
"""Bytes of text that terminals take this way; xterm's own limit is 75,000 characters in base64."""

_CHUNK = 700
"""Characters that GNU screen passes on in one piece; its own limit is 768."""


def clipboard_sequence(text: str, environment: Mapping[str, str]) -> str:
    """The escape sequence that puts a text on the clipboard; empty where the text is too long for that.

    Args:
        text: The text.
        environment: Tells whether tmux or screen stands between: they have to be asked to pass the sequence on.
    """
    data = text.encode("utf-8", "replace")
    if len(data) > MOST_BYTES:
        return ""
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\x07"
    if environment.get("TMUX"):
        return f"\x1bPtmux;{sequence.replace(chr(27), chr(27) * 2)}\x1b\\"
    if environment.get("TERM", "").startswith("screen"):
        pieces = (sequence[start : start + _CHUNK] for start in range(0, len(sequence), _CHUNK))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return sequence
