"""A site is put back to before a code was renewed and a phone signed out: only the new paper opens the diary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.kept_safe import NOTE, brings_it_here, reads_the_code, shows_the_code_is_on_paper, writes
from e2e.test_another_phone_signed_out import signs_the_other_out
from e2e.two_phones import comes_to_a_second_phone, starts_a_diary

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.fixtures import MakePerson
    from e2e.server import Server
    from e2e.witness import Witness

LATER = "Potted up the seedlings, sitting"


def test_what_was_closed_after_the_backup_stays_closed_and_the_new_code_opens(
    make_person: MakePerson, own_server: Server, tmp_path: Path, witness: Witness
) -> None:
    # What the lost phone and the old code meet.
    witness.expects("status of 40[01]")
    person = starts_a_diary(make_person)
    both = comes_to_a_second_phone(person, make_person)
    lost, old = both.second, both.code
    own_server.backs_up(tmp_path / "yesterday.sqlite3")
    signs_the_other_out(person, None)
    person.opens("/keep-safe/code")
    person.taps("show-who.passkey")
    new = reads_the_code(person)
    shows_the_code_is_on_paper(person, new)
    person.sees("new-code.keep-both")
    person.taps("show-who.passkey")
    person.sees("new-code.done")
    writes(person, LATER)
    person.opens("/")
    person.sees("lives.backed-up")

    own_server.loses_its_database(backup=tmp_path / "yesterday.sqlite3")
    person.opens("/")
    person.sees("lives.backed-up")
    lost.opens("/")
    lost.sees("lives.needs-you")
    lost.does_not_see_text(LATER)
    third = make_person()
    third.opens("/sign-in")
    third.writes("show-who.code", old)
    third.taps("show-who.use-code")
    third.sees("account-trouble.not-recognised")
    brings_it_here(third, "-".join(new))
    third.sees("lives.backed-up")
    for note in (NOTE, LATER):
        third.sees_text_once(note)
