"""Intervals of measured shares, by the bootstrap over articles (Efron 1979)."""

from __future__ import annotations

import random
from collections.abc import Sequence

__all__ = ["Pair", "interval", "ratio"]

# Numerator and denominator of a share in one article.
Pair = tuple[int, int]
ROUNDS = 1000


def ratio(pairs: Sequence[Pair]) -> float:
    """The share over all articles (0 to 1), 0 when nothing was counted."""
    counted = sum(pair[1] for pair in pairs)
    return sum(pair[0] for pair in pairs) / counted if counted else 0.0


def interval(pairs: Sequence[Pair], seed: int = 1) -> tuple[float, float]:
    """95 % interval of `ratio`: articles drawn 1,000 times with replacement; draws that count nothing tell nothing and are left out."""
    chance = random.Random(seed)
    draws = (chance.choices(pairs, k=len(pairs)) for _ in range(ROUNDS if pairs else 0))
    values = sorted(ratio(draw) for draw in draws if any(pair[1] for pair in draw)) or [0.0]
    return values[round(0.025 * (len(values) - 1))], values[round(0.975 * (len(values) - 1))]
