"""Zip archives: their .txt and .jsonl members, in the order of their names."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from quotes.archive.decode import clean
from quotes.archive.failure import Document, Failure

__all__ = ["read_zip", "reason_of"]

Member = Callable[[str, BinaryIO], Iterator[Document]]


def read_zip(source: str, stream: BinaryIO, read_member: Member) -> Iterator[Document]:
    """What `read_member(name, stream)` gives for every file of the archive, and a failure for each that cannot be unpacked.

    Whatever the bytes make the modules of compression raise (damage makes them raise nearly anything) concerns one member, or this archive.
    """
    stem = PurePosixPath(source).stem
    try:
        archive = zipfile.ZipFile(stream)
        members = sorted((entry for entry in archive.infolist() if not entry.is_dir()), key=lambda entry: entry.filename)
    except Exception as error:
        yield Failure(source, stem, "bad-zip", f"{source} is no readable zip archive: {reason_of(error)}.")
        return
    with archive:
        for info in members:
            yield from _read(archive, info, f"{source}/{clean(info.filename)}", read_member)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str, read_member: Member) -> Iterator[Document]:
    try:
        with archive.open(info) as stream:
            yield from read_member(source, stream)  # type: ignore[arg-type]  # ZipExtFile reads bytes, that is all a reader asks for
    except Exception as error:
        yield Failure(source, PurePosixPath(source).stem, "bad-zip", f"{source} could not be unpacked: {reason_of(error)}.")


def reason_of(error: Exception) -> str:
    """What went wrong, in one line and without a full stop."""
    return clean(" ".join(str(error).split()).rstrip(".")) or type(error).__name__
