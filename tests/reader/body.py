"""Bodies of revisions (docs/envelope-format.md): JSON padded with spaces, and back, nothing taken on trust."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from tests.reader.base64url import from_base64url
from tests.reader.envelope import pad
from tests.reader.json_text import Json, read, written
from tests.reader.merge import LARGEST_WHOLE, Entry, State, value_of
from tests.reader.unreadable import UnreadableError

LONGEST_TYPE = 64
WRITER_BYTES = 12
LONGEST_SAW = 64
DEEPEST = 32
FURTHEST_INSTANT = 8_640_000_000_000_000
ENTRY_PARTS = 5


@dataclass(frozen=True)
class Saw:
    """What a writer last verified on the server."""

    generation: str
    seq: int
    chain: str


@dataclass(frozen=True)
class Body:
    """What a revision says: its record's type, what its writer saw, and the state."""

    type: str
    state: State
    saw: Saw | None = None


def encode_body(body: Body) -> bytes:
    """Return the padded body."""
    return pad(written(body_members(body)))


def body_members(body: Body) -> Json:
    """Return a body's members, writers and entries in a fixed order."""
    saw = None if body.saw is None else asdict(body.saw)
    return {"type": body.type, "saw": saw, **state_members(body.state)}


def state_members(state: State) -> Json:
    """Return a state as bodies have it."""
    entries = sorted(state.entries, key=lambda entry: (entry.field, entry.writer, entry.n, entry.text))
    return {"writers": dict(sorted(state.writers.items())), "fields": [listed(each) for each in entries]}


def listed(entry: Entry) -> list[Any]:
    """Return an entry as bodies have it."""
    return [entry.field, entry.writer, entry.n, entry.value, entry.at]


def parse_body(content: bytes) -> Body:
    """Read a padded body. Raises `UnreadableError`, `damaged`."""
    members = read(content)
    writers, fields, kind = members.get("writers"), members.get("fields"), members.get("type")
    if "saw" not in members or not isinstance(writers, dict) or not isinstance(fields, list):
        raise UnreadableError("damaged", "members")
    if not isinstance(kind, str) or not 1 <= _units(kind) <= LONGEST_TYPE:
        raise UnreadableError("damaged", "type")
    vector = {_writer(name): _whole(n, least=1) for name, n in writers.items()}
    return Body(kind, State(frozenset(_entry(each, vector) for each in fields), vector), _saw(members["saw"]))


def _entry(value: object, vector: dict[str, int]) -> Entry:
    if not isinstance(value, list) or len(value) != ENTRY_PARTS or not isinstance(value[0], str) or not value[0]:
        raise UnreadableError("damaged", "entry")
    field, writer, n, said, at = value
    number = _whole(n, least=1)
    if not isinstance(writer, str) or number > vector.get(writer, 0):
        raise UnreadableError("damaged", "an entry that its vector does not cover")
    return Entry(field, writer, number, value_of(_checked(said)), _whole(at, most=FURTHEST_INSTANT))


def _checked(value: Any, depth: int = 0) -> object:  # noqa: ANN401 - JSON
    """Return a value of an entry, whole numbers as such however they are written."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return _whole(value)
    if depth == DEEPEST:
        raise UnreadableError("damaged", "too deep")
    if isinstance(value, list):
        return [_checked(each, depth + 1) for each in value]
    members: Json = value
    return {name: _checked(each, depth + 1) for name, each in members.items()}


def _whole(value: object, *, least: int | None = None, most: int = LARGEST_WHOLE) -> int:
    """Return a whole number. `1.0` is one: ECMAScript cannot tell it from `1`."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    least = -most if least is None else least
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise UnreadableError("damaged", "no whole number within bounds")
    return value


def _saw(value: object) -> Saw | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not all(_is_short(value.get(name)) for name in ("generation", "chain")):
        raise UnreadableError("damaged", "saw")
    return Saw(value["generation"], _whole(value.get("seq"), least=0), value["chain"])


def _is_short(text: object) -> bool:
    return isinstance(text, str) and _units(text) <= LONGEST_SAW


def _units(text: str) -> int:
    """Return a text's length in UTF-16 code units, as ECMAScript counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _writer(name: str) -> str:
    from_base64url(name, WRITER_BYTES)
    return name
