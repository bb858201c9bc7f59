"""The scored items of lab 4: answers with a confidence, the truth, three raters' labels, and two sub-domains gone wrong."""

import json
import random

DRUGS = ["Belvanix", "Corudol", "Tesparine", "Ombrelan", "Quillomab", "Dravent"]
"""Made up."""

FEVERS = ["Tarrel fever", "Harbin rash", "Losk cough", "Emmer syndrome"]
"""Made up as well."""

CONFIDENT, DOUBTFUL, REFUSED = 112, 24, 24
"""Items of each sub-domain that the scorer passes with confidence, is unsure of, and rejects with confidence."""

OVERCONFIDENT = {"dosage": 0.2, "interactions": 0.25}
"""By how much accuracy lies below confidence."""

MISSES = {"rater_a": 0.04, "rater_b": 0.07, "rater_c": 0.12}
"""How often each rater labels against the truth."""

UNRATED = 0.25
"""Share of the items that the third rater did not see."""


def _text(domain: str, chance: random.Random) -> str:
    drug, other, fever = *chance.sample(DRUGS, 2), chance.choice(FEVERS)
    number = chance.choice([2, 3, 5, 7, 10, 14])
    return {
        "dosage": f"How much {drug} may an adult take a day? Up to {number * 10} mg, in two doses.",
        "interactions": f"Can {drug} be taken with {other}? Yes, {number} hours apart.",
        "symptoms": f"How long does the cough of {fever} last? About {number} days, less in children.",
        "nutrition": f"May one eat dairy with {drug}? Yes, but wait {number * 10} minutes.",
        "storage": f"How long does an open bottle of {drug} keep? {number} weeks in the fridge.",
        "first aid": f"What helps at first against {fever}? Rest, and {number} glasses of water a day.",
    }[domain]


def _confidence(kind: int, chance: random.Random) -> float:
    low, high = ((0.9, 0.99), (0.2, 0.89), (0.02, 0.18))[kind]
    return round(chance.uniform(low, high), 2)


def scored_items(chance: random.Random) -> str:
    """960 rows: text, domain, confidence, correct, rater_a, rater_b and mostly rater_c."""
    rows = []
    for domain in ("dosage", "interactions", "symptoms", "nutrition", "storage", "first aid"):
        for kind in [0] * CONFIDENT + [1] * DOUBTFUL + [2] * REFUSED:
            confidence = _confidence(kind, chance)
            is_right = chance.random() < confidence - OVERCONFIDENT.get(domain, 0)
            row = {"text": _text(domain, chance), "domain": domain, "confidence": confidence, "correct": is_right}
            for rater, misses in MISSES.items():
                if rater == "rater_c" and chance.random() < UNRATED:
                    continue
                row[rater] = "right" if is_right != (chance.random() < misses) else "wrong"
            rows.append(row)
    chance.shuffle(rows)
    return "".join(json.dumps(row) + "\n" for row in rows)
