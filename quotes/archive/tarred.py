"""Tar archives: their files, in the order in which they come."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, Self, cast

from quotes.archive.decode import clean
from quotes.archive.failure import BadDocument, Document, Skipped, reason_of
from quotes.archive.names import hidden, unsafe
from quotes.archive.reader import Input, Reader
from quotes.archive.streams import counted

__all__ = ["TAR"]


_END = tarfile.EOFHeaderError  # type: ignore[attr-defined]  # the stubs leave it out


class _Header(tarfile.TarInfo):
    """A header that is damaged or missing is an error: `tarfile` takes it for the end, and what comes behind it would be lost unsaid."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        """See `tarfile.TarInfo.fromtarfile`."""
        try:
            return super().fromtarfile(archive)
        except tarfile.HeaderError as error:
            if isinstance(error, _END):
                raise
            raise tarfile.ReadError(f"{error} at byte {archive.offset}") from error


def _read(file: Input) -> Iterator[Document]:
    """What its files hold. Links, devices and the like are skipped; nothing is ever written to the disk."""
    try:
        with tarfile.open(fileobj=file.stream, mode="r|", tarinfo=_Header) as archive:
            for info in archive:
                if not (info.isdir() or hidden(info.name)):
                    yield from _member(archive, info, file)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise BadDocument("bad-tar", f"could not be unpacked to its end: {reason_of(error)}") from error


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo, file: Input) -> Iterator[Document]:
    path = clean(info.name.removeprefix("./"))
    stream = archive.extractfile(info) if info.isreg() else None
    if stream is None:
        yield Skipped(f"{file.source}/{path}", "link or device")
    elif unsafe(path):
        yield file.unsafe(path)
    else:
        # The tar is read forwards only, though its members say that they can seek. What it holds is not packed: nothing to count.
        yield from file.hand_on(file.member(path, counted(cast(BinaryIO, stream), lambda count: None)))


TAR = Reader("tar", (".tar",), _read, lambda head: head[257:262] == b"ustar", archive=True)
