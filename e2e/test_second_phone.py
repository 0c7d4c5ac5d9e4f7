"""A diary that is kept safe, opened on a second phone; and how it goes on on both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from e2e import sight
from e2e.authenticator import Authenticator
from e2e.test_keep_safe import NOTE, reads_the_code, says_yes, shows_the_code_is_on_paper
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.connection import Network
    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.witness import Witness

LATER = "Potted up the seedlings, sitting"


@by_touch_and_by_keyboard
def test_the_code_opens_the_diary_on_a_second_phone_and_both_go_on(
    already_has_a_diary: Person, make_person: MakePerson
) -> None:
    person = already_has_a_diary
    writes(person, NOTE)
    code = keeps_it_safe(person)
    person.opens("/")
    person.sees("lives.backed-up")

    second = make_person()
    brings_it_here(second, code.lower().replace("-", " "))
    second.sees_text_once(NOTE)
    second.sees("lives.backed-up")
    writes(second, LATER)
    second.sees("lives.backed-up")

    person.opens("/")
    person.sees_text_once(LATER)
    person.sees_text_once(NOTE)


def test_a_phone_that_was_signed_out_keeps_what_it_has_and_goes_on_once_its_person_is_known(
    already_has_a_diary: Person, make_person: MakePerson, witness: Witness
) -> None:
    # Signed out, and then with another cookie than before: the browser says so of each request.
    witness.expects("status of 40[01]")
    person = already_has_a_diary
    writes(person, NOTE)
    code = keeps_it_safe(person)
    second = make_person()
    brings_it_here(second, code)
    second.sees("lives.backed-up")

    person.opens("/keep-safe/phones")
    person.sees("phones.this")
    person.taps("phones.sign-out-of")
    person.sees("phones.signed-out")
    person.sees("phones.none-other")

    writes(second, LATER)
    second.sees("lives.needs-you")
    second.sees_text_once(NOTE)
    second.taps("lives.see")
    second.sees("needs.signed-out")
    second.writes("show-who.code", code)
    second.taps("show-who.use-code")
    second.sees("lives.backed-up")
    second.sees("kept.passkey-opens")
    person.opens("/")
    person.sees_text_once(LATER)


def test_a_yes_taken_back_erases_the_sites_copy_and_nothing_else_and_can_be_given_again(
    already_has_a_diary: Person, make_person: MakePerson, witness: Witness
) -> None:
    # A code that opens nothing any more, and what the other phone meets.
    witness.expects("status of (400|401|410)")
    person = already_has_a_diary
    writes(person, NOTE)
    code = keeps_it_safe(person)
    second = make_person()
    brings_it_here(second, code)
    writes(second, LATER)
    second.sees("lives.backed-up")
    person.opens("/")
    person.sees_text_once(LATER)

    person.opens("/keep-safe/take-back")
    person.taps("show-who.passkey")
    person.sees("take-back.done")
    person.sees("today.lives-here")
    person.sees_text_once(NOTE)
    person.sees_text_once(LATER)
    third = make_person()
    third.opens("/sign-in")
    third.writes("show-who.code", code)
    third.taps("show-who.use-code")
    third.sees("account-trouble.not-recognised")

    says_yes(person)
    person.taps("way-in.make-passkey")
    groups = reads_the_code(person)
    assert "-".join(groups) != code
    shows_the_code_is_on_paper(person, groups)
    person.sees("kept.passkey-opens")
    person.opens("/")
    person.sees("lives.backed-up")
    third.writes("show-who.code", "-".join(groups))
    third.taps("show-who.use-code")
    third.sees_text_once(NOTE)
    third.sees_text_once(LATER)

    second.opens("/")
    second.sees("lives.needs-you")
    second.taps("lives.see")
    second.sees("needs.account-deleted")
    second.taps("kept.begin-anew")
    second.taps("consent.already")
    second.writes("show-who.code", "-".join(groups))
    second.taps("show-who.use-code")
    second.sees("lives.backed-up")
    second.sees_text_once(NOTE)
    second.sees_text_once(LATER)


def test_signing_out_sends_what_waits_first_takes_all_off_the_phone_and_the_code_brings_it_back(
    already_has_a_diary: Person,
) -> None:
    person = already_has_a_diary
    code = keeps_it_safe(person)
    writes(person, NOTE)
    signs_out(person)
    person.reloads()
    person.sees("welcome.start")
    person.does_not_see_text(NOTE)
    brings_it_here(person, code)


@by_touch_and_by_keyboard
def test_a_passkey_alone_brings_the_diary_back_to_a_phone_that_has_nothing_of_it(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    keeps_it_safe(person)
    writes(person, NOTE)
    signs_out(person)
    person.taps("welcome.already")
    person.taps("show-who.passkey")
    person.sees_text_once(NOTE)
    person.sees("lives.backed-up")
    person.opens("/keep-safe")
    person.sees("kept.passkey-opens")


def test_a_passkey_without_a_secret_asks_for_the_code_and_shows_nothing_before_it(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    code = keeps_it_safe(person, has_prf=False)
    writes(person, NOTE)
    signs_out(person)
    person.taps("welcome.already")
    person.taps("show-who.passkey")
    person.sees("sign-in.needs-code")
    person.does_not_see("show-who.passkey")
    person.does_not_see_text(NOTE)
    person.writes("show-who.code", code)
    person.taps("show-who.use-code")
    person.sees_text_once(NOTE)


def test_another_persons_code_changes_nothing_on_a_phone_that_was_signed_out(
    already_has_a_diary: Person, make_person: MakePerson, witness: Witness
) -> None:
    witness.expects("status of 40[01]")
    person = already_has_a_diary
    writes(person, NOTE)
    keeps_it_safe(person)
    stranger = make_person()
    stranger.opens("/")
    stranger.taps("welcome.start")
    stranger.sees("today.lives-here")
    strangers_code = keeps_it_safe(stranger)

    person.phone.context.clear_cookies()
    person.opens("/")
    person.sees("lives.needs-you")
    person.taps("lives.see")
    person.writes("show-who.code", strangers_code)
    person.taps("show-who.use-code")
    person.sees("account-trouble.another-account")
    person.opens("/")
    person.sees_text_once(NOTE)
    person.sees("lives.needs-you")
    person.taps("lives.see")
    person.taps("show-who.passkey")
    person.sees("lives.backed-up")


def test_what_would_be_lost_at_signing_out_is_named_and_can_be_saved(
    already_has_a_diary: Person, network: Network
) -> None:
    person = already_has_a_diary
    keeps_it_safe(person)
    person.opens("/")
    person.sees("lives.backed-up")
    person.phone.waits_until_the_app_is_kept()
    network.offline()
    writes(person, NOTE)
    person.opens("/keep-safe/sign-out")
    person.taps("sign-out.do")
    person.sees("sign-out.waiting", count=1)
    person.opens("/")
    person.sees_text_once(NOTE)
    person.opens("/keep-safe/sign-out")
    person.taps("sign-out.do")
    person.taps("consent.or-a-file")
    person.sees("take-with-me.save")
    person.opens("/keep-safe/sign-out")
    person.taps("sign-out.do")
    person.taps("sign-out.all-the-same")
    person.sees("welcome.start")
    person.does_not_see_text(NOTE)


def test_a_code_that_is_mistyped_says_so_and_brings_nothing_here(person: Person) -> None:
    person.opens("/sign-in")
    # Some browsers send what is typed elsewhere to have its spelling looked up.
    code = sight.field(person.page, person.words.whole("show-who.code"))
    expect(code).to_have_attribute("spellcheck", "false")
    for typed, said in (("7KQT", "code-length"), ("7KQT-" * 6 + "7KQU", "code-sign"), ("7KQT-" * 7, "code-mistyped")):
        person.writes("show-who.code", typed)
        person.taps("show-who.use-code")
        person.sees(f"account-trouble.{said}")
    person.opens("/")
    person.sees("welcome.start")


@by_touch_and_by_keyboard
def test_a_diary_that_was_begun_here_and_the_one_that_is_kept_safe_become_one(
    already_has_a_diary: Person, make_person: MakePerson
) -> None:
    person = already_has_a_diary
    writes(person, NOTE)
    code = keeps_it_safe(person)
    second = make_person()
    second.opens("/")
    second.taps("welcome.start")
    second.sees("today.lives-here")
    writes(second, LATER)
    second.opens("/")
    second.taps("keep-safe.title")
    second.taps("consent.already")
    second.sees("sign-in.begun-joined")
    second.writes("show-who.code", code)
    second.taps("show-who.use-code")
    second.sees_text_once(NOTE)
    second.sees_text_once(LATER)
    second.sees("lives.backed-up")
    second.opens("/sign-in")
    second.sees("sign-in.kept-already")

    person.opens("/")
    person.sees_text_once(NOTE)
    person.sees_text_once(LATER)
    third = make_person()
    brings_it_here(third, code)
    third.sees_text_once(LATER)


def test_a_code_that_opens_nothing_leaves_a_diary_that_was_begun_as_it_is(
    already_has_a_diary: Person, witness: Witness
) -> None:
    witness.expects("status of 401")
    person = already_has_a_diary
    writes(person, NOTE)
    code = keeps_it_safe(person)
    person.opens("/keep-safe/take-back")
    person.taps("show-who.passkey")
    person.sees("take-back.done")
    person.opens("/sign-in")
    person.writes("show-who.code", code)
    person.taps("show-who.use-code")
    person.sees("account-trouble.not-recognised")
    person.opens("/")
    person.sees_text_once(NOTE)
    person.sees("today.lives-here")


def brings_it_here(person: Person, code: str) -> None:
    """Bring the diary to this phone with the code, and wait until something of it is there."""
    person.opens("/")
    person.taps("welcome.already")
    person.writes("show-who.code", code)
    person.taps("show-who.use-code")
    person.sees_text(NOTE)


def signs_out(person: Person) -> None:
    """Sign this phone out: nothing of the diary stays on it."""
    person.opens("/keep-safe/sign-out")
    person.taps("sign-out.do")
    person.sees("welcome.start")


def keeps_it_safe(person: Person, *, has_prf: bool = True) -> str:
    """Keep the diary safe with a passkey; return the code."""
    Authenticator(person.phone, has_prf=has_prf)
    says_yes(person)
    person.taps("way-in.make-passkey")
    groups = reads_the_code(person)
    shows_the_code_is_on_paper(person, groups)
    person.sees("kept.code-yes")
    return "-".join(groups)


def writes(person: Person, note: str) -> None:
    """Check in with a note."""
    person.opens("/check-in")
    person.writes("check-in.note", note)
    person.taps("check-in.keep")
    person.sees_text(note)
