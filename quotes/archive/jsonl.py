"""JSON Lines files: one article a line, in the fields `text` (needed), `id`, `title`, `date`, `outlet`, `url`, `author`."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from quotes.archive.dates import iso_date
from quotes.archive.decode import MAX_BYTES, Decoded, Undecodable, clean, clean_all, decode, depth
from quotes.archive.failure import Document, Failure
from quotes.model import Article

__all__ = ["read_jsonl"]

_TEXTUAL = ("title", "date", "outlet", "url", "author")
# Nothing that an archive says of an article is nested like that, and what is cannot be stored or handed to another process.
_DEEPEST = 100
_AT_ONCE = 1 << 20
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class _BadRecord(ValueError):
    """A line without an article; `reason` is the failure's slug."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def read_jsonl(source: str, stem: str, stream: BinaryIO) -> Iterator[Document]:
    """An article or a failure for every line that is not blank. Only one line is held in memory."""
    for number, line in _lines(stream):
        try:
            yield f"{source}:{number}", _article(_record(line), f"{stem}:{number}")
        except _BadRecord as error:
            yield Failure(f"{source}:{number}", f"{stem}:{number}", error.reason, f"Line {number} of {source} {error}.")


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, as bytes with their numbers from 1; of an overlong line only the beginning."""
    number, pending = 1, bytearray()
    for chunk in _chunks(stream):
        if not pending and not chunk.strip():
            # Millions of empty lines, as a small archive can hold them, are passed at once.
            number += chunk.count(b"\n")
            continue
        *whole, rest = chunk.split(b"\n")
        for line in whole:
            if pending or line:
                pending += line[: MAX_BYTES + 1 - len(pending)]
                if pending.strip():
                    yield number, bytes(pending)
                pending.clear()
            number += 1
        pending += rest[: MAX_BYTES + 1 - len(pending)]
    if pending.strip():
        yield number, bytes(pending)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of the stream, in UTF-8 when they are UTF-16."""
    chunk = stream.read(_AT_ONCE)
    if not chunk.startswith(_WIDE):
        while chunk:
            yield chunk
            chunk = stream.read(_AT_ONCE)
        return
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    while chunk:
        # A half of a pair that stands alone cannot be written as UTF-8.
        yield decoder.decode(chunk).encode("utf-8", "replace")
        chunk = stream.read(_AT_ONCE)
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _record(line: bytes) -> dict[str, Any]:
    """The line's JSON object, with the encoding noted when it is not UTF-8."""
    if len(line) > MAX_BYTES:
        raise _BadRecord("too-large", f"holds more than {MAX_BYTES // 1_000_000} MB, too much for one article")
    try:
        decoded: Decoded = decode(line)
        record = json.loads(decoded.text)
    except Undecodable as error:
        raise _BadRecord("binary", f"was not read: {error}") from error
    except (ValueError, RecursionError) as error:
        raise _BadRecord("bad-json", f"is no JSON: {error}") from error
    if not isinstance(record, dict):
        raise _BadRecord("bad-record", f"is a JSON {_json_name(record)}, not an object with a field `text`")
    if depth(record) > _DEEPEST:
        raise _BadRecord("bad-record", f"is nested more than {_DEEPEST} levels deep")
    if decoded.encoding not in (None, "utf-8-sig"):
        record.setdefault("encoding", decoded.encoding)
    return record


def _article(record: dict[str, Any], fallback: str) -> Article:
    text = record.pop("text", None)
    if not isinstance(text, str):
        problem = "has no field `text`" if text is None else f"has a field `text` that is a {_json_name(text)}, not a string"
        raise _BadRecord("no-text", problem)
    found = record.pop("id", None)
    fields = {name: value for name in _TEXTUAL if (value := _textual(record.get(name))) is not None}
    empty = [name for name in _TEXTUAL if record.get(name) is None]
    metadata = {clean(key): clean_all(value) for key, value in record.items() if key not in fields and key not in empty}
    cleaned = clean(text)
    if cleaned != text:
        metadata.setdefault("surrogates", "replaced")
    if "date" in fields:
        fields["date"] = iso_date(fields["date"])
    return Article(id=_id(found, fallback), text=cleaned, metadata=metadata, **fields)


def _id(found: object, fallback: str) -> str:
    if isinstance(found, bool) or not isinstance(found, str | int | float) or found == "":
        return fallback
    return clean(str(found))


def _textual(value: object) -> str | None:
    """A field that is text, a number or a list of texts as one string; None for what has to stay in the metadata."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return clean(value) if isinstance(value, str) else None


def _json_name(value: object) -> str:
    names = {dict: "object", list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
