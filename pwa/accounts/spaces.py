"""What comes and goes with an account: the spaces it may open. Handed in, as accounts know nothing of spaces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pwa.accounts.refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from pwa.accounts.identity import AccountId


@dataclass(frozen=True, kw_only=True)
class Spaces:
    """Two calls, each within the transaction that makes or deletes the account, so both happen or neither.

    `attach` is given the member `space` of the sign-up's body as it came, or nothing where it has none; it raises to
    refuse the sign-up. Both may run several times for one account, each time on a fresh transaction.
    """

    attach: Callable[[Session, AccountId, object], None]
    detach: Callable[[Session, AccountId], None]


def _attach_nothing(_session: Session, _account_id: AccountId, part: object) -> None:
    if part is not None:
        raise RefusedError("body_refused")


def _detach_nothing(_session: Session, _account_id: AccountId) -> None:
    pass


NO_SPACES: Final = Spaces(attach=_attach_nothing, detach=_detach_nothing)
