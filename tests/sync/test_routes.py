"""The interface of spaces: what is asked, what is answered, and who is answered nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import event

from pwa.base64url import to_base64url
from pwa.database import db
from tests.sync.made import SPACE, Server, Vault, check_space, edit, record, written
from tests.sync.person import ID, NOWHERE, ROOT, Phone, everywhere

if TYPE_CHECKING:
    from flask import Flask


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
    wrong = edit(1)._replace(blob=b"other")
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
    assert {(answer.status_code, answer.get_json()["code"]) for answer in answers} == {(401, "signed_out")}


def test_every_answer_is_kept_by_nobody(ann: Phone) -> None:
    for answer in [*everywhere(ann, ROOT), *everywhere(ann, NOWHERE), ann.get("/api/v1/spaces")]:
        assert answer.headers["Cache-Control"] == "no-store"
