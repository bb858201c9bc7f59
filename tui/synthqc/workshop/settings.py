"""What a host can set for a workshop: the format of `workshop.yaml`."""

from dataclasses import dataclass, field, fields
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """How much learners may use; each has clear words for who meets it."""

    sessions: int = 40
    """Sessions at once, of all learners; 1 to 500."""
    sessions_per_learner: int = 2
    """Sessions at once of one learner; 1 to 20."""
    learners: int = 200
    """Learners who can join in all; 1 to 10000."""
    idle_minutes: int = 45
    """Minutes without a key after which a session ends; 1 to 1440."""
    tries: int = 3
    """Wrong codes or PINs before the next one has to wait, each time twice as long; 1 to 20."""
    memory_mb: int = 2048
    """Address space of one session in MB, of which a session uses a part; 512 to 65536."""
    cpu_minutes: int = 30
    """Minutes of computing of one session; 1 to 1440."""


RANGES = {
    "sessions": (1, 500),
    "sessions_per_learner": (1, 20),
    "learners": (1, 10_000),
    "idle_minutes": (1, 1_440),
    "tries": (1, 20),
    "memory_mb": (512, 65_536),
    "cpu_minutes": (1, 1_440),
}
"""Smallest and largest value of each limit."""


@dataclass(frozen=True, slots=True)
class WorkshopSettings:
    """Everything that can be set."""

    title: str
    """What learners read when they join."""
    join_code: str
    """What a new learner has to know, at least six characters."""
    course: str = ""
    """Directory of a course, from this file; left out for the one that comes with synthqc."""
    address: str = "0.0.0.0"  # noqa: S104 - learners come from other machines; the settings say how to narrow it
    """Address to listen at; 127.0.0.1 for this machine alone."""
    port: int = 2222
    """Port to listen at, 1 to 65535; 0 takes a free one."""
    opens: str = ""
    """From when on learners can join, such as 2026-03-01 09:00, by this machine's clock; left out for at once."""
    closes: str = ""
    """Until when learners can join; left out for without end."""
    limits: Limits = field(default_factory=Limits)
    """How much learners may use."""

    def reason_closed(self, now: datetime) -> str:
        """Why nobody can join now, in one sentence; empty while the workshop is open.

        Args:
            now: The time by this machine's clock, without a zone.
        """
        if self.opens and now < datetime.fromisoformat(self.opens):
            return f"{self.title} opens at {self.opens}."
        if self.closes and now >= datetime.fromisoformat(self.closes):
            return f"{self.title} closed at {self.closes}."
        return ""


LIMITS = tuple(one.name for one in fields(Limits))
"""Names of the limits."""
