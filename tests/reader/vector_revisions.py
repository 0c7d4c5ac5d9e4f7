"""Vectors of whole revisions and of bodies: what each says, and what is to be refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reader.base64url import to_base64url
from tests.reader.body import Body, Saw, body_members, encode_body
from tests.reader.chance import seeded
from tests.reader.envelope import Header, VaultKey, derived_key, padded_length, seal_revision
from tests.reader.merge import Entry, State, value_of
from tests.reader.rows import sent

if TYPE_CHECKING:
    from tests.reader.json_text import Json

ANN, BEN, CAT = (to_base64url(bytes([number]) * 12) for number in (0xA0, 0x3F, 0xFB))
AT = 1_700_000_000_000


def revisions() -> Json:
    """Revisions of one vault, with keys, bodies and what each says; and bytes that are to be refused."""
    draw = seeded("revisions")
    space, key, old_key, record = draw(16), VaultKey(draw(16), draw(32)), VaultKey(draw(16), draw(32)), draw(32)
    note = State(frozenset({entry_of("note", ANN, 1, 'Slept \U0001f642 "well"\n\\ \u0000 \u2028 é')}), {ANN: 1})
    kinds = [None, True, False, 0, -1, 2**53 - 1, -(2**53) + 1, "", "4.5", [], [1, ["a", None]], {}, {"b": {"a": 1}}]
    values = frozenset(entry_of(f"field {n}", BEN, n, value) for n, value in enumerate(kinds, 1))
    told = [
        ("a first edit", key, (), Body("check-in", note)),
        ("under an older key", old_key, (), Body("check-in", note, Saw("generation", 7, "chain"))),
        ("every kind of value", key, (), Body("later-type", State(values, {BEN: len(kinds)}))),
        (
            "on two parents",
            key,
            (draw(32), draw(32)),
            Body("check-in", note, Saw(to_base64url(draw(16)), 0, to_base64url(draw(32)))),
        ),
        ("erased: no fields and no vector", key, (draw(32),), Body("check-in", State())),
        (
            "half of a pair of surrogates",
            key,
            (),
            Body("win", State(frozenset({entry_of("words", CAT, 3, "\ud83d")}), {CAT: 3})),
        ),
        (
            "a long note",
            key,
            (),
            Body("check-in", State(frozenset({entry_of("note", ANN, 1, "a" * 10_000)}), {ANN: 1})),
        ),
    ]
    made = []
    for name, under, parents, body in told:
        header = Header(space, record, under.id, parents)
        revision = seal_revision(under, header, encode_body(body), nonce=draw(12))
        made.append(
            {
                "name": name,
                "row": sent(revision),
                "parents": [to_base64url(each) for each in sorted(parents)],
                **body_members(body),
            }
        )
    return {
        "space": space.hex(),
        "record": record.hex(),
        "keys": [
            {"id": each.id.hex(), "key": each.key.hex(), "record": derived_key(each, space=space, use="record").hex()}
            for each in (key, old_key)
        ],
        "revisions": made,
        "padding": [
            [n, padded_length(n)] for n in (0, 1, 255, 256, 257, 272, 273, 1000, 1025, 10_000, 65_537, 262_144)
        ],
        "bodies": [{"name": name, "body": text, "refused": is_refused} for name, text, is_refused in _bodies()],
    }


def _bodies() -> list[tuple[str, str, bool]]:
    """Bodies as text, and whether they are refused."""

    def body(*, kind: str = '"win"', saw: str = "null", writers: str = f'{{"{ANN}":2}}', fields: str = "") -> str:
        return f'{{"type":{kind},"saw":{saw},"writers":{writers},"fields":[{fields}]}}'

    def entry(value: str = '"x"', *, name: str = '"words"', writer: str = ANN, n: str = "1", at: str = "0") -> str:
        return f'[{name},"{writer}",{n},{value},{at}]'

    return [
        ("as it should be", body(fields=entry()), False),
        ("spaces around it", f"  {body()}   ", False),
        ("a byte order mark before it", f"\ufeff{body()}", False),
        ("two entries with one dot", body(fields=f"{entry()},{entry('2')}"), False),
        ("a type of 64 signs", body(kind=f'"{"t" * 64}"'), False),
        ("a type of 65 signs", body(kind=f'"{"t" * 65}"'), True),
        ("an empty type", body(kind='""'), True),
        ("a fraction", body(fields=entry("0.5")), True),
        ("a whole number beyond 2^53 - 1", body(fields=entry("9007199254740992")), True),
        ("a fraction within a list", body(fields=entry("[[0.5]]")), True),
        ("an entry the vector does not cover", body(fields=entry(n="3")), True),
        ("an entry of a writer not in the vector", body(fields=entry(writer=BEN)), True),
        ("an entry numbered 0", body(fields=entry(n="0")), True),
        ("an entry without a field", body(fields=entry(name='""')), True),
        ("an entry of four parts", body(fields=f'["words","{ANN}",1,"x"]'), True),
        ("a writer that is no id", body(writers='{"ann":1}'), True),
        ("a writer with number 0", body(writers=f'{{"{ANN}":0}}'), True),
        ("a time that is no whole number", body(fields=entry(at="0.5")), True),
        ("a time beyond the last a clock can show", body(fields=entry(at="8640000000000001")), True),
        ("a time before 1970", body(fields=entry(at="-1")), False),
        ("whole numbers with a point", body(fields=entry("4.0", n="1.0", at="1e3")), False),
        ("lists 32 deep", body(fields=entry(f"{'[' * 32}{']' * 32}")), False),
        ("lists 33 deep", body(fields=entry(f"{'[' * 33}{']' * 33}")), True),
        ("a long field name", body(fields=entry(name=f'"{"f" * 300}"')), False),
        ("a member more", body()[:-1] + ',"later":1}', False),
        ("a member twice: the last counts", body()[:-1] + ',"type":""}', True),
        ("a generation of 65 signs", body(saw=f'{{"generation":"{"g" * 65}","seq":1,"chain":""}}'), True),
        ("saw with a member more", body(saw='{"generation":"","seq":0,"chain":"","later":1}'), False),
        ("saw with a number below 0", body(saw='{"generation":"","seq":-1,"chain":""}'), True),
        ("no saw", f'{{"type":"win","writers":{{"{ANN}":2}},"fields":[]}}', True),
        ("no fields", f'{{"type":"win","saw":null,"writers":{{"{ANN}":2}}}}', True),
        ("no vector", '{"type":"win","saw":null,"fields":[]}', True),
        ("saw without a chain", body(saw='{"generation":"g","seq":1}'), True),
        ("a list", "[]", True),
        ("no JSON", "words", True),
        ("nothing", "", True),
    ]


def entry_of(name: str, writer: str, n: int, value: object, at: int = AT) -> Entry:
    """Return an entry."""
    return Entry(name, writer, n, value_of(value), at)
