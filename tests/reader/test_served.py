"""The reader against `cairn serve`, over a socket."""

from __future__ import annotations

import secrets

from tests.reader.joining import sign_in, sign_up
from tests.reader.site import Browser, UrlSite


def test_a_diary_travels_through_the_served_site(port: int) -> None:
    address = f"http://localhost:{port}"
    phone = sign_up(Browser(UrlSite(address)), chance=secrets.token_bytes)
    phone.save(*(phone.records.make("win", {"words": f"Win {number}"}) for number in range(5)))
    phone.sync()
    fresh = sign_in(Browser(UrlSite(address)), phone.code, chance=secrets.token_bytes)
    fresh.pull_heads_first(limit=2)
    assert fresh.records.shown() == phone.records.shown()
    assert len(fresh.records.shown()) == 5
