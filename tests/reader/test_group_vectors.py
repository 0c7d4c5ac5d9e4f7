"""The second reader's half of the vectors of groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reader.base64url import from_base64url
from tests.reader.group_of_vectors import Somebody, keys_opened_by
from tests.reader.group_roll import read_group_roll
from tests.reader.test_key_vectors import revision_in
from tests.reader.unreadable import UnreadableError
from tests.reader.vector_group import state_of
from tests.reader.vectors import read_vectors

if TYPE_CHECKING:
    from tests.reader.json_text import Json

ROLLS = read_vectors("group-roll.json")
SOUND = [case for case in ROLLS["cases"] if "state" in case]
REFUSED = [case for case in ROLLS["cases"] if "refused" in case]


def test_there_are_sound_rolls_and_refused_ones() -> None:
    assert len(SOUND) > 10
    assert len(REFUSED) > 15
    assert len(SOUND) + len(REFUSED) == len(ROLLS["cases"])


@pytest.mark.parametrize("case", SOUND, ids=lambda case: case["name"])
def test_a_sound_roll_says_who_is_in_and_each_of_them_opens_all_keys(case: Json) -> None:
    entries = [revision_in(ROLLS["entries"][place]) for place in case["entries"]]
    space = from_base64url(case["space"])
    roll = read_group_roll(space, entries)
    assert state_of(roll) == case["state"]
    assert {id_ for id_, _, _ in case["state"]["members"]} == set(case["opens"])
    for id_, told in case["opens"].items():
        who = Somebody(from_base64url(id_), b"", bytes.fromhex(told["receiving"]["private"]))
        opened = keys_opened_by(space, entries, who)
        assert [[each.id, each.key.hex()] for each in opened] == [
            [from_base64url(key_id), key] for key_id, key in told["keys"]
        ]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["name"])
def test_a_roll_with_an_entry_that_its_author_may_not_make_is_refused(case: Json) -> None:
    entries = [revision_in(ROLLS["entries"][place]) for place in case["entries"]]
    space = from_base64url(case["space"])
    read_group_roll(space, entries[:-1])
    with pytest.raises(UnreadableError) as refused:
        read_group_roll(space, entries)
    assert refused.value.code == case["refused"]
