"""Look through a browser's profile for words that must not lie there in clear.

Every file is searched as it lies; and what a LevelDB, an SQLite database or a compressed value holds is taken out and
searched too. Words are looked for in the encodings a browser writes, plain, in base64 and in hexadecimal. What is
sealed is not found, and should not be; what is in clear must be: `harness/test_profile_search.py` plants it.
"""

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
import tempfile
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cramjam

from e2e.leveldb import read_batch, read_log, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SHORTEST_WORD = 8
SQLITE_MAGIC = b"SQLite format 3\x00"
GZIP_MAGIC = b"\x1f\x8b\x08"
BLINK_SNAPPY = b"\xff\x11\x02"  # before a value that Blink compressed: idb_value_wrapping.cc


@dataclass(frozen=True)
class Found:
    """A word that lies in a file, and in which form."""

    word: str
    file: Path
    form: str

    def __str__(self) -> str:
        """Say it in a line."""
        return f"'{self.word}' lies in {self.file} as {self.form}"


def assert_nothing_in_clear(profile: Path, words: Sequence[str]) -> None:
    """Fail where any of the words lies in the profile of a browser that is closed or dead."""
    found = search_profile(profile, words)
    assert not found, "\n".join(map(str, found))


def search_profile(profile: Path, words: Sequence[str]) -> list[Found]:
    """Return where words lie in the profile, once for each word and file. Words of 8 characters or more.

    Raises ValueError for a shorter word or no profile, UnreadableTableError where a file cannot be looked into.
    """
    if not words or any(len(word) < SHORTEST_WORD for word in words):
        raise ValueError(f"Look for words of at least {SHORTEST_WORD} characters; shorter ones turn up by chance.")
    files = [path for path in sorted(profile.rglob("*")) if path.is_file()]
    if not files:
        raise ValueError(f"There is no profile in {profile}.")
    forms = {word: forms_of(word) for word in words}
    found = {}
    for file in files:
        for piece in pieces_of(file):
            for word, form in forms_in(piece, forms):
                found[word, file] = Found(word, file.relative_to(profile), form)
    return list(found.values())


def forms_in(piece: bytes, forms: dict[str, dict[bytes, str]]) -> Iterator[tuple[str, str]]:
    """Yield which words a piece contains, and in which form."""
    for word, needles in forms.items():
        form = next((form for needle, form in needles.items() if needle in piece), None)
        if form is not None:
            yield word, form


def forms_of(word: str) -> dict[bytes, str]:
    """Return every form a word is looked for in: its bytes, and what they are."""
    plain = {word.encode(encoding): encoding for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    with suppress(UnicodeEncodeError):
        plain.setdefault(word.encode("latin-1"), "latin-1")
    plain.setdefault(json.dumps(word)[1:-1].encode(), "JSON")
    forms = dict(plain)
    for raw, encoding in plain.items():
        for text in {raw.hex(), raw.hex().upper()}:
            forms |= dict.fromkeys((text.encode(), text.encode("utf-16-le")), f"hexadecimal of {encoding}")
        for text in base64_of(raw):
            forms |= dict.fromkeys((text.encode(), text.encode("utf-16-le")), f"base64 of {encoding}")
    return forms


def base64_of(raw: bytes) -> Iterator[str]:
    """Yield how bytes look inside a longer base64 text, for each of the three places they may begin at."""
    for before in range(3):
        text = base64.b64encode(b"\0" * before + raw).decode()
        inside = text[(before * 8 + 5) // 6 : (before + len(raw)) * 8 // 6]
        yield inside
        yield inside.translate(str.maketrans("+/", "-_"))


def pieces_of(file: Path) -> Iterator[bytes]:
    """Yield a file as it lies, and what can be taken out of it."""
    contents = file.read_bytes()
    yield contents
    for piece in opened(file, contents):
        yield piece
        yield from decompressed(piece)
    yield from decompressed(contents)


def opened(file: Path, contents: bytes) -> Iterable[bytes]:
    """Return the parts of a database file; nothing for another file."""
    if file.suffix in (".ldb", ".sst"):
        return read_table(contents)
    if file.suffix == ".log" or file.name.startswith("MANIFEST-"):
        return log_pieces(contents)
    if contents.startswith(SQLITE_MAGIC):
        return sqlite_values(file)
    return ()


def log_pieces(log: bytes) -> Iterator[bytes]:
    """Yield a log's records, and the keys and values in them."""
    for record in read_log(log):
        yield record
        yield from read_batch(record)


def sqlite_values(file: Path) -> Iterator[bytes]:
    """Yield every text and blob of an SQLite database, with what is still in its write-ahead log."""
    with tempfile.TemporaryDirectory() as folder:
        for part in (file, file.with_name(file.name + "-wal")):
            if part.exists():
                shutil.copy(part, folder)
        with closing(sqlite3.connect(Path(folder) / file.name)) as database:
            database.text_factory = bytes
            tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            for (table,) in tables:
                name = table.decode().replace('"', '""')
                with suppress(sqlite3.OperationalError):  # a virtual table of a module that is not here
                    for row in database.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - a table's own name
                        yield from (value for value in row if isinstance(value, bytes))


def decompressed(piece: bytes) -> Iterator[bytes]:
    """Yield what a piece holds in compressed form: by Blink to its end, or by gzip from anywhere in it."""
    at = piece.find(BLINK_SNAPPY)
    if at >= 0:
        with suppress(cramjam.DecompressionError):
            yield bytes(cramjam.snappy.decompress_raw(piece[at + len(BLINK_SNAPPY) :]))
    at = piece.find(GZIP_MAGIC)
    while at >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj(wbits=31).decompress(piece[at:])
        at = piece.find(GZIP_MAGIC, at + 1)
