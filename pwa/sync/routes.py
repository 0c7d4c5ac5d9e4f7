"""The routes of spaces: each reads what was sent, calls one plain function, and answers."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final, ParamSpec

from flask import Blueprint, Response, request

from pwa.base64url import NotBase64urlError, from_base64url
from pwa.database import in_reading, in_transaction
from pwa.errors import ProblemError
from pwa.sync.bodies import ids_answer, page_answer, push_answer, read_ids, read_push
from pwa.sync.header import RECORD_BYTES, SPACE_BYTES
from pwa.sync.pull import (
    LAST_NUMBER,
    MOST_ROWS,
    fetch,
    missing,
    pull,
    pull_heads,
    pull_record,
    pull_roll,
)
from pwa.sync.push import Terms, push
from pwa.sync.revisions import examine
from pwa.sync.spaces import Claim, SpaceNotFoundError, spaces_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pwa.sync.push import Quota

P = ParamSpec("P")

NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)


def make_blueprint(
    *, who: Callable[[], bytes], is_proved: Callable[[], bool], quota: Quota, clock: Callable[[], datetime]
) -> Blueprint:
    """Return the routes. `who` gives the account that asks, or raises; `is_proved`, whether it showed itself lately."""
    bp = Blueprint("sync", __name__, url_prefix="/api/v1/spaces")

    def claim_on(space: str) -> Claim:
        return Claim(who(), _id(space, SPACE_BYTES))

    @bp.get("")
    @_answering
    def spaces() -> str:
        account_id = who()
        _numbers()
        return ids_answer("spaces", in_reading(lambda session: spaces_of(session, account_id)))

    @bp.post("/<space>/revisions")
    @_answering
    def push_revisions(space: str) -> str:
        claim = claim_on(space)
        _numbers()
        sent = read_push(request.get_data(cache=False))
        revisions = [examine(each, space_id=claim.space_id) for each in sent]
        terms = Terms(quota=quota, today=clock().date(), is_proved=is_proved())
        outcomes = in_transaction(lambda session: push(session, claim, revisions, terms))
        return push_answer(sent, outcomes)

    @bp.get("/<space>/revisions")
    @_answering
    def pull_revisions(space: str) -> bytes:
        claim = claim_on(space)
        if request.args.get("heads") == "1":
            asked = _numbers("heads", "before", "limit")
            before, limit = asked.get("before", LAST_NUMBER), _limit(asked)
            page = in_reading(lambda session: pull_heads(session, claim, before=before, limit=limit))
        else:
            asked = _numbers("after", "limit", "blobs")
            after, limit, blobs = asked.get("after", 0), _limit(asked), _switch(asked.get("blobs", 1))
            page = in_reading(lambda session: pull(session, claim, after=after, limit=limit, blobs=blobs))
        return page_answer(page, now=clock())

    @bp.get("/<space>/roll")
    @_answering
    def roll(space: str) -> bytes:
        claim = claim_on(space)
        asked = _numbers("after", "limit")
        after, limit = asked.get("after", 0), _limit(asked)
        page = in_reading(lambda session: pull_roll(session, claim, after=after, limit=limit))
        return page_answer(page, now=clock())

    @bp.get("/<space>/records/<record>")
    @_answering
    def history(space: str, record: str) -> bytes:
        claim, record_id = claim_on(space), _id(record, RECORD_BYTES)
        asked = _numbers("after", "limit")
        after, limit = asked.get("after", 0), _limit(asked)
        page = in_reading(lambda session: pull_record(session, claim, record_id, after=after, limit=limit))
        return page_answer(page, now=clock())

    @bp.post("/<space>/missing")
    @_answering
    def what_is_missing(space: str) -> str:
        claim = claim_on(space)
        _numbers()
        ids = read_ids(request.get_data(cache=False))
        return ids_answer("missing", in_reading(lambda session: missing(session, claim, ids)))

    @bp.post("/<space>/wanted")
    @_answering
    def wanted(space: str) -> bytes:
        claim = claim_on(space)
        _numbers()
        ids = read_ids(request.get_data(cache=False))
        page = in_reading(lambda session: fetch(session, claim, ids))
        return page_answer(page, now=clock())

    return bp


def _answering(view: Callable[P, str | bytes]) -> Callable[P, Response]:
    """Answer with JSON that nobody keeps."""

    @functools.wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        written = view(*args, **kwargs)
        return Response(written, mimetype="application/json", headers={"Cache-Control": "no-store"})

    return answer


def _id(text: str, length: int) -> bytes:
    """Return the id in an address. What is no id is something that nobody has."""
    try:
        return from_base64url(text, length=length)
    except NotBase64urlError as error:
        raise SpaceNotFoundError from error


def _numbers(*names: str) -> dict[str, int]:
    """Return the query's whole numbers, none but these and each once."""
    given = list(request.args.items(multi=True))
    if len(dict(given)) != len(given) or not all(name in names and NUMBER.fullmatch(text) for name, text in given):
        raise ProblemError("bad_request")
    return {name: min(int(text), LAST_NUMBER) for name, text in given}


def _limit(asked: dict[str, int]) -> int:
    limit = asked.get("limit", MOST_ROWS)
    if limit < 1:
        raise ProblemError("bad_request")
    return min(limit, MOST_ROWS)


def _switch(number: int) -> bool:
    if number > 1:
        raise ProblemError("bad_request")
    return bool(number)
