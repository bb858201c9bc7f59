"""Asking once whether the variables of OpenAI may be used, before the course begins."""

from collections.abc import Callable

from synthqc.settings.endpoints import host_to_ask_about, question_about
from synthqc.settings.file import change_settings
from synthqc.settings.resolving import Resolved

from .talk import Talk


def agreed_settings(resolve: Callable[[], Resolved], talk: Talk) -> Resolved:
    """The settings, after the learner has said yes or no where that was open; the answer is kept.

    Raises:
        LeavingError: The learner left instead, or the input ended.
        SettingsError: The answer cannot be written.
    """
    found = resolve()
    host = host_to_ask_about(found)
    if not host:
        return found
    question, meaning = question_about(host)
    talk.say(question)
    talk.say(meaning)
    answer = talk.command("y yes, n no", ("y", "n"), lambda: talk.say(meaning))
    change_settings(found.path, {("openai_hosts", host): answer == "y"})
    return resolve()
