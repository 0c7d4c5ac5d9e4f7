"""Serve the app: gunicorn with threads where it runs, waitress elsewhere. Knows no command line."""

from __future__ import annotations

import gc
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pwa.refusals import speak_for_gunicorn

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed.wsgi import WSGIApplication

    from pwa.config import Settings

# Connections that one process holds at once: below the 1024 open files that most systems allow it.
CONNECTIONS: Final = 400
SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder gunicorn makes nameless files in, so that no disk holds up a heartbeat
LOCAL_NAMES: Final = frozenset({"127.0.0.1", "::1"})


class AddressTakenError(Exception):
    """The server cannot listen where it was told to."""

    code = "address_taken"


def serve(app: WSGIApplication, settings: Settings, *, say: Callable[[str], object]) -> None:
    """Serve `app` until told to stop; `say` is told the address once it listens. Raises `AddressTakenError`."""
    refuse_taken_address(settings.host, settings.port)
    if sys.platform == "win32":
        _serve_with_waitress(app, settings, say)
    else:
        _serve_with_gunicorn(app, settings, say)


def refuse_taken_address(host: str, port: int) -> None:
    """Raise `AddressTakenError` if nobody may listen at `host` and `port` now."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
            0
        ]
        with socket.socket(family, kind) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        message = f"Cannot listen at {host}, port {port}: {error.strerror}. Set PORT (or HOST) to another."
        raise AddressTakenError(message) from error


def site_address(host: str, port: int) -> str:
    """Return the address to open in a browser: `localhost` on this machine, as browsers trust that name."""
    if host in LOCAL_NAMES:
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def gunicorn_options(settings: Settings) -> dict[str, Any]:
    """Return gunicorn's settings: two processes that share what was loaded once, each answering on several threads."""
    bind_host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{bind_host}:{settings.port}",
        "workers": settings.workers,
        "worker_class": "pwa.whole_requests.WholeRequestWorker",
        "worker_connections": CONNECTIONS,
        "threads": settings.threads,
        "preload_app": True,
        "timeout": 30,
        "graceful_timeout": 10,
        "keepalive": 5,
        # A proxy says that there is TLS, where a setting says that there is a proxy; nobody says where the app lies.
        "secure_scheme_headers": {"X-FORWARDED-PROTO": "https"} if settings.behind_tls else {},
        "forwarder_headers": "",
        "limit_request_line": 4094,
        "limit_request_fields": 64,
        "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None,
        "logger_class": "pwa.gunicorn_log.HandingOn",  # its own lines would name addresses
        "accesslog": None,  # who opened what, and when, is nobody's business
        "control_socket_disable": True,
    }


def _serve_with_gunicorn(app: WSGIApplication, settings: Settings, say: Callable[[str], object]) -> None:
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # noqa: PLC0415 - not there on Windows

    class Gunicorn(BaseApplication):  # type: ignore[misc] # gunicorn has no types
        def load_config(self) -> None:
            for name, value in gunicorn_options(settings).items():
                if name in self.cfg.settings:  # an older gunicorn knows fewer
                    self.cfg.set(name, value)
            self.cfg.set("when_ready", ready)

        def load(self) -> WSGIApplication:
            return app

    def ready(arbiter: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        gc.collect()
        gc.freeze()  # the collector then leaves shared pages alone, and they stay shared after the fork
        say(f"Cairn is at {site_address(settings.host, arbiter.LISTENERS[0].getsockname()[1])}")

    speak_for_gunicorn(settings)
    Gunicorn().run()


def _serve_with_waitress(app: WSGIApplication, settings: Settings, say: Callable[[str], object]) -> None:
    from waitress import create_server  # type: ignore[import-untyped,import-not-found,unused-ignore]  # noqa: PLC0415 - only on Windows

    server = create_server(
        app,
        host=settings.host,
        port=settings.port,
        threads=settings.workers * settings.threads,
        ident=None,
        max_request_body_size=settings.body_limit,
    )
    say(f"Cairn is at {site_address(settings.host, server.effective_port)}")
    server.run()
