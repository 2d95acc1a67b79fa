"""SQLite's errors, and rows that cannot be what this program wrote, as one sentence each."""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ParamSpec, TypeVar

from quotes.errors import QuotesError

__all__ = ["BROKEN", "DAMAGED", "Damaged", "StoreError", "looks_ours", "one_sentence", "reads_rows"]

P = ParamSpec("P")
R = TypeVar("R")

DAMAGED = (
    "{path} is damaged: quotes db check --db {path} tells where, quotes db rebuild --db {path} makes it anew from the texts it still holds."
)
_FOREIGN = "{path} is no SQLite database: choose another file for --db."
_UNWRITABLE = "{path} cannot be written: check its permissions, or choose another file for --db."
_LOCKED = "{path} is being written by another program: wait for it to end, then run the same command again."
# Beginning of the name of SQLite's result code -> what to tell the user of the file {path}; the first that fits.
_SENTENCES = {
    "SQLITE_IOERR_SHORT_READ": DAMAGED,
    "SQLITE_IOERR": "Reading or writing {path} failed: see that the disk is sound and not full, then run the same command again.",
    "SQLITE_CANTOPEN": "{path} cannot be opened: check that its folder exists and that you may read and write there.",
    "SQLITE_PERM": _UNWRITABLE,
    "SQLITE_AUTH": _UNWRITABLE,
    "SQLITE_READONLY": _UNWRITABLE,
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_FULL": "The disk is full, {path} cannot grow: what was stored is safe; make room and run the same command again to go on.",
}
# What every database of ours has near the beginning of its file: either will do.
_MARKS = (b"_sqlite_migrations", b"pipeline_version INTEGER NOT NULL")
_HEAD = 65_536


# What SQLite, or Python while it reads SQLite's own words about a damaged name, raises for a file.
BROKEN = (sqlite3.Error, UnicodeDecodeError)


class StoreError(QuotesError):
    """The database cannot be used; what was stored before is untouched."""


class Damaged(StoreError):
    """What a row holds cannot have been written by this program. `one_sentence` names the file."""


@contextlib.contextmanager
def one_sentence(path: str | Path) -> Iterator[None]:
    """Turns SQLite's errors about the database `path`, and `Damaged`, into a `StoreError` that names it.

    The statements are fixed: what SQLite does not understand in them is the fault of the file, unless it says otherwise.
    """
    try:
        yield
    except (Damaged, UnicodeDecodeError) as error:
        raise StoreError(DAMAGED.format(path=path)) from error
    except sqlite3.IntegrityError:
        raise  # a mistake of this program, or of the file: only who writes can tell
    except sqlite3.Error as error:
        raise StoreError(_sentence(error, path).format(path=path)) from error


def _sentence(error: sqlite3.Error, path: str | Path) -> str:
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith("SQLITE_NOTADB"):
        return DAMAGED if looks_ours(path) else _FOREIGN
    return next((sentence for start, sentence in _SENTENCES.items() if name.startswith(start)), DAMAGED)


def looks_ours(path: str | Path) -> bool:
    """Whether a file that SQLite does not take for a database once was one of ours: only its first bytes are wrong."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return any(mark in head for mark in _MARKS)


def reads_rows(function: Callable[P, R]) -> Callable[P, R]:
    """The function, which makes values of rows and of nothing else: whatever it cannot make one of is `Damaged`."""

    @functools.wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
            raise Damaged(f"The database is damaged: {type(error).__name__}: {error}.") from error

    return wrapped
