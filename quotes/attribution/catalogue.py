"""The rules and links by name: what decides in a line, and how often each rule was right on annotated articles."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, get_args

__all__ = ["PRECISION", "Counted", "Rule", "demand_of", "load_precision", "read_link", "read_rule"]

# Written by `quotes evaluate GOLD --precision FILE`, never by hand.
PRECISION = Path(__file__).with_name("precision.tsv")
RULES = Path(__file__).with_name("rules.tsv")


# What is asked of a source: nothing, that it is no thing, that its kind is known, or that it is a person's name or a known noun.
Demand = Literal["nothing", "animate", "kind", "name"]


@dataclasses.dataclass(frozen=True, slots=True)
class Counted:
    """How often a rule fired on the articles of one gold file (`gold` is its name), and how often span and speaker were right."""

    gold: str
    part: str
    rule: str
    fires: int
    right: int


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """A rule's name taken apart: `family` is its construction, `source` the way to the source, empty for complete names.

    The descriptions are those of docs/rules.md, empty for a name that the page does not know.
    """

    name: str
    family: str
    source: str
    description: str
    source_description: str


@functools.cache
def load_precision(path: Path = PRECISION) -> tuple[Counted, ...]:
    """The counts of the file in its order."""
    rows = (line.split("\t") for line in _lines(path))
    return tuple(Counted(gold, part, rule, int(fires), int(right)) for gold, part, rule, fires, right in rows)


@functools.cache
def read_rule(part: str, name: str) -> Rule:
    """A rule of `quotes` or `claims` by its name."""
    known, sources = _descriptions(part), _descriptions("sources")
    if name in known:
        return Rule(name, name, "", known[name], "")
    for place in (n for n, char in enumerate(name) if char == "-"):
        family, source = name[: place + 1], name[place + 1 :]
        if family in known and source in sources:
            return Rule(name, family.removesuffix("-"), source, known[family], sources[source])
    return Rule(name, name, "", "", "")


@functools.cache
def demand_of(name: str) -> Demand:
    """What a rule of quotes demands of the source that it found, by the rule's complete name."""
    families = (name[: place + 1] for place in reversed(range(len(name))) if name[place] == "-")
    family = next((known for known in (name, *families) if known in _demands()), name)
    demand, trusted = _demands().get(family, ("animate", ""))
    return "nothing" if trusted and name == family + trusted else demand


@functools.cache
def _demands() -> dict[str, tuple[Demand, str]]:
    """What the rules of quotes demand, and the way to the source of which they demand nothing."""
    rows = ((name, *more, "", "") for owner, name, _, *more in (line.split("\t") for line in _lines(RULES)) if owner == "quotes")
    known: dict[str, Demand] = {demand: demand for demand in get_args(Demand)}
    return {name: (known[demand or "animate"], trusted) for name, demand, trusted, *_ in rows}


@functools.cache
def read_link(name: str) -> str:
    """What a link says, in words: how it was found whom the words mean; empty for a name that docs/rules.md does not know."""
    known = _descriptions("links")
    first, joined, rest = name.partition("+")
    return f"{known.get(first + joined, '')} {read_link(rest)}".strip() if joined else known.get(name, "")


@functools.cache
def _descriptions(part: str) -> dict[str, str]:
    rows: Sequence[list[str]] = [line.split("\t") for line in _lines(RULES)]
    return {name: description for owner, name, description, *_ in rows if owner == part}


def _lines(path: Path) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return (line for line in lines if line and not line.startswith("#"))
