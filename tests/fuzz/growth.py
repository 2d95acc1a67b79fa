"""Work that grows faster than the text: counted for a text and for one four times as long, never timed."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.harness import Fuzzer, chance
from tests.fuzz.shapes import UNITS, growth, pairs

__all__ = ["GROWTH", "LENGTH"]

# Longer than what is looked at together: a part of a sentence, the reach of an unclosed mark.
LENGTH = 700
_MOST = 5.0


def _one(seed: int, number: int, folder: Path) -> list[str]:
    luck = chance("growth", seed, number)
    known = pairs()
    units = known[number] if number < len(UNITS) else luck.choice(known)
    shape = luck.randrange(1000)
    found = growth(units, shape, LENGTH)
    if found > _MOST:
        # What is only looked at once a text is long enough makes one step; what grows with the square goes on.
        found = growth(units, shape, 4 * LENGTH)
    return [f"{units!r} with trees {shape} takes {found:.1f} times the work for four times the text"] if found > _MOST else []


GROWTH = Fuzzer("growth", _one, 0, 1_000)
