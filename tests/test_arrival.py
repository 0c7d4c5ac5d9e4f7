"""When a request is whole, and how long it may take."""

from __future__ import annotations

import pytest

from pwa.arrival import BODY_SECONDS, HEAD_SECONDS, Arrival

LIMIT = 1000
HEAD = b"POST /x HTTP/1.1\r\nHost: localhost\r\n"


def arrival_of(*pieces: bytes) -> Arrival:
    arrival = Arrival(now=0, body_limit=LIMIT)
    for piece in pieces:
        arrival.add(piece)
    return arrival


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_a_request_is_whole_with_its_last_byte_however_it_is_cut(size: int) -> None:
    sent = HEAD + b"content-LENGTH:  10 \r\n\r\n" + b"0123456789"
    pieces = [sent[start : start + size] for start in range(0, len(sent), size)]
    assert arrival_of(*pieces).whole
    assert not arrival_of(*pieces[:-1]).whole
    assert bytes(arrival_of(*pieces).data) == sent


@pytest.mark.parametrize(
    "header",
    [
        b"Accept: */*",
        b"Content-Length: 0",
        b"Content-Length: 1001",
        b"Content-Length: -1",
        b"Content-Length: 5\r\nContent-Length: 5",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: chunked",
    ],
)
def test_no_body_is_waited_for_that_is_not_there_or_will_be_refused(header: bytes) -> None:
    assert arrival_of(HEAD + header + b"\r\n\r\n").whole


@pytest.mark.parametrize(("length", "seconds"), [(0, 0), (LIMIT // 2, BODY_SECONDS / 2), (LIMIT, BODY_SECONDS)])
def test_a_body_has_its_share_of_time(length: int, seconds: float) -> None:
    arrival = arrival_of(HEAD + b"Content-Length: %d\r\n\r\n" % length)
    assert not arrival.is_late(HEAD_SECONDS + seconds - 0.1, stopping=False)
    assert arrival.is_late(HEAD_SECONDS + seconds + 0.1, stopping=False)


def test_who_stops_waits_for_nobody_that_has_not_begun() -> None:
    assert arrival_of().is_late(1, stopping=True)
    assert not arrival_of(b"G").is_late(1, stopping=True)
