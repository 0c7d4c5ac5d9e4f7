"""Challenges: asked of one browser for one purpose, answered once, within five minutes."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete

from pwa.accounts.identity import AccountId, hash_of
from pwa.accounts.models import Challenge
from pwa.accounts.refused import RefusedError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

TERM_SECONDS: Final = 300


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a challenge was made for. A sign-up's account is yet to be made; a sign-in's is nobody's yet."""

    browser: bytes
    purpose: str
    account_id: AccountId | None
    expires_at: int


def ask(session: Session, challenge: bytes, asked: Asked, *, now: datetime) -> None:
    """Remember a challenge, and forget those that are over."""
    session.execute(delete(Challenge).where(Challenge.expires_at < int(now.timestamp())))
    session.add(
        Challenge(
            hash=hash_of(challenge),
            browser=asked.browser,
            purpose=asked.purpose,
            account_id=asked.account_id,
            expires_at=asked.expires_at,
        )
    )


def take(session: Session, challenge: bytes) -> Asked | None:
    """Use a challenge up and return what it was made for, or nothing.

    Commit before acting on it: an answer that turns out to be wrong has used it up all the same.
    """
    row = session.get(Challenge, hash_of(challenge), with_for_update=True)
    if row is None:
        return None
    asked = Asked(
        browser=row.browser,
        purpose=row.purpose,
        account_id=None if row.account_id is None else AccountId(row.account_id),
        expires_at=row.expires_at,
    )
    session.delete(row)
    return asked


def refuse_unless_asked(
    asked: Asked | None, *, browser: bytes, purpose: str, account_id: AccountId | None, now: datetime
) -> Asked:
    """Return `asked` if it fits who presents it, for what, and when. Raises `RefusedError`."""
    if (
        asked is None
        or not hmac.compare_digest(asked.browser, browser)
        or asked.purpose != purpose
        or (account_id is not None and asked.account_id != account_id)
        or now.timestamp() > asked.expires_at
    ):
        raise RefusedError("challenge_refused")
    return asked
