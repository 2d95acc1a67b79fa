"""What a reader yields instead of an article it cannot give."""

from __future__ import annotations

import dataclasses

from quotes.errors import QuotesError
from quotes.model import Article

__all__ = ["ArchiveError", "Document", "Failure"]


class ArchiveError(QuotesError):
    """The archive as a whole cannot be read: a path that does not exist."""


@dataclasses.dataclass(frozen=True, slots=True)
class Failure:
    """One input document that gave no extraction.

    `source` is the file (`file:line` for a record of a .jsonl file), `id` the article's id as far as it is known,
    `reason` a slug to count by (`empty`, `binary`, `bad-json`, ...), `message` a sentence for the reader.
    """

    source: str
    id: str
    reason: str
    message: str


# What a reader yields: an article with its source (as in `Failure.source`), or the failure to read it.
Document = tuple[str, Article] | Failure
