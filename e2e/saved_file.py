"""A saved file, as a person has it in their hands: what it holds, and the ways in which it can be spoilt."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.person import Person

HEAD = {"app": "cairn", "format": "cairn-diary", "version": 1, "made": "2026-03-02T09:30:00.000Z"}
RECORD, WRITER = "C" * 42 + "A", "C" * 16


class SavedFile:
    """What a file holds. Two are equal where they hold the same records, with the same versions of each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SavedFile) and self._essence() == other._essence()

    def __hash__(self) -> int:
        return hash(self.path)

    def records(self, kind: str) -> list[dict[str, Any]]:
        """Return the records of a type."""
        return [record for record in self.content["records"] if record["type"] == kind]

    def versions(self) -> int:
        """Return how many versions there are of all records together."""
        return sum(len(record["revisions"]) for record in self.content["records"])

    def _essence(self) -> dict[str, Any]:
        """Return all but what is made anew at each saving: the moment, and the names of the versions."""
        return {
            record["id"]: (
                record["type"],
                record["in_trash"],
                json.dumps(record["shown"], sort_keys=True),
                sorted(json.dumps(revision["body"], sort_keys=True) for revision in record["revisions"]),
            )
            for record in self.content["records"]
        }


def saves(person: Person, name: str) -> SavedFile:
    """Let somebody save a copy, and put it under this name."""
    person.opens("/take-with-me")
    saved = person.saves_a_file("take-with-me.save")
    assert re.fullmatch(r"cairn-\d{4}-\d\d-\d\d\.json", saved.name)
    return SavedFile(saved.rename(saved.with_name(name)))


def reads_back(person: Person, file: SavedFile | Path) -> None:
    """Let somebody choose a file to be read back into their diary."""
    person.opens("/take-with-me")
    person.gives_a_file("read-back.choose", file.path if isinstance(file, SavedFile) else file)


def file_of(*records: object, **head: object) -> str:
    """Return the text of a file of these records, right but for what ``head`` says otherwise."""
    return json.dumps({**HEAD, "records": records, "count": len(records), **head})


def record_of(body: object, **says: object) -> dict[str, object]:
    """Return a record with one version of this body, right but for what ``says`` says otherwise."""
    revision = {"id": RECORD, "parents": [], "body": body}
    return {"id": RECORD, "type": "check-in", "in_trash": False, "shown": {}, "revisions": [revision], **says}


def check_in_of(**fields: object) -> dict[str, object]:
    """Return the body of a check-in with these fields."""
    entries = [[field, WRITER, n, value, 1_772_443_800_000] for n, (field, value) in enumerate(fields.items(), 1)]
    return {"type": "check-in", "writers": {WRITER: len(entries)}, "fields": entries}
