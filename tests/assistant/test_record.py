"""Exchanges as JSON."""

import json

import pytest

from synthqc.assistant.record import exchange_as_json, exchange_from_json


def test_an_exchange_comes_back_as_it_was_stored(talk) -> None:
    talk.say("Case C, the code assistant with the high reward and unhappy users.")
    talk.say("The training rounds went apart from what the work on the code requires.")
    for exchange in talk.history:
        assert exchange_from_json(json.loads(json.dumps(exchange_as_json(exchange)))) == exchange


@pytest.mark.parametrize("damaged", [{}, {"text": 1}, {"text": "a", "analysis": 3}, {"analysis": {"act": "claim"}}])
def test_a_damaged_record_is_left_out(damaged) -> None:
    assert exchange_from_json(damaged) is None
