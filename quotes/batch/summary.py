"""The account of a run, and the file that tells of its failures."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import regex

from quotes.archive.failure import Failure
from quotes.errors import QuotesError
from quotes.model import Extraction

__all__ = ["Summary", "open_log"]

# The first failures are told in full, all are counted (and stored, where there is a database).
MESSAGES = 10
# What would break a line, or do something to a terminal.
_CONTROLS = regex.compile(r"[\p{Cc}\p{Zl}\p{Zp}]++")


@dataclasses.dataclass(slots=True)
class Summary:
    """What a run did. Documents read = `articles` (extracted) + `unchanged` (stored before) + the sum of `failures` (by reason).

    `repeated` counts those of the failures that an earlier run had and this one did not try again, `skipped` the files that hold no
    articles, by suffix. `done` of `total` bytes of the archive were read and extracted: `total` is 0 while it is not known.
    """

    articles: int = 0
    unchanged: int = 0
    quotes: int = 0
    claims: int = 0
    words: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    failures: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    repeated: int = 0
    skipped: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    messages: list[str] = dataclasses.field(default_factory=list)
    done: int = 0
    total: int = 0

    def counts(self) -> dict[str, int]:
        """The columns of `runs`."""
        kept = {name: getattr(self, name) for name in ("articles", "unchanged", "quotes", "claims", "words")}
        return {**kept, "failures": self.failures.total()}

    def add(self, extraction: Extraction) -> None:
        """Count an article that was extracted."""
        self.articles += 1
        self.quotes += sum(quote.asserted for quote in extraction.quotes)
        self.claims += sum(claim.asserted for claim in extraction.claims)
        self.words += extraction.words

    def fail(self, failure: Failure) -> None:
        """Count a document that gave no extraction."""
        self.failures[failure.reason] += 1
        if len(self.messages) < MESSAGES:
            self.messages.append(failure.message)


@contextlib.contextmanager
def open_log(path: str | Path) -> Iterator[Callable[[Failure], None]]:
    """Adds a line for every failure to the file: time, reason, source, id and message, parted by tabs. Raises `QuotesError`."""
    with contextlib.ExitStack() as stack:
        with _sentences(path):
            file = stack.enter_context(Path(path).open("ab", buffering=0))

        def write(failure: Failure) -> None:
            time = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            parts = (time, failure.reason, failure.source, failure.id, failure.message)
            with _sentences(path):
                file.write(("\t".join(_CONTROLS.sub(" ", part) for part in parts) + "\n").encode("utf-8", "replace"))

        yield write


@contextlib.contextmanager
def _sentences(path: str | Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise QuotesError(f"{path} cannot be written ({error.strerror or error}): choose another place for --log.") from error
