"""Exchanges as JSON."""

import json

import pytest

from synthqc.assistant.protocol import stopped
from synthqc.assistant.record import exchange_as_json, exchange_from_json


def test_an_exchange_comes_back_as_it_was_stored(talk) -> None:
    talk.say("Case C, the code assistant with the high reward and unhappy users.")
    talk.say("The training rounds went apart from what the work on the code requires.")
    for exchange in talk.history:
        assert exchange_from_json(json.loads(json.dumps(exchange_as_json(exchange)))) == exchange


@pytest.mark.parametrize("damaged", [{}, {"text": 1}, {"text": "a", "analysis": 3}, {"analysis": {"act": "claim"}}])
def test_a_damaged_record_is_left_out(damaged) -> None:
    assert exchange_from_json(damaged) is None


def test_a_record_from_before_there_was_a_model_comes_back(talk) -> None:
    old = exchange_as_json(talk.say("The replies have collapsed onto one template."))
    del old["voice"], old["unbacked"]
    assert exchange_from_json(old) == talk.history[0]


def test_a_stopped_reply_keeps_what_was_said_and_offers_no_choice_that_was_not_shown(talk) -> None:
    exchange = talk.say("The training rounds went apart from what the work on the code requires.")
    assert stopped(exchange, "You wrote “The").reply == "You wrote “The (stopped)"
    assert stopped(exchange, "").reply == "(stopped)"
    assert stopped(exchange, "").choices == ()
    assert stopped(exchange, "").analysis == exchange.analysis
