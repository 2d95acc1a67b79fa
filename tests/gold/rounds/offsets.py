"""Names of speakers as offsets: the repository holds where an article has the words, never the words themselves.

A stored name is a list of spans [start, end] of the text whose slices, joined by one blank, give the name. A name whose words the text has not
in this way (an annotator elided or wrote small what the article does not) stays as it is.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

__all__ = ["by_offsets", "digest", "resolved", "spans_of"]

_PARTS = ("quotes", "claims")


def digest(text: str) -> str:
    """The check sum of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def by_offsets(record: Mapping[str, Any], text: str) -> dict[str, Any]:
    """What is stored of an annotated article: its id, the check sum of its text, quotes and claims with their names by offsets."""
    rows = {part: [_renamed(row, functools.partial(spans_of, text=text, place=_place(row))) for row in record[part]] for part in _PARTS}
    return {"id": record["id"], "sha256": digest(text), **rows}


def resolved(record: Mapping[str, Any], text: str) -> dict[str, Any]:
    """A stored article as it was annotated: every name in its words."""
    return {**record, **{part: [_renamed(row, functools.partial(_words, text=text)) for row in record[part]] for part in _PARTS}}


def _renamed(row: Mapping[str, Any], form: Callable[[Any], Any]) -> dict[str, Any]:
    """A quote or claim with its speaker and aliases in another form."""
    told = {"speaker": form(row["speaker"])} if row.get("speaker") else {}
    return {**row, **told, **({"aliases": [form(alias) for alias in row["aliases"]]} if row.get("aliases") else {})}


def _words(name: str | list[list[int]], text: str) -> str:
    return name if isinstance(name, str) else " ".join(text[start:end] for start, end in name)


def _place(row: Mapping[str, Any]) -> int:
    """Where a row's mention begins, else what is said."""
    return int((row.get("mention") or row.get("span") or row["pieces"][0])[0])


def spans_of(name: str, text: str, place: int) -> str | list[list[int]]:
    """The fewest spans of a text that make a name, those nearest to a place; the name itself when there are none."""
    words = name.split(" ")
    best: list[list[list[int]] | None] = [[]]
    for end in range(1, len(words) + 1):
        ways = [[*before, found] for start in range(end) for before, found in _joined(best[start], words[start:end], text, place)]
        best.append(min(ways, key=lambda spans: (len(spans), sum(abs(start - place) for start, _ in spans)), default=None))
    return best[-1] or name


def _joined(before: list[list[int]] | None, words: list[str], text: str, place: int) -> Iterator[tuple[list[list[int]], list[int]]]:
    """The spans before some words of a name with the words' own, where both are in the text."""
    found = _nearest(" ".join(words), text, place) if before is not None else None
    if before is not None and found is not None:
        yield before, found


def _nearest(words: str, text: str, place: int) -> list[int] | None:
    """Where a text has these words: as whole words rather than in longer ones, then the place nearest to the given one."""
    starts = []
    start = text.find(words) if words else -1
    while start >= 0:
        starts.append(start)
        start = text.find(words, start + 1)
    if not starts:
        return None
    nearest = min(starts, key=lambda start: (_cuts(text, start) or _cuts(text, start + len(words)), abs(start - place)))
    return [nearest, nearest + len(words)]


def _cuts(text: str, position: int) -> bool:
    """Whether a position lies inside a word."""
    return text[position - 1 : position].isalnum() and text[position : position + 1].isalnum()
