"""Work in blocks: here, in other processes, or on other machines, with the same result."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Block = TypeVar("Block")
Result = TypeVar("Result")

_AHEAD = 8
"""Blocks given out before the first result is awaited: enough for every worker, few enough for the memory."""

_EXECUTOR: ContextVar[Executor | None] = ContextVar("executor", default=None)


@contextmanager
def spread_over(executor: Executor) -> Iterator[None]:
    """Inside it, long work runs on an executor: a process pool, or that of a Dask client."""
    token = _EXECUTOR.set(executor)
    try:
        yield
    finally:
        _EXECUTOR.reset(token)


def in_order(function: Callable[[Block], Result], blocks: Iterable[Block]) -> Iterator[Result]:
    """The results of a function for blocks, in the order of the blocks, each exactly once.

    A block whose worker dies is computed here, so that nothing is lost or doubled.

    Args:
        function: Defined at the top of a module, and without side effects.
        blocks: What it is given, one at a time.
    """
    executor = _EXECUTOR.get()
    if executor is None:
        yield from map(function, blocks)
        return
    waiting: deque[tuple[Block, Future[Result] | None]] = deque()
    for block in blocks:
        waiting.append((block, _submitted(executor, function, block)))
        if len(waiting) > _AHEAD:
            yield _result(function, *waiting.popleft())
    while waiting:
        yield _result(function, *waiting.popleft())


def _submitted(executor: Executor, function: Callable[[Block], Result], block: Block) -> "Future[Result] | None":
    try:
        return executor.submit(function, block)
    except BrokenExecutor:
        return None


def _result(function: Callable[[Block], Result], block: Block, future: "Future[Result] | None") -> Result:
    # An error of the function itself comes up again here, where it belongs.
    return future.result() if future is not None and future.exception() is None else function(block)


def blocks_of(texts: Iterable[str], characters: int) -> Iterator[list[str]]:
    """Runs of texts that have about so many characters together, a text at least."""
    block: list[str] = []
    held = 0
    for text in texts:
        block.append(text)
        held += 1 + len(text)
        if held >= characters:
            yield block
            block, held = [], 0
    if block:
        yield block
