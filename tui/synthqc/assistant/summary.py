"""The end of a lab: the diagnosis, what the learner brought up, the numbers behind it, and what is still open."""

from collections.abc import Sequence

from synthqc.course.lab import Lab

from .state import LabState, worded
from .wording import Wording, listed


def summary_of(state: LabState, cited: Sequence[str], lab: Lab, wording: Wording) -> str:
    """The summary of a conversation.

    Args:
        state: The conversation, its last exchange included.
        cited: Readings to cite, each as one line with its basis.
        lab: The lab.
        wording: Draws the phrasings.
    """
    case = state.case if state.case in lab.closing.diagnosis else "any"
    covered = [lab.expectations[one] for one in state.covered if one in lab.expectations]
    # The diagnosis is the learner's where they named it; else it is said whose it is.
    is_theirs = any(one.case == case for one in covered) or case in ("any", "own")
    parts = [wording.say("completed" if is_theirs else "completed_by_tutor")]
    parts.append(worded(lab.closing.diagnosis, case).strip())
    if covered:
        parts.append("\n".join([wording.say("you_found"), *(f"- {one.gist}" for one in covered)]))
    if cited:
        parts.append("\n".join([wording.say("you_measured"), *(f"- {line}" for line in cited)]))
    still_open = [topic.name for topic_id, topic in lab.topics.items() if topic_id not in state.addressed]
    if still_open:
        parts.append(wording.say("still_open", topics=listed(still_open)))
    parts.append(worded(lab.closing.plan, case).strip())
    return "\n\n".join(parts)
