"""Zip archives: their members, in the order of their names."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from quotes.archive.decode import clean
from quotes.archive.failure import BadDocument, Document, Failure, reason_of
from quotes.archive.names import hidden, unsafe
from quotes.archive.reader import Input, Reader
from quotes.archive.streams import Bomb, counted, seekable
from quotes.extras import MissingPackage

__all__ = ["ZIP"]

# The end of the directory, with the longest comment.
_TAIL = 65_557
# Documents of office programs are zip archives too: these begin them.
_OFFICE = (b"[Content_Types].xml", b"mimetypeapplication/", b"META-INF/")


def _read(file: Input) -> Iterator[Document]:
    """What its members hold, and a failure for each that cannot be unpacked.

    Whatever the bytes make the modules of compression raise (damage makes them raise nearly anything) concerns one member, or this archive.
    """
    with seekable(file.stream) as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except Exception as error:
            raise BadDocument("bad-zip", f"is no readable zip archive: {reason_of(error)}") from error
        with archive:
            members = (entry for entry in archive.infolist() if not (entry.is_dir() or hidden(entry.filename)))
            for info in sorted(members, key=lambda entry: entry.filename):
                yield from _member(archive, info, file)
            if (told := _told(stream)) not in (None, len(archive.infolist()) % 65_536):
                raise BadDocument("bad-zip", f"has a damaged directory: of {told} entries {len(archive.infolist())} were found")


def _told(stream: BinaryIO) -> int | None:
    """How many entries the end of the archive tells of; None where it leaves that to another record, as archives of 4 GB do."""
    stream.seek(max(0, stream.seek(0, os.SEEK_END) - _TAIL))
    tail = stream.read()
    place = tail.rfind(b"PK\5\6")
    count = int.from_bytes(tail[place + 10 : place + 12], "little")
    return None if place < 0 or count == 0xFFFF else count


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: Input) -> Iterator[Document]:
    source = f"{file.source}/{clean(info.filename)}"
    if unsafe(info.filename):
        yield file.unsafe(info.filename)
        return
    try:
        with archive.open(info) as stream:
            yield from file.hand_on(file.member(info.filename, counted(cast(BinaryIO, stream), file.meter.unpack)))
    except (Bomb, MissingPackage):
        raise
    except Exception as error:
        yield Failure(source, PurePosixPath(source).stem, "bad-zip", f"{source} could not be unpacked: {reason_of(error)}.")


def _sniff(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and not any(mark in head[:200] for mark in _OFFICE)


ZIP = Reader("zip", (".zip",), _read, _sniff, archive=True)
