"""Write the vectors both implementations are held to: `python -m tests.reader.vectors`. They come of seeds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.reader.vector_group import group_roll
from tests.reader.vector_keys import hpke, keyring, recovery_codes, slot_here, slots
from tests.reader.vector_merges import merges
from tests.reader.vector_revisions import revisions
from tests.reader.vector_roll import roll

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reader.json_text import Json

FOLDER: Final = Path(__file__).resolve().parent.parent / "vectors"
FILES: Final[dict[str, Callable[[], Json]]] = {
    "recovery-codes.json": recovery_codes,
    "hpke.json": hpke,
    "slots.json": slots,
    "slot-here.json": slot_here,
    "keyring.json": keyring,
    "roll.json": roll,
    "group-roll.json": group_roll,
    "revisions.json": revisions,
    "merges.json": merges,
}


def text_of(vectors: Json) -> str:
    """Return a file's content: two spaces, signs beyond ASCII escaped so that none hides."""
    return json.dumps(vectors, indent=2) + "\n"


def read_vectors(name: str) -> Json:
    """Return a file of the disk."""
    vectors: Json = json.loads((FOLDER / name).read_text(encoding="ascii"))
    return vectors


if __name__ == "__main__":
    for file, make in FILES.items():
        (FOLDER / file).write_text(text_of(make()), encoding="ascii")
