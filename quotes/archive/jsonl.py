"""JSON Lines files: one article a line, an object with the text and what is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from quotes.archive.decode import Undecodable, decode
from quotes.archive.failure import BadDocument, Document, Failure
from quotes.archive.lines import numbered_lines
from quotes.archive.reader import Input, Reader, too_large
from quotes.archive.record import article_of
from quotes.model import Article

__all__ = ["JSONL", "loads"]


def loads(text: str) -> Any:
    """The value of a JSON text; NaN and Infinity, which pandas writes for nothing, are None. Raises `BadDocument`."""
    try:
        return json.loads(text, parse_constant=lambda name: None)
    except (ValueError, RecursionError) as error:
        raise BadDocument("bad-json", f"is no JSON: {error}") from error


def _read(file: Input) -> Iterator[Document]:
    """An article or a failure for every line that is not blank. Only one line is held in memory."""
    for number, line in numbered_lines(file.stream, file.options.limits.document):
        source, fallback = f"{file.source}:{number}", f"{file.stem}:{number}"
        try:
            yield source, _article(line, fallback, file)
        except BadDocument as error:
            yield Failure(source, fallback, error.reason, f"Line {number} of {file.source} {error}.")


def _article(line: bytes, fallback: str, file: Input) -> Article:
    if len(line) > file.options.limits.document:
        raise too_large(file.options.limits.document)
    try:
        decoded = decode(line)
    except Undecodable as error:
        raise BadDocument("binary", f"was not read: {error}") from error
    record = loads(decoded.text)
    if not isinstance(record, dict):
        raise BadDocument("bad-record", f"is a JSON {_json_name(record)}, not an object with a field `text`")
    return article_of(record, fallback, file.options, encoding=decoded.encoding)


def _json_name(value: object) -> str:
    names = {list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")


def _sniff(head: bytes) -> bool:
    """Whether the first line is an object and another one follows."""
    line, _, rest = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not (line.startswith(b"{") and rest.lstrip().startswith(b"{")):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


JSONL = Reader("JSON Lines", (".jsonl", ".ndjson"), _read, _sniff)
