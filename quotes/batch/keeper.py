"""What a run asks of whoever keeps its results: a database, or a folder of shards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from quotes.archive.failure import Failure
from quotes.model import Article, Extraction
from quotes.store.choices import Choices

__all__ = ["Keeper"]


class Keeper(AbstractContextManager["Keeper"], Protocol):
    """Keeps extractions and failures, and knows those of earlier runs. Leaving its context finishes whatever is under way."""

    def start_run(self, paths: Sequence[str], choices: Choices) -> int:
        """Begin a run; its choices are noted with every article saved."""
        ...

    def finish_run(self, status: str, counts: Mapping[str, int], *, complete: bool = False) -> None:
        """End the run."""
        ...

    def is_current(self, article: Article) -> bool:
        """Whether the article is kept as it is, by this run's pipeline version and models."""
        ...

    def holds_other_text(self, article: Article) -> bool:
        """Whether the article's id is that of another text that is kept."""
        ...

    def failed_before(self, article: Article) -> Failure | None:
        """The failure of an earlier run to extract the article as it is."""
        ...

    def save(self, extractions: Iterable[Extraction]) -> None:
        """Keep the extractions."""
        ...

    def fail(self, failure: Failure, tried: str | None = None) -> None:
        """Keep a failure; `tried` is the hash of an article that could be read but not extracted."""
        ...

    def load(self, article_id: str) -> Extraction | None:
        """The extraction that is kept of an article."""
        ...
