"""Security headers, on every answer.

A WSGI wrapper sets them, outside Flask: errors, HEAD, static files and answers made before routing have them too, and
no route can take one away. Knows no Flask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from werkzeug.datastructures import Headers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# https://www.w3.org/TR/CSP3/ and https://www.w3.org/TR/trusted-types/
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types cairn",
    )
)

# Sharing (web-share) is granted to the page itself by default; browsers that do not know the name complain of it.
GRANTED_FEATURES: Final = ("publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock")
REFUSED_FEATURES: Final = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "clipboard-write",
    "compute-pressure",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "keyboard-map",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "serial",
    "storage-access",
    "sync-xhr",
    "unload",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY: Final = ", ".join(
    [f"{feature}=(self)" for feature in GRANTED_FEATURES] + [f"{feature}=()" for feature in REFUSED_FEATURES]
)


def security_headers(*, behind_tls: bool, hsts_seconds: int) -> dict[str, str]:
    """Return the headers every answer carries. `hsts_seconds` counts only behind TLS; 0 leaves HSTS out."""
    headers = {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Permissions-Policy": PERMISSIONS_POLICY,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
    if behind_tls and hsts_seconds:
        headers["Strict-Transport-Security"] = f"max-age={hsts_seconds}"
    return headers


class WithSecurityHeaders:
    """Wrap a WSGI app: set `headers` on each answer, and `no-store` on one that does not say how it may be kept."""

    def __init__(self, app: WSGIApplication, headers: dict[str, str], *, behind_tls: bool) -> None:
        """Behind TLS the scheme is https, whatever the hop from the proxy is."""
        self._app = app
        self._headers = headers
        self._behind_tls = behind_tls

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the wrapped app does, with the headers set."""
        if self._behind_tls:
            environ["wsgi.url_scheme"] = "https"

        def start(status: str, given: list[tuple[str, str]], exc_info: object = None, /) -> object:
            headers = Headers(given)
            for name, value in self._headers.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
            return start_response(status, headers.to_wsgi_list(), exc_info)  # type: ignore[arg-type] # passed on as it came

        return self._app(environ, start)  # type: ignore[arg-type] # typeshed asks for the overloads of PEP 3333
