"""Learns the weights of `patterns/fr/who.tsv` from annotated articles: who pronouns, descriptions and floating quotations mean.

Every annotated quote and claim whose source no sieve names is a question; right are the candidates whose name the annotation has. Who spoke
before is taken from the annotation, never from what the rules answer. The loss is that of a conditional logit with the probability of all
right candidates together, drawn to zero by `PENALTIES` (ridge). No chance is in it: the same articles give the same weights.
"""

from __future__ import annotations

import bisect
import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from quotes.evaluation.scores import GoldArticle, same_speaker
from quotes.model import Extraction, Span
from quotes.text.outline import outline
from quotes.text.plain import read_view
from quotes.text.view import View
from quotes.training.weights import facts_matrix, smallest
from quotes.who.entities import Entity
from quotes.who.links import Linker
from quotes.who.queries import Query
from quotes.who.ranker import GROUPS, Weights, keys

__all__ = ["Question", "learn", "questions", "share_right", "write_weights"]

# Ridge penalties of the weights that a group of kinds shares, and of one kind's own.
PENALTIES = (6.0, 10.0)
# A weight below this is nothing.
SMALL = 0.02
HEADER = "# What each fact about a candidate is worth: kind of question, fact, weight. Written by `quotes models link`, never by hand.\n"


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """A question of the table with the facts of each candidate, and which candidates are right."""

    article: str
    kind: str
    candidates: tuple[tuple[str, ...], ...]
    right: frozenset[int]


def questions(article: GoldArticle, weights: Weights, found: Extraction | None = None) -> Iterator[Question]:
    """The questions of an annotated article in text order; those without a right candidate are left out.

    `weights` are those by which the pronouns between the annotated places are followed. `found` is what the program finds in the article:
    where it sees nobody named beside an annotated quotation, the question is asked as it would ask it.
    """
    view = read_view(article.text)
    shown = _Shown(view)
    linker = Linker(outline(view.text), weights)
    unnamed = {piece.start for quote in found.quotes if quote.mention is None for piece in quote.pieces[:1]} if found else set()
    for row in sorted((*article.quotes, *article.claims), key=_start):
        for query in _queries(linker, row, shown, _start(row) in unnamed):
            options = linker.options(query)
            right = frozenset(n for n, (entity, _) in enumerate(options) if same_speaker(row, entity.name if entity else None))
            if right:
                yield Question(article.id, query.kind, tuple(told for _, told in options), right)
        entity = _annotated(linker, row)
        if entity is not None:
            linker.note(shown.at((row.get("mention") or [_start(row)])[0]), entity)


class _Shown:
    """Where the characters of the stored text stand in the view of it."""

    def __init__(self, view: View) -> None:
        self.origins = [view.origin(Span(n, n + 1)).start for n in range(len(view.text))] if view.layers else None

    def at(self, position: int) -> int:
        return position if self.origins is None else bisect.bisect_left(self.origins, position)


def _start(row: Mapping[str, Any]) -> int:
    spans = row.get("pieces") or [row["span"]]
    return int(spans[0][0])


def _queries(linker: Linker, row: Mapping[str, Any], shown: _Shown, unnamed: bool) -> Iterator[Query]:
    """What a row asks: nothing when a sieve answers or the row has no speaker to find."""
    mention = row.get("mention")
    if "pieces" in row and (mention is None or unnamed):
        pieces = row["pieces"]
        yield linker.unnamed(Span(shown.at(pieces[0][0]), shown.at(pieces[-1][1])))
    if mention is not None and row.get("speaker"):
        query = linker.asked(Span(shown.at(mention[0]), shown.at(mention[1])))
        if query is not None:
            yield query


def _annotated(linker: Linker, row: Mapping[str, Any]) -> Entity | None:
    """Who the annotation says spoke, as an entity of the table when it has one."""
    if not row.get("speaker"):
        return None
    named = linker.entities.get(row["speaker"]) or next((e for e in linker.entities.values() if same_speaker(row, e.name)), None)
    plural = row.get("type") == "group"
    return named or Entity(row["speaker"], row.get("type") or "unknown", plural=plural, head=row["speaker"].split()[0].lower())


def learn(asked: Sequence[Question], penalties: tuple[float, float] = PENALTIES) -> Weights:
    """The weights that the questions give."""
    counts = Counter(key for q in asked for told in q.candidates for fact in set(told) for key in keys(q.kind, fact))
    names = sorted(key for key, count in counts.items() if count > 2)
    index = {name: n for n, name in enumerate(names)}
    candidates = [(q.kind, told) for q in asked for told in q.candidates]
    found = ((n, key) for n, (kind, told) in enumerate(candidates) for fact in told for key in keys(kind, fact))
    facts = facts_matrix(((n, index[key]) for n, key in found if key in index), len(candidates), len(names))
    solved = smallest(_loss(asked, torch.tensor([penalties[_level(name)] for name in names], dtype=torch.float64)), facts)
    rounded = {name: round(weight, 3) for name, weight in zip(names, solved, strict=True)}
    return {name: weight for name, weight in rounded.items() if abs(weight) >= SMALL}


def _level(name: str) -> int:
    return 0 if name.partition("\t")[0] in GROUPS.values() else 1


def _loss(asked: Sequence[Question], penalties: torch.Tensor) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """How improbable scores of all candidates, question by question, make the right ones; and what the weights cost."""
    owner = torch.tensor([number for number, question in enumerate(asked) for _ in question.candidates])
    good = torch.tensor([place in question.right for question in asked for place, _ in enumerate(question.candidates)])

    def loss(scores: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        total = _log_sums(scores, owner, len(asked))
        kept = _log_sums(scores.masked_fill(~good, -1e9), owner, len(asked))
        return (total - kept).sum() + (penalties * weights**2).sum() / 2

    return loss


def _log_sums(scores: torch.Tensor, owner: torch.Tensor, count: int) -> torch.Tensor:
    """The logarithm of the summed exponentials of the scores of each question."""
    top = torch.full((count,), -1e9, dtype=scores.dtype).scatter_reduce(0, owner, scores.detach(), "amax")
    sums = torch.zeros(count, dtype=scores.dtype).index_add(0, owner, (scores - top[owner]).exp())
    return top + sums.clamp_min(1e-300).log()


def share_right(asked: Iterable[Question], weights: Weights) -> dict[str, tuple[int, int]]:
    """How many questions of each kind the weights answer rightly, and how many there are."""
    from quotes.who.ranker import rank

    counts: dict[str, tuple[int, int]] = {}
    for question in asked:
        good = rank(question.kind, question.candidates, weights)[0].number in question.right
        right, total = counts.get(question.kind, (0, 0))
        counts[question.kind] = (right + good, total + 1)
    return counts


def write_weights(weights: Weights, path: Path) -> None:
    """Write the weights as a pattern file, sorted by kind and fact."""
    path.write_text(HEADER + "".join(f"{key}\t{weights[key]:g}\n" for key in sorted(weights)), encoding="utf-8")
