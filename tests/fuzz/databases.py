"""Databases with bytes changed, pages lost or values edited: every command ends in one sentence, or answers."""

from __future__ import annotations

import contextlib
import functools
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import typer
from click.testing import CliRunner, Result

from quotes.cli.app import app
from quotes.cli.common import FAULT
from quotes.pipeline import Extractor
from quotes.store import Store
from quotes.store.choices import Choices
from tests.conftest import FakeExtractor, extraction
from tests.fuzz.harness import Fuzzer, chance
from tests.test_robustness import RandomParser

__all__ = ["DATABASES"]

_TEXT = "« Le bac rouvre, dit-il, en mai », a déclaré Anne Vidal. Selon la mairie, le bac rouvrira. Un « bac »."
_ODD = (
    "NULL",
    "x'00ff'",
    "'[['",
    "'{}'",
    "''",
    "-1",
    "9223372036854775807",
    "1.5",
    "'\x00'",
    "CAST(x'ff' AS TEXT)",
    "'unknown'",
    "zeroblob(99)",
)
_COMMANDS: tuple[tuple[str, ...], ...] = (
    ("stats",), ("speakers",), ("search", "bac"), ("search", "", "--polarity", "denied"), ("show", "n01"), ("explain", "n01#q2-31"), ("db", "check"),
)  # fmt: skip


@functools.cache
def _sound() -> Path:
    """A database of twelve articles, without its log."""
    path = Path(tempfile.mkdtemp(prefix="fuzz-sound-")) / "a.db"
    with Store(path) as store:
        store.start_run(["archive"], Choices(1))
        store.save([extraction(f"{_TEXT} {number} " * (1 + number % 7), f"n{number:02}", title="t") for number in range(12)])
    return path


def _change_bytes(luck: random.Random, path: Path) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(luck.choice((1, 3, 20, 200))):
        # The first page, which describes all others, is hit as often as the rest.
        place = luck.randrange(luck.choice((100, 4096, len(data), len(data))))
        data[place] = luck.choice((0, 0xFF, luck.randrange(256), data[place] ^ 1 << luck.randrange(8)))
    path.write_bytes(data)


def _lose_pages(luck: random.Random, path: Path) -> None:
    data = bytearray(path.read_bytes())
    page = luck.randrange(len(data) // 4096) * 4096
    how = luck.randrange(3)
    if how == 0:
        data[page : page + 4096] = bytes(4096)
    elif how == 1:
        other = luck.randrange(len(data) // 4096) * 4096
        data[page : page + 4096] = data[other : other + 4096]
    path.write_bytes(data[:page] if how == 2 else data)


def _edit(luck: random.Random, path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
        if luck.random() < 0.5:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("UPDATE sqlite_master SET sql = replace(replace(sql, ') STRICT, WITHOUT', ') WITHOUT'), ') STRICT', ')')")
            connection.commit()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for _ in range(luck.choice((1, 1, 3))):
            with contextlib.suppress(sqlite3.Error):
                connection.execute(_statement(luck, connection, luck.choice(names)))
        connection.commit()


def _statement(luck: random.Random, connection: sqlite3.Connection, table: str) -> str:
    if luck.random() < 0.15:
        return luck.choice(
            (f"DROP TABLE {table}", f"DELETE FROM {table}", "DROP VIEW statements", "DROP TRIGGER quotes_ai", "DROP INDEX idx_quotes_rule")
        )
    # A table that an earlier change dropped has no columns.
    column = luck.choice([row[1] for row in connection.execute(f"PRAGMA table_info({table})")] or ["rowid"])
    where = luck.choice(("1", "rowid = 2", "random() % 3 = 0"))
    return f'UPDATE {table} SET "{column}" = {luck.choice(_ODD)} WHERE {where}'


def _one(seed: int, number: int, folder: Path) -> list[str]:
    luck = chance("databases", seed, number)
    path = folder / "a.db"
    shutil.copyfile(_sound(), path)
    luck.choice((_change_bytes, _change_bytes, _lose_pages, _edit, _edit))(luck, path)
    (folder / "in").mkdir()
    (folder / "in" / "n01.txt").write_text(_TEXT, encoding="utf-8")
    (folder / "in" / "new.txt").write_text(_TEXT, encoding="utf-8")
    with _without_models():
        faults = [fault for command in _COMMANDS for fault in _asked(path, command)]
        shutil.copyfile(path, folder / "b.db")
        faults += _asked(folder / "b.db", ("extract", str(folder / "in")))
        return faults + _rebuilt(path)


def _rebuilt(path: Path) -> list[str]:
    """What a rebuild gives is sound."""
    faults = list(_asked(path, ("db", "rebuild")))
    if path.with_name("a.db.damaged").exists():
        again = _call(path, ("db", "check"))
        faults += [f"a rebuilt database is not sound: {again.output}"] if again.exit_code else []
    return faults


@contextlib.contextmanager
def _without_models() -> Iterator[None]:
    with (
        mock.patch("quotes.batch.runner.default_extractor", lambda models, unasserted: FakeExtractor()),
        mock.patch("quotes.pipeline.Extractor", lambda models: Extractor(parser=RandomParser(0))),
        mock.patch("quotes.store.connect.PATIENCE", 0.1),
    ):
        yield


@functools.cache
def _command() -> Any:
    return typer.main.get_command(app)


def _call(path: Path, command: Sequence[str]) -> Result:
    return CliRunner().invoke(_command(), [*command, "--db", str(path)], env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})


def _asked(path: Path, command: Sequence[str]) -> Iterator[str]:
    """What is wrong with how a command ended: neither an answer nor one sentence on standard error."""
    found = _call(path, command)
    name = " ".join(command[:2])
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        yield f"{name}: {type(found.exception).__name__}: {found.exception}"
    elif FAULT in found.stderr or "Traceback" in found.output:
        yield f"{name}: {found.stderr}"
    elif found.exit_code and len([line for line in found.stderr.splitlines() if line.startswith("Error: ")]) != 1:
        yield f"{name} ended with {found.exit_code} and {found.stderr!r}"


DATABASES = Fuzzer("databases", _one, 5, 2_000)
