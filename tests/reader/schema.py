"""What records may hold, as docs/domain.md says it; a test of the app holds that page to the app."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).resolve().parents[2] / "docs/domain.md"
HEADING: Final = re.compile(r"^### `([a-z-]+)`: .+$")
ROW: Final = re.compile(r"^\| `(\w+)` \| (\w+) \| (.*?) \| .* \|$")
BASE64URL_RECORD: Final = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")


@dataclass(frozen=True)
class Field:
    """One field: its kind, and what it takes, in the page's words."""

    name: str
    kind: str
    takes: str

    @property
    def choices(self) -> list[str]:
        """Return the answers of a choice."""
        return re.findall(r"`([^`]+)`", self.takes)

    def is_sound(self, value: object) -> bool:
        """Whether the app would write this value."""
        match self.kind:
            case "choice":
                return value in self.choices
            case "flag":
                return isinstance(value, bool)
            case "whole" | "instant":
                least, most = self._bounds() if self.kind == "whole" else (0, 2**53)
                return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
            case _:
                return isinstance(value, str) and self._is_sound_text(value)

    def _is_sound_text(self, value: str) -> bool:
        match self.kind:
            case "text":
                longest = int(re.findall(r"up to (\d+)", self.takes)[0])
                return len(value) <= longest and not ("one line" in self.takes and "\n" in value)
            case "day":
                return re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None
            case "decimal":
                least, most = self._bounds()
                is_plain = re.fullmatch(r"\d+(\.\d{0,2}[1-9])?", value) is not None
                return is_plain and least <= Decimal(value) <= most
            case "link":
                return BASE64URL_RECORD.fullmatch(value) is not None
        return False

    def _bounds(self) -> tuple[Decimal, Decimal]:
        least, most = re.findall(r"-?[\d.]+", self.takes)
        return Decimal(least), Decimal(most)


def read_schema() -> dict[str, dict[str, Field]]:
    """Return each type of record with its fields, by their names."""
    types: dict[str, dict[str, Field]] = {}
    fields: dict[str, Field] = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if heading := HEADING.match(line):
            fields = types[heading[1]] = {}
        elif (row := ROW.match(line)) and types:
            fields[row[1]] = Field(row[1], row[2], row[3].strip())
    return types
