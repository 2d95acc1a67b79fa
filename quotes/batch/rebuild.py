"""A damaged database made anew from the texts it still holds."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from quotes.batch.runner import run
from quotes.batch.summary import Summary
from quotes.batch.work import Factory
from quotes.model import THRESHOLD
from quotes.store.connect import connect_writer, writing
from quotes.store.errors import StoreError, looks_ours, one_sentence
from quotes.store.salvage import copy_for_salvage, salvage

__all__ = ["rebuild"]

# A database with its log and the index of the log.
_FILES = ("", "-wal", "-shm")


def rebuild(
    db: str | Path,
    *,
    workers: int | None = 1,
    models: str | Path | None = None,
    unasserted: bool = False,
    min_confidence: float = THRESHOLD,
    factory: Factory | None = None,
    watch: Callable[[Summary], None] | None = None,
) -> tuple[Summary, Path]:
    """Extract the texts that the database `db` still holds into a new one, which takes its place.

    Gives the account of the run and where the old file is now. Articles whose text was damaged become failures `damaged`; those that
    were failures stay it. An interrupted rebuild leaves `db` as it is, and the next one goes on. Raises `QuotesError`.
    """
    path = Path(db)
    if not os.path.isfile(path):
        raise StoreError(f"There is no database {path}.")
    if not looks_ours(path):
        raise StoreError(f"{path} is no database of quotes: there is nothing in it that could be made anew.")
    _refuse_locked(path)
    fresh, old = path.with_name(f"{path.name}.rebuilt"), _free(path)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".rebuild-") as folder:
        copy = Path(folder, path.name)
        copy_for_salvage(path, copy)
        summary = run(
            [path],
            db=fresh,
            workers=workers,
            models=models,
            unasserted=unasserted,
            min_confidence=min_confidence,
            factory=factory,
            watch=watch,
            documents=salvage(copy),
        )
    if summary.interrupted:
        return summary, path
    _move(path, old)
    _move(fresh, path)
    return summary, old


def _refuse_locked(path: Path) -> None:
    """Raises `StoreError` while another program writes; damage of any kind is what a rebuild is for."""
    try:
        with one_sentence(path), contextlib.closing(connect_writer(path)) as db, writing(db):
            pass
    except sqlite3.Error:
        return
    except StoreError as error:
        if getattr(error.__cause__, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise


def _free(path: Path) -> Path:
    """A name for the old database that no file has: `press.db.damaged`, `press.db.damaged-2`, ..."""
    number = 1
    while (name := path.with_name(f"{path.name}.damaged" + (f"-{number}" if number > 1 else ""))).exists():
        number += 1
    return name


def _move(path: Path, target: Path) -> None:
    for suffix in _FILES:
        if path.with_name(path.name + suffix).exists():
            os.replace(path.with_name(path.name + suffix), target.with_name(target.name + suffix))
