"""`quotes evaluate` agrees with the scorer that stands beside the annotations outside of the repository, where that is there."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from quotes.evaluation import GoldArticle, Score, articles, evaluate, read_gold
from quotes.evaluation.scores import PARTS
from quotes.export.jsonl import extraction_to_record
from quotes.model import Article, Claim, Extraction, Quote, Span, SpeakerType

SHARED = Path(__file__).resolve().parents[2] / "shared" / "gold"
SCORER = SHARED / "score.py"
GOLD = SHARED / "dev2.jsonl"

pytestmark = pytest.mark.skipif(not (SCORER.is_file() and GOLD.is_file()), reason=f"no annotations in {SHARED}")


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_score", SCORER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predicted(article: Article, gold: GoldArticle) -> Extraction:
    """Predictions that are right, or wrong in the ways that a scorer tells apart: each annotation in turn is treated otherwise."""
    names = [row["speaker"] for row in (*gold.quotes, *gold.claims) if row.get("speaker")] or ["personne"]
    quotes = [_quote(row, number, names) for number, row in enumerate(gold.quotes) if number % 7 != 6]
    claims = [_claim(row, number, names) for number, row in enumerate(gold.claims) if number % 7 != 6]
    return Extraction(article, (*quotes, *quotes[:1]), tuple(claims))


def _quote(row: Any, number: int, names: list[str]) -> Quote:
    pieces = [Span(*piece) for piece in row["pieces"]]
    if number % 5 == 4:
        pieces[-1] = Span(pieces[-1].start, pieces[-1].start + max(1, (pieces[-1].end - pieces[-1].start) * 3 // 4))
    speaker, kind = _speaker(row, number, names)
    return Quote(tuple(pieces), row["kind"], speaker=speaker, type=kind, rule="r")


def _claim(row: Any, number: int, names: list[str]) -> Claim:
    start, end = row["span"]
    speaker, kind = _speaker(row, number, names)
    return Claim(Span(start, max(start + 1, end - (end - start) * (number % 4) // 4)), speaker=speaker, type=kind, rule="r")


def _speaker(row: Any, number: int, names: list[str]) -> tuple[str | None, SpeakerType]:
    """The annotated name, one of its aliases, its last word alone, another article's source, or nobody."""
    known = row.get("speaker") or ""
    ways = (known, *row.get("aliases", ())[:1], f"le {known.upper()}", known.split()[-1] if known else "", names[number % len(names)], "")
    name = ways[number % len(ways)]
    return name or None, row.get("type") or "unknown"


def counts(score: Score) -> tuple[int, ...]:
    return score.gold, score.predicted, score.found, score.attributed


def test_both_scorers_count_the_same(scorer: ModuleType) -> None:
    gold = read_gold(GOLD)
    extractions = [predicted(article, annotated) for article, annotated in zip(articles(gold), gold, strict=True)]
    table = evaluate(gold, extractions)
    known = {record["id"]: record for record in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())}
    result, _ = scorer.score(known, {e.article.id: extraction_to_record(e) for e in extractions})
    for part in PARTS:
        theirs = result[part]["counts"]
        assert counts(table.total(part)) == tuple(theirs[name] for name in ("gold", "pred", "found", "speaker"))
        assert 0 < theirs["speaker"] < theirs["found"] < theirs["pred"]
