"""Databases cut short at birth, damaged, edited, locked or in a folder that cannot be written: one sentence each, and a way out."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from quotes.batch.rebuild import rebuild
from quotes.model import Article
from quotes.store import Store, StoreError
from quotes.store.check import check
from quotes.store.choices import Choices
from quotes.store.connect import connect_reader
from quotes.store.loading import load_extraction
from quotes.store.migrations import migrations
from quotes.store.query import open_store, search, speakers, stats
from quotes.store.schema import bring_up_to_date
from tests.conftest import extraction, fake_extractor

TEXT = "« Le bac rouvre, dit-il, en mai », a déclaré Anne Vidal. Selon la mairie, le bac rouvrira. Un « bac »."


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A database of twelve articles, closed."""
    with Store(tmp_path / "a.db") as store:
        store.start_run(["archive"], Choices(1))
        store.save([extraction(f"{TEXT} {number}", f"n{number:02}") for number in range(12)])
    return tmp_path / "a.db"


def edit(path: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def refusal(path: Path, ask: Callable[[Database], object]) -> str:
    with pytest.raises(StoreError) as caught, open_store(path) as db:
        ask(db)
    return str(caught.value)


def damaged(path: Path) -> str:
    return (
        f"{path} is damaged: quotes db check --db {path} tells where, "
        f"quotes db rebuild --db {path} makes it anew from the texts it still holds."
    )


# Birth


class Killed(BaseException):
    """What a kill is to a transaction: nothing behind it happens."""


def test_a_database_is_born_whole_or_not_at_all(tmp_path: Path) -> None:
    """Cut short at any statement, the next run makes the tables as if nothing had been."""
    told: list[str] = []
    with Database(memory=True) as whole:
        with whole.tracer(lambda sql, _: told.append(sql)):
            migrations.apply(whole)
        names = set(whole.table_names())
    assert len(told) > 50
    for last in range(0, len(told), 7):
        path = tmp_path / f"{last}.db"
        _cut_short(path, last)
        with Store(path) as store:
            assert set(store.db.table_names()) == names
            store.start_run([], Choices(1))
            store.save([extraction(TEXT, "a")])


def _cut_short(path: Path, last: int) -> None:
    count = iter(range(10**6))

    def kill(sql: str, _: object) -> None:
        if next(count) >= last:
            raise Killed

    # Without a transaction around it, as a kill leaves what an earlier version began.
    with Database(path) as db, contextlib.suppress(Killed), db.tracer(kill):
        migrations.apply(db)


@pytest.mark.parametrize("content", [b"", None])
def test_an_empty_file_becomes_a_database(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.db"
    if content is None:
        Database(path).enable_wal()
    else:
        path.write_bytes(content)
    with Store(path) as store:
        assert store.db.table("articles").count == 0


def test_an_error_while_the_tables_are_made_leaves_none(tmp_path: Path) -> None:
    with Database(tmp_path / "a.db") as db:
        db.execute("PRAGMA max_page_count = 9").fetchone()
        with pytest.raises(sqlite3.OperationalError, match="full"), db.atomic():
            bring_up_to_date(db, "a.db")
        assert db.table_names() == []


def test_tables_of_another_program_stay(tmp_path: Path) -> None:
    """Even when they have our names and are empty."""
    edit(tmp_path / "a.db", "CREATE TABLE articles (id)", "CREATE TABLE recipes (id)")
    with pytest.raises(StoreError, match="is a database of another program"):
        Store(tmp_path / "a.db")
    with Database(tmp_path / "a.db") as db:
        assert set(db.table_names()) == {"articles", "recipes"}


# Damage

EDITS = {
    "a table is missing": "DROP TABLE pieces",
    "a view is missing": "DROP VIEW statements",
    "the search index is missing": "DROP TABLE quotes_fts",
    "a trigger is missing": "DROP TRIGGER quotes_ai",
    "a column is missing": "ALTER TABLE runs DROP COLUMN words",
    "the list of migrations is missing": "DROP TABLE _sqlite_migrations",
    "the list of migrations is empty": "DELETE FROM _sqlite_migrations",
    "flags are no JSON": "UPDATE quotes SET flags = '[\"a\"'",
    "flags are no list": "UPDATE quotes SET flags = '7'",
    "flags hold numbers": "UPDATE claims SET flags = '[1]'",
    "metadata is no object": "UPDATE articles SET metadata = '[]'",
    "metadata is too deep": f"UPDATE articles SET metadata = '{'[' * 100_000}'",
    "pieces are gone": "DELETE FROM pieces",
    "a span is outside": "UPDATE claims SET start = 900000, \"end\" = 900001",
    "a span runs backwards": "UPDATE quotes SET mention_start = mention_end + 3 WHERE mention IS NOT NULL",
    "half a span": "UPDATE quotes SET cue_end = NULL WHERE cue IS NOT NULL",
    "a relay is no pair": "UPDATE claims SET relay_spans = '[[1, 2, 3]]'",
    "a relay is no list": "UPDATE claims SET relay_spans = '{\"a\": 1}'",
    "a number is too large": "UPDATE claims SET start = 9223372036854775807",
}  # fmt: skip
# Wrong values that the tables forbid: only who edits the file itself gets them in.
FORBIDDEN = {
    "a text is a blob": "UPDATE articles SET text = x'ff'",
    "a text is no UTF-8": "UPDATE articles SET text = CAST(x'ff' AS TEXT)",
    "an outlet is a blob": "UPDATE articles SET outlet = x'00ff' WHERE id = 'n03'",
    "a name is a blob": "UPDATE quotes SET speaker = x'00'",
    "a kind is none": "UPDATE quotes SET kind = 'shouted'",
    "a type is none": "UPDATE speakers SET type = 'martian'",
    "a number is a text": "UPDATE articles SET words = 'seven'",
}


@pytest.mark.parametrize("statement", EDITS.values(), ids=EDITS)
def test_edited(db: Path, statement: str) -> None:
    edit(db, statement)
    assert refusal(db, _everything) == damaged(db)
    assert check(db)
    _rebuilt(db)


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN)
def test_wrong_types(db: Path, statement: str) -> None:
    loosened = (
        "UPDATE sqlite_master SET sql = replace(replace(sql, ') STRICT, WITHOUT', ') WITHOUT'), ') STRICT', ')') WHERE type = 'table'"
    )
    edit(db, "PRAGMA writable_schema = ON", loosened)
    edit(db, "PRAGMA ignore_check_constraints = ON", statement)
    assert refusal(db, _everything) == damaged(db)
    assert check(db)
    _rebuilt(db)


def _everything(db: Database) -> None:
    stats(db)
    speakers(db)
    search(db, "bac")
    search(db, "bac", polarity="denied")
    for number in range(12):
        assert load_extraction(db, f"n{number:02}")


def _rebuilt(path: Path) -> None:
    """Rebuilding gives every article again, as a result or as a failure, and a sound database."""
    summary, old = rebuild(path, factory=fake_extractor)
    assert summary.articles + summary.failures.total() == 12 and old.exists()
    assert check(path) == []
    with open_store(path) as db:
        assert db.table("articles").count + db.table("failures").count == 12


def test_a_sound_database_is_sound(db: Path) -> None:
    assert check(db) == []


@pytest.mark.parametrize("place", [0, 5, 16, 18, 21, 44, 56])
def test_a_damaged_header_is_no_other_program(db: Path, place: int) -> None:
    content = bytearray(db.read_bytes())
    content[place] ^= 0xFF
    db.write_bytes(content)
    # Some of these bytes are only ever read by who writes.
    try:
        with open_store(db) as store:
            _everything(store)
    except StoreError as error:
        assert str(error) == damaged(db)
    _rebuilt(db)


def test_a_damaged_schema_is_told_in_words_that_are_no_text(db: Path) -> None:
    """SQLite quotes the broken name in its error, and Python cannot decode that: no error of SQLite is raised at all."""
    db.write_bytes(
        db.read_bytes()
        .replace(b"CREATE TABLE pieces", b"CREATE TABLE \xff\xb0eces")
        .replace(b"tablepiecespieces", b"table\xff\xb0ecespieces")
    )
    assert refusal(db, _everything) == damaged(db)
    assert check(db)
    _rebuilt(db)


def test_a_page_of_texts_is_lost(db: Path) -> None:
    """The others are still there, and those that are gone are named."""
    content = db.read_bytes()
    place = content.index(f"{TEXT} 5".encode()) // 4096 * 4096
    db.write_bytes(content[:place] + bytes(4096) + content[place + 4096 :])
    assert refusal(db, _everything) == damaged(db)
    _rebuilt(db)
    with open_store(db) as store:
        lost = {row["id"] for row in store.table("failures").rows}
        assert lost and all(row["reason"] == "damaged" for row in store.table("failures").rows)
        assert lost | {row["id"] for row in store.table("articles").rows} == {f"n{number:02}" for number in range(12)}


def test_a_file_cut_in_half(db: Path) -> None:
    os.truncate(db, db.stat().st_size // 2)
    assert refusal(db, _everything) == damaged(db)
    assert check(db)


def test_a_changed_text_is_not_kept(db: Path) -> None:
    edit(db, "UPDATE articles SET text = replace(text, 'mai', 'mars') WHERE id = 'n04'")
    assert check(db) == ["Article n04: its text, or what its archive says of it, is not what was stored."]
    _rebuilt(db)
    with open_store(db) as store:
        [failure] = store.table("failures").rows
        assert failure["message"] == "The text of n04 was damaged in the database: extract its archive again."


def test_rows_that_contradict_each_other_are_damage_and_no_bug(db: Path) -> None:
    edit(db, "PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = replace(sql, 'person', 'pirate')")
    with Store(db) as store, pytest.raises(StoreError) as caught:
        store.start_run([], Choices(1))
        store.save([extraction(f"{TEXT} 1", "n01")])
    assert str(caught.value) == damaged(db)


def test_only_databases_of_ours_are_rebuilt(tmp_path: Path) -> None:
    edit(tmp_path / "a.db", "CREATE TABLE recipes (id)")
    with pytest.raises(StoreError, match=r"a\.db is no database of quotes: there is nothing in it that could be made anew\.$"):
        rebuild(tmp_path / "a.db", factory=fake_extractor)
    with pytest.raises(StoreError, match=r"^There is no database"):
        rebuild(tmp_path / "b.db", factory=fake_extractor)


# Locks and folders


def test_a_write_waits_for_its_turn(db: Path) -> None:
    """Also when another program writes between the beginning of a transaction and its first write."""
    other = sqlite3.connect(db, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    other.execute("DELETE FROM failures")

    def leave() -> None:
        time.sleep(0.3)
        other.commit()
        other.close()

    thread = threading.Thread(target=leave)
    with Store(db, patience=20) as store:
        thread.start()
        store.start_run([], Choices(1))
        thread.join()
        assert store.run == 2


def test_a_locked_database_is_not_read_stale(db: Path) -> None:
    edit(db, "PRAGMA journal_mode = DELETE")
    with contextlib.closing(sqlite3.connect(db)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError) as caught, open_store(db, patience=0.05):
            pass
    assert str(caught.value) == f"{db} is being written by another program: wait for it to end, then run the same command again."


def test_a_log_in_a_folder_that_cannot_be_written_is_told(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(db) as store:
        store.start_run([], Choices(1))
        shutil.copytree(db.parent, db.parent / "copy")
    copy = db.parent / "copy" / "a.db"
    Path(f"{copy}-shm").unlink()
    # Root may write anywhere, so the question and the answer of SQLite are made up.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr("quotes.store.connect._reading", _unreadable)
    with pytest.raises(StoreError, match=r"a\.db-wal, the log of the last run, lies beside .* in a folder that cannot be written"):
        connect_reader(copy)


def _unreadable(place: Path, mode: str, patience: float) -> Database:
    assert mode == "mode=ro", "a log is there: the file alone is not all"
    raise sqlite3.OperationalError("unable to open database file")


def test_a_folder_that_cannot_be_written_can_be_read(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with open_store(db) as store:
        assert stats(store)["articles"] == 12
    assert sorted(path.name for path in db.parent.iterdir()) == ["a.db"]


def test_the_hash_is_that_of_what_comes_back(tmp_path: Path) -> None:
    """Also for values that JSON changes, and characters that UTF-8 cannot hold: check would take them for damage."""
    metadata = {"k": (1, 2), "path": Path("a"), "s": "\ud83d"}
    with Store(tmp_path / "a.db") as store:
        store.start_run([], Choices(1))
        store.save([extraction(f"{TEXT} \ud83d", "a\ud83d", metadata=metadata)])
        assert store.is_current(Article("a\ud83d", f"{TEXT} \ud83d", metadata=metadata))
    assert json.loads(Database(tmp_path / "a.db").table("articles").get("a\ufffd")["metadata"])["k"] == [1, 2]
    assert check(tmp_path / "a.db") == []
