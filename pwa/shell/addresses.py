"""The addresses of the app: one list, read by the server, the client and the service worker. Knows no Flask."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("addresses.json")


@dataclass(frozen=True, kw_only=True)
class Address:
    """One place in the app: its name, and its path with `:name` for what varies."""

    name: str
    path: str

    @property
    def rule(self) -> str:
        """The path as Flask writes it: `/diary/:day` is `/diary/<day>`."""
        return re.sub(r":([a-z_]+)", r"<\1>", self.path)


def read_addresses(file: Path = FILE) -> tuple[Address, ...]:
    """Read the list, in its own order."""
    return tuple(Address(**row) for row in json.loads(file.read_text(encoding="utf-8")))
