"""Parquet files: one article a row."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.archive.failure import BadDocument, Document, Failure, reason_of
from quotes.archive.reader import Input, Reader
from quotes.archive.record import article_of, columns_of
from quotes.archive.streams import seekable
from quotes.archive.table import missing_column
from quotes.extras import needed

__all__ = ["PARQUET"]

# Rows decoded at a time.
_ROWS = 64


def _read(file: Input) -> Iterator[Document]:
    """An article or a failure for every row."""
    parquet = needed("pyarrow.parquet", "Reading Parquet", "parquet")
    arrow = needed("pyarrow", "Reading Parquet", "parquet")
    with seekable(file.stream) as stream:
        try:
            table = parquet.ParquetFile(stream)
            names = list(table.schema_arrow.names)
            if columns_of(names, file.options).get("text") not in names:
                raise missing_column(names, file)
            rows = (row for batch in table.iter_batches(_ROWS) for row in batch.to_pylist())
            for number, row in enumerate(rows, 1):
                yield _document(row, number, file)
        except (arrow.ArrowException, OSError) as error:
            raise BadDocument("bad-parquet", f"is damaged: {reason_of(error)}") from error


def _document(row: dict[str, object], number: int, file: Input) -> Document:
    source, fallback = f"{file.source}:{number}", f"{file.stem}:{number}"
    try:
        return source, article_of(row, fallback, file.options)
    except BadDocument as error:
        return Failure(source, fallback, error.reason, f"Row {number} of {file.source} {error}.")


PARQUET = Reader("Parquet", (".parquet", ".pq"), _read, lambda head: head.startswith(b"PAR1"))
