"""From rows back to values: what was stored of an article as the `Extraction` it was."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from quotes.archive.decode import clean
from quotes.model import Article, Candidate, Claim, Extraction, Mention, Quote, Span, Speaker
from quotes.store.errors import reads_rows
from quotes.store.sound import faults

__all__ = ["article_of", "load_extraction"]


@reads_rows
def load_extraction(db: Database, article_id: str) -> Extraction | None:
    """The stored extraction, equal to the one saved; None when the article is not stored.

    Raises `Damaged` for rows that cannot have been written by `Store`: other types, spans outside of the text.
    """
    found = _load(db, clean(article_id))
    fault = next(faults(found), None) if found else None
    if fault:
        raise ValueError(fault)
    return found


def _load(db: Database, article_id: str) -> Extraction | None:
    row = next(db.query("SELECT * FROM articles WHERE id = ?", [article_id]), None)
    if row is None:
        return None
    pieces: dict[str, list[Span]] = {}
    for piece in _below(db, "pieces", "quote_id IN (SELECT id FROM quotes WHERE article_id = ?)", "quote_id, number", article_id):
        pieces.setdefault(piece["quote_id"], []).append(_span(piece))
    weighed: dict[str, list[Candidate]] = {}
    mine, order = "article_id = ?", "start, key"
    for found in _below(db, "candidates", mine, "statement_id, rank", article_id):
        weighed.setdefault(found["statement_id"], []).append(_candidate(found))
    return Extraction(
        article=article_of(row),
        quotes=tuple(
            Quote(pieces=tuple(pieces[quote["id"]]), kind=quote["kind"], **_source(quote, weighed))
            for quote in _below(db, "quotes", mine, order, article_id)
        ),
        claims=tuple(Claim(span=_span(claim), **_source(claim, weighed)) for claim in _below(db, "claims", mine, order, article_id)),
        speakers=tuple(_speaker(s) for s in _below(db, "speakers", mine, "name", article_id)),
        mentions=tuple(Mention(_span(m), m["speaker"]) for m in _below(db, "mentions", mine, 'start, "end"', article_id)),
        words=row["words"],
        flags=tuple(json.loads(row["flags"])),
    )


def _below(db: Database, table: str, where: str, order: str, article_id: str) -> list[dict[str, Any]]:
    return list(db.query(f"SELECT * FROM {table} WHERE {where} ORDER BY {order}", [article_id]))


def article_of(row: dict[str, Any]) -> Article:
    """The article of a row of `articles`."""
    fields = {name: row[name] for name in ("id", "text", "title", "date", "outlet", "url", "author")}
    return Article(**fields, metadata=json.loads(row["metadata"]))


def _speaker(row: dict[str, Any]) -> Speaker:
    lists = (tuple(json.loads(row[name])) for name in ("aliases", "roles", "evidence"))
    return Speaker(row["name"], row["type"], row["role"], row["gender"], bool(row["plural"]), *lists)


def _candidate(row: dict[str, Any]) -> Candidate:
    contributions = tuple((fact, weight) for fact, weight in json.loads(row["contributions"]))
    return Candidate(row["speaker"], row["type"], row["probability"], contributions)


def _source(row: dict[str, Any], weighed: dict[str, list[Candidate]]) -> dict[str, Any]:
    """What quotes and claims have in common."""
    kept = {name: row[name] for name in ("speaker", "type", "rule", "link", "confidence")}
    kept |= {name: row[name] for name in ("polarity", "act", "medium")}
    return {
        **kept,
        **{name: _optional(row, name) for name in ("cue", "mention", "addressee")},
        "flags": tuple(json.loads(row["flags"])),
        "candidates": tuple(weighed.get(row["id"], ())),
        "hearsay": bool(row["hearsay"]),
        "relay": tuple(Span(*pair) for pair in json.loads(row["relay_spans"])),
    }


def _optional(row: dict[str, Any], name: str) -> Span | None:
    return None if row[f"{name}_start"] is None else Span(row[f"{name}_start"], row[f"{name}_end"])


def _span(row: dict[str, Any]) -> Span:
    return Span(row["start"], row["end"])
