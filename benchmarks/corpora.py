"""Makes large files of rows to measure speed and memory on: made-up words, with copies and near copies among them.

Run: python benchmarks/corpora.py dialogues 500000 dialogues.jsonl
     python benchmarks/corpora.py pairs 2000000 pairs.jsonl
"""

import itertools
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

WORDS = {"dialogues": 82, "pairs": 21}
"""Mean words of a record: about 730 and 185 bytes."""

COPIES, NEAR, TEMPLATED = 0.04, 0.06, 0.05
"""Shares of records that repeat an earlier one, repeat it but for two words, and fill in one of twenty templates."""


def main() -> None:
    """Writes the file; the same arguments give the same bytes."""
    kind, rows, target = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    with target.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(itertools.islice(records(WORDS[kind]), rows)):
            stream.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")


def records(words: int) -> Iterator[str]:
    """Endless records of about so many words; word frequencies fall as 1 over rank, as they do in language."""
    chance = random.Random(0)
    letters = "eeeetttaaooiinnsshhrrddllucmfwygpbvk"
    vocabulary = ["".join(chance.choices(letters, k=2 + min(rank, 5) + rank % 4)) for rank in range(30_000)]
    cumulative = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))

    def drawn(count: int) -> list[str]:
        return chance.choices(vocabulary, cum_weights=cumulative, k=count)

    templates = [drawn(words) for _ in range(20)]
    recent: list[list[str]] = []
    while True:
        lot = chance.random()
        if recent and lot < COPIES + NEAR:
            text = list(chance.choice(recent))
            for place in chance.sample(range(len(text)), 2 if lot > COPIES else 0):
                text[place] = drawn(1)[0]
        elif lot < COPIES + NEAR + TEMPLATED:
            text = list(chance.choice(templates))
            for place in chance.sample(range(len(text)), words // 6):
                text[place] = str(chance.randrange(10_000))
        else:
            text = drawn(max(8, round(chance.gauss(words, words / 4))))
        recent.append(text)
        del recent[:-5_000]
        yield " ".join(text)


if __name__ == "__main__":
    main()
