"""What a reader yields instead of an article it cannot give."""

from __future__ import annotations

import dataclasses

from quotes.archive.decode import clean
from quotes.errors import QuotesError
from quotes.model import Article

__all__ = ["ArchiveError", "BadDocument", "Document", "Failure", "Skipped", "reason_of"]


class ArchiveError(QuotesError):
    """The archive as a whole cannot be read: a path that does not exist, a limit that is none."""


class BadDocument(Exception):
    """A file or record without an article: `reason` is the failure's slug, the text goes on where the name of the source ends."""

    def __init__(self, reason: str, problem: str) -> None:
        super().__init__(problem)
        self.reason = reason


@dataclasses.dataclass(frozen=True, slots=True)
class Failure:
    """One input document that gave no extraction.

    `source` is the file (`file:line` for a record of a file), `id` the article's id as far as it is known,
    `reason` a slug to count by (`empty`, `binary`, `bad-json`, ...), `message` a sentence for the reader, in one line whatever
    the parser that found the fault has to say.
    """

    source: str
    id: str
    reason: str
    message: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", " ".join(self.message.split()))


@dataclasses.dataclass(frozen=True, slots=True)
class Skipped:
    """A file that holds no article and was not meant to: an image, annotations, a database. `kind` is what to count it by."""

    source: str
    kind: str


# What a reader yields: an article with its source (as in `Failure.source`), or why there is none.
Document = tuple[str, Article] | Failure | Skipped


def reason_of(error: Exception) -> str:
    """What went wrong, in one line and without a full stop."""
    return clean(" ".join(str(error).split()).rstrip(".")) or type(error).__name__
