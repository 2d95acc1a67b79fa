"""Whether a database is one of ours, whole and of today's schema. One of a newer schema, or of another program, is refused."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from sqlite_utils import Database

from quotes.store.errors import Damaged, StoreError
from quotes.store.migrations import migrations

__all__ = ["bring_up_to_date", "check_schema"]


def check_schema(db: Database, path: str) -> bool:
    """Whether every migration was applied; False for an empty database, one whose making was cut short, or an older schema.

    Raises `StoreError` for a database of another program or of a newer version, `Damaged` when something is missing that was made.
    """
    applied = frozenset(migration.name for migration in migrations.applied(db))
    if applied - _names():
        raise StoreError(f"{path} was written by a newer version of quotes: upgrade with pip install --upgrade french-quotes.")
    if not applied:
        if db.table_names() and not _is_half_born(db):
            if set(db.table_names()) <= _objects(_names()).keys():
                raise Damaged(f"{path} has lost the list of its migrations.")
            raise StoreError(f"{path} is a database of another program: choose another file for --db.")
        return False
    _check_objects(db, path, applied)
    return not migrations.pending(db)


def _is_half_born(db: Database) -> bool:
    """Whether there are tables of ours and nothing in them: earlier versions did not make them in one transaction."""
    names = set(db.table_names())
    ours = _objects(_names()).keys() | {migrations.migrations_table}
    return migrations.migrations_table in names and names <= ours and not any(_holds_rows(db, name) for name in names if "_fts" not in name)


def _holds_rows(db: Database, table: str) -> bool:
    return db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None


def _check_objects(db: Database, path: str, applied: frozenset[str]) -> None:
    """Raises `Damaged` unless all tables, views, triggers and columns that the migrations made are there. Others may be, too."""
    expected = _objects(applied)
    found = _described(db, expected)
    for name, columns in expected.items():
        if name not in found or not columns <= found[name]:
            raise Damaged(f"{path} has lost {name}, or a column of it.")


@functools.cache
def _objects(applied: frozenset[str]) -> dict[str, frozenset[str]]:
    """The tables, views and triggers that the migrations make, with the columns of each."""
    fresh = Database(memory=True)
    migrations.apply(fresh, stop_before=[name for name in _names() if name not in applied])
    names = [row[0] for row in fresh.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view', 'trigger')")]
    return _described(fresh, names)


def _described(db: Database, names: Iterable[str]) -> dict[str, frozenset[str]]:
    """Those of the names that there are, with their columns (none for triggers)."""
    found = {}
    for name in names:
        if db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [name]).fetchone():
            found[name] = frozenset(row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", [name]))
    return found


def bring_up_to_date(db: Database, path: str) -> None:
    """Apply what is pending. Call it inside one transaction: a database is born whole or not at all."""
    if check_schema(db, path):
        return
    if not migrations.applied(db):
        for name in [*db.view_names(), *sorted(db.table_names(), key=lambda name: (not name.endswith("_fts"), name))]:
            kind = "VIEW" if name in db.view_names() else "TABLE"
            db.execute(f"DROP {kind} IF EXISTS {name}")
    migrations.apply(db)


@functools.cache
def _names() -> frozenset[str]:
    """The names of all migrations that this version knows."""
    return frozenset(migration.name for migration in migrations.pending(Database(memory=True)))
