"""What a run asks of whoever extracts: this process, several of them, or a cluster."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from quotes.archive.failure import Failure
from quotes.batch.work import Documents
from quotes.model import Article, Extraction

__all__ = ["Batch", "Engine", "Results"]

# For every article of a batch's `todo`, in order.
Results = list[Extraction | Failure]


@dataclasses.dataclass(frozen=True, slots=True)
class Batch:
    """Articles in input order: `todo` are extracted, `unchanged` (their places in `articles`) are stored already.

    `position` is how many bytes of the archive were read up to its end, 0 when nobody counts them.
    """

    articles: list[tuple[str, Article]]
    unchanged: frozenset[int]
    position: int = 0

    @property
    def todo(self) -> Documents:
        """What has to be extracted."""
        return [document for place, document in enumerate(self.articles) if place not in self.unchanged]


class Engine(AbstractContextManager["Engine"], Protocol):
    """Extracts batches; leaving its context ends whatever it is still doing. Raises `SetupError` when it can extract nothing at all."""

    def extract(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Results]]:
        """Each batch with an extraction or a failure for every article in its `todo`, in the order of the batches."""
        ...

    def finished(self) -> Iterator[tuple[Batch, Results]]:
        """After an interruption: the batches that are done and were not handed out yet. Waits for nothing."""
        ...
