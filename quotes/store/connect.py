"""Connections to a database: one to write, which waits for its turn, and one to read, which leaves nothing behind and is never stale."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from quotes.store.errors import StoreError

__all__ = ["PATIENCE", "connect_reader", "connect_writer", "writing"]

# Seconds that a command waits for another program's lock.
PATIENCE = 10.0
_LOG = (
    "{path}-wal, the log of the last run, lies beside {path} in a folder that cannot be written, so that what it holds could not be read: "
    "copy both files into a folder of yours and use the copy."
)


def connect_writer(path: str | Path, patience: float = PATIENCE) -> Database:
    """A connection that may write; an empty file is made when there is none."""
    return _closing_on_error(sqlite3.connect(os.fspath(path), timeout=patience))


@contextlib.contextmanager
def writing(db: Database) -> Iterator[None]:
    """One transaction: everything inside is stored, or after an error nothing.

    It takes the lock before it reads. A transaction that begins with a read and then wants to write cannot wait:
    SQLite refuses it at once when another program has written in between.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def connect_reader(path: str | Path, patience: float = PATIENCE) -> Database:
    """A connection that reads only. Raises `StoreError` for a log that it could not read, so that nobody takes old rows for all."""
    place = Path(path).resolve()
    log = place.with_name(f"{place.name}-wal")
    if os.access(place.parent, os.W_OK):
        # Not mode=ro: a read-only connection leaves the files of its write-ahead log behind.
        return _reading(place, "mode=rw", patience)
    if not log.is_file() or not log.stat().st_size:
        # Nobody else can write there either, and a database with a log needs to write beside itself even to be read.
        return _reading(place, "mode=ro&immutable=1", patience)
    try:
        # Readable where the files of the log are all there.
        return _reading(place, "mode=ro", patience)
    except sqlite3.OperationalError as error:
        raise StoreError(_LOG.format(path=path)) from error


def _reading(place: Path, mode: str, patience: float) -> Database:
    db = _closing_on_error(sqlite3.connect(f"{place.as_uri()}?{mode}", uri=True, timeout=patience))
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        db.execute("PRAGMA query_only = ON")
    except BaseException:
        db.close()
        raise
    return db


def _closing_on_error(connection: sqlite3.Connection) -> Database:
    """sqlite-utils asks the file something at once: a file that cannot answer must not stay open."""
    try:
        return Database(connection)
    except BaseException:
        connection.close()
        raise
