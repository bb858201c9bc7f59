"""Which part of a message is speech and which is data to measure."""

import json
import re

_FEWEST_LINES = 3
_FEWEST_WORDS = 4
_LIST_MARK = re.compile(r"\s*(?:\(?\d+[.):]|[-*\u2022\u2013]|\(?[a-h][.)])\s+\S")
_LIST_NUMBER = re.compile(r"^\s*\(?\d+[.):]\s+")
_PLANS = re.compile(
    r"\b(?:i|we)(?:'d|'ll| would| should| could| will| can| need| think| must| want| suggest)\b"
    r"|^\W*(?:\d+\W+)?(?:then|finally|next|lastly|after that|after this)\b",
    re.IGNORECASE,
)
_LONGEST_PLAN = 8
_MOST_SPEECH = 3
_FENCE = re.compile(r"^\s*(?:```|~~~)\w*\s*$")
_REQUEST = (
    r"(?P<speech>\W*(?:(?:please|pls|can you|could you|now|ok|so|just|then)\W+)*"
    r"(?:measure|analy[sz]e|run|score|scan|check|test|evaluate|compute|calculate)\b[^:\n\"\u201c]{0,80})"
)
_INLINE = re.compile(
    rf"{_REQUEST}(?::\s*|\s+(?=[\"\u201c]))[\"\u201c']?(?P<data>[^\n]+?)[\"\u201d']?\s*", re.IGNORECASE
)
_POINTS = re.compile(r"\b(?:this|these|following|text|lines?|sentences?|sample|below|here)\b", re.IGNORECASE)
_TALKS = re.compile(
    r"\b(?:i|we|you|these|those|this|them|my|our|here|look|see|what|how|please|tutor|thanks)\b", re.IGNORECASE
)
_ROW_OF_SPEAKER = re.compile(
    r"\s*(?:customer|agent|user|assistant|client|bot|human|q|a|question|answer)\s*:", re.IGNORECASE
)


def split_paste(message: str) -> tuple[str, str]:
    """Splits a message into what the learner says and the block of data in it.

    Data are JSON rows, a numbered list, a table in CSV, or three lines or more in a row. A line in front that ends in a
    colon or a question mark, or one before or after an empty line or beside rows that are surely data, is speech.

    Args:
        message: The message, cleaned.

    Returns:
        Speech and data; either may be empty.
    """
    lines = ["" if _FENCE.match(line) else line for line in message.strip("\n").split("\n")]
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    if len(lines) < 2:
        return _inline(message.strip())
    marks = _marks(lines)
    if sum(marks) >= 2 or any(map(_is_row, lines)):
        first, last = marks.index(True), len(marks) - marks[::-1].index(True)
        before, data, after = lines[:first], lines[first:last], lines[last:]
        if _is_plan(data):
            return message.strip(), ""
        if max(len(before), len(after)) <= _MOST_SPEECH:
            numbers = [line for line in data if _LIST_NUMBER.match(line)]
            plain = [_LIST_NUMBER.sub("", line) for line in data] if len(numbers) >= 2 else data
            return _joined(before, after), "\n".join(plain).strip("\n")
    return _block(message, lines)


def _block(message: str, lines: list[str]) -> tuple[str, str]:
    """Plain lines: three or more are data, after a line that introduces them and before one that asks."""
    before: list[str] = []
    after: list[str] = []
    asks = lines[0].rstrip().endswith("?") and _POINTS.search(lines[0])
    if lines[0].rstrip().endswith(":") or asks or (not lines[1].strip() and _is_speech(lines[0])):
        before.append(lines.pop(0))
    if len(lines) > 2 and not lines[-2].strip() and _is_speech(lines[-1]):
        after.append(lines.pop())
    if sum(bool(line.strip()) for line in lines) >= _FEWEST_LINES and not _is_plan(lines):
        return _joined(before, after), "\n".join(lines).strip("\n")
    return message.strip(), ""


def _is_plan(lines: list[str]) -> bool:
    """Are these lines what the learner says, one thought a line?"""
    filled = [line for line in lines if line.strip()]
    return len(filled) <= _LONGEST_PLAN and 3 * sum(_PLANS.search(line) is not None for line in filled) >= len(filled)


def _marks(lines: list[str]) -> list[bool]:
    """For each line: is it surely data?"""
    rows = [_is_row(line) for line in lines]
    listed = [bool(_LIST_MARK.match(line)) for line in lines]
    spoken = [bool(_ROW_OF_SPEAKER.match(line)) for line in lines]
    marks = rows if any(rows) else [False] * len(lines)
    for kind in (listed, spoken):
        if not any(marks) and sum(kind) >= 2:
            marks = kind
    return marks if any(marks) else _columns(lines)


def _columns(lines: list[str]) -> list[bool]:
    """Lines of a table: as many separators in each, at least three in a row."""
    for sign in (",", "\t", ";", "|"):
        counts = [line.count(sign) for line in lines]
        usual = max((count for count in counts if count), key=counts.count, default=0)
        # Prose has commas as well; a table has no space behind most of them.
        tight = sum(bool(re.search(rf"\S{re.escape(sign)}(?=\S)", line)) for line in lines)
        if usual and counts.count(usual) >= _FEWEST_LINES and tight >= _FEWEST_LINES:
            return [count >= usual and count > 0 for count in counts]
    return [False] * len(lines)


def _joined(before: list[str], after: list[str]) -> str:
    return "\n".join(line.strip() for line in (*before, *after) if line.strip())


def _is_speech(line: str) -> bool:
    return line.rstrip().endswith((":", "?")) or _TALKS.search(line) is not None


def _inline(message: str) -> tuple[str, str]:
    """`Measure this: "..."` brings its text in the same line."""
    found = _INLINE.fullmatch(message)
    is_request = found is not None and _POINTS.search(found["speech"]) is not None
    if found is None or not is_request or len(found["data"].split()) < _FEWEST_WORDS:
        return (message, "") if not _is_row(message) else ("", message)
    return f"{found['speech'].strip()}:", found["data"].strip()


def _is_row(line: str) -> bool:
    if not line.lstrip().startswith(("{", "[")):
        return False
    try:
        return isinstance(json.loads(line), (dict, list))
    except (ValueError, RecursionError):
        return False
