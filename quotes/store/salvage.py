"""What can still be read of a damaged database: its articles with their texts, and its failures."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quotes.archive.decode import clean
from quotes.archive.failure import Document, Failure
from quotes.conforms import conforms
from quotes.model import Article
from quotes.store.errors import BROKEN
from quotes.store.loading import article_of
from quotes.store.rows import content_hash

__all__ = ["copy_for_salvage", "salvage"]

# What the first 100 bytes of every database of ours hold: at which byte -> which bytes. The rest of them changes.
_HEADER = {0: b"SQLite format 3\0", 16: b"\x10\x00", 18: b"\x02\x02\x00\x40\x20\x20", 44: b"\x00\x00\x00\x04", 56: b"\x00\x00\x00\x01"}
# Rows read at once, queries that may fail, and a number of rows that no database of ours has.
_AT_ONCE = 100
_PATIENCE = 100_000
_HIGHEST = 2**31
_FAILURES = ("source", "id", "reason", "message")


def copy_for_salvage(path: Path, target: Path) -> None:
    """A copy of a database and of its log, with a header that SQLite reads."""
    for suffix in ("", "-wal"):
        if path.with_name(path.name + suffix).is_file():
            shutil.copyfile(path.with_name(path.name + suffix), target.with_name(target.name + suffix))
    with target.open("r+b") as file:
        for place, expected in _HEADER.items():
            file.seek(place)
            file.write(expected)


def salvage(path: Path) -> Iterator[Document]:
    """The articles whose text is what was stored, a failure `damaged` for each other one, and the failures that were recorded."""
    connection = sqlite3.connect(path)
    # A table or view of the schema that cannot be read does not keep the others from being read.
    with contextlib.suppress(*BROKEN):
        connection.execute("PRAGMA writable_schema = ON")
    connection.row_factory = sqlite3.Row
    try:
        yield from _articles(connection, path.stem)
        yield from _failures(connection)
    finally:
        connection.close()


def _articles(connection: sqlite3.Connection, stem: str) -> Iterator[Document]:
    """Each article once. The index of the ids knows those whose rows are gone; without it, one failure stands for all of these."""
    expected = _indexed_ids(connection)
    unread = 0
    for row in _rows(connection):
        if row is None:
            unread += 1
            continue
        document = _document(dict(row))
        expected.discard(document.id if isinstance(document, Failure) else document[0])
        yield document
    yield from (_lost(name) for name in sorted(expected))
    if unread and not expected:
        yield Failure(stem, "?", "damaged", f"Some of the articles of {stem} could not be read: extract their archive again.")


def _document(row: dict[str, Any]) -> tuple[str, Article] | Failure:
    name = str(row.get("id"))
    try:
        article = article_of(row)
        if conforms(article, Article) and content_hash(article) == row["hash"]:
            return name, article
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        # What is no article of ours is said below.
        pass
    return _lost(name)


def _lost(name: str) -> Failure:
    name = clean(name)
    return Failure(name, name, "damaged", f"The text of {name} was damaged in the database: extract its archive again.")


def _rows(connection: sqlite3.Connection) -> Iterator[sqlite3.Row | None]:
    """Every row of `articles` that can be read, in order, and None for each that cannot: of a bad stretch, the halves are tried."""
    sql = "SELECT rowid AS place, * FROM articles NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?"
    stretches, failed = [(1, _last(connection))], 0
    while stretches and failed < _PATIENCE:
        low, high = stretches.pop()
        try:
            rows = connection.execute(sql, [low, high, _AT_ONCE]).fetchall()
        except BROKEN:
            failed += 1
            middle = (low + high) // 2
            stretches += [(middle + 1, high), (low, middle)] if low < high else []
            if low >= high:
                yield None
            continue
        yield from rows
        if len(rows) == _AT_ONCE:
            stretches.append((rows[-1]["place"] + 1, high))


def _last(connection: sqlite3.Connection) -> int:
    """The highest rowid, or one that is certainly higher."""
    try:
        return int(connection.execute("SELECT max(rowid) FROM articles NOT INDEXED").fetchone()[0] or 0)
    except (*BROKEN, TypeError, ValueError):
        return _HIGHEST


def _indexed_ids(connection: sqlite3.Connection) -> set[str]:
    found: set[str] = set()
    with contextlib.suppress(*BROKEN):
        for row in connection.execute("SELECT id FROM articles INDEXED BY sqlite_autoindex_articles_1 WHERE id >= ''"):
            found.add(str(row["id"]))
    return found


def _failures(connection: sqlite3.Connection) -> Iterator[Failure]:
    with contextlib.suppress(*BROKEN):
        for row in connection.execute(f"SELECT {', '.join(_FAILURES)} FROM failures"):
            yield Failure(*(clean(str(value)) for value in tuple(row)))
