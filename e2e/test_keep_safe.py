"""Keeping a diary safe: a yes, a way in, a code that is on paper; and none of what opens it is ever sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.authenticator import Authenticator, has_no_passkeys
from e2e.kept_safe import NOTE, reads_the_code, says_yes, shows_the_code_is_on_paper
from e2e.secrets_made import forms_of_bytes
from e2e.sent import assert_never_sent
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from e2e.connection import Network
    from e2e.fixtures import MakePerson
    from e2e.journal import Journal
    from e2e.person import Person
    from e2e.witness import Witness


@by_touch_and_by_keyboard
def test_a_passkey_and_a_code_keep_the_diary_safe(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    authenticator = Authenticator(person.phone)
    person.taps("keep-safe.title")
    person.sees("consent.who-nobody")
    person.sees("consent.back-words")
    person.taps("consent.yes")
    person.taps("way-in.make-passkey")
    person.sees("code.not-yet")
    assert len(authenticator.passkeys) == 1
    groups = reads_the_code(person)
    person.opens("/")
    person.sees("today.lives-here")
    person.taps("lives.one-step")
    assert reads_the_code(person) == groups, "A code that was not asked back is still the same."
    shows_the_code_is_on_paper(person, groups)
    person.sees("kept.passkey-opens")
    for group in groups:
        person.does_not_see_text(group)


def test_a_passkey_without_a_secret_signs_in_only_and_the_code_opens(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    authenticator = Authenticator(person.phone, has_prf=False)
    says_yes(person)
    person.taps("way-in.make-passkey")
    groups = reads_the_code(person)
    person.sees("code.passkey-signs-in")
    person.sees("code.not-yet")
    person.opens("/")
    person.taps("lives.one-step")
    person.sees("code.passkey-signs-in")
    shows_the_code_is_on_paper(person, groups)
    person.sees("kept.passkey-signs-in")
    person.does_not_see("kept.passkey-opens")
    assert len(authenticator.passkeys) == 1


@by_touch_and_by_keyboard
def test_a_browser_without_passkeys_is_offered_a_code_and_nothing_else(person: Person) -> None:
    has_no_passkeys(person.phone)
    person.opens("/")
    person.taps("welcome.start")
    person.taps("keep-safe.title")
    person.taps("consent.yes")
    person.sees("way-in.no-passkeys")
    person.does_not_see("way-in.make-passkey")
    person.taps("way-in.make-code")
    shows_the_code_is_on_paper(person, reads_the_code(person))
    person.sees("kept.passkey-none")


def test_not_now_sends_nothing_and_leaves_everything_as_it_was(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    asked: list[str] = []
    person.phone.context.on("request", lambda request: asked.append(request.url))
    person.taps("keep-safe.title")
    person.taps("consent.not-now")
    person.sees("today.lives-here")
    assert not [address for address in asked if "/api/" in address]


@pytest.mark.parametrize("making", [True, False], ids=["the first question", "the second question"])
def test_a_question_that_is_closed_is_asked_again_and_makes_nothing_twice(
    already_has_a_diary: Person, *, making: bool
) -> None:
    person = already_has_a_diary
    authenticator = Authenticator(person.phone)
    says_yes(person)
    authenticator.has_its_next_question_closed(making=making)
    person.taps("way-in.make-passkey")
    person.sees("account-trouble.passkey-not-made")
    person.does_not_see("code.have-it")
    person.taps("way-in.make-passkey")
    shows_the_code_is_on_paper(person, reads_the_code(person))
    person.sees("kept.passkey-opens")
    assert len(authenticator.passkeys) == 1


def test_without_a_connection_nothing_is_lost_and_it_goes_on_with_one(
    already_has_a_diary: Person, network: Network
) -> None:
    person = already_has_a_diary
    Authenticator(person.phone)
    person.phone.waits_until_the_app_is_kept()
    network.offline()
    says_yes(person)
    person.taps("way-in.make-passkey")
    person.sees("account-trouble.no-connection")
    network.online()
    person.taps("way-in.code-alone")
    shows_the_code_is_on_paper(person, reads_the_code(person))
    person.sees("kept.passkey-none")
    person.does_not_see("kept.passkey-signs-in")


def test_an_answer_that_is_lost_on_the_way_makes_no_second_account(
    already_has_a_diary: Person, witness: Witness
) -> None:
    person = already_has_a_diary
    authenticator = Authenticator(person.phone)
    witness.expects("net::ERR_FAILED")
    person.phone.context.route("**/api/v1/account", arrives_and_is_lost, times=1)
    says_yes(person)
    person.taps("way-in.make-passkey")
    person.sees("account-trouble.no-connection")
    person.opens("/keep-safe")
    person.taps("consent.yes")
    person.taps("way-in.make-passkey")
    reads_the_code(person)
    assert len(authenticator.passkeys) == 1


def test_nothing_that_opens_the_diary_is_ever_sent(make_person: MakePerson) -> None:
    person = make_person(overheard=True)
    Authenticator(person.phone)
    person.opens("/")
    person.taps("welcome.start")
    person.taps("today.check-in")
    person.writes("check-in.note", NOTE)
    person.taps("check-in.keep")
    person.sees_text(NOTE)
    person.taps("keep-safe.title")
    person.taps("consent.yes")
    person.taps("way-in.make-passkey")
    groups = reads_the_code(person)
    shows_the_code_is_on_paper(person, groups)
    person.sees("kept.passkey-opens")
    secrets = person.phone.requests.secrets
    assert len(secrets) >= len(("vault key", "code", "passkey")), "What keys are made of was listened to."
    person.phone.switches_off()
    written = [form for secret in secrets for form in forms_of_bytes(secret)]
    assert_never_sent(person.phone.network_logs, [NOTE, "-".join(groups), "".join(groups), *written])


def test_a_word_or_a_key_in_a_request_would_be_found(
    already_has_a_diary: Person, journal: Journal, witness: Witness
) -> None:
    witness.expects("status of 4")
    person = already_has_a_diary
    person.opens("/check-in")
    person.writes("check-in.note", NOTE)
    person.taps("check-in.keep")
    person.sees_text(NOTE)
    vault_key = person.phone.requests.secrets[0]
    assert journal.requests.leaks() == []
    for body in (NOTE, vault_key.hex()):
        person.page.evaluate("(body) => fetch('/api/v1/csrf', { method: 'POST', body }).then(() => undefined)", body)
        assert len(journal.requests.leaks()) == 1
        journal.requests.lets_go()


def arrives_and_is_lost(route: Route) -> None:
    """Let a request arrive, and lose its answer."""
    route.fetch()
    route.abort()
