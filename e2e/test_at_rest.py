"""What somebody typed does not lie in clear in the phone's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.builds import build_without_sealing
from e2e.profile_search import assert_nothing_in_clear, search_profile

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.server import Server

KEPT, DRAFTED = "marker-in-a-note-kept", "marker-in-a-note-half-written"


def test_no_typed_word_lies_in_the_phones_files(make_person: MakePerson) -> None:
    person = make_person(keeps_profile=True)
    types_into_everything(person)
    person.phone.dies()
    assert_nothing_in_clear(person.phone.profile, [KEPT, DRAFTED])


def test_with_sealing_switched_off_the_same_search_finds_each_word(
    make_person: MakePerson, own_server: Server, tmp_path: Path
) -> None:
    own_server.serves(build_without_sealing(tmp_path))
    person = make_person(keeps_profile=True)
    types_into_everything(person)
    person.phone.dies()
    assert {found.word for found in search_profile(person.phone.profile, [KEPT, DRAFTED])} == {KEPT, DRAFTED}
    with pytest.raises(AssertionError, match=KEPT):
        assert_nothing_in_clear(person.phone.profile, [KEPT])


def types_into_everything(person: Person) -> None:
    person.opens("/")
    person.taps("welcome.start")
    person.taps("today.check-in")
    person.writes("check-in.note", KEPT)
    person.taps("check-in.keep")
    person.sees_text(KEPT)
    person.taps("today.check-in-again")
    person.writes("check-in.note", DRAFTED)
    person.page.wait_for_timeout(2000)
    person.goes_back()
    person.sees_text(KEPT)
