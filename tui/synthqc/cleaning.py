"""Text from outside, made safe to store, measure and show: cleaned once, where it enters.

A terminal obeys escape sequences in whatever is printed: a pasted log can set the clipboard or the window's title.
Direction controls and invisible characters are a finding about data, so they become visible instead of vanishing.
"""

import re

_CONTROL_STRING = r"[^\n\x07\x1b\x9c]{0,4096}(?:\x07|\x9c|\x1b\\)"
_SEQUENCE = re.compile(
    rf"(?:\x1b\]|\x9d|\x1b[PX^_]|[\x90\x98\x9e\x9f]){_CONTROL_STRING}"  # OSC, DCS, SOS, PM, APC with their text
    r"|(?:\x1b\[|\x9b)[0-?]{0,256}[ -/]{0,16}[@-~]"  # CSI: colours, cursor moves
    r"|\x1b[ -/]{0,16}[0-~]"  # other escapes of two and more characters
)
_LINE_END = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HIDDEN = r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_INVISIBLE = re.compile(
    # Joiners shape emoji and several scripts; beside a Latin letter or another hidden character they only hide.
    rf"(?<=[^\x00-\x7f{_HIDDEN}])[\u200c\u200d](?=[^\x00-\x7f{_HIDDEN}])|([{_HIDDEN}])"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNSAFE = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_HIDDEN}\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without anything a terminal would obey, line ends as newlines, invisible characters as marks.

    Escape sequences, control characters and lone surrogates go; tab and newline stay. Direction controls, zero-width
    spaces and the like are shown as `‹U+202E›`; a joiner inside an emoji or a word of another script stays.
    Cleaning twice changes nothing more. The time is linear in the length, whatever the text.

    Args:
        text: Text from a paste, a file, a model, a course or an error message.

    Returns:
        The cleaned text; the same object where there was nothing to clean.
    """
    # All that is unsafe but this one mark counts as unprintable, and asking that takes a third of the search's time.
    if (text.isprintable() and "\u034f" not in text) or not _UNSAFE.search(text):
        return text
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    text = _CONTROL.sub("", _LINE_END.sub("\n", _SEQUENCE.sub("", text)))
    return _INVISIBLE.sub(_mark, text)


def _mark(found: re.Match[str]) -> str:
    return f"‹U+{ord(found.group()):04X}›" if found.group(1) else found.group()


def one_line(text: str, limit: int = 200) -> str:
    """The cleaned text on one line, cut to `limit` characters with an ellipsis: for names and messages."""
    line = " ".join(clean(text).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
