"""gunicorn's threads, each given a request only when the whole of it has come.

gunicorn's own worker reads in a thread, where whoever sends a byte now and then holds that thread for as long as they
like. Here the one loop that waits for all connections gathers each request, for a time that its size allows, and no
thread reads from a connection. Knows no Flask but the largest body it takes.
"""

from __future__ import annotations

import selectors
import socket
import time
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.http import RequestParser  # type: ignore[import-untyped]
from gunicorn.http.body import ChunkedReader  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from pwa.arrival import Arrival

if TYPE_CHECKING:
    from concurrent.futures import Future

# Bytes read at once from one connection, so that the others have their turn.
PIECE: Final = 64 * 1024
# How many of the largest bodies one process gathers side by side.
LARGEST_BODIES: Final = 8
# Seconds that a connection stays for the other side to read its last answer.
FAREWELL: Final = 2


class WholeRequestWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """A worker whose threads never wait for a sender."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        """Begin with no connection."""
        super().__init__(*args, **kwargs)
        self.arriving: dict[Any, Arrival] = {}
        self.leaving: dict[Any, float] = {}

    def enqueue_req(self, conn: Any) -> None:  # noqa: ANN401 - as above
        """Gather what `conn` sends; a thread has it once it is whole."""
        if self.nr_conns >= self.worker_connections and self.arriving:
            self._close(next(iter(self.arriving)))  # who takes longest makes room
        arrival = Arrival(now=time.monotonic(), body_limit=self.wsgi.config["MAX_CONTENT_LENGTH"])
        if conn.parser:
            arrival.add(conn.parser.unreader.take_buffered())
        self.arriving[conn] = arrival
        self._watch(conn, self._gather)
        self._gather(conn, conn.sock)

    def handle_request(self, req: Any, conn: Any) -> bool:  # noqa: ANN401 - as above
        """Answer; where a body was not gathered, as the app refuses it, nothing more is read from `conn`."""
        reader = req.body.reader
        if isinstance(reader, ChunkedReader) or reader.length > req.unreader.buf.getbuffer().nbytes:
            req.force_close()
        return bool(super().handle_request(req, conn))

    def finish_request(self, conn: Any, fs: Future[object]) -> None:  # noqa: ANN401 - as above
        """Keep `conn` for its next request, or close it without making anybody wait."""
        if not fs.cancelled() and fs.exception() is None and fs.result():
            super().finish_request(conn, fs)
        else:
            self._take_leave(conn)

    def murder_pending(self) -> None:
        """Close what is overdue; once told to stop, also what has sent nothing. gunicorn calls this all the time."""
        super().murder_pending()
        now = time.monotonic()
        overdue = [conn for conn, arrival in self.arriving.items() if arrival.is_late(now, stopping=not self.alive)]
        overdue += [conn for conn, until in self.leaving.items() if until < now]
        for conn in overdue:
            self._close(conn)

    def _gather(self, conn: Any, _sock: socket.socket) -> None:  # noqa: ANN401 - as above
        arrival = self.arriving.get(conn)
        if arrival is None:
            return  # closed since the loop saw it
        try:
            if not arrival.whole:
                self._add(conn, arrival, conn.sock.recv(PIECE))
        except BlockingIOError:
            return
        except OSError:
            self._close(conn)
            return
        if arrival.whole and conn in self.arriving:
            self._hand_on(conn, arrival)

    def _add(self, conn: Any, arrival: Arrival, piece: bytes) -> None:  # noqa: ANN401 - as above
        arrival.add(piece)
        if not piece:
            self._close(conn)
        elif arrival.head_too_long:
            util.write_error(conn.sock, 431, "Request Header Fields Too Large", "")
            self._forget(conn)
            self._take_leave(conn)
        elif sum(len(each) for each in self.arriving.values()) > LARGEST_BODIES * arrival.body_limit:
            self._close(max(self.arriving, key=lambda each: len(self.arriving[each])))

    def _hand_on(self, conn: Any, arrival: Arrival) -> None:  # noqa: ANN401 - as above
        self._forget(conn)
        conn.parser = RequestParser(self.cfg, [bytes(arrival.data)], conn.client)
        conn.initialized = True
        super().enqueue_req(conn)

    def _take_leave(self, conn: Any) -> None:  # noqa: ANN401 - as above
        """End the answers on `conn`; what still comes is thrown away, else the last answer might be lost on its way."""
        self.leaving[conn] = time.monotonic() + FAREWELL
        self._watch(conn, self._throw_away)
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(conn)

    def _throw_away(self, conn: Any, _sock: socket.socket) -> None:  # noqa: ANN401 - as above
        try:
            if conn in self.leaving and not conn.sock.recv(PIECE):
                self._close(conn)
        except BlockingIOError:
            return
        except OSError:
            self._close(conn)

    def _watch(self, conn: Any, callback: Any) -> None:  # noqa: ANN401 - as above
        conn.sock.settimeout(0)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(callback, conn))

    def _forget(self, conn: Any) -> None:  # noqa: ANN401 - as above
        self.arriving.pop(conn, None)
        self.leaving.pop(conn, None)
        self.poller.unregister(conn.sock)

    def _close(self, conn: Any) -> None:  # noqa: ANN401 - as above
        self._forget(conn)
        self.nr_conns -= 1
        conn.close()
