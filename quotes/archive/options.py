"""What the user can say about an archive: which columns hold what, and how much of anything is too much."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from quotes.archive.failure import ArchiveError

__all__ = ["FIELDS", "LIMITS", "Limits", "Options", "limits_from"]

# What an article is made of, the text first.
FIELDS = ("text", "id", "title", "date", "outlet", "url", "author")
_MEGABYTE = 1_000_000


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """What is refused: it would only exhaust memory or time."""

    document: int = 100 * _MEGABYTE  # bytes of a text, of one record, of an export with all its articles
    page: int = 10 * _MEGABYTE  # bytes of an HTML page
    ratio: int = 200  # times that an archive may grow when it is unpacked
    depth: int = 4  # archives inside archives


# How the limits are named by the user, with what one of theirs is.
LIMITS = {"document": _MEGABYTE, "page": _MEGABYTE, "ratio": 1, "depth": 1}


@dataclasses.dataclass(frozen=True, slots=True)
class Options:
    """How to read. `columns` names, by field of `FIELDS`, the column or key that holds it."""

    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)
    limits: Limits = dataclasses.field(default_factory=Limits)


def limits_from(given: Iterable[str]) -> Limits:
    """The limits with what the user wrote as `name=number`, sizes in megabytes. Raises `ArchiveError` for anything else."""
    changed: dict[str, int] = {}
    for text in given:
        name, _, number = text.partition("=")
        if name not in LIMITS or not number.isdecimal() or int(number) < 1:
            raise ArchiveError(f"“{text}” is no limit: write {', '.join(LIMITS)} with = and a number, as in --max page=20.")
        changed[name] = int(number) * LIMITS[name]
    return dataclasses.replace(Limits(), **changed)
