"""How much goes through the models at once."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["WORDS_A_BATCH", "batch_sizes"]

WORDS_A_BATCH = 20_000
# The first batch is small, so that something is there to see at once, each further one so many times as large up to the full size.
FIRST, GROWTH = 500, 4


def batch_sizes(most: int = WORDS_A_BATCH) -> Iterator[int]:
    """How many words each batch may have, without end."""
    size = FIRST
    while size < most:
        yield size
        size *= GROWTH
    while True:
        yield most
