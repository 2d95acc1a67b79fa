"""Zip archives: their .txt and .jsonl members, in the order of their names."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from quotes.archive.failure import Document, Failure

__all__ = ["read_zip"]

Member = Callable[[str, BinaryIO], Iterator[Document]]


def read_zip(source: str, stream: BinaryIO, read_member: Member) -> Iterator[Document]:
    """What `read_member(name, stream)` gives for every file of the archive, and a failure for each that cannot be unpacked."""
    stem = PurePosixPath(source).stem
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        yield Failure(source, stem, "bad-zip", f"{source} is no readable zip archive: {error}.")
        return
    with archive:
        for info in sorted((entry for entry in archive.infolist() if not entry.is_dir()), key=lambda entry: entry.filename):
            yield from _read(archive, info, f"{source}/{info.filename}", read_member)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str, read_member: Member) -> Iterator[Document]:
    try:
        with archive.open(info) as stream:
            yield from read_member(source, stream)  # type: ignore[arg-type]  # ZipExtFile reads bytes, that is all a reader asks for
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        # RuntimeError: encrypted; NotImplementedError: a compression method Python does not know.
        yield Failure(source, PurePosixPath(source).stem, "bad-zip", f"{source} could not be unpacked: {error}.")
