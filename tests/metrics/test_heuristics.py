"""Heuristic filters: each rule on a line that breaks it and on one that only looks so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthqc.metrics.heuristics import RULES, Limits, reasons, repeated_shares
from synthqc.metrics.languages import foreign, languages_of, main_language

FINE = [
    "The parcel was at the depot in Leeds and goes out with the first van tomorrow.",
    "If a < b and b > c, the order of the two is not decided by the rule.",
    "He paid 20 % of AT&T's bill, and the café sent a receipt for the rest.",
    "We do repair those kettles, so send a picture of the label to the desk.",
]


def test_ordinary_lines_break_no_rule() -> None:
    assert reasons(FINE) == [""] * len(FINE)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Ok.", "length"),
        ("word " * 401, "length"),
        ("Your order is <br> on its way and will be with you soon.", "markup"),
        ("Your order is on its way&nbsp;and will be with you soon.", "markup"),
        ('<a href="https://example.org">Here</a> is the page that you asked for.', "markup"),
        ("We donâ€™t know when the parcel will be with you, sorry.", "encoding"),
        ("The cafÃ© on the corner has the parcel that you asked for.", "encoding"),
        ("The caf\ufffd on the corner has the parcel that you asked for.", "encoding"),
        ("Wir haben das Paket nicht gefunden und es ist auch nicht in der Filiale.", "language"),
        ("我们还没有收到您的包裹，请再等两天，谢谢您的耐心。", "language"),
        ("please hold the line please hold the line please hold the line please", "repetition"),
    ],
)
def test_a_line_goes_for_one_reason(line: str, rule: str) -> None:
    assert reasons([*FINE, line])[-1] == rule
    assert rule in RULES


def test_limits_can_be_set() -> None:
    assert reasons(["No thanks"], Limits(shortest=2)) == [""]
    assert reasons([FINE[0]], Limits(longest=5)) == ["length"]
    assert reasons(["a b c a b c a b c a b c"], Limits(repetition=0.9)) == [""]


def test_the_share_of_repeats_worked_by_hand() -> None:
    # Eight words after the first three give ten runs of three: abc bca cab abc bca cab abc bca cab abc, three different.
    lines = [["a", "b", "c"] * 4, ["a", "b", "c"] * 2, [], [*"abcdefghij"]]
    assert repeated_shares(lines).tolist() == pytest.approx([0.7, 0, 0, 0])


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=20), max_size=6))
def test_the_share_of_repeats_is_a_plain_count(lines: list[list[str]]) -> None:
    runs = [[*zip(line, line[1:], line[2:], strict=False)] for line in lines]
    expected = [1 - len(set(one)) / len(one) if len(line) >= 10 else 0 for line, one in zip(lines, runs, strict=True)]
    assert repeated_shares(lines).tolist() == pytest.approx(expected)


def test_the_main_language_is_that_of_most_lines() -> None:
    german = [
        "Das Paket ist nicht da, und wir wissen auch nicht, wo es ist.",
        "Die Rechnung ist mit der Post unterwegs zu Ihnen.",
    ]
    assert main_language([*german, FINE[0]]) == "German"
    assert foreign([*german, FINE[0]]) == [False, False, True]
    assert foreign(["Ok", "12", ""]) == [False, False, False]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", ""),
        ("Paket", ""),
        ("Où est le colis que vous avez envoyé avec la poste ?", "French"),
        ("¿Dónde está el paquete que usted envió por correo?", "Spanish"),
        ("Где моя посылка, которую вы отправили?", "other script"),
        ("🎉🎉🎉 1234", ""),
    ],
)
def test_a_language_is_named_or_left_open(text: str, language: str) -> None:
    assert languages_of([text, FINE[0]]) == [language, "English"]


@given(st.lists(st.text(max_size=60), max_size=8))
def test_every_line_gets_one_known_reason_or_none(lines: list[str]) -> None:
    found = reasons(lines)
    assert len(found) == len(lines)
    assert set(found) <= {"", *RULES}
