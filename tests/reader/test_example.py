"""The example: a year of diary that is the same for the same seed, holds only what records may hold, and travels."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pytest

from tests.reader.example import SCHEMA, Year
from tests.reader.joining import attach, sign_in
from tests.reader.schema import Field
from tests.reader.site import AppSite, Browser

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture(scope="module")
def year() -> Year:
    return Year("ann")


def test_the_page_names_every_type_and_its_fields() -> None:
    assert list(SCHEMA) == ["check-in", "rough-day", "activity", "session", "goal", "step", "win", "settings"]
    assert sum(len(fields) for fields in SCHEMA.values()) > 60
    assert {field.kind for fields in SCHEMA.values() for field in fields.values()} == {
        "text",
        "choice",
        "whole",
        "flag",
        "day",
        "instant",
        "decimal",
        "link",
    }


def test_the_same_seed_gives_the_same_ids_and_words(year: Year) -> None:
    again, other = Year("ann"), Year("ben", days=20)
    assert list(again.phone.unsent) == list(year.phone.unsent)
    assert again.phone.records.shown() == year.phone.records.shown()
    assert not set(other.phone.unsent) & set(year.phone.unsent)


def test_a_year_has_every_type_and_field_with_values_the_app_would_write(year: Year) -> None:
    used: dict[str, set[str]] = {name: set() for name in SCHEMA}
    for record, state in year.phone.records.shown().items():
        type_ = year.phone.records.types[record]
        for entry in state.entries:
            assert SCHEMA[type_][entry.field].is_sound(entry.value), (type_, entry)
            used[type_].add(entry.field)
    assert used == {name: set(fields) for name, fields in SCHEMA.items()}
    assert len(year.phone.unsent) > 700


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field("pain", "whole", "0 to 10"), 11),
        (Field("pain", "whole", "0 to 10"), True),
        (Field("went", "choice", "`less` · `more`"), "lots"),
        (Field("word", "text", "one line, up to 200 characters"), "a\nb"),
        (Field("day", "day", ""), "14.5.2026"),
        (Field("amount", "decimal", "0.001 to 100000"), "4.50"),
        (Field("goal", "link", ""), "goal"),
        (Field("rested", "flag", ""), 1),
    ],
)
def test_a_value_the_app_would_not_write_is_found(field: Field, value: object) -> None:
    assert not field.is_sound(value)


def test_a_year_travels_to_a_fresh_phone(app: Flask) -> None:
    year = Year("ann", browser=Browser(AppSite(app)))
    waiting = set(year.phone.unsent)
    attach(year.phone)
    year.phone.sync()
    assert (year.phone.unsent, year.phone.refused) == ({}, {})
    fresh = sign_in(Browser(AppSite(app)), year.phone.code, chance=secrets.token_bytes)
    fresh.pull_heads_first()
    assert fresh.records.shown() == year.phone.records.shown()
    assert waiting <= set(fresh.records.sealed)
