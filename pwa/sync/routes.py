"""The routes of spaces: each reads what was sent, calls one plain function, and answers."""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, ParamSpec

from flask import Blueprint, Response, request

from pwa.database import in_reading, in_transaction
from pwa.errors import ProblemError
from pwa.sync.base64url import NotBase64urlError, from_base64url
from pwa.sync.bodies import (
    BatchTooLargeError,
    BodyRefusedError,
    ids_answer,
    page_answer,
    push_answer,
    read_ids,
    read_push,
)
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
from pwa.sync.push import Quota, Terms, push
from pwa.sync.revisions import examine
from pwa.sync.spaces import Claim, SpaceNotFoundError, spaces_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Request

P = ParamSpec("P")

NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)


def make_blueprint(*, who: Callable[[Request], bytes], is_proved: Callable[[Request], bool], quota: Quota) -> Blueprint:
    """Return the routes. `who` gives the account that asks, or raises; `is_proved`, whether it showed itself lately."""
    bp = Blueprint("sync", __name__, url_prefix="/api/v1/spaces")

    def claim_on(space: str) -> Claim:
        return Claim(who(request), _id(space, SPACE_BYTES))

    @bp.get("")
    @_answering
    def spaces() -> str:
        account_id = who(request)
        _numbers()
        return ids_answer("spaces", in_reading(lambda session: spaces_of(session, account_id)))

    @bp.post("/<space>/revisions")
    @_answering
    def push_revisions(space: str) -> str:
        claim = claim_on(space)
        _numbers()
        sent = read_push(request.get_data(cache=False))
        revisions = [examine(each, space_id=claim.space_id) for each in sent]
        terms = Terms(quota=quota, today=_now().date(), is_proved=is_proved(request))
        outcomes = in_transaction(lambda session: push(session, claim, revisions, terms))
        return push_answer(sent, outcomes)

    @bp.get("/<space>/revisions")
    @_answering
    def pull_revisions(space: str) -> str:
        claim = claim_on(space)
        if request.args.get("heads") == "1":
            asked = _numbers("heads", "before", "limit")
            before, limit = asked.get("before", LAST_NUMBER), _limit(asked)
            page = in_reading(lambda session: pull_heads(session, claim, before=before, limit=limit))
        else:
            asked = _numbers("after", "limit", "blobs")
            after, limit, blobs = asked.get("after", 0), _limit(asked), _switch(asked.get("blobs", 1))
            page = in_reading(lambda session: pull(session, claim, after=after, limit=limit, blobs=blobs))
        return page_answer(page, now=_now())

    @bp.get("/<space>/roll")
    @_answering
    def roll(space: str) -> str:
        claim = claim_on(space)
        asked = _numbers("after", "limit")
        after, limit = asked.get("after", 0), _limit(asked)
        page = in_reading(lambda session: pull_roll(session, claim, after=after, limit=limit))
        return page_answer(page, now=_now())

    @bp.get("/<space>/records/<record>")
    @_answering
    def history(space: str, record: str) -> str:
        claim, record_id = claim_on(space), _id(record, RECORD_BYTES)
        asked = _numbers("after", "limit")
        after, limit = asked.get("after", 0), _limit(asked)
        page = in_reading(lambda session: pull_record(session, claim, record_id, after=after, limit=limit))
        return page_answer(page, now=_now())

    @bp.post("/<space>/missing")
    @_answering
    def what_is_missing(space: str) -> str:
        claim = claim_on(space)
        _numbers()
        ids = read_ids(request.get_data(cache=False))
        return ids_answer("missing", in_reading(lambda session: missing(session, claim, ids)))

    @bp.post("/<space>/wanted")
    @_answering
    def wanted(space: str) -> str:
        claim = claim_on(space)
        _numbers()
        ids = read_ids(request.get_data(cache=False))
        page = in_reading(lambda session: fetch(session, claim, ids))
        return page_answer(page, now=_now())

    return bp


def _answering(view: Callable[P, str]) -> Callable[P, Response]:
    """Answer with JSON that nobody keeps, and with a problem for each error of this package."""

    @functools.wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        try:
            written = view(*args, **kwargs)
        except SpaceNotFoundError as error:
            raise ProblemError("space_not_found") from error
        except BodyRefusedError as error:
            raise ProblemError("body_refused") from error
        except BatchTooLargeError as error:
            raise ProblemError("batch_too_large") from error
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


def _now() -> datetime:
    return datetime.now(UTC)
