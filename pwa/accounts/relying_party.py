"""Who asks for passkeys: the site's id, name and origin, as WebAuthn calls them. Derived from the settings once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pwa.config import Settings

NAME: Final = "Cairn"
THIS_MACHINE: Final = "localhost"
LOCAL_NAMES: Final = frozenset({THIS_MACHINE, "127.0.0.1", "::1"})


@dataclass(frozen=True, kw_only=True)
class RelyingParty:
    """https://www.w3.org/TR/webauthn-3/#relying-party-identifier . Without `origin`, it is this machine at any port."""

    id: str
    origin: str | None
    name: str = NAME

    def origin_at(self, host: str) -> str:
        """Return the one origin that answers may come from; `host` is the name and port that was asked."""
        return self.origin or f"http://{host}"


def relying_party(settings: Settings) -> RelyingParty:
    """Return the site's identity: its public address, else its first name that is not of this machine."""
    if settings.public_address is not None:
        return RelyingParty(
            id=urlsplit(settings.public_address).hostname or THIS_MACHINE, origin=settings.public_address
        )
    if not settings.behind_tls:
        return RelyingParty(id=THIS_MACHINE, origin=None)
    names = (name.lstrip(".") for name in settings.trusted_hosts if name not in LOCAL_NAMES)
    name = next(names, THIS_MACHINE)
    return RelyingParty(id=name, origin=f"https://{name}")
