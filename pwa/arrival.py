"""A request as it comes in, piece by piece: whether it is whole, and how long it may still take. Knows no server."""

from __future__ import annotations

import re
from typing import Final

# Seconds for a request without a body, and for the head of any.
HEAD_SECONDS: Final = 10
# More seconds for the largest body; a smaller one has its share of them.
BODY_SECONDS: Final = 20
HEAD_LIMIT: Final = 64 * 1024

END_OF_HEAD: Final = b"\r\n\r\n"
BODY_HEADER: Final = re.compile(
    rb"\r\n(content-length|transfer-encoding):[ \t]*([^\r\n]*?)[ \t]*(?=\r\n)", re.IGNORECASE
)
LENGTH: Final = re.compile(rb"content-length=([0-9]{1,18})", re.IGNORECASE)


class Arrival:
    """What has come of one request, and of those sent right behind it."""

    def __init__(self, *, now: float, body_limit: int) -> None:
        """Begin with nothing; bodies longer than `body_limit` are not waited for."""
        self.data = bytearray()
        self.body_limit = body_limit
        self.deadline = now + HEAD_SECONDS
        self.wanted: int | None = None

    def __len__(self) -> int:
        """Return the number of bytes held."""
        return len(self.data)

    @property
    def whole(self) -> bool:
        """Whether all has come that somebody will read."""
        return self.wanted is not None and len(self.data) >= self.wanted

    @property
    def head_too_long(self) -> bool:
        """Whether so much came without an end of the head that none is waited for."""
        return self.wanted is None and len(self.data) > HEAD_LIMIT

    def is_late(self, now: float, *, stopping: bool) -> bool:
        """Say whether the time is over; who stops waits for nobody that has not begun."""
        return self.deadline < now or (stopping and not self.data)

    def add(self, piece: bytes) -> None:
        """Take in what came; with the head comes how much more there will be, and the time for it."""
        searched = max(0, len(self.data) - len(END_OF_HEAD) + 1)
        self.data += piece
        end = self.data.find(END_OF_HEAD, searched) if self.wanted is None else -1
        if end >= 0:
            head = bytes(self.data[: end + len(END_OF_HEAD)])
            length = _body_to_wait_for(head, self.body_limit)
            self.wanted = len(head) + length
            self.deadline += BODY_SECONDS * length / self.body_limit


def _body_to_wait_for(head: bytes, limit: int) -> int:
    """Return the body's length: 0 where there is none, and where it will be refused unread."""
    said = [b"=".join(match.groups()) for match in BODY_HEADER.finditer(head)]
    match = LENGTH.fullmatch(said[0]) if len(said) == 1 else None
    length = int(match[1]) if match else 0
    return length if length <= limit else 0
