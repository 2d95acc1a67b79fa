"""The database: stable rows, replaced articles, and one sentence for every trouble."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from quotes.archive import Failure
from quotes.model import Article, Candidate, Claim, Extraction, Mention, Quote, Span, Speaker
from quotes.store import Store, StoreError
from quotes.store.check import check
from quotes.store.choices import Choices
from quotes.store.loading import load_extraction
from quotes.store.migrations import migrations
from tests.conftest import extraction

TEXT = "« Le bac rouvre, dit-il, en mai », a déclaré Anne Vidal. Selon la mairie, le bac rouvrira. Un « bac »."
TABLES = ("articles", "speakers", "quotes", "pieces", "claims", "mentions", "failures", "quotes_fts", "claims_fts")


def content(db: Database, *tables: str) -> dict[str, list[dict[str, Any]]]:
    return {name: list(db.query(f"SELECT rowid, * FROM {name}" if "fts" in name else f"SELECT * FROM {name}")) for name in tables or TABLES}


def integrity(db: Database) -> None:
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    for name in ("quotes", "claims"):
        db.execute(f"INSERT INTO {name}_fts({name}_fts, rank) VALUES ('integrity-check', 1)")


def test_rows(fresh_db: Store) -> None:
    fresh_db.save([extraction(TEXT, "bac", title="Le bac", date="2024-03-01", metadata={"encoding": "latin-1"})])
    db = fresh_db.db
    [article] = db.table("articles").rows
    assert (article["id"], article["text"], article["title"], article["metadata"]) == ("bac", TEXT, "Le bac", '{"encoding": "latin-1"}')
    first, second = db.table("quotes").rows
    assert (first["id"], first["kind"], first["text"], first["speaker"]) == ("bac#q2-31", "direct", "Le bac rouvre en mai", "Anne Vidal")
    assert (first["cue"], first["mention"], first["mention_start"]) == ("a déclaré", "Anne Vidal", 45)
    assert (second["id"], second["speaker"], second["cue"], second["flags"]) == ("bac#q96-99", None, None, '["no-speaker"]')
    pieces = [(row["quote_id"], row["number"], row["text"]) for row in db.table("pieces").rows]
    assert pieces == [("bac#q2-31", 1, "Le bac rouvre"), ("bac#q2-31", 2, "en mai"), ("bac#q96-99", 1, "bac")]
    [claim] = db.table("claims").rows
    assert (claim["id"], claim["text"], claim["speaker"], claim["type"]) == ("bac#c74-89", "le bac rouvrira", "mairie", "organization")
    assert [row["text"] for row in db.table("mentions").rows] == ["Anne Vidal", "la mairie"]
    integrity(db)


def test_tables_are_strict_and_indexed(fresh_db: Store) -> None:
    db = fresh_db.db
    assert db.journal_mode == "wal"
    assert all(db.table(name).strict for name in TABLES if "fts" not in name)
    assert db.table("quotes").detect_fts() == "quotes_fts"
    for where in ("article_id = 'a'", "id IN ('a', 'b')", "speaker = 'Anne Vidal'"):
        plan = db.execute(f"EXPLAIN QUERY PLAN SELECT * FROM statements WHERE {where}").fetchall()
        assert not [row[3] for row in plan if row[3].startswith("SCAN") and not row[3].endswith(("statements", "CONSTANT ROW"))]


def test_statements(fresh_db: Store) -> None:
    fresh_db.save([extraction(TEXT, "bac", title="Le bac", outlet="L'Écho", date="2024-03-01", url="https://echo.example/1")])
    rows = list(fresh_db.db.view("statements").rows_where(order_by="start"))
    assert [(row["kind"], row["speaker"], row["text"]) for row in rows] == [
        ("direct", "Anne Vidal", "Le bac rouvre en mai"),
        ("claim", "mairie", "le bac rouvrira"),
        ("partial", None, "bac"),
    ]
    assert {(row["title"], row["outlet"], row["date"], row["url"], row["rule"]) for row in rows} == {
        ("Le bac", "L'Écho", "2024-03-01", "https://echo.example/1", "fake")
    }


def test_saving_again_changes_nothing(fresh_db: Store) -> None:
    both = [extraction(TEXT, "a"), extraction("Selon la mairie, tout va bien.", "b")]
    fresh_db.save(both)
    before = content(fresh_db.db)
    fresh_db.save(both)
    assert content(fresh_db.db) == before
    integrity(fresh_db.db)


def test_a_changed_article_replaces_its_rows(fresh_db: Store) -> None:
    fresh_db.save([extraction(TEXT, "a"), extraction(TEXT, "b")])
    assert fresh_db.is_current(Article("a", TEXT))
    assert not fresh_db.is_current(Article("a", TEXT + " Fin."))
    assert not fresh_db.is_current(Article("a", TEXT, title="Autre"))
    fresh_db.save([extraction("« Non », a déclaré Paul Roux.", "a")])
    mine = [row["text"] for row in fresh_db.db.view("statements").rows_where("article_id = 'a'")]
    assert mine == ["Non"]
    assert [row["name"] for row in fresh_db.db.table("speakers").rows_where("article_id = 'a'")] == ["Paul Roux"]
    assert fresh_db.db.view("statements").count == 4
    integrity(fresh_db.db)


def test_a_new_pipeline_or_other_models_redo_an_article(fresh_db: Store) -> None:
    fresh_db.save([extraction(TEXT, "a")])
    fresh_db.start_run(["archive"], Choices(2))
    assert not fresh_db.is_current(Article("a", TEXT))
    fresh_db.start_run(["archive"], Choices(1, models="official"))
    assert not fresh_db.is_current(Article("a", TEXT))
    for other in ({"unasserted": True}, {"min_confidence": 0.7}):
        fresh_db.start_run(["archive"], Choices(1, **other))
        assert not fresh_db.is_current(Article("a", TEXT))
    fresh_db.start_run(["archive"], Choices(1))
    assert fresh_db.is_current(Article("a", TEXT))


def test_loading_gives_what_was_saved(fresh_db: Store) -> None:
    text = "🙂\x00 « A\x00b », a déclaré Zoé 𝒵. é\r\n"
    weighed = (Candidate("Zoé\x00 𝒵", "person", 0.75, (("turn:0", 0.5), ("new", -1.25))), Candidate(None, "unknown", 0.25))
    saved = Extraction(
        Article("id/é", text, "t", "2024", "o", "u", "w", {"k": [1, None]}),
        quotes=(
            Quote((Span(5, 8),), "direct", Span(12, 21), Span(22, 25), "Zoé 𝒵", "person", "r", ("f", "g")),
            Quote((Span(5, 6), Span(7, 8)), "partial", polarity="denied", act="ask", medium="social", relay=(Span(0, 1), Span(2, 4))),
        ),
        claims=(Claim(Span(0, 1), speaker="Zoé 𝒵", hearsay=True, addressee=Span(3, 4)), Claim(Span(0, 1), link="body", candidates=weighed)),
        speakers=(Speaker("Zoé 𝒵", "person", "maire", "f", True, ("Zoé", "la maire"), ("maire", "élue"), ("surname",)),),
        mentions=(Mention(Span(22, 25), "Zoé 𝒵"),),
        words=7,
        flags=("long",),
    )
    fresh_db.save([saved])
    assert load_extraction(fresh_db.db, "id/é") == saved
    assert load_extraction(fresh_db.db, "nobody") is None
    assert [row["id"] for row in fresh_db.db.table("quotes").rows] == ["id/é#q5-8", "id/é#q5-8.2"]
    assert next(fresh_db.db.table("articles").rows)["text"] == text
    integrity(fresh_db.db)


def test_who_was_weighed_is_replaced_with_its_article(fresh_db: Store) -> None:
    article = Article("a", "« Oui », dit-elle. « Oui », dit-on.")
    guess, other = Candidate("Léa Roux", "person", 0.4, (("turn:0", 0.1234),)), Candidate("Zoé", "person", 0.3)
    quote = Quote((Span(2, 5),), "direct", link="clitic", flags=("unsure",), confidence=0.4, candidates=(guess, other))
    fresh_db.save([Extraction(article, (quote, quote))])
    told = [(row["statement_id"], row["rank"], row["speaker"], row["contributions"]) for row in fresh_db.db.table("candidates").rows]
    weighed = [(1, "Léa Roux", '[["turn:0", 0.123]]'), (2, "Zoé", "[]")]
    assert told == [(id, *row) for id in ("a#q2-5", "a#q2-5.2") for row in weighed]
    fresh_db.save([Extraction(article, (dataclasses.replace(quote, candidates=()),))])
    assert fresh_db.db.table("candidates").count == 0
    fresh_db.save([Extraction(article, (quote,))])
    fresh_db.db.table("articles").delete("a")
    assert fresh_db.db.table("candidates").count == 0


def test_the_threshold_can_be_lowered_without_extracting_again(fresh_db: Store) -> None:
    guess = Candidate("Léa Roux", "person", 0.4)
    quote = Quote((Span(2, 5),), "direct", link="clitic", flags=("unsure",), confidence=0.4, candidates=(guess,))
    claim = Claim(Span(6, 9), speaker="Zoé", type="person", link="name", confidence=0.9)
    fresh_db.save([Extraction(Article("a", "« Oui », dit-elle."), (quote,), (claim,), (Speaker("Zoé", gender="f"),))])
    sql = "SELECT coalesce(s.speaker, c.speaker) FROM statements s LEFT JOIN candidates c ON c.statement_id = s.id AND c.rank = 1 WHERE s.confidence >= ?"
    assert [[row[0] for row in fresh_db.db.execute(sql, [bound])] for bound in (0.4, 0.5)] == [["Léa Roux", "Zoé"], ["Zoé"]]
    assert [(row["link"], row["gender"]) for row in fresh_db.db.view("statements").rows] == [("clitic", None), ("name", "f")]


def test_a_nul_loses_no_row(fresh_db: Store) -> None:
    """Functions of SQLite on JSON end a string there: rows were stored, then deleted as if an earlier version had left them."""
    text = "« A\x00b », a déclaré Zo\x00é. Selon la ma\x00irie, oui."
    quote = Quote((Span(2, 5),), "direct", Span(9, 18), Span(19, 23), "Zo\x00é", "person", "r")
    claim = Claim(Span(42, 45), mention=Span(31, 40), speaker="la ma\x00irie", rule="r")
    saved = Extraction(Article("id\x00/é", text), (quote,), (claim,), (Speaker("Zo\x00é", "person"), Speaker("la ma\x00irie")))
    for _ in range(2):
        fresh_db.save([saved])
        assert load_extraction(fresh_db.db, "id\x00/é") == saved
    assert check(fresh_db.path) == []


def test_what_the_act_was(fresh_db: Store) -> None:
    article = Article("a", "Oui, dit Léa à Luc, rapporte Zoé.")
    relay, addressee = (Span(15, 18), Span(29, 32)), Span(15, 18)
    asked = Quote((Span(0, 3),), "direct", act="ask", medium="phone", relay=relay, addressee=addressee)
    fresh_db.save([Extraction(article, (asked,), (Claim(Span(5, 8), hearsay=True), Claim(Span(9, 12), polarity="denied")))])
    [row] = fresh_db.db.view("statements").rows_where("kind = 'direct'")
    assert [row[name] for name in ("polarity", "hearsay", "act", "medium", "relay", "addressee")] == [
        "affirmed", 0, "ask", "phone", "Luc > Zoé", "Luc",
    ]  # fmt: skip
    assert [(row["id"], row["hearsay"]) for row in fresh_db.db.view("statements").rows] == [("a#q0-3", 0), ("a#c5-8", 1)]
    assert [(row["id"], row["polarity"]) for row in fresh_db.db.view("unasserted").rows] == [("a#c9-12", "denied")]


def test_an_older_database_is_brought_up_to_date(tmp_path: Path) -> None:
    with Store(tmp_path / "new.db") as store:
        schema = store.db.schema
    db = Database(tmp_path / "a.db")
    migrations.apply(db, stop_before="m002_confidence")
    db.execute(f"INSERT INTO articles VALUES ('a', NULL, NULL, NULL, NULL, NULL, '{'x' * 9}', 1, '[]', '{{}}', 'h', 2, 'embedded')")
    db.execute(
        "INSERT INTO quotes (id, article_id, kind, text, start, end, type, rule, flags, folded) VALUES ('q', 'a', 'direct', 'x', 0, 1, 'unknown', 'r', '[]', 'x')"
    )
    db.execute("INSERT INTO pieces VALUES ('q', 1, 0, 1, 'x')")
    db.conn.commit()
    db.close()
    with Store(tmp_path / "a.db") as store:
        assert [(row["id"], row["polarity"], row["link"]) for row in store.db.view("statements").rows] == [("q", "affirmed", "")]
        assert load_extraction(store.db, "a") == Extraction(Article("a", "x" * 9), (Quote((Span(0, 1),), "direct", rule="r"),), words=1)
        assert store.db.schema == schema
        integrity(store.db)


def test_a_database_without_links_is_brought_up_to_date(tmp_path: Path) -> None:
    db = Database(tmp_path / "a.db")
    migrations.apply(db, stop_before="m004_links")
    db.execute(f"INSERT INTO articles VALUES ('a', NULL, NULL, NULL, NULL, NULL, '{'x' * 9}', 1, '[]', '{{}}', 'h', 5, 'embedded', 0)")
    db.execute("INSERT INTO speakers VALUES ('a', 'Léa', 'person', 'maire')")
    db.conn.commit()
    db.close()
    with Store(tmp_path / "a.db") as store:
        found = load_extraction(store.db, "a")
        assert found is not None and found.speakers == (Speaker("Léa", "person", "maire"),)
        assert next(store.db.table("articles").rows)["min_confidence"] == 0
        with pytest.raises(sqlite3.IntegrityError, match="gender"):
            store.db.execute("UPDATE speakers SET gender = 'x'")


def test_speakers_that_are_only_named_are_added(fresh_db: Store) -> None:
    article = Article("a", "Oui, dit Léa.")
    fresh_db.save([Extraction(article, claims=(Claim(Span(0, 3), speaker="Léa", type="person"),), mentions=(Mention(Span(9, 12), "Luc"),))])
    assert {(row["name"], row["type"]) for row in fresh_db.db.table("speakers").rows} == {("Léa", "person"), ("Luc", "unknown")}


def test_of_two_articles_with_one_id_the_last_is_stored(fresh_db: Store) -> None:
    fresh_db.save([extraction(TEXT, "a"), extraction("« Non »", "a")])
    assert [row["text"] for row in fresh_db.db.view("statements").rows] == ["Non"]


def test_lone_surrogates_are_replaced(fresh_db: Store) -> None:
    fresh_db.save([extraction("« \ud83d » x", "a\udc80")])
    assert [row["id"] for row in fresh_db.db.table("quotes").rows] == ["a\ufffd#q2-3"]


def test_a_failing_batch_leaves_no_trace(fresh_db: Store) -> None:
    odd: dict[str, Any] = {"words": None}
    bad = dataclasses.replace(extraction(TEXT, "b"), **odd)
    with pytest.raises(sqlite3.IntegrityError):
        fresh_db.save([extraction(TEXT, "a"), bad])
    assert fresh_db.db.table("articles").count == 0


def test_failures(fresh_db: Store) -> None:
    failure = Failure("archive/a.txt", "a", "error", "x")
    for recorded in (failure, failure, Failure("archive/b.txt", "a", "duplicate", "y"), Failure("other/c.txt", "c", "empty", "z")):
        fresh_db.fail(recorded)
    assert fresh_db.db.table("failures").count == 3
    fresh_db.start_run(["archive"], Choices(1))
    fresh_db.save([extraction(TEXT, "a")])
    assert [row["reason"] for row in fresh_db.db.table("failures").rows] == ["duplicate", "empty"]
    # The next complete run over `archive` does not meet the duplicate again; what lies elsewhere stays.
    fresh_db.start_run(["archive"], Choices(1))
    fresh_db.finish_run("finished", {"articles": 1}, complete=True)
    assert [row["source"] for row in fresh_db.db.table("failures").rows] == ["other/c.txt"]


def test_failures_of_other_files_with_the_id_of_an_article_stay(fresh_db: Store) -> None:
    fresh_db.fail(Failure("old/a.txt", "a", "binary", "x"))
    fresh_db.fail(Failure("archive/a.pdf", "a", "unsupported", "y"))
    fresh_db.save([extraction(TEXT, "a")])
    assert [row["source"] for row in fresh_db.db.table("failures").rows] == ["archive/a.pdf", "old/a.txt"]


def test_runs(fresh_db: Store) -> None:
    fresh_db.finish_run("interrupted", {"articles": 3, "failures": 1})
    [row] = fresh_db.db.table("runs").rows
    assert (row["id"], row["status"], row["articles"], row["failures"], row["models"]) == (1, "interrupted", 3, 1, "embedded")
    assert row["started"] <= row["ended"]


def sentence(path: Path, **options: float) -> str:
    with pytest.raises(StoreError) as caught:
        Store(path, **options)
    return str(caught.value).replace(str(path.parent), "DIR")


def test_no_database(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    file.write_text("Ceci n'est pas une base.")
    assert sentence(file) == "DIR/a.db is no SQLite database: choose another file for --db."
    assert file.read_text() == "Ceci n'est pas une base."


def test_other_database(tmp_path: Path) -> None:
    with Database(tmp_path / "a.db") as db:
        db.table("recipes").insert({"name": "tarte"})
    assert sentence(tmp_path / "a.db") == "DIR/a.db is a database of another program: choose another file for --db."


def test_newer_database(tmp_path: Path) -> None:
    Store(tmp_path / "a.db").close()
    with Database(tmp_path / "a.db") as db:
        db.table(migrations.migrations_table).insert({"migration_set": "quotes", "name": "m999_later", "applied_at": "2030"})
    expected = "DIR/a.db was written by a newer version of quotes: upgrade with pip install --upgrade french-quotes."
    assert sentence(tmp_path / "a.db") == expected


def test_a_database_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    with Database(tmp_path / "a.db") as db:
        migrations.apply(db, stop_before="m002_confidence")
        assert "confidence" not in db.table("quotes").columns_dict
    with Store(tmp_path / "a.db") as store:
        store.start_run(["archive"], Choices(1))
        store.save([extraction(TEXT, "bac")])
        assert [row["confidence"] for row in store.db.view("statements").rows] == [None, None, None]


def test_confidence_is_stored_and_loaded(fresh_db: Store) -> None:
    found = extraction(TEXT, "bac")
    sure = dataclasses.replace(found, quotes=tuple(dataclasses.replace(q, confidence=0.912) for q in found.quotes))
    fresh_db.save([sure])
    loaded = load_extraction(fresh_db.db, "bac")
    assert loaded is not None and (loaded.quotes, loaded.claims) == (sure.quotes, sure.claims)


def test_missing_folder_and_folder_as_file(tmp_path: Path) -> None:
    assert sentence(tmp_path / "no" / "a.db").startswith("There is no folder DIR for DIR/a.db")
    (tmp_path / "d.db").mkdir()
    assert sentence(tmp_path / "d.db") == "DIR/d.db cannot be opened: check that its folder exists and that you may read and write there."


def test_unwritable_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(tmp_path / "a.db").close()
    connect = sqlite3.connect
    # Root may write anywhere, so the connection itself is made read-only.
    monkeypatch.setattr(sqlite3, "connect", lambda path, **options: connect(f"file:{path}?mode=ro", uri=True, **options))
    with Store(tmp_path / "a.db") as store, pytest.raises(StoreError, match=r"a\.db cannot be written: check its permissions, or choose"):
        store.start_run([], Choices(1))


def test_locked_database(tmp_path: Path) -> None:
    Store(tmp_path / "a.db").close()
    other = sqlite3.connect(tmp_path / "a.db")
    other.execute("BEGIN IMMEDIATE")
    with Store(tmp_path / "a.db", patience=0.05) as store, pytest.raises(StoreError) as caught:
        store.start_run([], Choices(1))
    other.close()
    assert str(caught.value).endswith("a.db is being written by another program: wait for it to end, then run the same command again.")


def test_full_disk_keeps_what_was_stored(fresh_db: Store) -> None:
    fresh_db.save([extraction(TEXT, "a")])
    pages = fresh_db.db.execute("PRAGMA page_count").fetchone()[0]
    fresh_db.db.execute(f"PRAGMA max_page_count = {pages + 1}").fetchone()
    with pytest.raises(StoreError) as caught:
        fresh_db.save([extraction(TEXT * 2000, "b")])
    assert "The disk is full" in str(caught.value) and "what was stored is safe" in str(caught.value)
    fresh_db.db.execute("PRAGMA max_page_count = 1000000").fetchone()
    assert [row["id"] for row in fresh_db.db.table("articles").rows] == ["a"]
    fresh_db.save([extraction(TEXT * 2000, "b")])
    integrity(fresh_db.db)


def test_search_index_survives_vacuum(fresh_db: Store) -> None:
    fresh_db.save([extraction(TEXT, name) for name in "abc"])
    fresh_db.save([extraction("« Non »", "a")])
    fresh_db.db.vacuum()
    integrity(fresh_db.db)
