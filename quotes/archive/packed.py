"""Compressed files (.gz, .bz2, .xz): what they hold is handed on under the name without their suffix."""

from __future__ import annotations

import bz2
import dataclasses
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from quotes.archive.failure import BadDocument, Document, reason_of
from quotes.archive.names import stem_of, suffix_of
from quotes.archive.reader import Input, Reader
from quotes.archive.streams import counted, peek

__all__ = ["PACKED"]

_ERRORS = (EOFError, OSError, zlib.error, lzma.LZMAError, ValueError)
# .tgz is .tar.gz in one word.
_TARS = (".tgz", ".tbz", ".tbz2", ".txz")


def _reader(name: str, suffixes: tuple[str, ...], magic: bytes, unpack: Callable[[BinaryIO], object]) -> Reader:
    def read(file: Input) -> Iterator[Document]:
        """The one member; a file that ends too early or is damaged gives what was read before."""
        inner = _inner_name(file.name)
        head, packed = peek(file.stream)
        if not head:
            raise BadDocument(f"bad-{name}", "could not be unpacked: it is empty")
        try:
            stream = counted(cast(BinaryIO, unpack(packed)), file.meter.unpack)
            stem = stem_of(file.stem) if inner == PurePosixPath(file.stem).name else file.stem
            yield from file.hand_on(dataclasses.replace(file, name=inner, stem=stem, stream=stream, depth=file.depth + 1))
        except _ERRORS as error:
            raise BadDocument(f"bad-{name}", f"could not be unpacked to its end: {reason_of(error)}") from error

    return Reader(name, suffixes, read, lambda head: head.startswith(magic), archive=True)


def _inner_name(name: str) -> str:
    """`a.jsonl` for `a.jsonl.gz`, `a.tar` for `a.tgz`, the name itself for any other."""
    suffix = suffix_of(name)
    if suffix in _TARS:
        return f"{stem_of(name)}.tar"
    return stem_of(name) if suffix in (".gz", ".bz2", ".xz") else name


PACKED = (
    _reader("gzip", (".gz", ".tgz"), b"\x1f\x8b", gzip.open),
    _reader("bzip2", (".bz2", ".tbz", ".tbz2"), b"BZh", bz2.open),
    _reader("xz", (".xz", ".txz"), b"\xfd7zXZ\0", lzma.open),
)
