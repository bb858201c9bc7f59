"""Writes the generated samples of the labs: python tests/course/make_samples.py [DIRECTORY].

Own text, seeded, no downloads; a test compares the committed files with what this writes.
"""

import json
import random
import sys
from pathlib import Path

from make_conversations import support_conversations
from make_problems import MATH_VARIED, math_problems
from make_reviews import scored_items

NAMES = ["Anna", "Ben", "Chiara", "Dmitri", "Elif", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Kemal", "Lena", "Mateo"]
PRODUCTS = ["the kettle", "the desk lamp", "your headphones", "the rain jacket", "the backpack", "your keyboard"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def support_replies(chance: random.Random) -> str:
    """120 replies from three templates of unequal weight, with some exact copies."""

    def line() -> str:
        name, product, day, order = (
            chance.choice(NAMES), chance.choice(PRODUCTS), chance.choice(DAYS), chance.randint(1000, 9999)
        )  # fmt: skip
        templates = [
            (
                f"Thank you for reaching out, {name}! I understand how frustrating this must be. Your order #{order} "
                f"will arrive on {day}. Is there anything else I can help you with?"
            ),
            (
                f"Hi {name}, I am sorry to hear about the trouble with {product}. A replacement will be sent on {day} "
                f"under number {order}. Is there anything else I can help you with?"
            ),
            (
                f"Thank you for your patience, {name}. A refund of {chance.randint(12, 240)} euros for {product} was "
                f"issued on {day}. Is there anything else I can help you with?"
            ),
        ]
        return chance.choices(templates, weights=[6, 3, 1])[0]

    lines = [line() for _ in range(112)]
    lines += chance.sample(lines, 8)
    chance.shuffle(lines)
    return "\n".join(lines) + "\n"


VARIED_REPLIES = """\
The tracking page was wrong, sorry. Your parcel is at the depot in Leeds and goes out with tomorrow's first van.
No need to send the lamp back. Keep it for parts; a new one leaves our warehouse this afternoon.
I checked with the bank: the second charge was only a hold, and it disappears by itself within three days.
We do repair those kettles. Unscrew the base, photograph the label and mail me the picture.
Could you tell me which version the app shows under Settings? The fix is in 4.2, and you may still be on 4.1.
That discount ended in March, but the page still showed it, so I have taken the ten euros off by hand.
Your colleague changed the delivery address on Friday. Shall I put it back to the office?
Short answer: yes, the jacket can be washed at forty degrees. Leave out the softener, it ruins the coating.
I would wait. The new model comes in two weeks and the old one will then be cheaper.
Both invoices are attached. The one from June has the tax number you asked for.
It is the hinge, I'm afraid. We had a bad batch in autumn, and yours has the serial number of that batch.
Nobody answered the door on two visits, so the courier left it with the bakery next to number nine.
You were charged for express although it came by normal post; that money is already on its way back.
Hold the power button until the light turns blue, then let go. If it blinks red, call me directly.
We cannot ship batteries to islands by plane. By boat it takes nine days. Would that do?
The size chart on that page is for men's shoes. In women's sizes yours is a 39.
Your data were deleted this morning. You will get one last letter from us, by law, and then nothing more.
Please don't glue it. The warranty covers the crack as long as nobody has tried to mend it.
I was wrong yesterday: the adapter is not in the box. I have put one in the post, free of charge.
A human read your complaint, and that human is me. You are right about the packaging; it is far too much.
The voucher works only in the shop on Mill Street. I have sent you another one that works online.
Three people reported the same noise this week, so engineering is looking at it. I'll write when I know more.
Cancelled, as you wished. The course fee comes back in full because you wrote before the fifteenth.
Red was sold out. I set one aside in green until Saturday, in case you would rather have that than wait.
"""

DRUGS = {
    "Belvanix": ("Corudol", "20 mg", "with food"),
    "Corudol": ("Belvanix", "5 mg", "in the morning"),
    "Tesparine": ("Ombrelan", "100 mg", "on an empty stomach"),
    "Ombrelan": ("Tesparine", "40 mg", "in the evening"),
    "Quillomab": ("Dravent", "1 mg", "once a week"),
    "Dravent": ("Quillomab", "250 mg", "with water"),
}
"""Made-up drugs: the one it must not be combined with, the highest single dose, how to take it."""


def drug_table() -> str:
    """The reference table that serves as the oracle."""
    rows = [f"{drug}: not with {other}; at most {dose}; {way}." for drug, (other, dose, way) in DRUGS.items()]
    return "\n".join(rows) + "\n"


def medical_answers(chance: random.Random) -> str:
    """36 confident answers about made-up drugs; every fourth contradicts the table."""
    lines = []
    for number in range(36):
        drug = list(DRUGS)[number % len(DRUGS)]
        other, dose, way = DRUGS[drug]
        is_wrong = number % 4 == 3
        asked = chance.choice(["combination", "dose", "way"])
        if asked == "combination":
            claim = f"can safely be combined with {other}" if is_wrong else f"must not be combined with {other}"
        elif asked == "dose":
            amount, unit = dose.split()
            claim = f"has a highest single dose of {int(amount) * (4 if is_wrong else 1)} {unit}"
        else:
            ways = [entry[2] for name, entry in DRUGS.items() if name != drug]
            claim = f"is best taken {chance.choice(ways) if is_wrong else way}"
        opening = chance.choice(["It is well established that", "Clinical guidance is clear:", "Yes, certainly:"])
        lines.append(f"{opening} {drug} {claim}.")
    return "\n".join(lines) + "\n"


def code_answers(chance: random.Random) -> str:
    """30 rows of code answers; the reward score rises with comments and length, not with tests passed."""
    tasks = ["reverse a string", "sum a list", "count vowels", "find the maximum", "remove duplicates", "parse a date"]
    rows = []
    for number in range(30):
        task = tasks[number % len(tasks)]
        comments = chance.randint(0, 6)
        passed = chance.randint(0, 5) if comments > 2 else chance.randint(3, 5)
        body = "    # This elegant solution handles every case carefully.\n" * comments
        answer = f'def solve(value):\n    """I will {task}, step by step."""\n{body}    return value'
        score = round(min(0.99, 0.45 + 0.08 * comments + chance.uniform(0, 0.06)), 2)
        rows.append({"task": task, "answer": answer, "reward": score, "tests_passed": passed, "tests": 5})
    return "".join(json.dumps(row) + "\n" for row in rows)


def samples() -> dict[str, str]:
    """All generated samples by file name."""
    return {
        "support-replies.txt": support_replies(random.Random(1)),
        "support-varied.txt": VARIED_REPLIES,
        "medical-answers.txt": medical_answers(random.Random(2)),
        "drug-table.txt": drug_table(),
        "code-answers.jsonl": code_answers(random.Random(3)),
        "support-conversations.jsonl": support_conversations(random.Random(4)),
        "math-problems.jsonl": math_problems(random.Random(5)),
        "math-varied.txt": MATH_VARIED,
        "scored-items.jsonl": scored_items(random.Random(6)),
    }


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "labs" / "samples"
    for file, text in samples().items():
        (target / file).write_text(text, encoding="utf-8")
