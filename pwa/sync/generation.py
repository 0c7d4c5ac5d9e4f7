"""The generation: the name of a space's life in this database's life.

The database's part is random, and new once a backup was put in its place. So a phone that knows more than the server
tells a restored server from one that hides something. The space's part is its first row: a diary that was deleted and
begun here again has another past, and is another life.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from pwa.sync.models import Generation, Revision

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

BYTES: Final = 16


def generation(session: Session) -> bytes:
    """Return the database's part, 16 bytes. The first was made with the tables."""
    return session.execute(select(Generation.value)).scalar_one()


def generation_of(session: Session, space_id: bytes) -> bytes:
    """Return the generation of a space, 16 bytes; of one without a row, the database's part."""
    first = select(Revision.id).where(Revision.space_id == space_id, Revision.seq == 1)
    id_ = session.execute(first).scalar_one_or_none()
    return generation(session) if id_ is None else hashlib.sha256(generation(session) + id_).digest()[:BYTES]


def renew_generation(session: Session, random: Callable[[int], bytes]) -> None:
    """Begin another generation. Whoever restores a backup calls this before the server starts again."""
    session.execute(update(Generation).values(value=random(BYTES)))
