"""Files of lines: decoded one by one, so that one damaged line damages no other and a file of any size fits into memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from quotes.archive.streams import peek, reading

__all__ = ["byte_lines", "numbered_lines"]

_AT_ONCE = 1 << 20
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def byte_lines(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The lines with their ends as bytes, in UTF-8 when the file is UTF-16; of a line beyond the limit only the first `limit + 1`."""
    stream = _narrow(stream)
    while line := stream.readline(limit + 1):
        yield line
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit)


def numbered_lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes]]:
    """`byte_lines` without those that are blank and without line ends, each with its number from 1."""
    number, pending = 1, bytearray()
    for chunk in _chunks(_narrow(stream)):
        if not pending and not chunk.strip():
            # Millions of empty lines, as a small archive can hold them, are passed at once.
            number += chunk.count(b"\n")
            continue
        *whole, rest = chunk.split(b"\n")
        for line in whole:
            if pending or line:
                pending += line[: limit + 1 - len(pending)]
                if pending.strip():
                    yield number, bytes(pending)
                pending.clear()
            number += 1
        pending += rest[: limit + 1 - len(pending)]
    if pending.strip():
        yield number, bytes(pending)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """All bytes. What comes before damage is given before it raises, which `read` would not do."""
    read = getattr(stream, "read1", stream.read)
    while chunk := read(_AT_ONCE):
        yield chunk


def _narrow(stream: BinaryIO) -> BinaryIO:
    """The stream, in UTF-8 when it begins with the mark of UTF-16."""
    head, whole = peek(stream)
    if not head.startswith(_WIDE):
        return whole
    decoder = codecs.getincrementaldecoder("utf-16")("replace")

    def part(size: int) -> bytes:
        # Two bytes become three at most.
        while data := whole.read(size // 2):
            if found := decoder.decode(data):
                return found.encode("utf-8", "replace")
        return decoder.decode(b"", final=True).encode("utf-8", "replace")

    return reading(part)
