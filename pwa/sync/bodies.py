"""The JSON of the interface: bodies read once into values, pages written. Knows no Flask."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from pwa.base64url import NotBase64urlError, from_base64url, from_standard, to_base64url, to_standard
from pwa.bodies import BodyRefusedError, items_of, members_of, parse_json
from pwa.sync.header import ID_BYTES, SPACE_BYTES
from pwa.sync.revisions import Refusal, Sent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from pwa.sync.pull import Page, Stored
    from pwa.sync.push import Outcome

MOST_REVISIONS: Final = 200
MOST_BYTES: Final = 1024 * 1024
MOST_IDS: Final = 1_000
REVISION: Final = frozenset({"id", "header", "blob"})
SIGNED: Final = frozenset({"signature"})


class FirstPart(NamedTuple):
    """What a sign-up brings of its vault: the space's id, and the first entry of its roll."""

    space_id: bytes
    entry: Sent


class BatchTooLargeError(ValueError):
    """More revisions, or more bytes, than one push takes."""


def read_push(body: bytes) -> list[Sent]:
    """Return the revisions of a push, in order. Raises `BodyRefusedError` or `BatchTooLargeError`."""
    items = items_of(members_of(parse_json(body), {"revisions"})["revisions"])
    if len(items) > MOST_REVISIONS:
        raise BatchTooLargeError
    try:
        sent = [_sent(item) for item in items]
    except NotBase64urlError as error:
        raise BodyRefusedError from error
    if sum(len(each.header) + len(each.blob) for each in sent) > MOST_BYTES:
        raise BatchTooLargeError
    return sent


def read_ids(body: bytes) -> list[bytes]:
    """Return the revision ids of a question about some, at most 1,000. Raises `BodyRefusedError`."""
    ids = items_of(members_of(parse_json(body), {"ids"})["ids"])
    if len(ids) > MOST_IDS:
        raise BodyRefusedError
    try:
        return [from_base64url(id_, length=ID_BYTES) for id_ in ids]
    except NotBase64urlError as error:
        raise BodyRefusedError from error


def read_first_part(part: object) -> FirstPart:
    """Return the member `space` of a sign-up. Raises `BodyRefusedError`."""
    members = members_of(part, {"id", "entry"})
    try:
        return FirstPart(from_base64url(members["id"], length=SPACE_BYTES), _sent(members["entry"]))
    except NotBase64urlError as error:
        raise BodyRefusedError from error


def push_answer(sent: Sequence[Sent], outcomes: Sequence[Outcome | Refusal]) -> str:
    """Write what became of each revision, in the order sent."""
    results = [
        {"id": to_base64url(each.id), "status": "rejected", "code": outcome}
        if isinstance(outcome, Refusal)
        else {"id": to_base64url(each.id), "status": outcome}
        for each, outcome in zip(sent, outcomes, strict=True)
    ]
    return _text({"results": results})


def page_answer(page: Page, *, now: datetime) -> bytes:
    """Write a page. Its rows are put together as text, as nothing in them needs an escape."""
    rest = {
        "next": page.next,
        "at": page.at,
        "chain": to_base64url(page.chain),
        "head": page.head,
        "generation": to_base64url(page.generation),
        "server_time": now.isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
    rows = from_standard(b",".join(map(_revision, page.rows)))
    return b"".join((b'{"revisions":[', rows, b"],", _text(rest)[1:].encode()))


def ids_answer(name: str, ids: Sequence[bytes]) -> str:
    """Write a list of ids under a name."""
    return _text({name: [to_base64url(id_) for id_ in ids]})


def _sent(item: object) -> Sent:
    members = members_of(item, REVISION, SIGNED)
    signature = members.get("signature")
    return Sent(
        from_base64url(members["id"], length=ID_BYTES),
        from_base64url(members["header"]),
        from_base64url(members["blob"]),
        None if "signature" not in members else from_base64url(signature),
    )


def _revision(row: Stored) -> bytes:
    """Write a row with its blob, or as a stub; a signature only where there is one. Its base64 is the standard's."""
    seq, id_, header, blob, blob_hash, signature, received_on = row
    name, content = (b"blob_hash", blob_hash) if blob is None else (b"blob", blob)
    signed = b"" if signature is None else b',"signature":"%b"' % to_standard(signature)
    return b'{"seq":%d,"id":"%b","header":"%b","received_on":"%b","%b":"%b"%b}' % (
        seq,
        to_standard(id_),
        to_standard(header),
        received_on.isoformat().encode(),
        name,
        to_standard(content),
        signed,
    )


def _text(answer: Mapping[str, object]) -> str:
    return json.dumps(answer, separators=(",", ":"))
