"""Fits the confidence: how probable a result is right, by facts about it, on outlets that the linker's weights were not learned from.

For every outlet the linker is learned from the others, and its articles are extracted with those weights; all results together, each found
and right or not, are what the logistic model of `quotes/attribution/confidence.py` is fitted to.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import regex
import torch

from quotes.attribution.confidence import certainty_facts
from quotes.errors import QuotesError
from quotes.evaluation.scores import GoldArticle, articles, judged
from quotes.model import Extraction
from quotes.pipeline import Extractor
from quotes.syntax.parser import Parser
from quotes.syntax.tree import Tree
from quotes.training.link import Question, learn, questions, share_right
from quotes.training.weights import facts_matrix, smallest
from quotes.who.ranker import Weights, load_weights

__all__ = ["Trained", "train", "write_confidence"]

PENALTY = 2.0
SMALL = 0.01
HEADER = "# What each fact tells of how sure a result is: part, fact, weight. Written by `quotes models link`, never by hand.\n"
ROUNDS = 2


@dataclasses.dataclass(frozen=True, slots=True)
class Judged:
    """A result's facts and whether it is right: found, with the right speaker."""

    part: str
    facts: tuple[str, ...]
    right: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Trained:
    """The weights of the linker, those of the confidence, and what is extracted of each article.

    What is extracted comes from weights that have not seen the article's outlet; so do `answered`, the questions right of all by kind.
    """

    links: Weights
    confidence: Weights
    unseen: tuple[Extraction, ...]
    asked: int
    answered: Mapping[str, tuple[int, int]]


def train(gold: Sequence[GoldArticle], outlet: str, parser: Parser) -> Trained:
    """Learn from annotated articles; the group of the pattern `outlet` that matches is the outlet in an article's id.

    Raises `QuotesError` when the articles have nothing to learn from, or are of one outlet only.
    """
    parser = _Remembered(parser)
    groups = _outlets(gold, outlet)
    weights = load_weights()
    for _ in range(ROUNDS):
        asked = _questions(gold, weights, parser)
        if not asked:
            raise QuotesError("There is nothing to learn from: no quote or claim has a speaker whom no name beside it tells.")
        weights = learn(asked)
    held = [_held_out(gold, groups, group, asked, parser) for group in sorted(set(groups.values()))]
    by_id = {extraction.article.id: extraction for found, _ in held for extraction in found}
    unseen = tuple(by_id[article.id] for article in gold)
    results = [judged_ for e, a in zip(unseen, gold, strict=True) for judged_ in _judged(e, a)]
    return Trained(weights, fit(results), unseen, len(asked), _summed([right for _, right in held]))


class _Remembered:
    """A parser that parses every text once."""

    def __init__(self, parser: Parser) -> None:
        self.parser = parser
        self.trees: dict[str, Tree] = {}

    def parse(self, texts: Sequence[str]) -> list[Tree]:
        new = [text for text in dict.fromkeys(texts) if text not in self.trees]
        self.trees.update(zip(new, self.parser.parse(new), strict=True))
        return [self.trees[text] for text in texts]


def _extractor(parser: Parser, weights: Weights) -> Extractor:
    """An extractor that names everybody, however unsure."""
    return Extractor(parser=parser, min_confidence=0.0, weights=weights)


def _outlets(gold: Sequence[GoldArticle], pattern: str) -> dict[str, str]:
    """The outlet of each article by its id."""
    groups = {article.id: _outlet(article.id, pattern) for article in gold}
    if len(groups) < len(gold):
        [(name, _)] = Counter(article.id for article in gold).most_common(1)
        raise QuotesError(f"The article {name} is annotated twice: give each article once.")
    if len(set(groups.values())) < 2:
        raise QuotesError("How sure a result is shows on other outlets only: give articles of two at least, told apart by --outlet.")
    return groups


def _outlet(article_id: str, pattern: str) -> str:
    match = regex.search(pattern, article_id)
    return next(filter(None, match.groups()), article_id) if match else article_id


def _questions(gold: Sequence[GoldArticle], weights: Weights, parser: Parser) -> list[Question]:
    found = _extractor(parser, weights).extract(articles(gold))
    return [q for article, extraction in zip(gold, found, strict=True) for q in questions(article, weights, extraction)]


def _held_out(
    gold: Sequence[GoldArticle], groups: dict[str, str], group: str, asked: Sequence[Question], parser: Parser
) -> tuple[list[Extraction], dict[str, tuple[int, int]]]:
    """What weights learned from the other outlets extract of this one, and how many of its questions they answer rightly."""
    others = [q for q in asked if groups[q.article] != group]
    weights = learn(others) if others else {}
    mine = [article for article in gold if groups[article.id] == group]
    right = share_right((q for q in asked if groups[q.article] == group), weights)
    return list(_extractor(parser, weights).extract(articles(mine))), right


def _summed(shares: Sequence[Mapping[str, tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    """Right and all by kind of question, over all outlets."""
    right, total = Counter[str](), Counter[str]()
    for share in shares:
        right.update({kind: good for kind, (good, _) in share.items()})
        total.update({kind: count for kind, (_, count) in share.items()})
    return {kind: (right[kind], total[kind]) for kind in sorted(total)}


def _judged(extraction: Extraction, article: GoldArticle) -> list[Judged]:
    text = extraction.article.text
    return [Judged(part, tuple(certainty_facts(part, result, text)), right) for part, result, right in judged(article, extraction)]


def fit(results: Sequence[Judged]) -> Weights:
    """The weights of the logistic model by part and fact."""
    counts = Counter(f"{r.part}\t{fact}" for r in results for fact in set(r.facts))
    names = sorted(name for name, count in counts.items() if count > 2)
    index = {name: n for n, name in enumerate(names)}
    pairs = [(n, index[key]) for n, r in enumerate(results) for fact in r.facts if (key := f"{r.part}\t{fact}") in index]
    right = torch.tensor([float(r.right) for r in results], dtype=torch.float64)

    def loss(scores: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        wrong = torch.nn.functional.binary_cross_entropy_with_logits(scores, right, reduction="sum")
        return wrong + PENALTY / 2 * (weights**2).sum()

    solved = smallest(loss, facts_matrix(pairs, len(results), len(names)))
    return {name: round(weight, 3) for name, weight in zip(names, solved, strict=True) if abs(weight) >= SMALL}


def write_confidence(weights: Weights, path: Path) -> None:
    """Write the weights as a pattern file, sorted by part and fact."""
    path.write_text(HEADER + "".join(f"{key}\t{weights[key]:g}\n" for key in sorted(weights)), encoding="utf-8")
