"""What the interface of spaces refuses, whole and with a code: other forms, too much, too often, without a token."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pwa.setting_table import LEAST_BODY_LIMIT
from pwa.sync.bodies import MOST_BYTES, MOST_REVISIONS
from tests.sync.made import Server, edit, header, record, sent, written
from tests.sync.person import ID, POSTS, ROOT, Phone

if TYPE_CHECKING:
    from pwa.config import Settings


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


@pytest.mark.parametrize("declared", ["application/json", "application/json; charset=utf-16"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig", "latin-1"])
def test_a_body_in_another_encoding_is_refused_whole(ann: Phone, server: Server, encoding: str, declared: str) -> None:
    body = json.dumps({"revisions": [GOOD], "é": 1}, ensure_ascii=False).encode(encoding)
    answer = ann.post(f"{ROOT}/revisions", body, content_type=declared)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "body_refused")
    assert list(server.rows()) == []


class TestWithTheSmallestBodies:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, body_limit=LEAST_BODY_LIMIT)

    def test_a_body_above_the_limit_is_refused_whole_and_less_at_once_is_taken(
        self, ann: Phone, server: Server
    ) -> None:
        batch = [sent(header(record_id=record(n)), bytes(200_000)) for n in range(2)]
        answer = ann.push(*batch)
        assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")
        assert list(server.rows()) == []
        assert [ann.push(each).get_json()["results"][0]["status"] for each in batch] == ["stored"] * 2


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
