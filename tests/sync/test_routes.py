"""The interface of spaces: what is asked, what is answered, and what is refused, with which code."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from flask import request
from sqlalchemy import event

import pwa
from pwa import accounts
from pwa.base64url import to_base64url
from pwa.database import db
from pwa.errors import ProblemError
from pwa.sync.bodies import MOST_BYTES, MOST_REVISIONS
from tests.sync.made import ANN, BEN, SPACE, Server, Vault, check_space, edit, header, record, sent, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Engine
    from werkzeug.test import TestResponse

    from pwa.config import Settings
    from pwa.sync.revisions import Sent

PEOPLE = {"ann": ANN, "ben": BEN}
ROOT = f"/api/v1/spaces/{to_base64url(SPACE)}"
NOWHERE = f"/api/v1/spaces/{to_base64url(b'U' * 16)}"
ID = to_base64url(b"i" * 32)


def who() -> bytes:
    if request.headers.get("X-Person") not in PEOPLE:
        raise ProblemError("bad_request", at="person")
    return PEOPLE[request.headers["X-Person"]]


@pytest.fixture
def settings(settings: Settings, engine: Engine) -> Settings:
    url = engine.url.render_as_string(hide_password=False)
    return replace(settings, database_url=url, sync_limit="100000 per second")


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Put the server together with people who are believed at their word."""
    monkeypatch.setattr(accounts, "require_account", who)
    monkeypatch.setattr(accounts, "has_fresh_proof", lambda: "X-Proved" in request.headers)
    app = pwa.create_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()


class Phone:
    """Somebody's phone: it has a token, and sends JSON."""

    def __init__(self, client: FlaskClient, person: str, *, is_proved: bool = False) -> None:
        self.client = client
        self.headers = {"X-Person": person} | ({"X-Proved": "yes"} if is_proved else {})
        self.token = client.get("/api/v1/csrf").get_json()["csrf"]

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, headers=self.headers)

    def post(self, path: str, body: object) -> TestResponse:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {**self.headers, "X-CSRFToken": self.token, "Content-Type": "application/json"}
        return self.client.post(path, data=data, headers=headers)

    def push(self, *revisions: Sent) -> TestResponse:
        return self.post(f"{ROOT}/revisions", {"revisions": [written(each) for each in revisions]})


@pytest.fixture
def ann(app: Flask, server: Server) -> Phone:  # noqa: ARG001 - her space must be there
    return Phone(app.test_client(), "ann")


def test_what_is_pushed_is_pulled(ann: Phone, server: Server) -> None:
    one, two = edit(1), edit(2)
    answer = ann.push(one, two, one)
    assert answer.get_json() == {
        "results": [
            {"id": to_base64url(one.id), "status": "stored"},
            {"id": to_base64url(two.id), "status": "stored"},
            {"id": to_base64url(one.id), "status": "duplicate"},
        ]
    }
    page = ann.get(f"{ROOT}/revisions?after=0&limit=1").get_json()
    (row,) = page["revisions"]
    assert {name: row[name] for name in ("id", "header", "blob")} == written(one)
    assert (row["seq"], page["next"], page["at"], page["head"]) == (1, 1, 1, 2)
    assert set(row) == {"seq", "id", "header", "blob", "received_on"}
    assert page["server_time"].endswith("Z")
    check_space(server)


def test_a_refused_revision_is_named_with_its_code(ann: Phone) -> None:
    wrong = replace(edit(1), blob=b"other")
    assert ann.push(wrong).get_json()["results"] == [
        {"id": to_base64url(wrong.id), "status": "rejected", "code": "wrong_id"}
    ]


def test_a_roll_entry_needs_a_proof_and_comes_back_signed(app: Flask, ann: Phone) -> None:
    entry = Vault().entry()
    assert ann.push(entry).get_json()["results"][0]["code"] == "proof_needed"
    assert Phone(app.test_client(), "ann", is_proved=True).push(entry).get_json()["results"][0]["status"] == "stored"
    (row,) = ann.get(f"{ROOT}/roll").get_json()["revisions"]
    assert row["signature"] == written(entry)["signature"]


def test_heads_index_history_and_questions_are_answered(ann: Phone) -> None:
    one = edit(1)
    two = edit(1, one, words="two")
    ann.push(one, two)
    heads = ann.get(f"{ROOT}/revisions?heads=1&before=9&limit=5").get_json()
    assert [row["id"] for row in heads["revisions"]] == [to_base64url(two.id)]
    index = ann.get(f"{ROOT}/revisions?blobs=0").get_json()
    assert [set(row) for row in index["revisions"]] == [{"seq", "id", "header", "blob_hash", "received_on"}] * 2
    history = ann.get(f"{ROOT}/records/{to_base64url(record(1))}?after=1").get_json()
    assert [row["seq"] for row in history["revisions"]] == [2]
    asked = {"ids": [ID, to_base64url(one.id)]}
    assert ann.post(f"{ROOT}/missing", asked).get_json() == {"missing": [ID]}
    assert [row["seq"] for row in ann.post(f"{ROOT}/wanted", asked).get_json()["revisions"]] == [1]
    assert ann.get("/api/v1/spaces").get_json() == {"spaces": [to_base64url(SPACE)]}


GETS = ["revisions", "revisions?heads=1", "revisions?blobs=0", "roll", f"records/{ID}"]
POSTS: list[tuple[str, Any]] = [
    ("revisions", {"revisions": [written(edit(1))]}),
    ("missing", {"ids": [ID]}),
    ("wanted", {"ids": [ID]}),
]


def everywhere(phone: Phone, root: str) -> list[TestResponse]:
    return [phone.get(f"{root}/{path}") for path in GETS] + [phone.post(f"{root}/{path}", body) for path, body in POSTS]


def test_anothers_space_one_that_is_not_there_and_nonsense_are_answered_alike(app: Flask, ann: Phone) -> None:
    ann.push(edit(1))
    ben = Phone(app.test_client(), "ben")
    for answers in zip(
        everywhere(ben, ROOT), everywhere(ben, NOWHERE), everywhere(ben, "/api/v1/spaces/nonsense"), strict=True
    ):
        bodies = [answer.get_json() for answer in answers]
        for body in bodies:
            assert body.pop("instance").startswith("urn:uuid:")
        assert bodies[0] == bodies[1] == bodies[2]
        assert bodies[0]["code"] == "space_not_found"
        assert {answer.status_code for answer in answers} == {404}
        assert len({tuple(sorted(answer.headers)) for answer in answers}) == 1


def test_anothers_space_takes_as_much_work_as_one_that_is_not_there(app: Flask, ann: Phone) -> None:
    ben = Phone(app.test_client(), "ben")
    del ann
    work: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *told: work.append(told[2]))
    everywhere(ben, ROOT)
    anothers = list(work)
    work.clear()
    everywhere(ben, NOWHERE)
    assert anothers == work != []


def test_every_statement_names_the_one_space_or_account_it_is_about(app: Flask, ann: Phone) -> None:
    statements: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    late = edit(2)
    proved = Phone(app.test_client(), "ann", is_proved=True)
    proved.push(edit(1), edit(2, late, words="early"), late, Vault().entry(), edit(1, edit(1), words="later"))
    everywhere(ann, ROOT)
    ann.get("/api/v1/spaces")
    asked = {" ".join(each.split()) for each in statements if not each.startswith(("BEGIN", "COMMIT", "ROLLBACK"))}
    assert len(asked) > 10
    at_large = {each for each in asked if not names_its_place(each)}
    assert {each.partition(" FROM ")[2] for each in at_large} == {"generation"}


def names_its_place(statement: str) -> bool:
    if statement.startswith("INSERT INTO"):
        return statement.partition("(")[2].startswith(("space_id", "account_id"))
    where = statement.partition(" WHERE ")[2]
    return any(f"{column} = " in where for column in ("space_id", "account_id", "space.id", "account_space.account_id"))


def test_nobody_is_answered(app: Flask, server: Server) -> None:
    del server
    answers = everywhere(Phone(app.test_client(), "nobody"), ROOT)
    assert {answer.get_json()["at"] for answer in answers} == {"person"}


def test_every_answer_is_kept_by_nobody(ann: Phone) -> None:
    for answer in [*everywhere(ann, ROOT), *everywhere(ann, NOWHERE), ann.get("/api/v1/spaces")]:
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("path", "body"), POSTS)
def test_without_a_token_nothing_is_taken(ann: Phone, server: Server, path: str, body: object) -> None:
    ann.token = "of another site"  # noqa: S105 - a wrong one
    assert ann.post(f"{ROOT}/{path}", body).get_json()["code"] == "csrf_refused"
    assert list(server.rows()) == []


GOOD = written(edit(1))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"no json",
        b"[" * 100_000,
        b'{"revisions": [], "revisions": []}',
        [],
        {},
        None,
        {"revisions": {}},
        {"revisions": None},
        {"revisions": [], "more": 1},
        {"revisions": [None]},
        {"revisions": [[]]},
        {"revisions": [{**GOOD, "more": 1}]},
        {"revisions": [{name: GOOD[name] for name in ("id", "header")}]},
        {"revisions": [{**GOOD, "id": "AAAA"}]},
        {"revisions": [{**GOOD, "id": 5}]},
        {"revisions": [{**GOOD, "blob": None}]},
        {"revisions": [{**GOOD, "blob": base64.b64encode(b"padded..").decode()}]},
        {"revisions": [{**GOOD, "header": "AB"}]},
        {"revisions": [{**GOOD, "signature": None}]},
        {"revisions": [GOOD, {**GOOD, "blob": "é"}]},
    ],
)
def test_a_body_of_another_form_is_refused_whole(ann: Phone, server: Server, body: object) -> None:
    answer = ann.post(f"{ROOT}/revisions", body)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "body_refused")
    assert list(server.rows()) == []


@pytest.mark.parametrize("path", ["missing", "wanted"])
@pytest.mark.parametrize(
    "body", [b"{", {"ids": ID}, {"ids": ["AAAA"]}, {"ids": [1]}, {"ids": [ID] * 1_001}, {"id": []}]
)
def test_a_question_of_another_form_is_refused(ann: Phone, path: str, body: object) -> None:
    assert ann.post(f"{ROOT}/{path}", body).get_json()["code"] == "body_refused"


@pytest.mark.parametrize(
    "query",
    [
        "after=-1", "after=x", "after=1.0", "after=01", "after=%C2%B2", "after=", "limit=0", "blobs=2", "more=1",
        "after=1&after=1", "heads=0", "heads=1&after=1", "before=1", f"after={'9' * 17}",
    ],
)  # fmt: skip
def test_a_query_of_another_form_is_refused(ann: Phone, query: str) -> None:
    answer = ann.get(f"{ROOT}/revisions?{query}")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "bad_request")


def test_as_many_revisions_as_a_batch_takes_and_no_more(ann: Phone, server: Server) -> None:
    batch = [edit(n) for n in range(MOST_REVISIONS + 1)]
    answer = ann.push(*batch)
    assert (answer.status_code, answer.get_json()["code"]) == (413, "batch_too_large")
    assert list(server.rows()) == []
    assert len(ann.push(*batch[:-1]).get_json()["results"]) == MOST_REVISIONS


def test_as_many_bytes_as_a_batch_takes_and_no_more(ann: Phone, server: Server) -> None:
    large = [sent(header(record_id=record(n)), bytes(200_000)) for n in range(5)]
    room = MOST_BYTES - sum(len(each.header) + len(each.blob) for each in large)
    exactly, too_many = (sent(header(record_id=record(9)), bytes(room - 67 + extra)) for extra in (0, 1))
    assert ann.push(*large, too_many).get_json()["code"] == "batch_too_large"
    assert list(server.rows()) == []
    assert {each["status"] for each in ann.push(*large, exactly).get_json()["results"]} == {"stored"}


class TestWithRoomForOne:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, space_revisions=1)

    def test_the_quota_comes_from_the_settings(self, ann: Phone, server: Server) -> None:
        answer = ann.push(edit(1), edit(2))
        assert [each.get("code") for each in answer.get_json()["results"]] == [None, "quota_reached"]
        assert len(server.rows()) == 1


class TestWithALimit:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, sync_limit="2 per minute")

    def test_who_asks_too_often_is_told_how_long_to_wait(self, ann: Phone, server: Server) -> None:
        assert [ann.push(edit(n)).status_code for n in range(4)] == [200, 200, 429, 429]
        answer = ann.get(f"{ROOT}/revisions")
        assert answer.get_json()["code"] == "too_many_requests"
        assert 1 <= int(answer.headers["Retry-After"]) <= 61
        assert len(server.rows()) == 2
