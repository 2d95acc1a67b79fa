"""Which documents of an archive are extracted in a run, and which are not."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from quotes.archive.failure import Document, Failure
from quotes.batch.keeper import Keeper
from quotes.model import Article

__all__ = ["OTHER_TEXT", "Triage", "limited", "other_text", "parted"]

# The reason of a failure: the id of an article is that of another stored text.
OTHER_TEXT = "other-text"


def parted(documents: Iterator[Document], part: tuple[int, int] | None) -> Iterator[Document]:
    """The documents whose turn is in the given part of so many, by their ids: always the same ones, wherever that is asked."""
    for document in documents:
        name = document[1].id if isinstance(document, tuple) else document.source
        if part is None or zlib.crc32(name.encode("utf-8", "replace")) % part[1] == part[0] - 1:
            yield document


def limited(documents: Iterator[Document], limit: int | None) -> Iterator[Document]:
    """The documents up to the `limit`th article."""
    taken = 0
    for document in documents:
        if limit is not None and taken >= limit:
            return
        taken += isinstance(document, tuple)
        yield document


def other_text(source: str, article: Article) -> Failure:
    """The failure of an article whose id is that of another stored text."""
    message = f"{source} has another text than the stored article {article.id}: give it an id of its own, or --replace that one."
    return Failure(source, article.id, OTHER_TEXT, message)


class Triage:
    """What is known of an article before it is extracted."""

    def __init__(self, store: Keeper | None, *, replace: bool, retry_failures: bool) -> None:
        self._store = store
        self._replace = replace
        self._retry_failures = retry_failures

    def is_current(self, article: Article) -> bool:
        """Whether the article is kept as it is."""
        return self._store is not None and self._store.is_current(article)

    def refused(self, source: str, article: Article) -> Failure | None:
        """Why an article is not extracted: its id is another text's, or it failed before."""
        if self._store is None:
            return None
        if not self._replace and self._store.holds_other_text(article):
            return other_text(source, article)
        return None if self._retry_failures else self._store.failed_before(article)
