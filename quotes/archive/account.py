"""Every document once: empty ones and repeated ids become failures."""

from __future__ import annotations

import collections
import dataclasses
import hashlib
from collections.abc import Iterable, Iterator

from quotes.archive.failure import Document, Failure
from quotes.model import Article

__all__ = ["account", "is_newer"]

_EMPTY = " \t\r\n\f\v\0\u00a0\ufeff"


def account(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents, with a failure for an article without text, and for one whose id came before.

    A page of the same address that is newer than the one before it takes its place.
    """
    seen: dict[str, tuple[bytes, str | None, str | None]] = {}
    told: collections.Counter[tuple[str, str, str]] = collections.Counter()
    for document in documents:
        found = _first_time(*document, seen) if isinstance(document, tuple) else document
        yield _told_apart(found, told) if isinstance(found, Failure) else found


def _told_apart(failure: Failure, told: collections.Counter[tuple[str, str, str]]) -> Failure:
    """The failure, its source followed by `#2` when it is the second of a file named twice, or of two members with one name."""
    key = (failure.source, failure.id, failure.reason)
    told[key] += 1
    return failure if told[key] == 1 else dataclasses.replace(failure, source=f"{failure.source}#{told[key]}")


def _first_time(source: str, article: Article, seen: dict[str, tuple[bytes, str | None, str | None]]) -> Document:
    if not article.text.strip(_EMPTY):
        return Failure(source, article.id, "empty", f"{source} holds no text.")
    digest = hashlib.blake2b(article.text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    known = seen.get(article.id)
    if known and known[0] == digest:
        return Failure(source, article.id, "duplicate", f"{source} repeats the article {article.id} word for word.")
    if known and not is_newer(article, url=known[1], date=known[2]):
        return Failure(
            source, article.id, "duplicate-id", f"{source} has the id {article.id} of another article: give it an id of its own."
        )
    # What is kept of an article is small: there may be millions.
    seen[article.id] = (digest, article.url, article.date)
    return source, article


def is_newer(article: Article, *, url: str | None, date: str | None) -> bool:
    """Whether the article is a later state of the page at `url` that was known as of `date`."""
    same_page = bool(url) and article.url == url
    return same_page and bool(date) and (article.date or "") > (date or "")
