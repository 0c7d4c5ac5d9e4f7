"""A site as a phone meets it, over a socket or within the process; every body that is sent is remembered."""

from __future__ import annotations

import http.cookiejar
import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from flask import Flask

    from tests.reader.json_text import Json

API = "/api/v1"


class RefusedError(Exception):
    """The site answered with a problem; `code` is its own."""

    def __init__(self, status: int, code: str) -> None:
        """Keep both."""
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


class Site(Protocol):
    """What sends one request, with the cookies of one browser."""

    def send(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> tuple[int, bytes]:
        """Return status and body of the answer."""


class AppSite:
    """A site within this process: one browser of a Flask application."""

    def __init__(self, app: Flask) -> None:
        """Begin with no cookies."""
        self._browser = app.test_client()

    def send(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> tuple[int, bytes]:
        """Return status and body of the answer."""
        answer = self._browser.open(path, method=method, headers=headers, data=body, base_url="http://localhost")
        return answer.status_code, answer.data


class UrlSite:
    """A site at an address, such as http://localhost:8000."""

    def __init__(self, address: str) -> None:
        """Begin with no cookies."""
        self._address = address.rstrip("/")
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def send(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> tuple[int, bytes]:
        """Return status and body of the answer."""
        headers = headers | {"Referer": f"{self._address}/"}
        request = urllib.request.Request(self._address + path, data=body, headers=headers, method=method)  # noqa: S310 - http
        try:
            with self._opener.open(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()


@dataclass
class Browser:
    """One browser on a site: its CSRF token, and all it sent."""

    site: Site
    token: str = ""
    sent: list[bytes] = field(default_factory=list)

    def ask(self, method: str, path: str, body: object = None) -> Json:
        """Send a request below /api/v1 and return the answer's members. Raises `RefusedError`."""
        if not self.token and method != "GET":
            self.ask("GET", "/csrf")
        content = None if body is None else json.dumps(body).encode()
        headers = {"Sec-Fetch-Site": "same-origin", "X-CSRFToken": self.token, "Accept": "application/json"}
        headers |= {"Content-Type": "application/json"} if content is not None else {}
        self.sent.append(f"{method} {path} ".encode() + (content or b""))
        status, answer = self.site.send(method, API + path, headers, content)
        members: Json = json.loads(answer) if answer else {}
        if status >= 400:
            raise RefusedError(status, str(members.get("code")))
        self.token = members.get("csrf", self.token)
        return members

    def challenge(self, purpose: str) -> str:
        """Fetch a challenge for one purpose."""
        return str(self.ask("POST", "/challenges", {"purpose": purpose})["challenge"])
