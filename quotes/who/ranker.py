"""A log-linear ranker: how probable each candidate is, by the weights of `patterns/fr/who.tsv`.

The model is a conditional logit over the candidates of one question (McFadden 1974, « Conditional logit analysis of qualitative choice
behavior »): a candidate's score is the sum of the weights of its facts, its probability the softmax of the scores.
"""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Mapping, Sequence

from quotes.text.lexicon import load_table

__all__ = ["GROUPS", "Ranked", "Weights", "keys", "load_weights", "rank"]

# Kinds of questions that share weights beside their own.
GROUPS = {
    "clitic": "pronoun", "subject": "pronoun", "oblique": "pronoun", "latest": "pronoun",
    "plural": "plural", "person": "description", "body": "description", "document": "description",
    "fragment": "floating", "colon": "floating", "opening": "floating", "going-on": "floating",
}  # fmt: skip
Weights = Mapping[str, float]


@dataclasses.dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its probability and what its facts contributed (fact, weight), the largest first."""

    number: int
    probability: float
    contributions: tuple[tuple[str, float], ...]


@functools.lru_cache(maxsize=16384)
def keys(kind: str, fact: str) -> tuple[str, ...]:
    """The names of the weights that a fact has for a kind of question: its group's, and its own where kinds differ."""
    group = GROUPS[kind]
    return (f"{group}\t{fact}",) if group == kind else (f"{group}\t{fact}", f"{kind}\t{fact}")


@functools.cache
def load_weights(language: str = "fr") -> Weights:
    """The weights of a language by kind and fact."""
    return {f"{kind}\t{fact}": float(weight) for kind, fact, weight in load_table("who.tsv", language)}


def rank(kind: str, candidates: Sequence[Sequence[str]], weights: Weights) -> list[Ranked]:
    """The candidates (each by its facts) from the most to the least probable; equal ones keep their order."""
    told = [[(fact, sum(weights.get(key, 0.0) for key in keys(kind, fact))) for fact in facts] for facts in candidates]
    scores = [sum(weight for _, weight in facts) for facts in told]
    top = max(scores, default=0.0)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers) or 1.0
    order = sorted(range(len(scores)), key=lambda n: (-scores[n], n))
    return [Ranked(n, powers[n] / total, _telling(told[n])) for n in order]


def _telling(facts: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(((fact, weight) for fact, weight in facts if weight), key=lambda pair: -abs(pair[1])))
