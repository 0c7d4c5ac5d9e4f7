"""What the doctor says of one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """One line of the doctor: how it stands, with what, and what to do about it."""

    level: Literal["ok", "warn", "fail"]
    subject: str
    words: str

    def __str__(self) -> str:
        """Return the line as it is printed."""
        return f"{self.level:<4} {self.subject}: {self.words}"
