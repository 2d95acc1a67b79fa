"""Writes extractions, failures and runs. One process writes; every batch is one transaction."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from quotes.archive.account import is_newer
from quotes.archive.decode import clean, clean_all
from quotes.archive.failure import Failure
from quotes.model import Article, Extraction
from quotes.store.check import contradictions
from quotes.store.choices import Choices
from quotes.store.connect import PATIENCE, connect_writer, writing
from quotes.store.errors import Damaged, StoreError, one_sentence, reads_rows
from quotes.store.loading import load_extraction
from quotes.store.rows import Row, article_row, content_hash, rows_of
from quotes.store.schema import bring_up_to_date, check_schema

__all__ = ["Store"]

# What identifies a row of the tables below `articles`, in the order in which they have to be written.
_KEYS = {
    "speakers": ("article_id", "name"),
    "quotes": ("id",),
    "pieces": ("quote_id", "number"),
    "claims": ("id",),
    "candidates": ("statement_id", "rank"),
    "mentions": ("article_id", "start", "end", "speaker"),
}
# What is deleted before an article is stored anew: rows that nothing refers to.
_REPLACED = (
    "DELETE FROM mentions WHERE article_id = ?",
    "DELETE FROM candidates WHERE article_id = ?",
    "DELETE FROM pieces WHERE quote_id IN (SELECT id FROM quotes WHERE article_id = ?)",
)
# These stay true when the article with the same id is stored (a.pdf beside a.txt); any other failure of an earlier run is over then.
_LASTING = (
    *("duplicate", "duplicate-id", "other-text", "unsupported", "unsafe-name", "too-deep", "bomb"),
    *("bad-zip", "bad-tar", "bad-gzip", "bad-bzip2", "bad-xz", "bad-warc"),
)


class Store:
    """A database of extractions, open for writing: `with Store(path) as store`. Raises `StoreError` with one sentence."""

    def __init__(self, path: str | Path, *, patience: float = PATIENCE) -> None:
        """Open or make the database; `patience` is how many seconds to wait while another program writes."""
        self.path = str(path)
        self.run = 0
        self.choices = Choices(0, "")
        self._recorded: set[tuple[str, str, str]] = set()
        folder = Path(path).parent
        if not os.path.isdir(folder):
            raise StoreError(f"There is no folder {folder} for {path}: make it first.")
        with one_sentence(self.path):
            self.db = connect_writer(path, patience)
            try:
                self._prepare()
            except BaseException:
                self.db.close()
                raise

    def _prepare(self) -> None:
        if not check_schema(self.db, self.path):
            with writing(self.db):
                bring_up_to_date(self.db, self.path)
        self.db.enable_wal()
        self.db.execute("PRAGMA foreign_keys = ON")
        self.db.execute("PRAGMA synchronous = NORMAL")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; what was saved is on disk."""
        with one_sentence(self.path):
            self.db.close()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction. A row that contradicts others is a mistake of this program, unless they contradict each other already."""
        with one_sentence(self.path):
            try:
                with writing(self.db):
                    yield
            except sqlite3.IntegrityError as error:
                if contradictions(self.db):
                    raise Damaged(str(error)) from error
                raise

    def load(self, article_id: str) -> Extraction | None:
        """The stored extraction of an article; None when it is not stored."""
        with one_sentence(self.path):
            return load_extraction(self.db, article_id)

    def start_run(self, paths: Sequence[str], choices: Choices) -> int:
        """Begin a run, give its id. Its choices are noted with every article saved."""
        self.choices = choices
        row = {"started": _now(), "status": "running", "pipeline_version": choices.pipeline_version, "models": choices.models}
        row["paths"] = json.dumps([clean(path) for path in paths], ensure_ascii=False)
        with self._writing():
            self.run = int(self.db.table("runs").insert(row).last_rowid or 0)
        self._recorded.clear()
        return self.run

    def finish_run(self, status: str, counts: Mapping[str, int], *, complete: bool = False) -> None:
        """End the run as `finished`, `interrupted` or `failed`. `complete`: it saw its whole archive, so older failures of it are over."""
        with self._writing():
            self.db.table("runs").update(self.run, {"ended": _now(), "status": status, **counts})
            if complete:
                self._drop_old_failures()

    @reads_rows
    def _drop_old_failures(self) -> None:
        paths = json.loads(self.db.table("runs").get(self.run)["paths"])
        for row in list(self.db.table("failures").rows):
            key = (row["source"], row["id"], row["reason"])
            if key not in self._recorded and any(_within(row["source"], path) for path in paths):
                self.db.table("failures").delete(key)

    def is_current(self, article: Article) -> bool:
        """Whether the article is stored as it is, by this run's pipeline version, models and choices."""
        with one_sentence(self.path):
            sql = "SELECT hash, pipeline_version, models, unasserted, min_confidence FROM articles WHERE id = ?"
            found = self.db.execute(sql, [clean(article.id)]).fetchone()
        return found is not None and found == (content_hash(article), *dataclasses.astuple(self.choices))

    def holds_other_text(self, article: Article) -> bool:
        """Whether the article's id is that of another stored text, of which it is no later state (the same page, a newer date)."""
        with one_sentence(self.path):
            found = self.db.execute("SELECT text, url, date FROM articles WHERE id = ?", [clean(article.id)]).fetchone()
        return found is not None and found[0] != clean(article.text) and not is_newer(article, url=found[1], date=found[2])

    def failed_before(self, article: Article) -> Failure | None:
        """The failure of an earlier run to extract the article as it is, by this run's pipeline version and models."""
        sql = "SELECT source, id, reason, message FROM failures WHERE id = ? AND hash = ? AND pipeline_version = ? AND models = ?"
        with one_sentence(self.path):
            asked = [clean(article.id), content_hash(article), self.choices.pipeline_version, self.choices.models]
            found = self.db.execute(sql, asked).fetchone()
        return Failure(*found) if found else None

    def save(self, extractions: Iterable[Extraction]) -> None:
        """Store the extractions in one transaction: all or, after an error, none. Rows of an article stored before are replaced."""
        latest = {clean(extraction.article.id): extraction for extraction in extractions}
        with self._writing():
            articles = [clean_all(article_row(extraction, self.choices)) for extraction in latest.values()]
            self.db.table("articles").upsert_all(articles, pk="id")
            rows = {name: clean_all(rows_of(extraction)) for name, extraction in latest.items()}
            for sql in _REPLACED:
                self.db.conn.executemany(sql, [(name,) for name in rows])
            # One statement a table for the whole batch is several times faster than one an article.
            for table, key in _KEYS.items():
                self.db.table(table).upsert_all([row for below in rows.values() for row in below[table]], pk=key)
            for name, below in rows.items():
                self._drop_stale(name, below)
                self._drop_mended(name)

    def _drop_stale(self, name: str, below: dict[str, list[Row]]) -> None:
        """Delete what an earlier extraction of the article found and this one did not."""
        for table in ("quotes", "claims", "speakers"):
            key = _KEYS[table][-1]
            kept = {row[key] for row in below[table]}
            # Compared here: SQLite's functions on JSON end a string at a NUL.
            stored = [found for (found,) in self.db.execute(f"SELECT {key} FROM {table} WHERE article_id = ?", [name])]
            stale = [(name, found) for found in stored if found not in kept]
            self.db.conn.executemany(f"DELETE FROM {table} WHERE article_id = ? AND {key} = ?", stale)

    @reads_rows
    def _drop_mended(self, name: str) -> None:
        """Delete the failures of earlier runs that an article stored now puts right."""
        for row in list(self.db.table("failures").rows_where("id = ?", [name])):
            key = (row["source"], row["id"], row["reason"])
            if row["reason"] not in _LASTING and key not in self._recorded:
                self.db.table("failures").delete(key)

    def fail(self, failure: Failure, tried: str | None = None) -> None:
        """Record a document that gave no extraction; recording it again changes nothing.

        `tried` is the hash of an article that could be read but not extracted: later runs know that it was tried.
        """
        row: Row = {name: clean(getattr(failure, name)) for name in ("source", "id", "reason", "message")}
        version, models = (self.choices.pipeline_version, self.choices.models) if tried else (None, None)
        row |= {"hash": tried, "pipeline_version": version, "models": models}
        self._recorded.add((row["source"], row["id"], row["reason"]))
        with self._writing():
            self.db.table("failures").upsert(row, pk=("source", "id", "reason"))


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _within(source: str, path: str) -> bool:
    """Whether a failure's source is the path, a line of it, its second reading, or lies in it."""
    path = path.rstrip("/")
    return path in ("", ".") or source == path or source.startswith((f"{path}/", f"{path}:", f"{path}#"))
