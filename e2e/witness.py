"""What must not happen on any journey: it is written down as it happens, and fails the journey at its end.

Errors of pages and workers, errors on the console, breaches of the content security policy, dialogs, and requests to
another origin. Only the browser's own words about a network that is away are let pass, while it is away.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, WebError

NO_NETWORK = re.compile(
    r"net::ERR_\w+|resulted in a network error response|An unknown error occurred when fetching the script"
    r"|Failed to update a ServiceWorker"
)
BREACH = re.compile(r"Content Security Policy|Content-Security-Policy|requires '?Trusted|TrustedScript|TrustedHTML")
OWN_SCHEMES = ("data", "blob", "about")


@dataclass
class Witness:
    """Faults of one test, on all its phones.

    ``is_cut_off`` says whether the network is, or just was, away. ``forgiven`` holds patterns of faults that a test
    is about, and so expects.
    """

    is_cut_off: Callable[[], bool]
    faults: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    forgiven: list[re.Pattern[str]] = field(default_factory=list)
    _began: float = field(default_factory=time.monotonic)

    def expects(self, pattern: str) -> None:
        """Let pass, for the rest of this test, faults in which the pattern is found."""
        self.forgiven.append(re.compile(pattern))

    def watch_context(self, context: BrowserContext, origin: str) -> None:
        """Watch every page and worker of a browser context that may speak to one origin."""
        context.on("console", self._hear)
        context.on("weberror", self._see_error)
        context.on("request", lambda request: self._see_request(request, origin))
        context.on("dialog", self._see_dialog)
        context.on("page", lambda page: self.watch_page(page, origin))

    def watch_page(self, page: Page, origin: str) -> None:
        """Watch what only a page tells: its crash, its sockets, and the errors of its service worker."""
        page.on("crash", lambda _: self._note("crash", "the page crashed"))
        page.on("websocket", lambda socket: self._see_address(socket.url, origin))
        session = page.context.new_cdp_session(page)
        session.on("ServiceWorker.workerErrorReported", self._see_worker_error)
        session.send("ServiceWorker.enable")

    def verdict(self) -> str | None:
        """Return what went wrong, one fault a line; nothing where nothing did."""
        unforgiven = [fault for fault in self.faults if not any(p.search(fault) for p in self.forgiven)]
        return "\n".join(["On the way, this must not happen and did:", *unforgiven]) if unforgiven else None

    def _hear(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        self._write(message.type, f"{message.text}  [{place}]")
        if message.type != "error":
            return
        if BREACH.search(message.text):
            self._note("breach of the content security policy", message.text)
        elif not (NO_NETWORK.search(message.text) and self.is_cut_off()):
            self._note("console error", f"{message.text}  [{place}]")

    def _see_error(self, error: WebError) -> None:
        self._note("uncaught error in the page", f"{error.error.message}\n{error.error.stack or ''}".strip())

    def _see_worker_error(self, event: dict[str, Any]) -> None:
        text = str(event["errorMessage"]["errorMessage"])
        if text.startswith("Uncaught") and not (NO_NETWORK.search(text) and self.is_cut_off()):
            self._note("uncaught error in the service worker", text)

    def _see_request(self, request: Request, origin: str) -> None:
        self._see_address(request.url, origin)

    def _see_address(self, address: str, origin: str) -> None:
        parts = urlsplit(address)
        asked = f"{parts.scheme.replace('ws', 'http')}://{parts.netloc}"
        if parts.scheme not in OWN_SCHEMES and asked != origin:
            self._note("request to another origin", address)

    def _see_dialog(self, dialog: Dialog) -> None:
        self._note(f"{dialog.type} dialog", dialog.message)
        dialog.dismiss()

    def _note(self, kind: str, text: str) -> None:
        fault = f"{kind}: {text}"
        if fault not in self.faults:
            self.faults.append(fault)
        self._write("fault", fault)

    def _write(self, kind: str, text: str) -> None:
        self.console.append(f"{time.monotonic() - self._began:8.3f}s  {kind:8}  {text}")
