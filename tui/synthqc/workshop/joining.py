"""At the door: who a learner is, the join code for a new name, the PIN for one that is taken."""

import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from synthqc.cleaning import one_line

from .directory import Workshop
from .tries import Tries

SHORTEST_PIN, LONGEST_PIN = 4, 64
LONGEST_NAME = 32

_COST = {"n": 2**14, "r": 8, "p": 1}
"""Work of one hash: 16 MB and about 50 ms, so that a stolen file does not give its PINs away at once."""


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who has joined."""

    id: str
    """The name reduced to a-z, 0-9 and hyphens; unique in the workshop."""
    name: str
    """The name as it was typed first."""


def reduced(name: str) -> str:
    """The id for a typed name: accents dropped, small letters, runs of anything else as one hyphen; may be empty."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    return "-".join(words)[:LONGEST_NAME].strip("-")


def folder_of(workshop: Workshop, learner_id: str) -> Path:
    """The learner's own folder."""
    return workshop.learners / learner_id


def learner_of(workshop: Workshop, learner_id: str) -> Learner | None:
    """Who has joined under an id; None where nobody has."""
    found = _record(workshop, learner_id)
    return Learner(learner_id, str(found["name"])) if found is not None else None


def join(workshop: Workshop, name: str, pin: str, now: datetime) -> Learner | None:
    """Gives a name to whoever chose the PIN; None where somebody has taken it first."""
    learner = Learner(reduced(name), one_line(name, 64))
    salt = secrets.token_bytes(16)
    record = {
        "name": learner.name,
        "joined": now.isoformat(timespec="seconds"),
        "pin": {"salt": salt.hex(), "hash": _hash(pin, salt).hex(), **_COST},
    }
    folder = folder_of(workshop, learner.id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder / f".{secrets.token_hex(8)}"
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(record, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        # Of two who join at once, a link gives the name to one: it never replaces a file that is there.
        (folder / "learner.json").hardlink_to(beside)
    except FileExistsError:
        return None
    finally:
        beside.unlink()
    return learner


def is_pin_right(workshop: Workshop, learner_id: str, pin: str) -> bool:
    """Is it the PIN that the learner chose?"""
    found = _record(workshop, learner_id)
    if found is None:
        return False
    kept = found["pin"]
    cost = {name: int(kept[name]) for name in _COST}
    return hmac.compare_digest(bytes.fromhex(kept["hash"]), _hash(pin, bytes.fromhex(kept["salt"]), **cost))


def _record(workshop: Workshop, learner_id: str) -> dict[str, Any] | None:
    try:
        found = json.loads((folder_of(workshop, learner_id) / "learner.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return found if isinstance(found, dict) else {"name": learner_id}


def _hash(pin: str, salt: bytes, **cost: int) -> bytes:
    cost = cost or _COST
    return hashlib.scrypt(pin.encode("utf-8", "replace"), salt=salt, dklen=32, maxmem=2**26, **cost)


@dataclass(frozen=True, slots=True)
class Ask:
    """What the learner is asked."""

    words: str
    """What to know before."""
    prompts: tuple[str, ...] = ()
    """Questions whose answers are not shown while they are typed; none where there is only something to say."""


class Joining:
    """The talk at the door: `ask` says what is asked, `take` takes the answers until somebody is in or out."""

    def __init__(self, workshop: Workshop, name: str, tries: Tries, where: str) -> None:
        """Begins the talk.

        Args:
            workshop: The workshop.
            name: The name as it was typed.
            tries: Wrong answers so far.
            where: Whose wrong join codes count together; it is kept in memory alone.
        """
        self._workshop = workshop
        self._name = name
        self._tries = tries
        self._where = f"from {where}"
        self._words = ""
        self._may_choose = False
        self.id = reduced(name)
        """The id that the name means."""
        self.learner: Learner | None = None
        """Who is in; None until then."""
        self.is_over = False
        """Is there nothing more to ask?"""

    @property
    def _key(self) -> str:
        return self.id if self._is_taken else self._where

    @property
    def _is_taken(self) -> bool:
        return learner_of(self._workshop, self.id) is not None

    def ask(self, now: datetime) -> Ask:
        """What is asked next, by this machine's clock."""
        if self.learner is None and (reason := self._reason_out(now)):
            self.is_over = True
            return Ask(reason)
        if self._may_choose:
            words = self._words or f"Welcome, {one_line(self._name, 64)}. Choose a PIN for coming back."
            return Ask(words, (f"New PIN ({SHORTEST_PIN} characters or more): ", "The same PIN again: "))
        if self._is_taken:
            return Ask(self._words or self._workshop.settings.title, (f"PIN of {self.id}: ",))
        return Ask(self._words or self._workshop.settings.title, ("Join code: ",))

    def _reason_out(self, now: datetime) -> str:
        settings = self._workshop.settings
        if closed := settings.reason_closed(now):
            return closed
        if not self.id:
            return "This name has no letter of a-z and no digit; connect as another, such as ada@HOST."
        if seconds := self._tries.seconds_to_wait(self._key):
            return f"Too many wrong answers; try again in {seconds:.0f} seconds."
        if not self._is_taken and self._is_full():
            return f"All {settings.limits.learners} places of this workshop are taken; ask its host."
        return ""

    def _is_full(self) -> bool:
        if not self._workshop.learners.exists():
            return False
        joined = sum((one / "learner.json").exists() for one in self._workshop.learners.iterdir())
        return joined >= self._workshop.settings.limits.learners

    def take(self, answers: tuple[str, ...]) -> None:
        """Takes the answers to what was asked last; takes as long as a hash of a PIN."""
        if self.is_over:
            return
        if self._may_choose:
            self._choose(answers)
        elif self._is_taken:
            self._check(is_pin_right(self._workshop, self.id, "".join(answers)))
            if not self.is_over:
                self.learner = learner_of(self._workshop, self.id)
                self.is_over = True
        else:
            given, code = "".join(answers).strip(), self._workshop.settings.join_code
            self._check(hmac.compare_digest(given.encode("utf-8", "replace"), code.encode()))
            self._may_choose = not self.is_over

    def _check(self, is_right: bool) -> None:
        if is_right:
            self._tries.forget(self._key)
        else:
            self._tries.note(self._key)
            self.is_over = True

    def _choose(self, answers: tuple[str, ...]) -> None:
        pin = answers[0] if answers else ""
        if len(answers) != 2 or pin != answers[1]:
            self._words = "The two PINs were not the same."
        elif not SHORTEST_PIN <= len(pin) <= LONGEST_PIN:
            self._words = f"This PIN has {len(pin)} characters; it needs {SHORTEST_PIN} to {LONGEST_PIN}."
        else:
            self.learner = join(self._workshop, self._name, pin, datetime.now(UTC))
            self.is_over = True
