"""What is wrong with a database: SQLite's own checks, then every row against the text it was made from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from quotes.model import Extraction
from quotes.store.errors import BROKEN, Damaged, StoreError
from quotes.store.loading import load_extraction
from quotes.store.query import open_store
from quotes.store.rows import Row, content_hash, rows_of

__all__ = ["check", "contradictions"]

# SQLite stops after so many findings of its own.
_MOST = 20
# Columns that are made by rules of their own, which change from version to version, or that only number rows.
_NOT_COMPARED = {"folded", "key"}
_OF_ARTICLE = {"pieces": "quote_id IN (SELECT id FROM quotes WHERE article_id = ?)"}


def contradictions(db: Database) -> list[str]:
    """What SQLite finds: broken pages, indexes that differ from their tables, values that a table forbids, rows of nothing."""
    try:
        found = [str(row[0]) for row in db.execute(f"PRAGMA integrity_check({_MOST})") if row[0] != "ok"]
        orphans = [str(row[0]) for row in db.execute("PRAGMA foreign_key_check")]
    except BROKEN as error:
        return [str(error)]
    return found + [f"{orphans.count(table)} rows of {table} belong to nothing" for table in sorted(set(orphans))]


def check(path: str | Path) -> list[str]:
    """What is wrong with the database, a sentence each; an empty list is a clean bill.

    Raises `StoreError` for what is no database of this program, or cannot be opened at all.
    """
    try:
        with open_store(path) as db:
            return [f"{finding.strip().rstrip('.')}." for finding in _findings(db)]
    except StoreError as error:
        cause = error.__cause__
        if not isinstance(cause, (Damaged, *BROKEN)) or "is damaged" not in str(error):
            raise
        return [f"{str(cause).strip().rstrip('.')}."]


def _findings(db: Database) -> Iterator[str]:
    yield from contradictions(db)
    yield from _search_index(db)
    try:
        names = [row[0] for row in db.execute("SELECT id FROM articles ORDER BY id")]
    except BROKEN as error:
        yield f"The list of articles cannot be read: {error}"
        return
    for name in names:
        yield from (f"Article {name}: {fault}" for fault in _article(db, name))
    yield from _runs(db)


def _search_index(db: Database) -> Iterator[str]:
    """Words that the index of quotes or claims has lost, or has too many."""
    for table in ("quotes", "claims"):
        try:
            indexed = db.execute(f"SELECT count(*) FROM {table}_fts_docsize").fetchone()[0]
            stored = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            missing = db.execute(f"SELECT count(*) FROM {table} WHERE key NOT IN (SELECT id FROM {table}_fts_docsize)").fetchone()[0]
        except BROKEN as error:
            yield f"The search index of {table} cannot be read: {error}"
            continue
        if missing or indexed != stored:
            yield f"The search index of {table} holds {indexed} rows for {stored}"


def _article(db: Database, name: Any) -> Iterator[str]:
    """What is wrong with one article and the rows below it."""
    try:
        found = load_extraction(db, name)
        stored = next(db.query("SELECT hash FROM articles WHERE id = ?", [name]), {"hash": None})
        if found is None:
            yield "its row is not found by its id"
        elif content_hash(found.article) != stored["hash"]:
            yield "its text, or what its archive says of it, is not what was stored"
        else:
            yield from _differences(db, found)
    except (Damaged, AttributeError, *BROKEN) as error:
        yield str(error.__cause__ or error)


def _differences(db: Database, found: Extraction) -> Iterator[str]:
    """Tables whose rows are not those that the article's values give."""
    for table, rows in rows_of(found).items():
        where = _OF_ARTICLE.get(table, "article_id = ?")
        stored = db.query(f"SELECT * FROM {table} WHERE {where}", [found.article.id])
        if _comparable(stored) != _comparable(rows):
            yield f"its rows of {table} do not agree with its text"


def _comparable(rows: Iterable[Row]) -> list[str]:
    kept = ({name: value for name, value in row.items() if name not in _NOT_COMPARED} for row in rows)
    return sorted(json.dumps(row, sort_keys=True, default=repr) for row in kept)


def _runs(db: Database) -> Iterator[str]:
    try:
        for number, paths in db.execute("SELECT id, paths FROM runs"):
            if not isinstance(json.loads(paths), list):
                yield f"Run {number} has no list of paths"
    except (ValueError, TypeError, RecursionError, *BROKEN) as error:
        yield f"The runs cannot be read: {error}"
