"""Streams of bytes: looking at the beginning without losing it, counting what an archive unpacks to, seeking where that is needed."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

__all__ = ["HEAD", "Bomb", "Meter", "counted", "peek", "reading", "seekable"]

# Bytes of a file that tell its format.
HEAD = 65_536
# What is unpacked up to here is never too much, however small the archive.
_HARMLESS = 100_000_000
# Members are held in memory up to this size, then in a temporary file.
_SPOOL = 8_000_000


class Bomb(Exception):
    """An archive that unpacks to far more than any text does."""


class Meter:
    """Counts what a file and all archives inside it unpack to, against its size."""

    def __init__(self, ratio: int, packed: int = 0) -> None:
        """`packed` is the size of the file, where it is known beforehand."""
        self.ratio = ratio
        self.packed = packed
        self._unpacked = 0

    def pack(self, count: int) -> None:
        """So many more bytes of the file were read."""
        self.packed += count

    def unpack(self, count: int) -> None:
        """So many more bytes came out of an archive. Raises `Bomb` when they are too many."""
        self._unpacked += count
        if self._unpacked > max(_HARMLESS, self.ratio * self.packed):
            raise Bomb(f"it unpacks to more than {self.ratio} times its size; --max ratio=N allows more")


class _Reading(io.RawIOBase):
    """Reads from a function of a size, so that `io.BufferedReader` gives it lines and all else."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """See `io.RawIOBase.readinto`."""
        part = self._read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def reading(read: Callable[[int], bytes]) -> BinaryIO:
    """A stream of what a function of a size gives: at most so many bytes, none at the end."""
    return io.BufferedReader(_Reading(read), HEAD)


def counted(stream: BinaryIO, count: Callable[[int], None]) -> BinaryIO:
    """The stream, with `count` called for every part that is read."""
    read = getattr(stream, "read1", stream.read)

    def part(size: int) -> bytes:
        found: bytes = read(size)
        count(len(found))
        return found

    return reading(part)


def peek(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first `HEAD` bytes (fewer when there are no more), and a stream that begins with them.

    What goes wrong behind the first byte goes wrong again where the stream is read so far, and not before.
    """
    read = getattr(stream, "read1", stream.read)
    head, problem = b"", None
    while len(head) < HEAD and problem is None:
        try:
            more = read(HEAD - len(head))
        except Exception as error:
            problem = error
            if not head:
                raise
        else:
            head += more
            if not more:
                break
    if problem is None and stream.seekable():
        stream.seek(0)
        return head, stream
    return head, reading(_rejoined(head, read, problem))


def _rejoined(head: bytes, read: Callable[[int], bytes], problem: Exception | None) -> Callable[[int], bytes]:
    beginning = io.BytesIO(head)

    def part(size: int) -> bytes:
        found = beginning.read(size)
        if not found and problem is not None:
            raise problem
        return found or read(size)

    return part


@contextlib.contextmanager
def seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream, or a copy of all that it holds, to be read in any order."""
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(_SPOOL) as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield copy  # type: ignore[misc]  # it reads and seeks as a BinaryIO does
