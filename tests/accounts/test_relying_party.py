"""Which site passkeys belong to, from the settings alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from pwa.accounts.relying_party import relying_party
from pwa.config import SettingRefusedError, read_settings

if TYPE_CHECKING:
    from pwa.config import Settings

TODAY = date(2026, 5, 14)


@pytest.mark.parametrize(
    ("address", "names", "site", "origin"),
    [
        ("https://cairn.example.org", ("localhost",), "cairn.example.org", "https://cairn.example.org"),
        ("https://cairn.example.org:8443", ("localhost",), "cairn.example.org", "https://cairn.example.org:8443"),
        (None, ("localhost", "cairn.example.org", "b.example"), "cairn.example.org", "https://cairn.example.org"),
        (None, (".example.org",), "example.org", "https://example.org"),
        (None, ("localhost", "127.0.0.1"), "localhost", "https://localhost"),
    ],
)
def test_behind_tls_it_is_the_public_address_or_the_first_name(
    settings: Settings, address: str | None, names: tuple[str, ...], site: str, origin: str
) -> None:
    party = relying_party(replace(settings, behind_tls=True, public_address=address, trusted_hosts=names))
    assert (party.id, party.origin_at("another.example")) == (site, origin)


def test_on_this_machine_it_is_localhost_at_the_port_that_was_asked(settings: Settings) -> None:
    party = relying_party(settings)
    assert (party.id, party.origin_at("localhost:8123")) == ("localhost", "http://localhost:8123")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://Cairn.Example.org/", "https://cairn.example.org"),
        ("https://cairn.example.org:443", "https://cairn.example.org"),
        ("https://cairn.example.org:8443", "https://cairn.example.org:8443"),
    ],
)
def test_a_public_address_is_an_origin(text: str, address: str) -> None:
    assert read_settings({"CAIRN_PUBLIC_ADDRESS": text}, today=TODAY).public_address == address


@pytest.mark.parametrize(
    "text",
    [
        "cairn.example.org",
        "http://cairn.example.org",
        "https://cairn.example.org/app",
        "https://192.0.2.1",
        "https://a.example:99999",
        "https://user@a.example",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(SettingRefusedError, match="CAIRN_PUBLIC_ADDRESS"):
        read_settings({"CAIRN_PUBLIC_ADDRESS": text}, today=TODAY)
