"""People who are believed at their word, each with a phone, and every address of a space."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import request

from pwa.base64url import to_base64url
from pwa.errors import ProblemError
from tests.sync.made import ANN, BEN, SPACE, edit, written

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from pwa.sync.revisions import Sent

PEOPLE = {"ann": ANN, "ben": BEN}
ROOT = f"/api/v1/spaces/{to_base64url(SPACE)}"
NOWHERE = f"/api/v1/spaces/{to_base64url(b'U' * 16)}"
ID = to_base64url(b"i" * 32)


GETS = ["revisions", "revisions?heads=1", "revisions?blobs=0", "roll", f"records/{ID}"]
POSTS: list[tuple[str, Any]] = [
    ("revisions", {"revisions": [written(edit(1))]}),
    ("missing", {"ids": [ID]}),
    ("wanted", {"ids": [ID]}),
]


def who() -> bytes:
    if request.headers.get("X-Person") not in PEOPLE:
        raise ProblemError("signed_out")
    return PEOPLE[request.headers["X-Person"]]


class Phone:
    """Somebody's phone: it has a token, and sends JSON."""

    def __init__(self, client: FlaskClient, person: str, *, is_proved: bool = False) -> None:
        self.client = client
        self.headers = {"X-Person": person} | ({"X-Proved": "yes"} if is_proved else {})
        self.token = client.get("/api/v1/csrf").get_json()["csrf"]

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, headers=self.headers)

    def post(self, path: str, body: object, *, content_type: str = "application/json") -> TestResponse:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {**self.headers, "X-CSRFToken": self.token, "Content-Type": content_type}
        return self.client.post(path, data=data, headers=headers)

    def push(self, *revisions: Sent) -> TestResponse:
        return self.post(f"{ROOT}/revisions", {"revisions": [written(each) for each in revisions]})


def everywhere(phone: Phone, root: str) -> list[TestResponse]:
    return [phone.get(f"{root}/{path}") for path in GETS] + [phone.post(f"{root}/{path}", body) for path, body in POSTS]
