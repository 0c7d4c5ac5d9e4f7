"""Read the files of a LevelDB, in which Chromium keeps IndexedDB and local storage: whole keys and values.

Tables are made of blocks, mostly compressed with Snappy; logs cut long values into pieces of 32 KiB. So neither can
be searched as it lies. Formats: `doc/table_format.md` and `doc/log_format.md` of https://github.com/google/leveldb.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import cramjam

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE_MAGIC = 0xDB4775248B80FB57
FOOTER_BYTES = 48
LOG_BLOCK_BYTES = 32 * 1024
LOG_HEADER = struct.Struct("<IHB")
FULL, FIRST, MIDDLE, LAST = 1, 2, 3, 4
UNCOMPRESSED, SNAPPY, ZSTD = 0, 1, 2
BATCH_HEADER_BYTES = 12


class UnreadableTableError(ValueError):
    """A file is not a LevelDB table, or one that this cannot read. Nothing can be said of what is in it."""


def read_table(table: bytes) -> Iterator[bytes]:
    """Yield every key and value of a table (``*.ldb``). Raises UnreadableTableError."""
    footer = table[-FOOTER_BYTES:]
    if len(footer) < FOOTER_BYTES or struct.unpack("<Q", footer[-8:])[0] != TABLE_MAGIC:
        raise UnreadableTableError("It does not end as a table does.")
    _, at = read_varint(footer, 0)
    _, at = read_varint(footer, at)
    index = read_block(table, *read_handle(footer, at))
    for _, handle in read_entries(index):
        for key, value in read_entries(read_block(table, *read_handle(handle, 0))):
            yield key
            yield value


def read_log(log: bytes) -> Iterator[bytes]:
    """Yield every record of a log (``*.log``, ``MANIFEST-*``), put together from its pieces."""
    record = b""
    at = 0
    while at + LOG_HEADER.size <= len(log):
        left_in_block = LOG_BLOCK_BYTES - at % LOG_BLOCK_BYTES
        if left_in_block < LOG_HEADER.size:
            at += left_in_block
            continue
        _, length, kind = LOG_HEADER.unpack_from(log, at)
        if kind not in (FULL, FIRST, MIDDLE, LAST):  # room kept free, or a torn end: the next block may go on
            at += left_in_block
            continue
        piece = log[at + LOG_HEADER.size : at + LOG_HEADER.size + length]
        at += LOG_HEADER.size + length
        record = piece if kind in (FULL, FIRST) else record + piece
        if kind in (FULL, LAST):
            yield record


def read_batch(record: bytes) -> Iterator[bytes]:
    """Yield every key and value of a log's record; nothing where it is none of writes."""
    at = BATCH_HEADER_BYTES
    try:
        while at < len(record):
            parts = 2 if record[at] == 1 else 1
            at += 1
            for _ in range(parts):
                length, at = read_varint(record, at)
                yield record[at : at + length]
                at += length
    except IndexError:
        return


def read_block(table: bytes, offset: int, size: int) -> bytes:
    """Return one block, decompressed."""
    contents, compression = table[offset : offset + size], table[offset + size]
    if compression == UNCOMPRESSED:
        return contents
    try:
        if compression == SNAPPY:
            return bytes(cramjam.snappy.decompress_raw(contents))
        if compression == ZSTD:
            return bytes(cramjam.zstd.decompress(contents))
    except cramjam.DecompressionError as error:
        raise UnreadableTableError("A block does not decompress.") from error
    raise UnreadableTableError(f"A block is compressed in way {compression}, which is not known here.")


def read_entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield a block's keys, made whole again from what each shares with the one before, and values."""
    restarts: int = struct.unpack("<I", block[-4:])[0]
    end = len(block) - 4 - 4 * restarts
    at, key = 0, b""
    while at < end:
        shared, at = read_varint(block, at)
        unshared, at = read_varint(block, at)
        length, at = read_varint(block, at)
        key = key[:shared] + block[at : at + unshared]
        at += unshared
        yield key, block[at : at + length]
        at += length


def read_handle(buffer: bytes, at: int) -> tuple[int, int]:
    """Return where a block lies and how long it is."""
    offset, at = read_varint(buffer, at)
    size, _ = read_varint(buffer, at)
    return offset, size


def read_varint(buffer: bytes, at: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, the lowest first, and where it ends."""
    number, shift = 0, 0
    while True:
        byte = buffer[at]
        at += 1
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return number, at
