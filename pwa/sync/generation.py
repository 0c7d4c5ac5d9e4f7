"""The generation: the name of this database's life.

It is random, and new once a backup was put in the database's place. So a phone that knows more than the server tells
a restored server from one that hides something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from pwa.sync.models import Generation

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

BYTES: Final = 16


def generation(session: Session) -> bytes:
    """Return the generation, 16 bytes. The first was made with the tables."""
    return session.execute(select(Generation.value)).scalar_one()


def renew_generation(session: Session, random: Callable[[int], bytes]) -> None:
    """Begin another generation. Whoever restores a backup calls this before the server starts again."""
    session.execute(update(Generation).values(value=random(BYTES)))
