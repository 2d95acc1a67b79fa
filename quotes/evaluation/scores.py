"""Scores of extractions against annotated articles: what is found, and what is found with the right speaker.

A prediction finds an annotation when their characters overlap (intersection over union, spaces and quotation marks not
counted) by 0.8 for quotes and 0.5 for claims. Speakers agree when their words do, case, accents and articles aside; for
anything but a person, half of the words are enough.

The same counts are kept by kind, by type of mention, by type of speaker, by rule and by link. There an annotation counts where the
annotation puts it (how much of it is found) and a prediction where the prediction puts it (how often it is right), so that both shares
say something a user can choose by.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotes.conforms import conforms
from quotes.evaluation.bootstrap import interval
from quotes.evaluation.mentions import Mentions
from quotes.evaluation.records import read_records, span_of
from quotes.model import Article, Claim, Extraction, Quote, Span
from quotes.text.grammar import word_class
from quotes.who.names import folded_words

__all__ = [
    "DIMENSIONS",
    "PARTS",
    "PREDICTED",
    "GoldArticle",
    "Score",
    "Table",
    "articles",
    "characters",
    "evaluate",
    "judged",
    "read_gold",
    "same_speaker",
]

PARTS = ("quotes", "claims")
# What scores are broken down by; only predictions have a rule and a link.
DIMENSIONS = ("kind", "mention", "type")
PREDICTED = ("rule", "link")
THRESHOLDS = {"quotes": 0.8, "claims": 0.5}
UNCOUNTED = frozenset('«»“”"‹›')


@dataclasses.dataclass(frozen=True, slots=True)
class GoldArticle:
    """An annotated article: its text, and quotes and claims as the JSON Lines contract writes them."""

    id: str
    text: str
    quotes: Sequence[Mapping[str, Any]]
    claims: Sequence[Mapping[str, Any]]


@dataclasses.dataclass(frozen=True, slots=True)
class Score:
    """Counts of one article or set.

    Annotated; predicted; annotations found, and found with the right speaker; predictions that find something, and with the right speaker.
    Over a whole part the last two pairs are the same; within a group they differ, for the two sides can disagree on the group.
    """

    gold: int = 0
    predicted: int = 0
    found: int = 0
    attributed: int = 0
    hits: int = 0
    right: int = 0

    def __add__(self, other: Score) -> Score:
        pairs = zip(dataclasses.astuple(self), dataclasses.astuple(other), strict=True)
        return Score(*(a + b for a, b in pairs))

    def f1(self, right: int) -> float:
        """The harmonic mean of precision and recall (0 to 1) when `right` of the predictions count."""
        return 2 * right / (self.gold + self.predicted) if self.gold + self.predicted else 0.0


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """Scores of the articles, one each and in their order.

    `parts` holds those of `quotes` and `claims`, `groups` the same by part, dimension and value: `("quotes", "mention", "pronoun")`.
    The dimensions `rule` and `link` know predictions only.
    """

    parts: Mapping[str, tuple[Score, ...]]
    groups: Mapping[tuple[str, str, str], tuple[Score, ...]]

    def total(self, part: str) -> Score:
        """The sum over all articles."""
        return sum(self.parts[part], Score())

    def interval(self, part: str) -> tuple[float, float]:
        """95 % bootstrap interval of the attributed F1."""
        return interval([(2 * s.attributed, s.gold + s.predicted) for s in self.parts[part]])

    @property
    def rules(self) -> dict[tuple[str, str], tuple[int, int, int]]:
        """How often each rule fired, found an annotation, and had the right speaker as well; by part and rule."""
        return self.fired("rule")

    def fired(self, dimension: str) -> dict[tuple[str, str], tuple[int, int, int]]:
        """`rules` for the values of another dimension of predictions, such as `link`."""
        totals = {key: sum(scores, Score()) for key, scores in self.groups.items() if key[1] == dimension}
        return {(part, value): (s.predicted, s.hits, s.right) for (part, _, value), s in totals.items()}


def read_gold(path: Path) -> list[GoldArticle]:
    """Annotated articles of a JSON Lines file. Raises `QuotesError` for a file that cannot be used."""
    return read_records(path, _gold_article, "gold file", "id, text, quotes and claims")


def _gold_article(record: dict[str, Any]) -> GoldArticle:
    """The article of a record. Raises `ValueError`, `TypeError` or `LookupError` when its annotation could not be scored."""
    article = GoldArticle(record["id"], record["text"], record["quotes"], record["claims"])
    if not conforms(article.id, str) or not conforms(article.text, str):
        raise TypeError("id and text are strings")
    for item in (*article.quotes, *article.claims):
        for span in [*(item.get("pieces") or [item["span"]]), *([item["mention"]] if item.get("mention") else [])]:
            span_of(span, article.text)
        if not all(conforms(item.get(name), str | None) for name in ("speaker", "type", "kind")):
            raise TypeError("speaker, type and kind are strings")
    return article


def evaluate(gold: Sequence[GoldArticle], extractions: Iterable[Extraction]) -> Table:
    """Score extractions of the gold articles, in the same order."""
    parts: dict[str, list[Score]] = {part: [] for part in PARTS}
    groups: dict[tuple[str, str, str], list[Score]] = {}
    for number, (article, extraction) in enumerate(zip(gold, extractions, strict=True)):
        mentions = Mentions(article.text)
        for part in PARTS:
            counts = _counts(article, extraction, part, mentions)
            parts[part].append(Score(*(counts["part", "all", field] for field in Score.__slots__)))
            for dimension, value in sorted({key[:2] for key in counts if key[0] != "part"}):
                scores = groups.setdefault((part, dimension, value), [Score()] * len(gold))
                scores[number] = Score(*(counts[dimension, value, field] for field in Score.__slots__))
    return Table({part: tuple(s) for part, s in parts.items()}, {key: tuple(s) for key, s in groups.items()})


def judged(article: GoldArticle, extraction: Extraction) -> Iterator[tuple[str, Quote | Claim, bool]]:
    """Every result with its part and whether it is right: an annotation found, with the right speaker."""
    for part in PARTS:
        expected, found = list(getattr(article, part)), list(getattr(extraction, part))
        matches = dict(_align(article.text, expected, found, THRESHOLDS[part]))
        for number, result in enumerate(found):
            yield part, result, number in matches and same_speaker(expected[matches[number]], result.speaker)


def _counts(article: GoldArticle, extraction: Extraction, part: str, mentions: Mentions) -> Counter[tuple[str, str, str]]:
    """Counts of an article by dimension, value and field of `Score`."""
    expected, found = list(getattr(article, part)), list(getattr(extraction, part))
    matches = dict(_align(article.text, expected, found, THRESHOLDS[part]))
    right = {n for n, m in matches.items() if same_speaker(expected[m], found[n].speaker)}
    counts: Counter[tuple[str, str, str]] = Counter()
    reached, attributed = set(matches.values()), {matches[n] for n in right}
    for place, item in enumerate(expected):
        fields = ("gold", "found" * (place in reached), "attributed" * (place in attributed))
        counts.update((*group, field) for group in _gold_groups(item, mentions) for field in fields if field)
    for number, result in enumerate(found):
        fields = ("predicted", "hits" * (number in matches), "right" * (number in right))
        counts.update((*group, field) for group in _groups(result, mentions) for field in fields if field)
    return counts


def _gold_groups(item: Mapping[str, Any], mentions: Mentions) -> list[tuple[str, str]]:
    span = item.get("mention")
    mention = mentions.type_of(Span(*span) if span else None)
    kind = [("kind", item["kind"])] if item.get("kind") else []
    return [("part", "all"), *kind, ("mention", mention), ("type", item.get("type") or "unknown")]


def _groups(result: Quote | Claim, mentions: Mentions) -> list[tuple[str, str]]:
    kind = [("kind", str(result.kind))] if isinstance(result, Quote) else []
    found_by = [("rule", result.rule), *([("link", result.link)] if result.link else [])]
    return [("part", "all"), *kind, ("mention", mentions.type_of(result.mention)), ("type", result.type), *found_by]


def _align(text: str, gold: list[Mapping[str, Any]], found: list[Quote | Claim], threshold: float) -> Iterator[tuple[int, int]]:
    """Pairs of prediction and annotation, the best overlaps first, each used once."""
    expected = [characters(text, item.get("pieces") or [item["span"]]) for item in gold]
    pairs = []
    for number, item in enumerate(found):
        spans = item.pieces if isinstance(item, Quote) else (item.span,)
        own = characters(text, [(s.start, s.end) for s in spans])
        for place, other in enumerate(expected):
            overlap = len(own & other) / len(own | other) if own | other else 0.0
            if overlap >= threshold:
                pairs.append((-overlap, place, number))
    used: tuple[set[int], set[int]] = (set(), set())
    for _, place, number in sorted(pairs):
        if place not in used[0] and number not in used[1]:
            used[0].add(place)
            used[1].add(number)
            yield number, place


def characters(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    """The places that count when spans are compared: all but spaces and quotation marks."""
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace() and text[i] not in UNCOUNTED}


def same_speaker(gold: Mapping[str, Any], found: str | None) -> bool:
    """Whether a name means the annotated speaker or one of its `aliases`; null means only null."""
    known = gold.get("speaker")
    if not known or not found:
        return not known and not found
    return any(_same_name(name, found, gold.get("type")) for name in (known, *gold.get("aliases", ())))


def _same_name(known: str, found: str, kind: str | None) -> bool:
    empty = word_class("name-empty")
    one, other = ([w for w in folded_words(name) if w not in empty] for name in (known, found))
    if one == other:
        return True
    if kind == "person" and known[:1].isupper():
        return False
    shared = len(set(one) & set(other))
    return shared > 0 and shared * 2 >= max(len(set(one)), len(set(other)))


def articles(gold: Iterable[GoldArticle]) -> Iterator[Article]:
    """The articles to extract."""
    return (Article(g.id, g.text) for g in gold)
