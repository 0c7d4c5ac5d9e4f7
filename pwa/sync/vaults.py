"""A vault comes with its account, in one transaction: a space, and the first entry of its roll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pwa.sync.bodies import read_first_part
from pwa.sync.header import Kind, Owner
from pwa.sync.push import Outcome, Quota, Terms, push
from pwa.sync.revisions import Refusal, Sound, examine
from pwa.sync.spaces import Claim, create_space

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session


class EntryRefusedError(Exception):
    """The vault's first roll entry cannot be taken. `refusal` says why, as in a push."""

    def __init__(self, refusal: Refusal) -> None:
        """Keep the reason."""
        super().__init__(refusal)
        self.refusal = refusal


def begin_vault(session: Session, account_id: bytes, part: object, *, quota: Quota, today: date) -> None:
    """Make the space that a sign-up brings, with the first entry of its roll; `part` is its member `space`.

    Whoever signs up has just shown a passkey or a code. Raises `BodyRefusedError`, `SpaceTakenError` or
    `EntryRefusedError`.
    """
    first = read_first_part(part)
    create_space(session, account_id, first.space_id, Owner.VAULT)
    entry = examine(first.entry, space_id=first.space_id)
    if isinstance(entry, Sound) and entry.header.kind is not Kind.ROLL:
        entry = Refusal.WRONG_ROLL
    terms = Terms(quota=quota, today=today, is_proved=True)
    (outcome,) = push(session, Claim(account_id, first.space_id), [entry], terms)
    if outcome is not Outcome.STORED:
        raise EntryRefusedError(Refusal(outcome))
