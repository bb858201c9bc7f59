"""Plain mode asks once about OpenAI's variables."""

import io
from functools import partial
from pathlib import Path

import pytest

from synthqc.plain.asking import agreed_settings
from synthqc.plain.talk import LeavingError, Talk
from synthqc.settings.resolving import resolved


def asked(home: Path, answers: str, **environment: str):
    variables = {"SYNTHQC_HOME": str(home), "SYNTHQC_ASSISTANT": "online", **environment}
    sink = io.StringIO()
    return agreed_settings(partial(resolved, variables), Talk(io.StringIO(answers), sink)), sink.getvalue()


@pytest.mark.parametrize(("answer", "may"), [("y", True), ("n", False)])
def test_the_answer_is_kept_and_not_asked_again(tmp_path: Path, answer: str, may: bool) -> None:
    found, said = asked(tmp_path, f"{answer}\n", OPENAI_API_KEY="sk-abcdefghijklmnop")
    assert "Use the OpenAI variables of this shell for api.openai.com?" in said
    assert "abcdef" not in said
    assert found.settings.openai_hosts == {"api.openai.com": may}
    assert asked(tmp_path, "", OPENAI_API_KEY="sk-abcdefghijklmnop")[1] == ""


def test_nobody_is_asked_where_there_is_nothing_to_ask(tmp_path: Path) -> None:
    assert asked(tmp_path, "")[1] == ""


def test_leaving_answers_nothing(tmp_path: Path) -> None:
    with pytest.raises(LeavingError):
        asked(tmp_path, "q\n", OPENAI_API_KEY="sk-abcdefghijklmnop")
    assert not (tmp_path / "config.yaml").exists()
