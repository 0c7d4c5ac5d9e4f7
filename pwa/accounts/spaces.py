"""What comes and goes with an account: the spaces it may open. Handed in, as accounts know nothing of spaces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from pwa.accounts.identity import AccountId


@dataclass(frozen=True, kw_only=True)
class Spaces:
    """Two calls, each within the transaction that makes or deletes the account, so both happen or neither.

    `attach` is given the member `space` of the sign-up's body as it came, and raises to refuse the sign-up. Both may
    run several times for one account, each time on a fresh transaction.
    """

    attach: Callable[[Session, AccountId, object], None]
    detach: Callable[[Session, AccountId], None]
