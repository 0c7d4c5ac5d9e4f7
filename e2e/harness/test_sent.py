"""A word that a page sends is found, wherever in a request it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from e2e.sent import NothingSentError, assert_never_sent, search_sent

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson

SENT = ("sent in an address", "sent-in-a-header", "sent-in-a-body", "sent-in-base64", "sent-in-a-beacon")


def test_words_that_were_sent_are_found_and_others_are_not(make_person: MakePerson) -> None:
    person = make_person(overheard=True)
    person.opens("/sends")
    expect(person.page).to_have_title("Sent")
    person.phone.switches_off()
    for word in SENT:
        assert search_sent(person.phone.network_logs, [word]), word
        with pytest.raises(AssertionError, match=word):
            assert_never_sent(person.phone.network_logs, [word])
    assert_never_sent(person.phone.network_logs, ["never-sent-anywhere"])


def test_what_a_browser_that_was_killed_has_sent_is_found_too(make_person: MakePerson) -> None:
    person = make_person(overheard=True)
    person.opens("/sends")
    expect(person.page).to_have_title("Sent")
    person.phone.switches_off()
    person.phone.starts_again()
    person.opens("/quiet")
    person.phone.dies()
    assert len(person.phone.network_logs) == 2
    assert search_sent(person.phone.network_logs, ["sent-in-a-header"])


def test_a_log_without_a_request_says_nothing(make_person: MakePerson) -> None:
    person = make_person(overheard=True)
    person.phone.switches_off()
    with pytest.raises(NothingSentError):
        assert_never_sent(person.phone.network_logs, ["never-sent-anywhere"])
