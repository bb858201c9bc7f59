"""Work for other processes, in a module that they can import."""

import os
import signal


def place_of(_number: int) -> int:
    """The process that does it."""
    return os.getpid()


def squared_or_dead(job: tuple[int, int]) -> int:
    """The square of a number; the process that is given 7 dies, unless it is the one that asks."""
    number, home = job
    if number == 7 and os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number
