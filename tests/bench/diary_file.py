"""Writes records as one phone would, for a file that the app reads back (docs/file-format.md describes it)."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from pathlib import Path

Values = dict[str, Any]
Revision = dict[str, Any]

CHANGED_LATER = 0.08
CHANGED_ON_TWO_PHONES = 0.05
THROWN_AWAY = 0.01


class DiaryFile:
    """A diary being written; every id and word comes from ``chance``."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.records: list[dict[str, Any]] = []

    def writes(self, record_type: str, at: datetime, values: Values) -> str:
        """Write a record and return its id. Some get other words later, some on two phones; a few are deleted."""
        first = self._revision(record_type, at, values, on=None)
        revisions = [first]
        text = next((field for field in ("note", "words") if field in values), None)
        if text is not None and self.chance.random() < CHANGED_LATER:
            phones = 2 if self.chance.random() < CHANGED_ON_TWO_PHONES else 1
            for hour in range(phones):
                later = at + timedelta(hours=1 + hour)
                revisions.append(self._revision(record_type, later, {text: values[text] + " Later."}, on=first))
        is_deleted = self.chance.random() < THROWN_AWAY and len(revisions) == 1
        if is_deleted:
            deleted = {"trash": first["body"]["writers"]}
            revisions.append(self._revision(record_type, at + timedelta(days=1), deleted, on=first))
        record = self._id(32)
        self.records.append(
            {"id": record, "type": record_type, "in_trash": is_deleted, "shown": {}, "revisions": revisions}
        )
        return record

    def save(self, path: Path, *, made: datetime) -> None:
        """Write the file."""
        written = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        head = {"app": "cairn", "format": "cairn-diary", "version": 1, "made": written}
        path.write_text(json.dumps({**head, "records": self.records, "count": len(self.records)}, ensure_ascii=False))

    def _revision(self, record_type: str, at: datetime, values: Values, *, on: Revision | None) -> Revision:
        """Return the revision that sets these values on top of another one, or on nothing."""
        before = {"writers": {}, "fields": []} if on is None else on["body"]
        writer = self._id(12)
        moment = round(at.timestamp() * 1000)
        kept = [entry for entry in before["fields"] if entry[0] not in values]
        fresh = [[field, writer, n, value, moment] for n, (field, value) in enumerate(values.items(), 1)]
        body = {
            "type": record_type,
            "writers": {**before["writers"], writer: len(fresh)},
            "fields": [*kept, *fresh],
        }
        return {"id": self._id(32), "parents": [] if on is None else [on["id"]], "body": body}

    def _id(self, length: int) -> str:
        return base64.urlsafe_b64encode(self.chance.randbytes(length)).decode().rstrip("=")
