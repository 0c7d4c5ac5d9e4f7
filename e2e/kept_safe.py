"""A diary that is kept safe, as people do it: a yes, a passkey, a code on paper; and brought to another phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.authenticator import Authenticator

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person

NOTE = "Sat by the window and did the crossword"
GROUPS = 7


def begins_a_diary(person: Person) -> None:
    """Start a diary on this phone."""
    person.opens("/")
    person.taps("welcome.start")
    person.sees("today.lives-here")


def writes(person: Person, note: str) -> None:
    """Check in with a note."""
    person.opens("/check-in")
    person.writes("check-in.note", note)
    person.taps("check-in.keep")
    person.sees_text(note)


def keeps_a_note_safe(person: Person) -> str:
    """Write a note, keep the diary safe with a passkey, and wait until all of it is backed up; return the code."""
    writes(person, NOTE)
    return keeps_it_safe(person)


def keeps_it_safe(person: Person, *, has_prf: bool = True) -> str:
    """Keep the diary safe with a passkey, and wait until all of it is backed up; return the code."""
    code = asks_to_keep_it_safe(person, has_prf=has_prf)
    waits_until_backed_up(person)
    return code


def asks_to_keep_it_safe(person: Person, *, has_prf: bool = True) -> str:
    """Keep the diary safe with a passkey, and wait for no more than the code; return it."""
    Authenticator(person.phone, has_prf=has_prf)
    says_yes(person)
    return makes_a_passkey_and_a_code(person)


def keeps_it_safe_anew(person: Person) -> str:
    """Say yes once more where the site has no copy, and wait until all of it is backed up; return the new code."""
    person.taps("kept.begin-anew")
    person.taps("consent.yes")
    code = makes_a_passkey_and_a_code(person)
    person.sees("kept.passkey-opens")
    waits_until_backed_up(person)
    return code


def makes_a_passkey_and_a_code(person: Person) -> str:
    """Have the phone make a passkey, and show that the code is on paper; return it."""
    person.taps("way-in.make-passkey")
    return _has_the_code_on_paper(person, "kept.code-yes")


def makes_a_code_alone(person: Person) -> str:
    """Do without a passkey, and show that the code is on paper; return it."""
    person.taps("way-in.code-alone")
    return _has_the_code_on_paper(person, "kept.passkey-none")


def _has_the_code_on_paper(person: Person, then: str) -> str:
    groups = reads_the_code(person)
    shows_the_code_is_on_paper(person, groups)
    person.sees(then)
    return "-".join(groups)


def waits_until_backed_up(person: Person) -> None:
    """Wait as long as more than a thousand entries take."""
    person.page.get_by_text(person.words.anywhere("lives.backed-up")).wait_for(timeout=60_000)


def says_yes(person: Person) -> None:
    """Go to Keep it safe, and say yes."""
    person.opens("/")
    person.taps("keep-safe.title")
    person.taps("consent.yes")


def reads_the_code(person: Person) -> list[str]:
    """Copy the code from the screen."""
    person.sees("code.have-it")
    with person.in_part("code.label"):
        groups = person.page.get_by_role("list").get_by_role("listitem").all_inner_texts()
    assert len(groups) == GROUPS
    person.phone.requests.must_not_hold("-".join(groups), "".join(groups))
    return groups


def shows_the_code_is_on_paper(person: Person, groups: list[str]) -> None:
    """Say that one has it, type one group wrongly first, then both that are asked for."""
    person.taps("code.have-it")
    person.sees("ask-back.done")
    asked = [number for number in range(1, GROUPS + 1) if person.page.get_by_label(f"Group {number} of 7").count()]
    assert len(asked) == 2
    person.writes("ask-back.group", "0000", at=asked[0], of=GROUPS)
    person.writes("ask-back.group", groups[asked[1] - 1].lower(), at=asked[1], of=GROUPS)
    person.taps("ask-back.done")
    person.sees("ask-back.another", at=asked[0])
    person.writes("ask-back.group", groups[asked[0] - 1], at=asked[0], of=GROUPS)
    person.taps("ask-back.done")


def uses_the_code(person: Person, code: str) -> None:
    """Show who one is with the code, where a page asks for that."""
    person.writes("show-who.code", code)
    person.taps("show-who.use-code")


def brings_it_here(person: Person, code: str) -> None:
    """Bring the diary to this phone with the code, and wait until something of it is there."""
    person.opens("/")
    person.taps("welcome.already")
    uses_the_code(person, code)
    person.sees_text(NOTE)


def comes_to_another_phone(person: Person, make_person: MakePerson) -> tuple[Person, str]:
    """Write a note, keep the diary safe, and bring it to another phone; return who holds that, and the code."""
    code = keeps_a_note_safe(person)
    second = make_person()
    brings_it_here(second, code)
    second.sees("lives.backed-up")
    return second, code


def signs_out(person: Person) -> None:
    """Sign this phone out: nothing of the diary stays on it."""
    person.opens("/keep-safe/sign-out")
    person.taps("sign-out.do")
    person.sees("welcome.signed-out")
    person.sees("welcome.start")


def is_signed_out_unasked(person: Person, note: str) -> None:
    """Have the site forget this phone, and write a note there all the same."""
    person.phone.context.clear_cookies()
    writes(person, note)


def takes_the_yes_back(person: Person) -> None:
    """Have the site erase its copy, with the passkey: the diary stays on this phone."""
    person.opens("/keep-safe/take-back")
    person.taps("take-back.with-passkey")
    person.sees("take-back.done")
