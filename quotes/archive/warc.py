"""WARC files of web crawls: every page that was fetched is handed on, its address the id."""

from __future__ import annotations

import contextlib
import dataclasses
import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from quotes.archive.failure import BadDocument, Document, Skipped, reason_of
from quotes.archive.reader import Input, Reader
from quotes.extras import needed

__all__ = ["WARC"]

_PAGES = ("text/html", "application/xhtml+xml")
# Records that hold no document: requests, what the crawler says of itself.
_HOLDING = ("response", "resource", "conversion")


def _read(file: Input) -> Iterator[Document]:
    """What its pages hold. Other documents and pages that the server refused are skipped; a damaged record ends the file."""
    archive = needed("warcio.archiveiterator", "Reading WARC", "warc")
    errors = needed("warcio.exceptions", "Reading WARC", "warc")
    stream = _Watched(file.stream)
    try:
        for number, (record, strayed) in enumerate(_records(archive.ArchiveIterator(stream, arc2warc=True)), 1):
            if strayed:
                problem = f"{file.source} has bytes before its record {number} that belong to none: the length before them is wrong."
                yield file.failure("bad-warc", problem)
            if record is None:
                continue
            if record.rec_type in _HOLDING:
                yield from _member(record, number, file)
            elif not _complete(record):
                raise BadDocument("bad-warc", f"ends in the middle of its record {number}")
    # AttributeError: of a record whose header is cut off.
    except (errors.ArchiveLoadFailed, EOFError, ValueError, AttributeError) as error:
        raise BadDocument("bad-warc", f"could not be read to its end: {type(error).__name__}: {reason_of(error)}") from error
    if stream.error or not stream.end.endswith((b"\n\n", b"\r\n\r\n")):
        raise BadDocument("bad-warc", f"ends in the middle of a record: {stream.error or 'its header is cut off'}")


def _records(records: Iterator[Any]) -> Iterator[tuple[Any | None, bool]]:
    """The records, each with whether bytes were passed over on the way to it (warcio prints that); None for such bytes at the end."""
    while True:
        with contextlib.redirect_stderr(io.StringIO()) as said:
            record = next(records, None)
        strayed = "Remainder" in said.getvalue()
        if record is None and not strayed:
            return
        yield record, strayed


def _member(record: Any, number: int, file: Input) -> Iterator[Document]:
    headers, answer = record.rec_headers, record.http_headers
    source, url = f"{file.source}:{number}", headers.get_header("WARC-Target-URI") or ""
    kind = (answer.get_header("Content-Type") if answer else headers.get_header("Content-Type")) or "no type"
    kind = kind.split(";")[0].strip().lower()
    status = answer.get_statuscode() if answer else "200"
    if kind not in (*_PAGES, "text/plain"):
        yield Skipped(source, kind)
    elif status != "200":
        yield Skipped(source, f"answer {status}")
    elif (content := record.content_stream().read(file.options.limits.document + 1)) is not None and not _complete(record):
        raise BadDocument("bad-warc", f"ends in the middle of its record {number}")
    else:
        facts = {"url": url, "fetched": headers.get_header("WARC-Date") or ""}
        stream: BinaryIO = io.BytesIO(content)
        name = "page.html" if kind in _PAGES else "page.txt"
        member = dataclasses.replace(file, source=source, stem=url or f"{file.stem}:{number}", name=name, stream=stream, facts=facts)
        yield from file.hand_on(dataclasses.replace(member, depth=file.depth + 1, named=True))


def _complete(record: Any) -> bool:
    """Whether the file holds as many bytes of the record as its header says; warcio gives what there is."""
    while record.raw_stream.read(65_536):
        pass
    return not getattr(record.raw_stream, "limit", 0)


class _Watched:
    """A stream that remembers how it ended: warcio takes a file that ends anywhere for one that ends well."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.end = b""
        self.error: EOFError | None = None

    def read(self, size: int = -1) -> bytes:
        """See `BinaryIO.read`."""
        return self._noted(self._stream.read, size)

    def readline(self, size: int = -1) -> bytes:
        """See `BinaryIO.readline`."""
        return self._noted(self._stream.readline, size)

    def _noted(self, read: Callable[[int], bytes], size: int) -> bytes:
        try:
            part = read(size)
        except EOFError as error:
            self.error = error
            raise
        self.end = (self.end + part[-4:])[-4:]
        return part


WARC = Reader("WARC", (".warc", ".arc"), _read, lambda head: head.startswith((b"WARC/", b"filedesc://")), archive=True)
