"""JSON files: a list of records of any length, one record, or an object that holds the list (`{"articles": [...]}`)."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import regex

from quotes.archive.decode import Undecodable, decode
from quotes.archive.failure import BadDocument, Document, Failure
from quotes.archive.jsonl import loads
from quotes.archive.reader import Input, Reader, too_large
from quotes.archive.record import article_of, columns_of
from quotes.archive.streams import HEAD

__all__ = ["JSON"]

_LIST = regex.compile(rb"\s*+\[\s*+[{\]]")
_PRETTY = regex.compile(rb"\s*+\{\s*?[\r\n]\s*+\"")
_GAP = regex.compile(r"[\s,]*+")
_DECODER = json.JSONDecoder(parse_constant=lambda name: None)


def _read(file: Input) -> Iterator[Document]:
    """An article or a failure for every record. Of a list, only one record is held in memory."""
    head = file.stream.read(HEAD)
    text = _Text(head, file.stream)
    if text.buffer.lstrip().startswith("["):
        records = _streamed(text, file.options.limits.document)
    else:
        text.buffer += text.rest(file.options.limits.document)
        records = iter(_records(loads(text.buffer), file))
    for number, record in enumerate(records, 1):
        source, fallback = f"{file.source}:{number}", f"{file.stem}:{number}"
        try:
            if not isinstance(record, dict):
                raise BadDocument("bad-record", "is no object with a field `text`")
            yield source, article_of(record, fallback, file.options, encoding=text.encoding)
        except BadDocument as error:
            yield Failure(source, fallback, error.reason, f"Record {number} of {file.source} {error}.")


def _records(value: Any, file: Input) -> list[Any]:
    """The records of a whole file: the object itself when it has a text, else the one list of objects in it."""
    if (
        isinstance(value, dict)
        and "text" in columns_of(value, file.options)
        and isinstance(value.get(columns_of(value, file.options)["text"]), str)
    ):
        return [value]
    lists = (
        [item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], dict)]
        if isinstance(value, dict)
        else []
    )
    return lists[0] if len(lists) == 1 else [value]


class _Text:
    """A stream decoded bit by bit: `buffer` is what was decoded and not used yet."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        try:
            self.encoding = decode(head).encoding
        except Undecodable as error:
            raise BadDocument("binary", f"was not read: {error}") from error
        # A head cut inside a letter looks damaged; a damaged byte is replaced either way.
        codec = (self.encoding or "utf-8").split(",")[0].replace("windows-1252", "cp1252").replace("macintosh", "mac_roman")
        self.encoding = None if codec == "utf-8" else codec
        self._decoder = codecs.getincrementaldecoder(codec)("replace")
        self._stream = stream
        self.buffer = self._decoder.decode(head)

    def more(self, size: int) -> bool:
        """Decode about so much more; False at the end."""
        data = self._stream.read(size)
        self.buffer += self._decoder.decode(data, not data)
        return bool(data)

    def rest(self, limit: int) -> str:
        data = self._stream.read(limit + 1)
        if len(data) > limit:
            raise too_large(limit)
        return self._decoder.decode(data, True)


def _streamed(text: _Text, limit: int) -> Iterator[Any]:
    """The values of a list that is still being read."""
    text.buffer = text.buffer.lstrip()[1:]
    while True:
        text.buffer = text.buffer[_GAP.match(text.buffer).end() :]  # type: ignore[union-attr]  # it matches nothing, too
        if text.buffer.startswith("]"):
            return
        value, end = _value(text, limit)
        yield value
        text.buffer = text.buffer[end:]


def _value(text: _Text, limit: int) -> tuple[Any, int]:
    """The value at the beginning of the buffer and where it ends; reads as much as that takes, twice as much each time."""
    while True:
        try:
            value, end = _DECODER.raw_decode(text.buffer)
            # A number may go on in what was not read yet, an object cannot.
            if end < len(text.buffer) or isinstance(value, dict | list):
                return value, end
        except (ValueError, RecursionError) as error:
            problem = error
        else:
            problem = ValueError("the list has no end")
        if len(text.buffer) > limit:
            raise too_large(limit)
        if not text.more(max(HEAD, len(text.buffer))):
            raise BadDocument("bad-json", f"is no JSON from some record on: {problem}")


def _sniff(head: bytes) -> bool:
    start = head.removeprefix(codecs.BOM_UTF8)
    return bool(_LIST.match(start) or _PRETTY.match(start))


JSON = Reader("JSON", (".json",), _read, _sniff)
