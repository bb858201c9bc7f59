"""Where long work runs: in this process, in several, or on a Dask cluster."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from synthqc.errors import UsageError
from synthqc.metrics.spread import spread_over

_PATIENCE = "10s"
"""How long a cluster is waited for."""


@contextmanager
def spread(workers: int, dask: str | None) -> Iterator[None]:
    """Inside it, long work runs on so many processes, or on the Dask cluster at an address.

    Raises:
        UsageError: Both were asked for, the extra is not installed, or no cluster answers.
    """
    if dask is not None:
        if workers > 1:
            raise UsageError("give --workers or --dask, not both")
        with _cluster(dask) as executor, spread_over(executor):
            yield
    elif workers > 1:
        # Spawned, because a forked process can inherit locks that nobody will release.
        with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool, spread_over(pool):
            yield
    else:
        yield


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        import distributed
    except ImportError as error:
        raise UsageError("--dask needs an extra: pip install 'synthqc[cluster]'") from error
    # Its functions have no types.
    connect: Any = distributed.Client
    try:
        client = connect(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"--dask {address}: no cluster answers there: {error}") from error
    with client:
        executor: Executor = client.get_executor(pure=False)
        yield executor
