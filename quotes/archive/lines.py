"""Files of lines: decoded one by one, so that one damaged line damages no other and a file of any size fits into memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from quotes.archive.decode import decode

__all__ = ["byte_lines"]

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def byte_lines(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The lines with their ends as bytes, in UTF-8 when the file is UTF-16; of a line beyond the limit only the first `limit + 1`."""
    line = stream.readline(limit + 1)
    if line.startswith(_WIDE):
        decoded = decode(line + stream.read(limit))
        yield from decoded.text.encode("utf-8", "replace").splitlines(keepends=True)
        return
    while line:
        yield line
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit)
        line = stream.readline(limit + 1)
