"""Work spread over processes and machines: the same result, in the same order, whatever happens to a worker."""

import multiprocessing
import os
import random
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor

import pytest
from elsewhere import place_of, squared_or_dead

from synthqc.metrics.duplicates import Duplicates, duplicates_of
from synthqc.metrics.spread import in_order, spread_over

HERE = os.getpid()


@pytest.fixture(params=["processes", "dask"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    """Two workers, as processes of this machine or as a Dask cluster."""
    if request.param == "processes":
        with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
            yield pool
        return
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client.get_executor(pure=False)


def records() -> list[str]:
    chance = random.Random(3)
    words = [str(chance.random())[2:8] for _ in range(2_000)]
    found = [" ".join(chance.choices(words, k=30)) for _ in range(3_000)]
    for number in range(0, 3_000, 5):
        changed = found[number].split()
        changed[chance.randrange(30)] = "changed"
        found.append(" ".join(changed))
    return found


def found_in(texts: list[str]) -> Duplicates:
    return duplicates_of(texts, exact_limit=10)


@pytest.mark.slow
def test_spread_work_gives_the_same_to_the_last_bit(executor: Executor) -> None:
    texts = records()
    alone = found_in(texts)
    with spread_over(executor):
        together = found_in(texts)
    assert together == alone
    assert len(alone.groups) > 500


@pytest.mark.slow
def test_a_killed_worker_loses_nothing_and_doubles_nothing() -> None:
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool, spread_over(pool):
        found = list(in_order(squared_or_dead, [(number, HERE) for number in range(40)]))
    assert found == [number * number for number in range(40)]


@pytest.mark.slow
def test_the_work_is_done_elsewhere(executor: Executor) -> None:
    with spread_over(executor):
        places = set(in_order(place_of, range(20)))
    assert HERE not in places


def test_an_error_of_the_work_itself_comes_up() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda number: 1 // number, [1, 0]))


def test_results_come_as_they_are_asked_for() -> None:
    given = []

    def noted(number: int) -> int:
        given.append(number)
        return number

    assert next(in_order(noted, iter(range(1_000)))) == 0
    assert given == [0]
