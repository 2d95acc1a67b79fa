"""Questions: folding, search, speakers, counts."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from quotes.archive import Failure
from quotes.model import Article, Claim, Extraction, Quote, Span
from quotes.store import Store, StoreError
from quotes.store.fold import fold, match_expression, stem
from quotes.store.query import models_of, open_store, search, speakers, stats
from tests.conftest import extraction


@pytest.fixture
def db(fresh_db: Store) -> Iterator[Database]:
    fresh_db.save(
        [
            extraction("« L’économie a souffert au cœur de l'été », a déclaré Éloïse Marchand.", "a", outlet="L'Écho"),
            extraction("« Des mesures nationales seront annoncées », a déclaré Paul Roux. Un « cœur ».", "b", outlet="L'Écho"),
            extraction("Selon la préfecture, les travaux annoncés commenceront demain. « Oui », a déclaré Paul Roux.", "c"),
        ]
    )
    fresh_db.fail(Failure("x.txt", "x", "empty", "x.txt holds no text."))
    with open_store(fresh_db.path) as opened:
        yield opened


@pytest.mark.parametrize(
    "words",
    [
        "déclaration déclarations",
        "annoncé annonce annoncer annoncent annonçait annoncera annonceront annonçant annoncées",
        "national nationale nationaux nationales",
        "heureux heureuse heureuses",
        "premier première premières premiers",
        "européen européenne européens européennes",
        "actif active actives actifs",
        "cœur coeur cœurs CŒUR",
        "travail travaux",
        "président présidente présidents",
        "finir finissent finira fini finie",
        "dire dit disait disent dira",
        "nouveau nouvelle nouveaux nouvelles",
        "agriculteur agricultrice agriculteurs",
        "bateau bateaux",
        "rouvrir rouvre rouvrent rouvrira rouvert rouvertes",
        "offrir offre offerte offriront",
    ],
)
def test_inflected_forms_share_a_stem(words: str) -> None:
    assert len({fold(word) for word in words.split()}) == 1


def test_fold() -> None:
    assert fold("L’œuvre d'Éric, aujourd’hui") == "oeuvr eric aujourd hui"
    assert stem("le") == "le"
    query = 'l\'économie "pouvoir d’achat" « la hausse » AND NEAR( *'
    assert match_expression(query) == '"economi" "pouvoir achat" "la haus" "and" "near"'
    assert match_expression("  ?! ") == ""


@given(st.text())
def test_any_query_is_a_valid_expression(query: str) -> None:
    expression = match_expression(query)
    db = Database(memory=True)
    db.execute("CREATE VIRTUAL TABLE t USING fts5(folded)")
    if expression:
        assert list(db.execute("SELECT * FROM t WHERE t MATCH ?", [expression])) == []
    db.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("economie", ["a"]),
        ("l'économie", ["a"]),
        ("COEUR", ["a", "b"]),
        ("annoncer", ["b", "c"]),
        ("mesure nationale", ["b"]),
        ("travail", ["c"]),
        ('"mesures nationales"', ["b"]),
        ('"nationales mesures"', []),
        ("cœur annoncer", []),
        ("?", []),
        ('"', []),
        ("été OR NOT", []),
    ],
)
def test_search(db: Database, query: str, found: list[str]) -> None:
    assert sorted({statement.article_id for statement in search(db, query)}) == found


def test_search_by_speaker_and_kind(db: Database) -> None:
    assert [s.text for s in search(db, speaker="eloise")] == ["L’économie a souffert au cœur de l'été"]
    assert search(db, speaker="Rou") == []
    assert [s.id for s in search(db, speaker="paul roux")] == ["b#q2-41", "c#q65-68"]
    assert [s.kind for s in search(db, "annoncer", kind="claim")] == ["claim"]
    assert [s.kind for s in search(db, "cœur", kind="quote")] == ["partial", "direct"]
    assert [s.kind for s in search(db, "cœur", kind="partial")] == ["partial"]
    assert len(search(db, limit=2)) == 2


def test_speakers(db: Database) -> None:
    assert [(s.name, s.type, s.articles, s.quotes, s.claims) for s in speakers(db)] == [
        ("Paul Roux", "person", 2, 2, 0),
        ("préfecture", "organization", 1, 0, 1),
        ("Éloïse Marchand", "person", 1, 1, 0),
    ]
    assert [s.name for s in speakers(db, "MARCHAND")] == ["Éloïse Marchand"]
    assert len(speakers(db, limit=1)) == 1


def test_stats(db: Database) -> None:
    counts = stats(db)
    assert (counts["articles"], counts["quotes"], counts["direct"], counts["partial"], counts["claims"]) == (3, 4, 3, 1, 1)
    assert counts["attributed"] == 4
    assert counts["speakers"] == {"person": 2, "organization": 1}
    assert counts["outlets"] == {"L'Écho": 2, "": 1}
    assert counts["failures"] == {"empty": 1}


def test_only_the_surer_rules(fresh_db: Store) -> None:
    found = extraction("« Le bac rouvre », a déclaré Anne Vidal. Selon la mairie, le bac rouvre.", "bac")
    quotes = tuple(dataclasses.replace(q, confidence=0.9) for q in found.quotes)
    claims = tuple(dataclasses.replace(c, confidence=0.75) for c in found.claims)
    fresh_db.save([dataclasses.replace(found, quotes=quotes, claims=claims)])
    assert {s.confidence for s in search(fresh_db.db, "bac", min_confidence=0.75)} == {0.9, 0.75}
    assert [s.kind for s in search(fresh_db.db, min_confidence=0.8)] == ["direct"]
    assert search(fresh_db.db, "bac", min_confidence=0.95) == []


def test_what_was_not_measured_is_not_sure(db: Database) -> None:
    assert search(db, min_confidence=0.0) == []
    assert {s.confidence for s in search(db)} == {None}


def test_models_of_an_article(db: Database) -> None:
    assert models_of(db, "a") == "embedded"


@pytest.fixture
def unasserted(fresh_db: Store) -> Iterator[Database]:
    text = "Le bac rouvre. Le bac ferme. Le bac coule."
    said = Claim(Span(0, 13), speaker="Anne Vidal", type="person", act="announce", medium="social")
    not_said = Claim(Span(15, 27), speaker="Paul Roux", type="person", act="assert", polarity="denied")
    quote = Quote((Span(29, 41),), "direct", speaker="Anne Vidal", type="person", act="ask", polarity="questioned")
    fresh_db.save([Extraction(Article("a", text), (quote,), (said, not_said))])
    with open_store(fresh_db.path) as opened:
        yield opened


def test_search_by_act_medium_and_polarity(unasserted: Database) -> None:
    assert [s.id for s in search(unasserted, "bac")] == ["a#c0-13"]
    assert [s.id for s in search(unasserted, act="announce", medium="social")] == ["a#c0-13"]
    assert search(unasserted, act="ask") == search(unasserted, medium="letter") == []
    assert [(s.id, s.polarity, s.act) for s in search(unasserted, "bac", polarity="denied")] == [("a#c15-27", "denied", "assert")]
    assert [s.id for s in search(unasserted, polarity="questioned", kind="quote")] == ["a#q29-41"]


def test_what_is_not_asserted_does_not_count(unasserted: Database) -> None:
    assert [s.id for s in search(unasserted)] == ["a#c0-13"]
    assert [(s.name, s.quotes, s.claims) for s in speakers(unasserted)] == [("Anne Vidal", 0, 1)]
    counts = stats(unasserted)
    assert (counts["quotes"], counts["claims"], counts["attributed"], counts["speakers"]) == (0, 1, 1, {"person": 1})
    assert counts["unasserted"] == {"denied": 1, "questioned": 1}


def test_reading_changes_nothing(fresh_db: Store) -> None:
    with pytest.raises(StoreError, match="cannot be written"), open_store(fresh_db.path) as db:
        db.execute("DELETE FROM articles")


def test_missing_and_empty_databases(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    with pytest.raises(StoreError) as caught, open_store(file):
        pass
    assert str(caught.value) == f"There is no database {file}: make one with quotes extract ARTICLES --db {file}."
    file.write_bytes(b"")
    with pytest.raises(StoreError) as caught, open_store(file):
        pass
    assert str(caught.value) == f"{file} holds no quotes of this version yet: run quotes extract with --db on it first."
    file.write_text("bonjour" * 100)
    with pytest.raises(StoreError, match="is no SQLite database"), open_store(file):
        pass


def test_reading_leaves_no_files_behind(tmp_path: Path) -> None:
    Store(tmp_path / "a.db").close()
    with open_store(tmp_path / "a.db") as db:
        stats(db)
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


def test_odd_file_names(tmp_path: Path) -> None:
    file = tmp_path / "a ?#%é.db"
    Store(file).close()
    with open_store(file) as db:
        assert stats(db)["articles"] == 0
