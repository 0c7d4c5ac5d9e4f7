"""Two phones with this reader over the real server, on each kind of database."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest

from tests.reader.joining import sign_in, sign_up
from tests.reader.merge import shown_texts
from tests.reader.site import AppSite, Browser, RefusedError
from tests.reader.slots import Code

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.reader.client import Phone
    from tests.reader.merge import State


def new_browser(app: Flask) -> Browser:
    return Browser(AppSite(app))


@pytest.fixture
def phone(app: Flask) -> Phone:
    return sign_up(new_browser(app), chance=secrets.token_bytes)


@pytest.fixture
def second(app: Flask, phone: Phone) -> Callable[[], Phone]:
    """Sign in on another phone, that has only the code, and read all there is."""

    def join() -> Phone:
        fresh = sign_in(new_browser(app), phone.code, chance=secrets.token_bytes)
        fresh.pull_heads_first(limit=3)
        return fresh

    return join


def shown(phone: Phone) -> dict[bytes, State]:
    return phone.records.shown()


def test_a_fresh_phone_with_only_the_code_reads_what_another_wrote(phone: Phone, second: Callable[[], Phone]) -> None:
    notes = [phone.records.make("check-in", {"day": "2026-05-14", "note": f"Note {n}"}) for n in range(10)]
    phone.save(*notes)
    phone.sync()
    assert (phone.unsent, phone.refused) == ({}, {})
    fresh = second()
    assert shown(fresh) == shown(phone)
    assert len(shown(fresh)) == 10
    phone.sync()
    fresh.sync()
    assert phone.cursor == fresh.cursor


def test_a_code_nobody_has_gets_nowhere(app: Flask, phone: Phone) -> None:
    assert phone.roll
    with pytest.raises(RefusedError, match="not_recognised"):
        sign_in(new_browser(app), Code(bytes(16)), chance=secrets.token_bytes)


def test_of_one_note_edited_on_two_phones_offline_both_texts_are_there(
    phone: Phone, second: Callable[[], Phone]
) -> None:
    first = phone.records.make("check-in", {"note": "Tired"})
    phone.save(first)
    phone.sync()
    other = second()
    (record,) = shown(phone)
    phone.save(phone.records.write(record, {"note": "Tired, slept badly"}))
    other.save(other.records.write(record, {"note": "Rested"}))
    for each in (phone, other, phone):
        each.sync()
    for each in (phone, other):
        assert set(shown_texts(each.records.state(record), "note")) == {"Tired, slept badly", "Rested"}
    other.save(other.records.write(record, {"note": "Tired, then rested"}))
    other.sync()
    phone.sync()
    assert [shown_texts(each.records.state(record), "note") for each in (phone, other)] == [["Tired, then rested"]] * 2
