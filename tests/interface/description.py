"""The description of the interface, `docs/openapi.json`, and whether an answer is as it says."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE: Final = Path(__file__).resolve().parents[2] / "docs/openapi.json"
DESCRIPTION: Final[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
METHODS: Final = frozenset({"get", "put", "post", "patch", "delete"})
PROBLEM: Final = "application/problem+json"
ANYWHERE: Final = frozenset(DESCRIPTION["x-problem-codes"])


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the path as it is described, the method in capitals, and the operation."""
    for path, item in DESCRIPTION["paths"].items():
        for method in sorted(METHODS & item.keys()):
            yield path, method.upper(), item[method]


def described(rule: str, method: str) -> dict[str, Any] | None:
    """Return the operation of one of Flask's rules, if there is one."""
    found: dict[str, Any] | None = DESCRIPTION["paths"].get(path_of(rule), {}).get(method.lower())
    return found


def path_of(rule: str) -> str:
    """Return one of Flask's rules as the description writes it."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


def faults_of_answer(operation: dict[str, Any], status: int, media_type: str, body: bytes) -> Iterator[str]:
    """Yield in what an answer is not as its operation says."""
    if status >= 400:
        yield from _faults_of_problem(operation, status, media_type, body)
        return
    answer = operation["responses"].get(str(status))
    if answer is None:
        yield f"status {status} is not described"
        return
    content = answer.get("content", {})
    if not content:
        yield from ["there is a body"] if body else []
    elif media_type not in content:
        yield f"{media_type} is not described"
    else:
        yield from faults_of_value(content[media_type]["schema"], json.loads(body))


def _faults_of_problem(operation: dict[str, Any], status: int, media_type: str, body: bytes) -> Iterator[str]:
    if media_type != PROBLEM:
        yield f"a problem is answered as {media_type}"
        return
    problem = json.loads(body)
    yield from faults_of_value({"$ref": "#/components/schemas/Problem"}, problem)
    if problem.get("status") != status:
        yield f"status {status} says {problem.get('status')}"
    if problem.get("code") not in ANYWHERE | set(operation["x-problem-codes"]):
        yield f"code {problem.get('code')} is not described"


def faults_of_body(operation: dict[str, Any], body: bytes) -> Iterator[str]:
    """Yield in what a body that was taken is not as the operation says."""
    wanted = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if wanted is not None:
        yield from faults_of_value(wanted["schema"], json.loads(body))


def faults_of_value(schema: dict[str, Any], value: object) -> Iterator[str]:
    """Yield in what a value is not as its schema says."""
    for error in _validator(json.dumps(schema)).iter_errors(value):
        yield f"{'/'.join(map(str, error.instance_path))}: {error.message[:200]}"


@cache
def _validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({**json.loads(schema), "components": DESCRIPTION["components"]})
