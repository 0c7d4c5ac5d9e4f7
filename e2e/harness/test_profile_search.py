"""A word that lies in a browser's files in clear is found, wherever Chromium puts it."""

from __future__ import annotations

import base64
import sqlite3
import zlib
from typing import TYPE_CHECKING

import cramjam
import pytest
from playwright.sync_api import expect

from e2e.leveldb import UnreadableTableError, read_log, read_table
from e2e.profile_search import Found, assert_nothing_in_clear, search_profile

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.fixtures import MakePerson

PLANTED = ("plain-marker", "wide-marker", "key-marker", "folded-marker", "large-marker", "cut-in-two-marker")
ELSEWHERE = ("based-marker", "local-marker", "cached-marker")


def test_words_in_clear_are_found_in_what_a_killed_browser_leaves(make_person: MakePerson) -> None:
    person = make_person(keeps_profile=True)
    person.opens("/keeps")
    expect(person.page).to_have_title("Kept")
    person.phone.dies()
    stored = in_storage(search_profile(person.phone.profile, PLANTED + ELSEWHERE))
    assert stored >= {*PLANTED, "based-marker"}


def test_words_in_clear_are_found_in_tables_that_the_browser_made_of_them(make_person: MakePerson) -> None:
    person = make_person(keeps_profile=True)
    person.opens("/keeps")
    expect(person.page).to_have_title("Kept")
    person.opens("/keeps-much")
    expect(person.page).to_have_title("Kept", timeout=20_000)
    person.phone.switches_off()
    found = search_profile(person.phone.profile, [*PLANTED, *ELSEWHERE, "many-marker-7 ", "many-marker-499 "])
    in_tables = {f.word for f in found if f.file.suffix == ".ldb"}
    assert {"plain-marker", "wide-marker", "key-marker", "folded-marker", "many-marker-7 "} <= in_tables
    assert {f.word for f in found} == {*PLANTED, *ELSEWHERE, "many-marker-7 ", "many-marker-499 "}
    with pytest.raises(AssertionError, match="plain-marker"):
        assert_nothing_in_clear(person.phone.profile, ["plain-marker"])


def test_words_that_were_never_written_are_not_found(make_person: MakePerson) -> None:
    person = make_person(keeps_profile=True)
    person.opens("/keeps")
    expect(person.page).to_have_title("Kept")
    person.phone.dies()
    assert_nothing_in_clear(person.phone.profile, ["never-written-anywhere"])


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("before", [b"", b"a", b"ab"])
def test_every_encoding_is_found_plain_in_base64_and_in_hexadecimal(
    tmp_path: Path, encoding: str, before: bytes
) -> None:
    raw = before + "märker-word".encode(encoding) + b"after"
    wrapped = {
        "plain": raw,
        "base64": base64.b64encode(raw),
        "url": base64.urlsafe_b64encode(raw),
        "hex": raw.hex().encode(),
        "HEX": raw.hex().upper().encode(),
        "wide": base64.b64encode(raw).decode().encode("utf-16-le"),
    }
    for name, contents in wrapped.items():
        (tmp_path / name).write_bytes(b"\x00\x01" + contents)
    assert {str(found.file) for found in search_profile(tmp_path, ["märker-word"])} == set(wrapped)


def test_words_are_found_in_a_database_and_in_compressed_values(tmp_path: Path) -> None:
    text = b"x" * 5000 + b"pressed-marker" + b"x" * 5000
    (tmp_path / "gzip").write_bytes(b"??" + zlib.compress(text, wbits=31))
    (tmp_path / "blink").write_bytes(b"?\xff\x11\x02" + bytes(cramjam.snappy.compress_raw(text)))
    with sqlite3.connect(tmp_path / "sqlite") as database:
        database.execute("CREATE TABLE kept (value BLOB)")
        database.execute("INSERT INTO kept VALUES (?)", [b"\xff\x11\x02" + bytes(cramjam.snappy.compress_raw(text))])
    database.close()
    found = {str(found.file) for found in search_profile(tmp_path, ["pressed-marker"])}
    assert found == {"gzip", "blink", "sqlite"}


def test_a_table_that_cannot_be_read_is_an_error_and_not_a_clean_answer(tmp_path: Path) -> None:
    (tmp_path / "000005.ldb").write_bytes(b"no table")
    with pytest.raises(UnreadableTableError):
        search_profile(tmp_path, ["any-marker"])
    with pytest.raises(UnreadableTableError):
        list(read_table(b"x" * 100))


def test_a_record_is_put_together_from_its_pieces() -> None:
    first, last = b"0000\x05\x00\x02hello", b"0000\x05\x00\x04world"
    assert list(read_log(first + last)) == [b"helloworld"]


@pytest.mark.parametrize("words", [[], ["short"]])
def test_a_search_for_nothing_or_for_too_little_is_refused(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "file").write_text("short")
    with pytest.raises(ValueError, match="at least 8"):
        search_profile(tmp_path, words)


def test_a_profile_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no profile"):
        search_profile(tmp_path / "nowhere", ["any-marker"])


def in_storage(found: list[Found]) -> set[str]:
    return {f.word for f in found if "IndexedDB" in f.file.parts}
