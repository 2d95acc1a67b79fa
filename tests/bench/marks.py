"""Quotation marks and views: time for a character of a long text against that of a short one. A ratio near 1 means that time grows with the text only."""

from __future__ import annotations

import time
from collections.abc import Iterator

from quotes.text.marks import find_quotations
from quotes.text.plain import read_view

__all__ = ["ratios"]

# Texts that would make a careless pairing go back and forth.
UNITS = ("« a ", "a » ", '"a ', "« “ ", "— a\n", "« A\n", "a, dit ", "&nbsp;", "J. ", "’ ‘a", "'a bcd ", "ma-\n", "»a«", "<!-- ")
SHORT, LONG, ROUNDS = 10_000, 80_000, 3


def ratios() -> Iterator[tuple[str, float]]:
    """For each kind of text what it is, and how many times as long a character of 80,000 takes as one of 10,000."""
    for unit in UNITS:
        yield f"view and marks, {unit!r} over and over", _seconds(unit, LONG) / LONG / (_seconds(unit, SHORT) / SHORT)


def _seconds(unit: str, size: int) -> float:
    """The best of some rounds, in seconds of computing time."""
    text = "« " + unit * (size // len(unit))
    return min(_once(text) for _ in range(ROUNDS))


def _once(text: str) -> float:
    started = time.process_time()
    find_quotations(read_view(text).text)
    return time.process_time() - started
