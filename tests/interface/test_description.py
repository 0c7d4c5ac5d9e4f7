"""`docs/openapi.json` describes every address of the interface, no other, and no code that is not documented."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from pwa.problems import PROBLEMS
from pwa.sync.bodies import MOST_IDS, MOST_REVISIONS
from pwa.sync.pull import LAST_NUMBER, MOST_ROWS
from pwa.sync.revisions import Refusal
from tests.interface.description import (
    ANYWHERE,
    DESCRIPTION,
    described,
    faults_of_answer,
    faults_of_body,
    operations,
    path_of,
)

if TYPE_CHECKING:
    from flask import Flask

FOR_PROGRAMS = ("/api/", "/healthz", "/readyz")
SCHEMAS = DESCRIPTION["components"]["schemas"]


def test_it_describes_every_address_of_the_interface_and_no_other(app: Flask) -> None:
    rules = {
        (path_of(rule.rule), method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(FOR_PROGRAMS)
    }
    assert len(rules) > 20
    assert {(path, method) for path, method, _ in operations()} == rules


def test_every_part_of_an_address_is_described() -> None:
    parameters = DESCRIPTION["components"]["parameters"]
    for path, item in DESCRIPTION["paths"].items():
        named = [parameters[each["$ref"].rpartition("/")[2]] for each in item.get("parameters", [])]
        assert [f"{{{each['name']}}}" for each in named] == [part for part in path.split("/") if part.startswith("{")]


def test_every_code_it_names_is_a_problem_and_every_problem_is_named() -> None:
    named = {code for _, _, operation in operations() for code in operation["x-problem-codes"]}
    assert ANYWHERE | named == set(PROBLEMS)
    assert not ANYWHERE & named


def test_what_changes_something_needs_a_token_and_what_does_not_needs_none() -> None:
    for path, method, operation in operations():
        needs = {name for each in operation["security"] for name in each}
        assert ("csrf" in needs) == (method != "GET"), path
        assert ("session" in needs) == ({"signed_out", "account_deleted"} <= set(operation["x-problem-codes"])) or (
            path == "/api/v1/challenges"
        )


def test_its_numbers_are_those_in_force() -> None:
    push = described("/api/v1/spaces/<space>/revisions", "POST") or {}
    revisions = push["requestBody"]["content"]["application/json"]["schema"]["properties"]["revisions"]
    assert revisions["maxItems"] == MOST_REVISIONS
    assert SCHEMAS["Ids"]["properties"]["ids"]["maxItems"] == MOST_IDS
    assert SCHEMAS["Page"]["properties"]["revisions"]["maxItems"] == MOST_ROWS
    assert SCHEMAS["Number"]["maximum"] == LAST_NUMBER
    assert SCHEMAS["Refusal"]["enum"] == list(Refusal)


def test_every_schema_is_one_and_every_part_is_used() -> None:
    text = json.dumps(DESCRIPTION)
    for kind, parts in DESCRIPTION["components"].items():
        for name in parts:
            assert kind == "securitySchemes" or f'"#/components/{kind}/{name}"' in text, name
    for schema in SCHEMAS.values():
        jsonschema_rs.meta.validate({**schema, "components": DESCRIPTION["components"]})


PUSH: dict[str, Any] = described("/api/v1/spaces/<space>/revisions", "POST") or {}
CSRF: dict[str, Any] = described("/api/v1/csrf", "GET") or {}


@pytest.mark.parametrize(
    ("status", "media_type", "body"),
    [
        (200, "application/json", {}),
        (200, "application/json", {"csrf": 1}),
        (200, "application/json", {"csrf": "x", "more": 1}),
        (200, "text/html", {"csrf": "x"}),
        (201, "application/json", {"csrf": "x"}),
        (404, "application/json", {"code": "not_found"}),
        (404, "application/problem+json", {"code": "not_found"}),
        (404, "application/problem+json", {**dict.fromkeys(SCHEMAS["Problem"]["required"], ""), "code": "space_taken"}),
    ],
)
def test_an_answer_of_another_form_is_found(status: int, media_type: str, body: object) -> None:
    assert list(faults_of_answer(CSRF, status, media_type, json.dumps(body).encode())) != []


def test_an_answer_as_described_has_no_fault() -> None:
    assert list(faults_of_answer(CSRF, 200, "application/json", b'{"csrf": "x"}')) == []


@pytest.mark.parametrize("body", [{}, {"revisions": [{"id": "A"}]}, {"revisions": [], "more": 1}])
def test_a_body_of_another_form_is_found(body: object) -> None:
    assert list(faults_of_body(PUSH, json.dumps(body).encode())) != []
