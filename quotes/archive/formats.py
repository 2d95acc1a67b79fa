"""All formats, and which of them a file is: by its content where that tells, else by its name."""

from __future__ import annotations

import dataclasses
import lzma
import zipfile
import zlib
from collections.abc import Iterator

from quotes.archive.decode import Undecodable, decode
from quotes.archive.europresse import EUROPRESSE
from quotes.archive.factiva import FACTIVA_HTML, FACTIVA_TEXT, FACTIVA_XML
from quotes.archive.failure import BadDocument, Document, Skipped, reason_of
from quotes.archive.html_page import HTML_PAGE
from quotes.archive.json_text import JSON
from quotes.archive.jsonl import JSONL
from quotes.archive.names import is_note, kind_of, suffix_of
from quotes.archive.newsml import NEWSML, NITF
from quotes.archive.packed import PACKED
from quotes.archive.parquet import PARQUET
from quotes.archive.reader import Input, Reader
from quotes.archive.streams import Bomb, peek
from quotes.archive.table import TABLE
from quotes.archive.tarred import TAR
from quotes.archive.tei import TEI
from quotes.archive.txt import TXT
from quotes.archive.warc import WARC
from quotes.archive.zipped import ZIP
from quotes.extras import MissingPackage

__all__ = ["READERS", "SUFFIXES", "choose", "read_stream"]

# In the order in which they look at a file.
READERS: tuple[Reader, ...] = (
    *(ZIP, *PACKED, TAR, PARQUET, WARC),
    *(EUROPRESSE, FACTIVA_HTML, FACTIVA_XML, TEI, NITF, NEWSML, HTML_PAGE),
    *(JSONL, JSON, FACTIVA_TEXT, TABLE, TXT),
)
SUFFIXES = tuple(suffix for reader in READERS for suffix in reader.suffixes)
# What goes wrong with the stream itself concerns the archive around it.
_OF_THE_STREAM = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, Bomb, MissingPackage)


def choose(name: str, head: bytes, *, named: bool) -> Reader | None:
    """The reader of a file, None when it is none of an article.

    A text without a suffix is plain text; with an unknown suffix only when the user named the file.
    """
    suffix = suffix_of(name)
    found = next((reader for reader in READERS if reader.sniff(head)), None)
    found = found or next((reader for reader in READERS if suffix in reader.suffixes), None)
    return found or (TXT if (named or not suffix) and _is_text(head) else None)


def _is_text(head: bytes) -> bool:
    try:
        decode(head)
    except Undecodable:
        return False
    return True


def read_stream(file: Input) -> Iterator[Document]:
    """What a file holds, by the reader of its format; whatever a reader stumbles over becomes the failure of the file."""
    if is_note(file.name) and not file.named:
        yield Skipped(file.source, "notes")
        return
    head, stream = peek(file.stream)
    reader = choose(file.name, head, named=file.named)
    if reader is None and not file.named:
        yield Skipped(file.source, kind_of(file.name))
    elif reader is None:
        yield file.failure("unsupported", f"{file.source} was not read: it is of none of the formats that are.")
    elif reader.archive and file.depth >= file.options.limits.depth:
        problem = f"it is an archive inside {file.depth} others; --max depth=N allows more"
        yield file.failure("too-deep", f"{file.source} was not read: {problem}.")
    else:
        yield from _guarded(reader, dataclasses.replace(file, stream=stream))


def _guarded(reader: Reader, file: Input) -> Iterator[Document]:
    try:
        yield from reader.read(file)
    except BadDocument as error:
        yield file.failure(error.reason, f"{file.source} {error}.")
    except _OF_THE_STREAM:
        raise
    except Exception as error:
        yield file.failure("unreadable", f"{file.source} could not be read as {reader.name}: {type(error).__name__}: {reason_of(error)}.")
