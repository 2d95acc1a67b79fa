"""Questions to a database: plain functions from an open database to values."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from sqlite_utils import Database

from quotes.archive.decode import clean
from quotes.conforms import conforms
from quotes.model import Polarity
from quotes.store.connect import PATIENCE, connect_reader
from quotes.store.errors import StoreError, one_sentence, reads_rows
from quotes.store.fold import fold_name, match_expression
from quotes.store.schema import check_schema

__all__ = [
    "SpeakerCount", "Statement", "StatementKind", "models_of", "open_store", "search", "speakers", "stats",
]  # fmt: skip

# SQLite takes at least 999 values a statement, and whole numbers of 64 bits.
_VALUES = 900
_MOST = 2**63 - 1

StatementKind = Literal["quote", "direct", "partial", "claim"]


@dataclasses.dataclass(frozen=True, slots=True)
class Statement:
    """A row of the views `statements` and `unasserted`: a quote (`kind` direct or partial) or a claim, with its source and its article."""

    id: str
    kind: str
    text: str
    speaker: str | None
    type: str
    gender: str | None
    role: str | None
    cue: str | None
    mention: str | None
    act: str | None
    medium: str | None
    addressee: str | None
    relay: str | None
    hearsay: bool
    polarity: str
    title: str | None
    outlet: str | None
    date: str | None
    url: str | None
    author: str | None
    rule: str
    link: str
    confidence: float | None
    flags: tuple[str, ...]
    article_id: str
    start: int
    end: int


@dataclasses.dataclass(frozen=True, slots=True)
class SpeakerCount:
    """A speaker's name and type across all articles, in how many articles, with how many quotes and claims."""

    name: str
    type: str
    articles: int
    quotes: int
    claims: int


@contextlib.contextmanager
def open_store(path: str | Path, *, patience: float = PATIENCE) -> Iterator[Database]:
    """A database open for reading only. Raises `StoreError` when it is missing, damaged, no database of quotes, or of another schema.

    `patience` is how many seconds to wait for a program that has locked it.
    """
    with one_sentence(path):
        if not os.path.isfile(path):
            raise StoreError(f"There is no database {path}: make one with quotes extract ARTICLES --db {path}.")
        db = connect_reader(path, patience)
        try:
            if not check_schema(db, str(path)):
                raise StoreError(f"{path} holds no quotes of this version yet: run quotes extract with --db on it first.")
            db.register_function(fold_name, deterministic=True)
            yield db
        finally:
            db.close()


@reads_rows
def search(
    db: Database,
    text: str = "",
    *,
    speaker: str | None = None,
    kind: StatementKind | None = None,
    act: str | None = None,
    medium: str | None = None,
    polarity: Polarity = "affirmed",
    min_confidence: float | None = None,
    limit: int = 20,
) -> list[Statement]:
    """The statements that hold every word of `text` (in any inflection; what stands in quotation marks as a phrase), best first.

    `speaker` keeps the sources whose name holds these words (case and accents aside), `act` and `medium` those with that value,
    `min_confidence` (0 to 1) the results that are at least so probably right; `polarity` is whether the article says
    it was said. Without `text` the order is that of the articles.
    """
    equal = {"polarity": polarity, "act": act, "medium": medium}
    expression = match_expression(text)
    if text.strip() and not expression:
        return []
    hits: list[tuple[float, str]] = []
    for table in ("quotes", "claims"):
        if kind is None or (kind == "claim") == (table == "claims"):
            exact = {**equal, "kind": kind if kind in ("direct", "partial") else None}
            hits += _hits(db, table, expression, _wanted(exact, speaker, min_confidence), limit)
    best = [name for _, name in sorted(hits)[:limit]]
    found: dict[str, Statement] = {}
    for start in range(0, len(best), _VALUES):
        names = best[start : start + _VALUES]
        # Single values, for SQLite does not look a subquery's ones up in the indexes below the view.
        view = "statements" if polarity == "affirmed" else "unasserted"
        found |= {statement.id: statement for statement in _statements(db, view, f"id IN ({', '.join('?' * len(names))})", *names)}
    return [found[name] for name in best]


def _wanted(equal: Mapping[str, str | None], speaker: str | None, min_confidence: float | None) -> list[tuple[str, object]]:
    """Conditions on the rows of `quotes` and `claims`, with the value of each."""
    wanted: list[tuple[str, object]] = [(f"s.{column} = ?", value) for column, value in equal.items() if value is not None]
    if speaker is not None:
        wanted.append(("(' ' || fold_name(coalesce(s.speaker, '')) || ' ') LIKE '% ' || ? || ' %'", fold_name(speaker)))
    if min_confidence is not None:
        wanted.append(("s.confidence >= ?", min_confidence))
    return wanted


def _hits(db: Database, table: str, expression: str, conditions: list[tuple[str, object]], limit: int) -> list[tuple[float, str]]:
    """Ranks (lower is better) and ids of the best rows of a table."""
    wanted, values = ["1", *(sql for sql, _ in conditions)], [value for _, value in conditions]
    if expression:
        source = f"{table}_fts f JOIN {table} s ON s.key = f.rowid WHERE f.{table}_fts MATCH ? AND"
        sql = f"SELECT bm25({table}_fts) AS score, s.id FROM {source} {' AND '.join(wanted)} ORDER BY score, s.id LIMIT ?"
        return list(db.execute(sql.replace(f"f.{table}_fts", f"{table}_fts"), [expression, *values, min(limit, _MOST)]))
    sql = f"SELECT 0.0, s.id FROM {table} s WHERE {' AND '.join(wanted)} ORDER BY s.id LIMIT ?"
    return list(db.execute(sql, [*values, min(limit, _MOST)]))


def _statements(db: Database, view: str, where: str, *values: object) -> Iterator[Statement]:
    for row in db.query(f"SELECT * FROM {view} WHERE {where}", list(values)):
        found = Statement(**{**row, "flags": tuple(json.loads(row["flags"])), "hearsay": bool(row["hearsay"])})
        yield _sound(found, Statement)


def _sound(value: Any, kind: Any) -> Any:
    """The value. Raises `TypeError` when it is not of the kind: no row that this program wrote gives that."""
    if not conforms(value, kind):
        raise TypeError(f"{value!r} is no {kind}")
    return value


@reads_rows
def models_of(db: Database, article_id: str) -> str:
    """The models that made the results of a stored article: `embedded`, `official` or a folder."""
    return str(_sound(db.table("articles").get(clean(article_id))["models"], str))


@reads_rows
def speakers(db: Database, text: str = "", *, limit: int = 50) -> list[SpeakerCount]:
    """The speakers of all articles by name and type, most statements first; `text` keeps the names that hold these words."""
    rows = db.query(
        """
        WITH said AS (
            SELECT article_id, speaker, kind <> 'claim' AS quote, kind = 'claim' AS claim FROM statements
        )
        SELECT p.name, p.type, count(DISTINCT p.article_id) AS articles, total(s.quote) AS quotes, total(s.claim) AS claims
        FROM speakers p LEFT JOIN said s ON s.article_id = p.article_id AND s.speaker = p.name
        WHERE NOT (s.speaker IS NULL AND (p.article_id, p.name) IN (SELECT article_id, speaker FROM unasserted))
          AND (? = '' OR (' ' || fold_name(p.name) || ' ') LIKE '% ' || ? || ' %')
        GROUP BY p.name, p.type ORDER BY total(s.quote) + total(s.claim) DESC, p.name, p.type LIMIT ?
        """,
        [fold_name(text), fold_name(text), min(limit, _MOST)],
    )
    found = [SpeakerCount(row["name"], row["type"], row["articles"], int(row["quotes"]), int(row["claims"])) for row in rows]
    return list(_sound(found, list[SpeakerCount]))


@reads_rows
def stats(db: Database) -> dict[str, Any]:
    """Counts by name: `articles`, `words`, `quotes`, `direct`, `partial`, `claims`, `attributed` (quotes and claims with a speaker).

    Only what the articles say was said counts; `unasserted` is the rest by polarity.
    `speakers`, `outlets` and `failures` are counts by type, name and reason, the largest first.
    """
    counts: dict[str, Any] = {"articles": db.table("articles").count}
    counts["words"] = db.execute("SELECT coalesce(sum(words), 0) FROM articles").fetchone()[0]
    kinds = dict(db.execute("SELECT kind, count(*) FROM statements GROUP BY kind"))
    counts["direct"], counts["partial"], counts["claims"] = (kinds.get(kind, 0) for kind in ("direct", "partial", "claim"))
    counts["quotes"] = counts["direct"] + counts["partial"]
    counts["attributed"] = db.execute("SELECT count(speaker) FROM statements").fetchone()[0]
    counts["unasserted"] = _counted(db, "SELECT polarity, count(*) FROM unasserted GROUP BY polarity")
    counts["speakers"] = _counted(db, _SPEAKER_TYPES)
    counts["outlets"] = _counted(db, "SELECT coalesce(outlet, ''), count(*) FROM articles GROUP BY outlet")
    counts["failures"] = _counted(db, "SELECT reason, count(*) FROM failures GROUP BY reason")
    return dict(_sound(counts, dict[str, int | dict[str, int]]))


# Without those of whom the archive only says what they did not say.
_SPEAKER_TYPES = """
SELECT type, count(DISTINCT name) FROM speakers
WHERE (article_id, name) NOT IN (
    SELECT article_id, speaker FROM unasserted WHERE speaker IS NOT NULL
    EXCEPT SELECT article_id, speaker FROM statements WHERE speaker IS NOT NULL
) GROUP BY type
"""


def _counted(db: Database, sql: str) -> dict[str, int]:
    return dict(sorted(db.execute(sql), key=lambda row: (-row[1], row[0])))
