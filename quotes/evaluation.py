"""Scores of extractions against annotated articles: what is found, and what is found with the right speaker.

A prediction finds an annotation when their characters overlap (intersection over union, spaces and quotation marks not
counted) by 0.8 for quotes and 0.5 for claims. Speakers agree when their words do, case, accents and articles aside; for
anything but a person, half of the words are enough.
"""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotes.errors import QuotesError
from quotes.model import Article, Claim, Extraction, Quote
from quotes.resolution.names import folded_words
from quotes.text.grammar import word_class

__all__ = ["GoldArticle", "Score", "Table", "articles", "evaluate", "read_gold"]

THRESHOLDS = {"quotes": 0.8, "claims": 0.5}
UNCOUNTED = frozenset('«»“”"‹›')
ROUNDS = 1000


@dataclasses.dataclass(frozen=True, slots=True)
class GoldArticle:
    """An annotated article: its text, and quotes and claims as the JSON Lines contract writes them."""

    id: str
    text: str
    quotes: Sequence[Mapping[str, Any]]
    claims: Sequence[Mapping[str, Any]]


@dataclasses.dataclass(frozen=True, slots=True)
class Score:
    """Counts of one article or set: annotated, predicted, found, found with the right speaker."""

    gold: int = 0
    predicted: int = 0
    found: int = 0
    attributed: int = 0

    def __add__(self, other: Score) -> Score:
        pairs = zip(dataclasses.astuple(self), dataclasses.astuple(other), strict=True)
        return Score(*(a + b for a, b in pairs))

    def f1(self, right: int) -> float:
        """The harmonic mean of precision and recall (0 to 1) when `right` of the predictions count."""
        return 2 * right / (self.gold + self.predicted) if self.gold + self.predicted else 0.0


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """Scores by part (`quotes`, `claims`), an article each; `rules` counts predictions, found and attributed by rule."""

    parts: Mapping[str, tuple[Score, ...]]
    rules: Mapping[tuple[str, str], tuple[int, int, int]]

    def total(self, part: str) -> Score:
        """The sum over all articles."""
        return sum(self.parts[part], Score())

    def interval(self, part: str, seed: int = 1) -> tuple[float, float]:
        """95 % bootstrap interval of the attributed F1, articles drawn with replacement (Efron 1979)."""
        chance = random.Random(seed)
        scores = self.parts[part]
        sums = (sum(chance.choices(scores, k=len(scores)), Score()) for _ in range(ROUNDS))
        values = sorted(s.f1(s.attributed) for s in sums)
        return values[round(0.025 * (ROUNDS - 1))], values[round(0.975 * (ROUNDS - 1))]


def read_gold(path: Path) -> list[GoldArticle]:
    """Annotated articles of a JSON Lines file. Raises `QuotesError` for a file that cannot be used."""
    try:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [GoldArticle(r["id"], r["text"], r["quotes"], r["claims"]) for r in records]
    except OSError as error:
        raise QuotesError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise QuotesError(f"{path} is no gold file: every line needs the fields id, text, quotes and claims.") from error


def evaluate(gold: Sequence[GoldArticle], extractions: Iterable[Extraction]) -> Table:
    """Score extractions of the gold articles, in the same order."""
    parts: dict[str, list[Score]] = {"quotes": [], "claims": []}
    rules: dict[tuple[str, str], tuple[int, int, int]] = {}
    for article, extraction in zip(gold, extractions, strict=True):
        for part in parts:
            expected, found = list(getattr(article, part)), list(getattr(extraction, part))
            matches = dict(_align(article.text, expected, found, THRESHOLDS[part]))
            right = {n for n, m in matches.items() if _same_speaker(expected[m], found[n].speaker)}
            parts[part].append(Score(len(expected), len(found), len(matches), len(right)))
            for number, item in enumerate(found):
                counts = rules.get((part, item.rule), (0, 0, 0))
                rules[part, item.rule] = (counts[0] + 1, counts[1] + (number in matches), counts[2] + (number in right))
    return Table({part: tuple(scores) for part, scores in parts.items()}, rules)


def _align(text: str, gold: list[Mapping[str, Any]], found: list[Quote | Claim], threshold: float) -> Iterator[tuple[int, int]]:
    """Pairs of prediction and annotation, the best overlaps first, each used once."""
    expected = [_characters(text, item.get("pieces") or [item["span"]]) for item in gold]
    pairs = []
    for number, item in enumerate(found):
        spans = item.pieces if isinstance(item, Quote) else (item.span,)
        characters = _characters(text, [(s.start, s.end) for s in spans])
        for place, other in enumerate(expected):
            overlap = len(characters & other) / len(characters | other) if characters | other else 0.0
            if overlap >= threshold:
                pairs.append((-overlap, place, number))
    used: tuple[set[int], set[int]] = (set(), set())
    for _, place, number in sorted(pairs):
        if place not in used[0] and number not in used[1]:
            used[0].add(place)
            used[1].add(number)
            yield number, place


def _characters(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace() and text[i] not in UNCOUNTED}


def _same_speaker(gold: Mapping[str, Any], found: str | None) -> bool:
    known = gold.get("speaker")
    if not known or not found:
        return not known and not found
    empty = word_class("name-empty")
    one, other = ([w for w in folded_words(name) if w not in empty] for name in (known, found))
    if one == other:
        return True
    if gold.get("type") == "person" and known[:1].isupper():
        return False
    shared = len(set(one) & set(other))
    return shared > 0 and shared * 2 >= max(len(set(one)), len(set(other)))


def articles(gold: Iterable[GoldArticle]) -> Iterator[Article]:
    """The articles to extract."""
    return (Article(g.id, g.text) for g in gold)
