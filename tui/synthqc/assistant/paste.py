"""Which part of a message is speech and which is data to measure."""

import json
import re

_FEWEST_LINES = 3
_LIST_MARK = re.compile(r"\s*(?:\d+[.)]|[-*•])\s+\S")
_QUESTION = re.compile(r"\?\s*$")


def split_paste(message: str) -> tuple[str, str]:
    """Splits a message into what the learner says and the block of data in it.

    Data are three lines or more in a row, JSON rows, or a numbered list, after an optional line that introduces them
    (ending in a colon) and before an optional closing line that asks something.

    Args:
        message: The message, cleaned.

    Returns:
        Speech and data; either may be empty.
    """
    lines = message.strip().split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    speech: list[str] = []
    if lines and lines[0].rstrip().endswith(":") and not _is_row(lines[0]):
        speech.append(lines.pop(0))
    closing = ""
    if len(lines) > 1 and _QUESTION.search(lines[-1]) and not lines[-2].strip():
        closing = lines.pop()
    filled_lines = [line for line in lines if line.strip()]
    is_rows = bool(filled_lines) and all(map(_is_row, filled_lines))
    is_list = len(filled_lines) > 1 and all(map(_LIST_MARK.match, filled_lines))
    if len(filled_lines) >= _FEWEST_LINES or is_rows or is_list:
        data = "\n".join(re.sub(r"^\s*\d+[.)]\s+", "", line) for line in lines) if is_list else "\n".join(lines)
        return "\n".join(filter(None, [*speech, closing])), data.strip("\n")
    return message.strip(), ""


def _is_row(line: str) -> bool:
    if not line.lstrip().startswith(("{", "[")):
        return False
    try:
        return isinstance(json.loads(line), (dict, list))
    except (ValueError, RecursionError):
        return False
