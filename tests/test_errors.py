"""Every error is a problem with a stable code: a page for people, JSON for programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from werkzeug.exceptions import ImATeapot, TooManyRequests

from pwa.database import DatabaseBusyError
from pwa.errors import ProblemError
from pwa.problems import PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient

MEMBERS = {"type", "title", "status", "detail", "code", "instance"}


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_program_gets_problem_json(app: Flask, code: str) -> None:
    app.add_url_rule("/api/v1/problem", view_func=raising(lambda: ProblemError(code)))
    answer = app.test_client().get("/api/v1/problem", headers={"Accept": "text/html"})
    problem = answer.get_json()
    assert answer.content_type == "application/problem+json"
    assert set(problem) == MEMBERS
    assert (problem["code"], problem["status"]) == (code, answer.status_code)
    assert problem["type"] == f"urn:cairn:problem:{code}"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_person_gets_a_page_in_words(app: Flask, person: FlaskClient, code: str) -> None:
    app.add_url_rule("/problem", view_func=raising(lambda: ProblemError(code)))
    answer = person.get("/problem")
    assert answer.status_code == PROBLEMS[code].status
    assert answer.content_type == "text/html; charset=utf-8"
    assert len(re.findall("<h1>", answer.text)) == 1
    assert "problem-" not in answer.text, "a key of the catalogue without words"
    assert "/static/built/app-CCCC.css" in answer.text
    assert 'href="/"' in answer.text


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("*/*", "application/problem+json"),
        ("application/json", "application/problem+json"),
        ("application/json, text/html;q=0.5", "application/problem+json"),
        ("", "application/problem+json"),
        ("nonsense;;q=x", "application/problem+json"),
    ],
)
def test_the_accept_header_decides(app: Flask, accept: str, media_type: str) -> None:
    answer = app.test_client().get("/nothing-here", headers={"Accept": accept})
    assert answer.status_code == 404
    assert answer.mimetype == media_type
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/api/nothing", "/static/nothing.js", "/static/built/nothing.js"])
def test_what_only_programs_ask_for_is_never_answered_by_a_page(person: FlaskClient, path: str) -> None:
    answer = person.get(path)
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_a_method_that_is_not_taken_says_which_are(program: FlaskClient) -> None:
    answer = program.delete("/diary")
    assert answer.status_code == 405
    assert answer.get_json()["code"] == "method_not_allowed"
    assert {"GET", "HEAD", "OPTIONS"} == set(answer.headers["Allow"].split(", "))


def test_a_busy_database_is_a_problem_of_its_own(app: Flask, program: FlaskClient) -> None:
    app.add_url_rule("/api/v1/busy", view_func=raising(lambda: DatabaseBusyError("5 attempts")))
    answer = program.get("/api/v1/busy")
    assert (answer.status_code, answer.get_json()["code"]) == (503, "database_busy")


def test_an_error_of_the_library_keeps_its_status(app: Flask, program: FlaskClient) -> None:
    app.add_url_rule("/api/v1/teapot", view_func=raising(ImATeapot))
    answer = program.get("/api/v1/teapot")
    assert (answer.status_code, answer.get_json()["status"], answer.get_json()["code"]) == (418, 418, "bad_request")


def test_what_the_library_says_about_waiting_is_passed_on(app: Flask, program: FlaskClient) -> None:
    app.add_url_rule("/api/v1/slow-down", view_func=raising(lambda: TooManyRequests(retry_after=7)))
    assert program.get("/api/v1/slow-down").headers["Retry-After"] == "7"


def test_the_asked_address_is_never_repeated(person: FlaskClient, program: FlaskClient) -> None:
    for client in (person, program):
        assert "marker" not in client.get("/marker?marker=marker", headers={"Cookie": "a=marker"}).text


def raising(make: Callable[[], Exception]) -> Callable[[], str]:
    def view() -> str:
        raise make()

    return view
