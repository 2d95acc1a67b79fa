"""Tables of text (.csv, .tsv): a line of column names, then one article a row. Those of minet and xan are read as they are."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from quotes.archive.decode import Undecodable, decode
from quotes.archive.failure import BadDocument, Document, Failure
from quotes.archive.lines import byte_lines
from quotes.archive.reader import Input, Reader, never, too_large
from quotes.archive.record import article_of, columns_of

__all__ = ["TABLE", "missing_column"]

_DELIMITERS = (",", ";", "\t", "|")


def _read(file: Input) -> Iterator[Document]:
    """An article or a failure for every row; the delimiter is the one that makes sense of the first line."""
    csv.field_size_limit(file.options.limits.document)
    lines = _Lines(file)
    header = next(lines, "")
    delimiter, columns = _header(header, file)
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = lines.number + 1
        source, fallback = f"{file.source}:{number}", f"{file.stem}:{number}"
        try:
            row = next(rows)
            if row:
                yield source, article_of(_record(row, columns), fallback, file.options, encoding=lines.encoding)
        except StopIteration:
            return
        except (csv.Error, BadDocument) as error:
            reason, problem = (error.reason, str(error)) if isinstance(error, BadDocument) else ("bad-csv", f"is no row: {error}")
            yield Failure(source, fallback, reason, f"Line {number} of {file.source} {problem}.")


class _Lines:
    """The decoded lines of a file; `number` counts those given, `encoding` is that of the latest which was not UTF-8."""

    def __init__(self, file: Input) -> None:
        self.number = 0
        self.encoding: str | None = None
        self._limit = file.options.limits.document
        self._lines = byte_lines(file.stream, self._limit)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        if len(line) > self._limit:
            raise too_large(self._limit)
        try:
            decoded = decode(line)
        except Undecodable as error:
            raise BadDocument("binary", f"was not read: {error}") from error
        self.encoding = decoded.encoding if decoded.encoding != "utf-8-sig" else self.encoding
        return decoded.text


def _header(line: str, file: Input) -> tuple[str, list[str]]:
    """The delimiter and the names of the columns. Raises `BadDocument` when none of them is that of the text."""
    readings = [(delimiter, _cells(line, delimiter)) for delimiter in _DELIMITERS]
    delimiter, names = max(readings, key=lambda reading: (_fields(reading[1], file), len(reading[1])))
    if columns_of(names, file.options).get("text") not in names:
        raise missing_column(names, file)
    return delimiter, names


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _fields(names: list[str], file: Input) -> int:
    """How many fields of an article the columns hold."""
    return sum(name in names for name in columns_of(names, file.options).values())


def missing_column(names: list[str], file: Input) -> BadDocument:
    """What to raise for a table without a column for the text."""
    wanted = file.options.columns.get("text", "text")
    return BadDocument(
        "no-text", f"has no column `{wanted}`, only {', '.join(names[:20]) or 'nothing'}: name the one with the text in --text-column"
    )


def _record(row: list[str], columns: list[str]) -> dict[str, str]:
    if len(row) > len(columns):
        raise BadDocument("bad-csv", f"has {len(row)} cells, but there are {len(columns)} columns")
    return dict(zip(columns, row, strict=False))


TABLE = Reader("table", (".csv", ".tsv", ".tab"), _read, never)
