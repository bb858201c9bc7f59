"""The oracle: facts held against a table, and examples in code run in a process of their own."""

import json

import pytest

from synthqc.assistant.functions import call_function, function_schema
from synthqc.metrics.facts import facts_in
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.catalogue import TOOLS, run_tool
from synthqc.tools.doctests import code_in, run
from synthqc.tools.sample import sample_of_text


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("The capital of France is Paris.", True),
        ("Everyone knows that the capital of France is Lyon.", False),
        ("Sydney is the capital of Australia, they say.", False),
        ("Canberra, the capital of Australia, is inland.", True),
        ("the capital city of New Zealand is Wellington", True),
        ("The capital of Mexico is Mexico City.", True),
        ("Kiev is the capital of Ukraine.", True),
        ("The symbol for gold is Au.", True),
        ("The chemical symbol of lead is Le.", False),
        ("Fe is the symbol for iron.", True),
        ("The capital of Spain is Madrid. Barcelona is larger than Seville.", True),
    ],
)
def test_a_statement_is_held_against_the_table(text: str, is_right: bool) -> None:
    assert [one.is_right for one in facts_in(text)] == [is_right]


@pytest.mark.parametrize(
    "text", ["", "The capital of Atlantis is Poseidonis.", "Capital is scarce.", "首都は東京です。", "👩‍💻"]
)
def test_what_the_table_does_not_have_is_passed_over(text: str) -> None:
    assert list(facts_in(text)) == []


def test_sums_and_facts_stand_beside_each_other() -> None:
    reading = run_tool(
        "oracle", sample_of_text("2 + 2 = 5\nThe capital of Italy is Milan.\nThe capital of Peru is Lima.\n", "x")
    )
    assert reading.value("wrong") == 1
    assert reading.value("facts") == 2
    assert reading.value("wrong_facts") == 1
    assert [(row.text, row.lines) for row in reading.evidence] == [
        ("2 + 2 = 5: should be 4", (1,)),
        ("The capital of Italy is Milan: the table says Rome", (2,)),
    ]


def test_a_sum_beyond_what_a_float_holds_is_told() -> None:
    reading = run_tool("oracle", sample_of_text(f"{'9' * 400} + 1 = 2\n", "x"))
    assert reading.evidence[0].text.endswith("should be 1.000000000e+400")


DOUBLE = "```python\ndef double(n):\n    '''\n    >>> double(4)\n    {}\n    '''\n    return 2 * n\n```"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "examples", "failed", "said"),
    [
        (code_in(DOUBLE.format(8)), 1, 0, ""),
        (code_in(DOUBLE.format(9)), 1, 1, "double(4) states '9', gives '8'"),
        (">>> 1 + 1\n2\n>>> print('ok')\nok\n", 2, 0, ""),
        (">>> 1 +\n3\n", 1, 1, "SyntaxError"),
        (">>> import socket; socket.socket()\n", 1, 1, "no network"),
        (">>> x = 'a' * 10**10\n", 1, 1, "MemoryError"),
        (">>> open('f', 'w').write('a' * 10**6)\n1000000\n", 1, 1, "File too large"),
        (">>> import os; os.fork()\n0\n", None, None, ""),
        (">>> while True: pass\n", 0, 0, "processor time"),
        (">>> import time; time.sleep(60)\n", 0, 0, "took longer than"),
        (">>> import os; os._exit(0)\n", 0, 0, "ended without a result"),
        ("raise SystemExit\n# >>> 1\n", 0, 0, "SystemExit"),
    ],
)
def test_code_ends_in_an_answer_whatever_it_does(
    code: str, examples: int | None, failed: int | None, said: str
) -> None:
    # Who only sleeps is stopped by the clock; who computes by the processor's time, however busy the machine is.
    found = run(code, seconds=1 if "sleep" in code else 60)
    if examples is not None:
        assert (found.examples, found.failed) == (examples, failed)
    assert said in found.said


@pytest.mark.slow
def test_code_runs_only_where_it_is_asked_for() -> None:
    rows = "".join(json.dumps({"text": text}) + "\n" for text in (DOUBLE.format(8), DOUBLE.format(9), "no code"))
    sample = sample_of_text(rows, "x")
    with pytest.raises(UndefinedReading, match="nothing to check"):
        run_tool("oracle", sample)
    reading = run_tool("oracle", sample, {"code": True})
    assert reading.value("wrong_code") == 1
    assert reading.value("wrong_code_share") == 0.5
    assert reading.evidence[0].lines == (2,)
    assert any("a fence against accidents" in caveat for caveat in reading.caveats)


def test_a_model_cannot_have_code_run() -> None:
    sample = sample_of_text("2 + 2 = 4\n", "x")
    assert call_function("oracle", '{"code": true}', sample) == {"error": "only the learner can set code"}
    assert "code" not in function_schema(TOOLS["oracle"])["function"]["parameters"]["properties"]
