"""SQLite's errors as one sentence each."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from quotes.errors import QuotesError

__all__ = ["StoreError", "one_sentence"]

# Part of SQLite's message -> what to tell the user of the file {path}.
_SENTENCES = {
    "not a database": "{path} is no SQLite database: choose another file for --db.",
    "malformed": "{path} is damaged: restore a copy of it, or extract into a new file.",
    "unable to open": "{path} cannot be opened: check that its folder exists and that you may write there.",
    "readonly": "{path} cannot be written: check its permissions, or choose another file for --db.",
    "read-only": "{path} cannot be written: check its permissions, or choose another file for --db.",
    "locked": "{path} is being written by another program: wait for it to end, then run the same command again.",
    "is full": "The disk is full, {path} cannot grow: what was stored is safe; make room and run the same command again to go on.",
    "disk i/o": "Reading or writing {path} failed: check the disk, then run the same command again to go on.",
    "no such table": "{path} holds no quotes yet: run quotes extract with --db on it first.",
}


class StoreError(QuotesError):
    """The database cannot be used; what was stored before is untouched."""


@contextlib.contextmanager
def one_sentence(path: str | Path) -> Iterator[None]:
    """Turns SQLite's errors about the database `path` into `StoreError`."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a mistake of this program, not of the file
    except sqlite3.Error as error:
        found = str(error).lower()
        sentence = next((text for part, text in _SENTENCES.items() if part in found), "{path} cannot be used: " + str(error) + ".")
        raise StoreError(sentence.format(path=path)) from error
