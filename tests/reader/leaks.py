"""Whether words stand in bytes: as they are, in any usual writing of bytes, or within what was packed."""

from __future__ import annotations

import base64
import binascii
import gzip
import re
import zlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

DEEPEST: Final = 3
SHORTEST: Final = 16
ENCODED: Final = re.compile(rb"[A-Za-z0-9_\-+/]{%d,}={0,2}" % SHORTEST)
# Where packed bytes may begin: gzip, zlib at each of its levels.
PACKED: Final = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")


def found_in(content: bytes, words: Iterable[bytes]) -> set[bytes]:
    """Return which of the words stand in the content, in any of those ways."""
    everything = b"\n".join({*_layers(content, DEEPEST)})
    return {word for word in words if any(form in everything for form in forms(word))}


def forms(word: bytes) -> set[bytes]:
    """Return the word as it may stand in text or bytes: plain, base64 at each alignment, hex, UTF-16."""
    written = {word, word.hex().encode(), word.hex().upper().encode()}
    for before in range(3):
        # The signs at either end hold bits of the neighbours too, so they are left out.
        signs = base64.b64encode(bytes(before) + word + bytes(2))
        whole = signs[-(-before * 8 // 6) : (before + len(word)) * 8 // 6]
        written |= {whole, whole.translate(bytes.maketrans(b"+/", b"-_"))}
    try:
        text = word.decode()
    except UnicodeDecodeError:
        return written
    return written | {text.encode("utf-16-le"), text.encode("utf-16-be")}


def _layers(content: bytes, depth: int) -> Iterator[bytes]:
    """Yield the content, and what comes of unpacking and decoding the parts of it that look as if they could be."""
    yield content
    if depth == 0:
        return
    inner = {unpacked for begins in PACKED.finditer(content) if (unpacked := _unpacked(content[begins.start() :]))}
    for signs in {match[0] for match in ENCODED.finditer(content)}:
        inner |= _decoded(signs)
    for each in inner - {content, b""}:
        yield from _layers(each, depth - 1)


def _unpacked(content: bytes) -> bytes:
    """Return what was packed by gzip or zlib from here on; nothing where it was not."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content)
    except zlib.error:
        return b""


def _decoded(signs: bytes) -> set[bytes]:
    """Return the bytes that signs of base64 or hex may stand for, wherever among them they begin."""
    plain = signs.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    found = {binascii.a2b_base64(plain[at : at + (len(plain) - at) // 4 * 4]) for at in range(4)}
    for run in re.findall(rb"[0-9a-fA-F]{%d,}" % SHORTEST, signs):
        found |= {bytes.fromhex(run[at : at + (len(run) - at) // 2 * 2].decode()) for at in range(2)}
    return found


def as_bytes(value: Any) -> bytes:  # noqa: ANN401 - whatever a table holds
    """Return a cell of a table as bytes to be looked through."""
    if isinstance(value, bytes | memoryview | bytearray):
        return bytes(value)
    return str(value).encode()


WAYS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "plain": bytes,
    "base64": base64.b64encode,
    "base64, one byte on": lambda content: base64.b64encode(b"x" + content),
    "base64, two bytes on": lambda content: base64.b64encode(b"xx" + content),
    "base64url": base64.urlsafe_b64encode,
    "hex": lambda content: content.hex().encode(),
    "zlib": zlib.compress,
    "gzip": gzip.compress,
    "zlib in base64": lambda content: base64.b64encode(zlib.compress(content)),
}
