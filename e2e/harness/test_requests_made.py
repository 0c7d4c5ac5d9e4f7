"""A word that was written and a secret that a key was made of are found in a request, wherever it holds them."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from e2e.journal import Journal
    from e2e.person import Person

WORDS = "Nobody else's words, however long they are"
SECRET = bytes(range(100, 132))
SENDS = "(body) => fetch('/quiet', { method: 'POST', body }).then(() => undefined)"
MAKES_A_KEY = "(secret) => crypto.subtle.importKey('raw', new Uint8Array(secret), 'HKDF', false, ['deriveBits'])"
IN_A_BLOB = base64.urlsafe_b64encode(b"head" + WORDS.encode() + b"!").decode()
SECRET_IN_A_BLOB = base64.b64encode(b"x" + SECRET.hex().encode()).decode()

LEAKS = {
    "as it is": WORDS,
    "only its beginning": json.dumps({"note": WORDS[:40]}),
    "in a blob": json.dumps({"blob": IN_A_BLOB}),
    "in a blob within a blob": base64.b64encode(IN_A_BLOB.encode()).decode(),
    "the secret in base64": json.dumps({"key": base64.urlsafe_b64encode(SECRET).decode().rstrip("=")}),
    "the secret in hexadecimal": SECRET.hex(),
    "the secret in hexadecimal in a blob": SECRET_IN_A_BLOB,
    "the secret in numbers": json.dumps(list(SECRET), separators=(",", ":")),
}


@pytest.mark.parametrize("body", LEAKS.values(), ids=LEAKS)
def test_a_journey_fails_where_a_request_holds_it(person: Person, journal: Journal, body: str) -> None:
    writes_and_makes_a_key(person)
    journal.check()
    person.page.evaluate(SENDS, body)
    with pytest.raises(AssertionError, match=r"out in a request:\n.* was sent, as "):
        journal.check()
    journal.requests.lets_go()


def test_a_journey_fails_where_an_address_holds_it(person: Person, journal: Journal) -> None:
    writes_and_makes_a_key(person)
    person.page.evaluate("(words) => fetch(`/quiet/?q=${encodeURIComponent(words)}`).then(() => undefined)", WORDS)
    assert [leak for leak in journal.requests.leaks() if WORDS[:40] in leak]
    journal.requests.lets_go()


def test_a_body_of_a_mebibyte_is_looked_through_to_its_end(person: Person, journal: Journal) -> None:
    writes_and_makes_a_key(person)
    person.page.evaluate(SENDS, "a " * 1024 * 512 + WORDS)
    assert journal.requests.leaks()
    journal.requests.lets_go()


def writes_and_makes_a_key(person: Person) -> None:
    person.opens("/answers")
    person.page.get_by_label("Note").fill("seen")
    person.phone.requests.must_not_hold(WORDS)
    person.page.evaluate(MAKES_A_KEY, list(SECRET))
    assert person.phone.requests.secrets == [SECRET]
