"""How long a lab's mini-tools take after a change in the text on the workbench.

Run: python benchmarks/tools.py [RUNS]. Every run puts a word in somewhere else, as typing does, so that only what a
tool may keep of unchanged lines is kept. Targets for all tools of a lab together: 16 ms at 50 KB, 50 ms at 200 KB.
"""

import contextlib
import os

# As in the program: while somebody types, the second core is for the screen.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import random
import statistics
import sys
import time

from synthqc.course.loading import load_course
from synthqc.metrics.undefined import UndefinedReading
from synthqc.tools.catalogue import run_tool
from synthqc.tools.sample import sample_of_text


def main() -> None:
    """Prints a table for each lab."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    course = load_course()
    texts = {
        "prose, 50 KB": course.sample_text("alice")[:50_000],
        "prose, 200 KB": (course.sample_text("alice") * 2)[:200_000],
        "problems, 200 KB": grown(course.sample_text("math-problems"), 200_000),
        "one template, 200 KB": "".join(
            f"Dear customer {n}, your parcel {n * 7} is late and we are sorry.\n" for n in range(3_100)
        ),
    }
    print(f"{runs} runs, medians in ms")
    for lab in ("L1", "L2", "L3"):
        tools = course.lab(lab).tools
        taken = {name: after_edits(runs, tools, text) for name, text in texts.items()}
        print(f"\n{f'lab {lab}':20}" + "".join(f"{name:>22}" for name in taken))
        for tool in (*tools, "together"):
            print(f"{tool:20}" + "".join(f"{one[tool]:22.1f}" for one in taken.values()))


def grown(text: str, size: int) -> str:
    """The lines again and again, each time with a word of another line in the place of one of its own."""
    chance = random.Random(0)
    lines = [line.split() for line in text.split("\n") if line.strip()]
    made: list[str] = []
    while sum(map(len, made)) + len(made) < size:
        words = list(lines[len(made) % len(lines)])
        words[chance.randrange(len(words))] = chance.choice(chance.choice(lines))
        made.append(" ".join(words))
    return "\n".join(made)


def after_edits(runs: int, tools: tuple[str, ...], text: str) -> dict[str, float]:
    """Median milliseconds of each tool, and of all together, after a word was put in."""
    times: dict[str, list[float]] = {}
    for number in range(runs + 1):
        place = text.index(" ", len(text) * (number + 1) // (runs + 3))
        started = time.perf_counter()
        sample = sample_of_text(f"{text[:place]} edit{number}{text[place:]}", "text")
        for tool in tools:
            before = time.perf_counter()
            with contextlib.suppress(UndefinedReading):
                run_tool(tool, sample)
            times.setdefault(tool, []).append((time.perf_counter() - before) * 1000)
        times.setdefault("together", []).append((time.perf_counter() - started) * 1000)
    # The first run meets every line for the first time.
    return {tool: statistics.median(found[1:]) for tool, found in times.items()}


if __name__ == "__main__":
    main()
