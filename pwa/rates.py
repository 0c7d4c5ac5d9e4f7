"""Rate limits: how often one network address may ask. Of addresses, keyed hashes are kept, for the term alone."""

from __future__ import annotations

import hashlib
import hmac
import time
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from flask import request
from flask_limiter import Limiter, RateLimitExceeded
from limits.errors import ConfigurationError

from pwa.config import SettingRefusedError
from pwa.errors import problem_response
from pwa.problems import PROBLEMS
from pwa.rate_counts import SCHEME

if TYPE_CHECKING:
    from flask import Flask, Response

    from pwa.config import Settings

IN_MEMORY: Final = "memory://"
HOME_NETWORK_BITS: Final = 64  # what one home or phone is given of IPv6


def make_limiter(app: Flask, settings: Settings, *, key: str) -> Limiter:
    """Return the app's limiter, which limits nothing by itself. `key` keys the hashes of addresses.

    Raises `SettingRefusedError` where the storage needs a driver that is not installed.
    """

    def hashed_address() -> str:
        return address_key(_sender(behind_proxy=settings.behind_tls), key=key)

    here = settings.limits_storage == IN_MEMORY
    limiter = Limiter(
        hashed_address,
        storage_uri=f"{SCHEME}://" if here else settings.limits_storage,
        in_memory_fallback_enabled=not here,
        key_prefix="cairn",
    )
    try:
        limiter.init_app(app)
    except ConfigurationError as error:
        expected = "memory:// or the address of a storage whose driver is installed"
        raise SettingRefusedError("CAIRN_LIMITS_STORAGE", "an address that cannot be used", expected) from error

    def answer(_error: RateLimitExceeded) -> Response:
        response = problem_response(PROBLEMS["too_many_requests"])
        current = limiter.current_limit
        response.headers["Retry-After"] = str(max(1, current.reset_at - int(time.time())) if current else 1)
        return response

    app.register_error_handler(RateLimitExceeded, answer)
    return limiter


def address_key(address: str, *, key: str) -> str:
    """Return what stands for a network address: nobody without `key` can tell which address it was."""
    return hmac.new(key.encode(), _network(address).encode(), hashlib.sha256).hexdigest()[:32]


def _network(address: str) -> str:
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if parsed.version == 4:  # noqa: PLR2004 - the name of the protocol
        return str(parsed)
    return str(parsed.ipv4_mapped or int(parsed) >> (128 - HOME_NETWORK_BITS))


def _sender(*, behind_proxy: bool) -> str:
    """Return the address that asks. Behind a proxy it is the last one listed: the proxy itself wrote that."""
    passed_on = request.headers.get("X-Forwarded-For", "") if behind_proxy else ""
    return passed_on.rpartition(",")[2].strip() or request.remote_addr or ""
