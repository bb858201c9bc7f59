"""What a sentence denies: how far a negation reaches, and which negations only ask."""

from collections.abc import Sequence, Set

_REACH = 3
_FAR_REACH = 10
_TURNS = frozenset(("but", "and", "because", "so", "yet", "while", "since", "whereas", "then", "however"))
_OPINIONS = frozenset(("think", "believe", "see", "expect", "buy", "agree", "suppose", "consider", "want", "find"))
_LIMITING = frozenset(("only", "just", "merely", "simply", "solely"))
_SUBJECTS = frozenset(("we", "i", "it", "this", "that", "you", "they", "the", "there", "these", "one", "a", "he"))
_BEFORE_QUESTION = frozenset(("so", "but", "and", "well", "ok", "okay", "hm", "why", "hmm", "then"))
_AUXILIARIES = frozenset(
    ("would", "should", "could", "will", "can", "do", "does", "did", "must", "may", "might", "shall", "to", "i'd")
)
_UNNEEDED = frozenset(("need", "have", "matter", "require", "mind", "know"))
_STATES = ("isn't", "aren't", "wasn't", "weren't", "hasn't", "haven't")
_JUDGED = ("wrong", "mistake", "stupid", "naive", "silly", "foolish", "dangerous", "pointless", "sense", "mad", "crazy")
_PAIRS = frozenset((judged, "to") for judged in (*_JUDGED, "useless", "reckless")) | frozenset(
    (("instead", "of"), ("rather", "than"), ("far", "from"), ("anything", "but"), ("careful", "with"), ("wary", "of"))
)


def denials(
    words: Sequence[str], breaks: Set[int], negators: Set[str], *, is_far: bool, is_question: bool = False
) -> list[bool]:
    """For each word of a sentence: is it denied by what stands before it?

    Args:
        words: The words, spelt as usual.
        breaks: Words in front of which a comma, a colon or a dash stands; no negation reaches over one.
        negators: Words that deny the next three.
        is_far: Does a refusal (`I would never ...`) deny everything up to the end of its clause?
        is_question: Does the sentence end on a question mark?
    """
    asking = {place for place in range(len(words)) if _asks(words, place, breaks, is_question=is_question)}
    denied = []
    until = -1
    for place, word in enumerate(words):
        if place in breaks or word in _TURNS:
            until = -1
        denied.append(place <= until)
        following = words[place + 1] if place + 1 < len(words) else ""
        if place in asking:
            continue
        if is_far and _refuses(words, place):
            until = len(words)
        elif (word, following) in _PAIRS:
            until = max(until, place + 1 + _REACH)
        elif _negates(words, place, negators):
            until = max(until, place + (_FAR_REACH if following in _OPINIONS else _REACH))
    return denied


def _negates(words: Sequence[str], place: int, negators: Set[str]) -> bool:
    word = words[place]
    following = words[place + 1] if place + 1 < len(words) else ""
    if word.endswith("n't"):
        # "It isn't just X" says that it is X; "we can't just X" rejects X.
        return not (following in _LIMITING and word in _STATES)
    if word == "not" and place > 0 and words[place - 1] == "why":
        return False
    if word == "not" and following in _LIMITING:
        return place > 0 and words[place - 1] in _AUXILIARIES
    return word in negators and following not in _LIMITING


def _refuses(words: Sequence[str], place: int) -> bool:
    word = words[place]
    following = words[place + 1] if place + 1 < len(words) else ""
    if following in _UNNEEDED:
        return False
    if word == "than" and "rather" in words[:place]:
        return True
    if (word, following) in _PAIRS or word in ("never", "avoid"):
        return True
    if word.endswith("n't"):
        return word not in _STATES
    return word == "not" and place > 0 and words[place - 1] in _AUXILIARIES


def _asks(words: Sequence[str], place: int, breaks: Set[int], *, is_question: bool) -> bool:
    # "Shouldn't we ..." and "Isn't this ..." suggest what they seem to deny; with a question mark any subject will do,
    # and a clause may stand before: "Couldn't students join?", "If they match, isn't that proof?"
    if not words[place].endswith("n't"):
        return False
    following = words[place + 1] if place + 1 < len(words) else ""
    start = max((one for one in breaks if one <= place), default=0) if is_question else 0
    return (is_question or following in _SUBJECTS) and all(word in _BEFORE_QUESTION for word in words[start:place])
