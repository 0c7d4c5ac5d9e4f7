"""What must not happen on any journey is noticed; what is forgiven is only what was meant."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from e2e.ways import cut_off_both_ways

if TYPE_CHECKING:
    from e2e.connection import Connection
    from e2e.journal import Journal
    from e2e.person import Person

FAULTS = {
    "/says-an-error": "console error: something is wrong",
    "/throws": "uncaught error in the page: nobody caught me",
    "/rejects": "uncaught error in the page: nobody awaited me",
    "/asks-elsewhere": "request to another origin: http://127.0.0.1:9/elsewhere",
    "/injects": "breach of the content security policy: This document requires 'TrustedHTML'",
    "/asks-a-question": "confirm dialog: Are you sure?",
    "/worker-that-throws": "uncaught error in the service worker: Uncaught Error: the worker fell over",
}


@pytest.mark.parametrize(("path", "fault"), FAULTS.items())
def test_a_journey_fails_on_a_fault_that_nobody_looked_for(
    person: Person, journal: Journal, path: str, fault: str
) -> None:
    person.opens(path)
    wait_for_verdict(person, journal)
    with pytest.raises(AssertionError) as failure:
        journal.check()
    assert fault in str(failure.value)
    journal.witness.expects(".")


def test_a_quiet_page_has_no_fault(person: Person, journal: Journal) -> None:
    person.opens("/quiet")
    # Faults come in order: one of the next page is heard after any of this one.
    person.opens("/says-an-error")
    wait_for_verdict(person, journal)
    assert [fault for fault in journal.witness.faults if "something is wrong" not in fault] == []
    journal.witness.expects("something is wrong")


def test_what_a_test_expects_is_let_pass_and_nothing_else(person: Person, journal: Journal) -> None:
    journal.witness.expects("something is wrong")
    person.opens("/says-an-error")
    wait_for_verdict(person, journal)
    journal.check()
    person.opens("/throws")
    wait_for_verdict(person, journal)
    assert "something is wrong" not in (journal.witness.verdict() or "")
    assert "nobody caught me" in (journal.witness.verdict() or "")
    journal.witness.expects("nobody caught me")


@cut_off_both_ways
def test_the_browsers_words_about_a_network_that_is_away_are_let_pass(
    person: Person, connection: Connection, journal: Journal
) -> None:
    person.opens("/asks-the-server")
    connection.is_lost()
    person.taps_text("Go")
    until = time.monotonic() + 3
    while not any("net::ERR" in line for line in journal.witness.console) and time.monotonic() < until:
        person.page.wait_for_timeout(50)
    assert any("net::ERR" in line for line in journal.witness.console)
    journal.check()


def test_the_same_words_are_a_fault_while_the_network_is_there(person: Person, journal: Journal) -> None:
    person.opens("/asks-elsewhere")
    wait_for_fault(person, journal, "net::ERR")
    assert any("net::ERR" in fault for fault in journal.witness.faults)
    journal.witness.expects(".")


def wait_for_verdict(person: Person, journal: Journal) -> None:
    wait_for_fault(person, journal, "")


def wait_for_fault(person: Person, journal: Journal, words: str) -> None:
    until = time.monotonic() + 5
    while (verdict := journal.witness.verdict()) is None or words not in verdict:
        if time.monotonic() > until:
            return
        person.page.wait_for_timeout(50)
