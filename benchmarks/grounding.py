"""How long the check of a reply's numbers takes: what is known, prepared once a turn, and a reply of 200 words.

Run: python benchmarks/grounding.py. It only prints; nothing here is a test.
"""

import statistics
import time

from synthqc.assistant.groundfacts import facts_for
from synthqc.assistant.grounding import claims_in
from synthqc.assistant.protocol import Turn
from synthqc.assistant.tutor import readings_of
from synthqc.course.loading import load_course
from synthqc.tools.sample import sample_of_text

REPLY = (
    "Distinct-2 is 0.21, so 79% of the bigrams repeat. The largest template covers 412 of 1,000 lines. What would you "
    "look at next in the first cluster of 84 lines, and what do the others share? "
) * 5
ROUNDS = 30


def main() -> None:
    course = load_course()
    print(f"{'':6}{'first':>9}{'prepare':>9}{'check':>9}   in ms, {len(REPLY.split())} words")
    for lesson in ("L1", "L2", "L3", "L4"):
        lab = course.lab(lesson)
        sample = lab.samples[0]
        text = sample_of_text(course.sample_text(sample), sample, field=course.sample(sample).field)
        turn = Turn("I read 30 of them.", readings_of(text, lab))
        prepared, checked = [], []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            facts = facts_for(turn, lab, course.lesson(lesson), ())
            claims_in("One.", facts)
            prepared.append((time.perf_counter() - start) * 1000)
            start = time.perf_counter()
            claims_in(REPLY, facts)
            checked.append((time.perf_counter() - start) * 1000)
        print(f"{lesson:6}{prepared[0]:9.1f}{statistics.median(prepared):9.1f}{statistics.median(checked):9.1f}")


if __name__ == "__main__":
    main()
