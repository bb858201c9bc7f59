"""Time to the first frame, memory and key latency through a pseudo-terminal, beside a minimal Textual application.

Run: python benchmarks/terminal.py [RUNS]. Both programs run in turn, so a busy machine slows both: read the ratios.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "end_to_end"))

from pseudo_terminal import PseudoTerminal  # noqa: E402  (the harness lies with the tests)

MINIMAL = [sys.executable, str(ROOT / "benchmarks" / "minimal_app.py")]
SYNTHQC = [str(Path(sys.executable).with_name("synthqc"))]


def main() -> None:
    """Prints one table a topic."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print(f"{runs} runs in turn, 100 x 30, medians")
    compare_first_frames(runs)
    compare_version(runs)
    measure_keys()


def in_turn(runs: int, *measures: Callable[[], float]) -> list[float]:
    """The medians of several measures, taken in turn so that drift of the machine hits all alike."""
    taken: list[list[float]] = [[] for _ in measures]
    for _ in range(runs):
        for values, measure in zip(taken, measures, strict=True):
            values.append(measure())
    return [statistics.median(values) for values in taken]


def started(command: list[str], home: str) -> PseudoTerminal:
    """The program in a terminal of its own, with a home of its own."""
    environment = {**os.environ, "SYNTHQC_HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    return PseudoTerminal(command, columns=100, lines=30, env=environment)


def seconds_until(command: list[str], text: str) -> float:
    """Seconds from exec until the text stands on the screen."""
    with tempfile.TemporaryDirectory() as home:
        start = time.perf_counter()
        terminal = started(command, home)
        terminal.wait_for(text, timeout=20)
        taken = time.perf_counter() - start
        terminal.close()
    return taken


def private_megabytes(command: list[str], text: str) -> float:
    """Private memory of the program, MiB, half a second after the text stands on the screen."""
    with tempfile.TemporaryDirectory() as home:
        terminal = started(command, home)
        terminal.wait_for(text, timeout=20)
        time.sleep(0.5)
        rollup = Path(f"/proc/{terminal.pid}/smaps_rollup").read_text(encoding="ascii")
        terminal.close()
    return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Private_")) / 1024


def compare_first_frames(runs: int) -> None:
    """Home screen against the minimal application."""
    floor, painted, home = in_turn(
        runs,
        lambda: seconds_until(MINIMAL, "ready when"),
        lambda: seconds_until(SYNTHQC, "synthqc"),
        lambda: seconds_until(SYNTHQC, "Begin:"),
    )
    floor_memory, memory = in_turn(
        3, lambda: private_megabytes(MINIMAL, "ready when"), lambda: private_megabytes(SYNTHQC, "Begin:")
    )
    print(f"{'':34}{'minimal':>10}{'synthqc':>10}{'ratio':>8}{'target':>9}")
    print(f"{'something painted, ms':34}{floor * 1000:10.0f}{painted * 1000:10.0f}{painted / floor:8.2f}{'0.2':>9}")
    print(
        f"{'first frame of the home screen, ms':34}{floor * 1000:10.0f}{home * 1000:10.0f}{home / floor:8.2f}{'1.6':>9}"
    )
    print(f"{'private memory, MiB':34}{floor_memory:10.1f}{memory:10.1f}{memory / floor_memory:8.2f}{'1.6':>9}")


def compare_version(runs: int) -> None:
    """`synthqc --version` against a bare interpreter."""

    def seconds(*command: str) -> float:
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - start

    bare, version = in_turn(
        runs * 3, lambda: seconds(sys.executable, "-c", "pass"), lambda: seconds(*SYNTHQC, "--version")
    )
    print(f"{'synthqc --version, ms':34}{bare * 1000:10.0f}{version * 1000:10.0f}{version / bare:8.2f}{'1.5':>9}")


def key_times(terminal: PseudoTerminal, keys: list[str]) -> tuple[list[float], list[int]]:
    """Milliseconds from each key to its first output, and the bytes it cost."""
    times, sizes = [], []
    for key in keys:
        terminal.settle()
        before = len(terminal.raw)
        times.append(terminal.seconds_to_output(key) * 1000)
        terminal.settle()
        sizes.append(len(terminal.raw) - before)
    return times, sizes


def print_keys(title: str, times: list[float], sizes: list[int]) -> None:
    """One row of the table of keys."""
    late = sorted(times)[int(len(times) * 0.95)]
    print(f"{title:34}{statistics.median(times):10.1f}{late:10.1f}{statistics.median(sizes):10.0f}")


def measure_keys() -> None:
    """Key latency on the home screen and in a lesson."""
    print(f"{'key to first output':34}{'median ms':>10}{'p95 ms':>10}{'bytes':>10}   targets: 10, 33, 2000")
    with tempfile.TemporaryDirectory() as home:
        terminal = started(SYNTHQC, home)
        terminal.wait_for("Begin:", timeout=20)
        print_keys("home, move in the course map", *key_times(terminal, ["\x1b[B", "\x1b[A"] * 15))
        terminal.send("\r")
        terminal.settle(0.5)
        print_keys("lesson, next and previous section", *key_times(terminal, ["n", "p"] * 15))
        print_keys("lesson, a line down and up", *key_times(terminal, ["\x1b[B", "\x1b[A"] * 15))
        terminal.send("q")
        terminal.wait_for("Continue", timeout=5)
        terminal.send("\x1b[B\x1b[B\x1b[B\r")
        terminal.wait_for("Write to the tutor", timeout=5)
        terminal.settle(0.5)
        terminal.send("\t")
        print_keys("lab, type a message", *key_times(terminal, list("the replies repeat one form")))
        terminal.send("\x1bOR")
        terminal.settle(0.5)
        terminal.paste("\n".join(f"line {number} of a text of ninety thousand characters" for number in range(1800)))
        terminal.wait_for("1,800 lines", timeout=20)
        print_keys("lab, type beside 90 KB of text", *key_times(terminal, list("the replies repeat one form")))
        terminal.close()


if __name__ == "__main__":
    main()
