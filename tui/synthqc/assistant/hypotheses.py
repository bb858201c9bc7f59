"""Numbers that claim nothing: list marks, names with numbers, years, times; advice and hypotheses."""

import re
from collections.abc import Set

from .numbers_in import Number

_LIST_MARK = re.compile(r"\s*(?:>\s*)?(?:[-*+]\s+)?[*_(#]*\s*$")
_NUMBERED = re.compile(
    r"(?:\b(?:lab|lesson|step|tier|cluster|group|line|row|round|week|day|exchange|question|point|number|section|"
    r"chapter|"
    r"figure|fig\.|table|part|phase|level|version|option|case|template|page|item|stage|layer|rule|exercise|example|"
    r"module|generation|attempt|iteration|seed|no\.|nr\.|sentence|paragraph|rater|reviewer|bin|claim)(?: #?|"
    r"s? #?(?:\d+(?:,| and| or| to|-|–) ?)+)|#)$",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?:,| and| or| to|-|–) ?\d")
_NAME_BEFORE = re.compile(
    r"(?:[^\W\d_][\w.]*[-‑_]|[^\W\d_]|\b(?:GPT|Llama|Claude|Gemini|Gemma|Phi|Qwen|Mistral|Mixtral|OPT|Pythia|"
    r"PaLM|OLMo|"
    r"Chinchilla|AlphaCode|DeepSeek|Python|Yi|Falcon|BLOOM|T5|Olmo|Nemotron|Orca|Windows|ISO|RFC|Article|Art\.|Vol\.|"
    r"Command R|Grok|Granite) )$"
)
_NAME_AFTER = re.compile(r"[-‑](?!fold|year|day|hour|minute|second|word|line|item|percent)[^\W\d_]|[A-Za-z_]")
_DURATION = re.compile(
    r"[ -](?:(?:more|full|working|long|short|extra|good|to|or|and|-|–|\d+) ?)*"
    r"(?P<unit>second|minute|min|hour|day|week|month|year|sec|hr|h|s)s?\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_BEFORE_YEAR = re.compile(r"(?:\(|\bin |\bof |\bsince |et al\.?,? |, |\bby |\bfrom |[A-Z]\w+ )$")

_HYPOTHESIS = re.compile(
    r"\b(?:suppose|imagine|assum\w+|hypothetical\w*|aim\w*|target\w*|goal|try|raise|raising|"
    r"lower(?:ing)? (?:the|it|to|your)|"
    r"increase|reduce|reducing|set(?:ting)?|recommend\w*|suggest\w*|let's|let us|i'd|i would|e\.g\.|for example|"
    r"for instance|such as|say,|propose\w*|consider|one with|factor of|perhaps|maybe|what if|(?:what|where|when|"
    r"how|who|which)[^.?]{0,20} would|as an illustration|plan to|"
    r"rule of thumb|strive|hope for|typical\w*|usual\w*|commonly|generally|ideal\w*|healthy|good sign|in general)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|unless|until|once|should you|were to)\b", re.IGNORECASE)
_MAYBE = re.compile(
    r"\b(?:would|could|should|might|may|can|want|need|plan|use|using|choose|pick|take|at least|"
    r"at most|up to|no more than|another|enough|per|each|every)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"[\s>*_#\-+•]*(?:\d+[.)]\s*)?[*_]*(?:(?:so|now|then|next|first|second|third|finally|also|please|or|and|instead|"
    r"otherwise|maybe|perhaps|step \d+)[,:]? )*"
    r"(?:add|aim|apply|ask|audit|begin|build|cap|change|check|choose|collect|compare|compute|count|create|cut|decide|"
    r"define|draw|drop|ensure|estimate|exclude|fix|focus|generate|give|go|have|hold|keep|label|limit|look|lower|"
    r"make|mask|"
    r"measure|mix|monitor|move|pay|pick|plan|prompt|put|raise|rate|read|reduce|regenerate|remove|repeat|replace|"
    r"re-?run|re-?measure|review|re-?train|route|run|sample|score|select|send|set|set aside|show|skim|sort|"
    r"specify|spend|"
    r"split|start|stop|stratify|take|tell|test|think|throw|track|train|try|use|vary|verify|wait|weigh|work|"
    r"write)\b(?! of\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:—–]\s|\s-\s|\s\(|\bbut\b|\band then\b|\bso that\b")
_STATED = re.compile(
    r"\b(?:is|are|was|were|shows?|reports?|reads?|finds?|found|came out at|comes to|stands at|gives?|"
    r"measured?s?|counts?|"
    r"removed?s?|holds?|covers?|keeps?|kept|of|has|have|at)\b[^.;,]{0,24}$|[=:]\s*\**$",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"[ -](?:confidence(?: interval| level)?|interval|sure|certain\w*|level|ci)\b(?! of| is)", re.IGNORECASE
)
_SAYS = re.compile(r"\b(?:is|are|was|were|you have|has|shows?|comes?|gives?|stands?)\b", re.IGNORECASE)
_CHOSEN = re.compile(
    r" (?:largest|biggest|smallest|first|last|top|other|most|more|less|strongest|commonest|different|such|main|"
    r"kinds)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"[ -]?(?:times|x|fold)\b (?:as|more|higher|lower|less|your|that|the)\b", re.IGNORECASE)
_WOULD = re.compile(r"\b(?:would|could|hire|say)\b", re.IGNORECASE)
_SMALL = 10


def claims_nothing(sentence: str, number: Number) -> bool:
    """Is it a list mark, a part of a name, a year, a time of day, or quoted?"""
    before, after = sentence[: number.start], sentence[number.end :]
    if number.kind == "count" and not number.is_word and "," not in number.text:
        if _LIST_MARK.fullmatch(before) and re.match(r"[.)](?:\s|\*|$)", after):
            return True
        is_first = _MORE.match(after) is not None
        if (
            _NUMBERED.search(before) or (is_first and _NUMBERED.search(re.sub(r"s $", " ", before)))
        ) and not after.startswith(("%", " %")):
            return True
        if 1900 <= number.value <= 2099 and _is_year(before, after):
            return True
    if not number.is_word and (_NAME_BEFORE.search(before) or (number.kind == "count" and _NAME_AFTER.match(after))):
        return True
    if _LEVEL.match(after) and number.kind == "share":
        return True
    if re.search(r"\d:$", before) or re.match(r":\d", after):
        return True
    return any(
        one.start() < number.start and number.end < one.end() and re.search(r"[^\W\d_]{3}", one.group())
        for one in _QUOTED.finditer(sentence)
    )


def _is_year(before: str, after: str) -> bool:
    return _BEFORE_YEAR.search(before) is not None or re.match(r"\)|[a-z]?\)|;|’s|'s", after) is not None


def is_advice(sentence: str, number: Number, *, is_bound: bool, units: Set[str]) -> bool:
    """Does the number, which nothing backs, belong to advice or a hypothesis, or is too small to claim anything?

    Args:
        sentence: The sentence.
        number: The number in it.
        is_bound: Does it stand beside the name of something that was measured?
        units: Stems of what was counted; other units claim no measurement.
    """
    before, after = sentence[: number.start], sentence[number.end :]
    if (
        number.kind == "count"
        and number.value <= _SMALL
        and (not is_bound or _CHOSEN.match(after) or _WOULD.search(before))
    ):
        return True
    if _TIMES.match(after):
        return True
    duration = _DURATION.match(after)
    if duration and not is_bound and duration["unit"].lower()[:5] not in units:
        return True
    clause_start = max((one.end() for one in _CLAUSE.finditer(before)), default=0)
    clause = before[clause_start:]
    is_stated = is_bound and _STATED.search(clause) is not None
    if _IMPERATIVE.match(sentence) and not is_stated and not (clause_start and _SAYS.search(clause)):
        return True
    if _IMPERATIVE.match(clause) and clause_start:
        return True
    rest = _CLAUSE.split(after, maxsplit=1)[0]
    around = f"{clause} {rest}"
    if _HYPOTHESIS.search(around) or (_HYPOTHESIS.search(sentence) and not is_stated):
        return True
    if _CONDITION.search(clause) or (_CONDITION.search(before) and not is_stated):
        return True
    return not is_bound and _MAYBE.search(around) is not None
