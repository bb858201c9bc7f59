"""The small model that learns from its own output."""

import pytest

from synthqc.course.loading import load_course
from synthqc.metrics.collapse import _Model, collapse
from synthqc.metrics.tokens import tokenised
from synthqc.metrics.undefined import UndefinedReading


@pytest.fixture(scope="module")
def book() -> list[list[str]]:
    return tokenised(load_course().sample_text("alice").split("\n"))[:400]


def test_the_same_seed_gives_the_same_run(book) -> None:
    assert collapse(book, generations=2, seed=5) == collapse(book, generations=2, seed=5)
    assert collapse(book, generations=2, seed=5) != collapse(book, generations=2, seed=6)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_replacing_loses_words_and_rare_ones_first(book, seed: int) -> None:
    run = collapse(book, generations=6, seed=seed)
    kept = [one.vocabulary_kept for one in run]
    assert kept == sorted(kept, reverse=True)
    assert run[-1].tail_kept < run[-1].vocabulary_kept < run[0].vocabulary_kept
    assert run[-1].distinct_2 < run[0].distinct_2


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_real_data_keeps_more_and_accumulating_most(book, seed: int) -> None:
    kept = {
        protocol: collapse(book, generations=6, protocol=protocol, seed=seed)[-1].vocabulary_kept
        for protocol in ("replace", "keep", "accumulate")
    }
    assert kept["replace"] < kept["keep"] < kept["accumulate"]


def test_perplexity_is_the_inverse_geometric_mean_of_the_chances() -> None:
    # Two words in turn: after the start always 1, after 1 always 2, so each has nearly all of the chance.
    model = _Model([[1, 2]] * 20)
    assert model.perplexities([[1, 2] * 10])[0] > 1
    sure = model.perplexities([[1, 2]])[0]
    assert 1 < sure < 1.1


def test_every_share_is_a_share(book) -> None:
    for one in collapse(book, generations=3, seed=1):
        for share in (one.vocabulary_kept, one.tail_kept, one.distinct_2, one.odd_share):
            assert 0 <= share <= 1
        assert one.typical_perplexity >= 1


def test_progress_is_told_and_a_run_can_be_stopped(book) -> None:
    told = []
    collapse(book, generations=3, seed=0, watch=lambda done, of: told.append((done, of)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]

    def stop(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collapse(book, generations=3, seed=0, watch=stop)


def test_without_rare_words_none_can_be_kept() -> None:
    run = collapse([["the", "cat", "sat", "on", "a", "mat"]] * 20, generations=1)
    assert [one.tail_kept for one in run] == [None, None]


@pytest.mark.parametrize("records", [[], [["a"] * 200], [["a"]] * 20])
def test_too_little_text_is_undefined(records) -> None:
    with pytest.raises(UndefinedReading, match="needs 100 words in 10 lines"):
        collapse(records)


def test_the_caption_of_the_figure_is_true() -> None:
    records = tokenised(load_course().sample_text("alice").split("\n"))
    runs = {protocol: collapse(records, protocol=protocol, seed=0) for protocol in ("replace", "accumulate", "keep")}
    kept = {protocol: run[-1].vocabulary_kept for protocol, run in runs.items()}
    assert kept["replace"] == pytest.approx(1 / 7, abs=0.02)
    assert kept["accumulate"] == pytest.approx(3 / 5, abs=0.03)
    assert kept["keep"] == pytest.approx(1 / 3, abs=0.03)
    # Both halves of the finding: typical text grows more likely while, for some generations, odd text grows.
    replaced = runs["replace"]
    assert replaced[-1].typical_perplexity < 0.9 * replaced[0].typical_perplexity
    assert max(one.odd_share for one in replaced) > 4 * replaced[0].odd_share
