"""The rules by name: their construction and way to the source, what decides in a line, and how sure each was on annotated articles."""

from __future__ import annotations

import dataclasses
import functools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["PRECISION", "Counted", "Rule", "confidence", "load_precision", "read_rule"]

# Written by `quotes evaluate GOLD --precision FILE`, never by hand.
PRECISION = Path(__file__).with_name("precision.tsv")
RULES = Path(__file__).with_name("rules.tsv")
# How many sightings the next wider class is worth against a rule's own (the m of an m-estimate). Of the powers of 2 up to 16, this one
# predicts each of the two gold files best from the other: mean Brier score 0.119, 0.121 with 4, 0.126 without smoothing.
WEIGHT = 16.0


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
def confidence(part: str, name: str, path: Path = PRECISION) -> float | None:
    """The measured precision of a rule (0 to 1, three decimals), None when its part was never measured.

    Small counts are drawn towards the rule's family, and small families towards the part, by m-estimates (Cestnik 1990, « Estimating
    probabilities: a crucial task in machine learning »): (right + m · wider) / (fires + m) with m = 16. So a rule never seen has its
    family's share, and a family never seen the part's.
    """
    totals = _totals(path)
    if not name or (part, "", "") not in totals:
        return None
    fires, right = totals[part, "", ""]
    share = right / fires
    for key in ((part, read_rule(part, name).family, ""), (part, "", name)):
        fires, right = totals.get(key, (0, 0))
        share = (right + WEIGHT * share) / (fires + WEIGHT)
    return round(share, 3)


@functools.cache
def _totals(path: Path) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Fires and right by part, by part and family, and by part and rule, over all gold files."""
    totals: defaultdict[tuple[str, str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in load_precision(path):
        family = read_rule(row.part, row.rule).family
        for key in ((row.part, "", ""), (row.part, family, ""), (row.part, "", row.rule)):
            fires, right = totals[key]
            totals[key] = (fires + row.fires, right + row.right)
    return dict(totals)


@functools.cache
def _descriptions(part: str) -> dict[str, str]:
    rows: Sequence[list[str]] = [line.split("\t") for line in _lines(RULES)]
    return {name: description for owner, name, description in rows if owner == part}


def _lines(path: Path) -> Iterator[str]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return (line for line in lines if line and not line.startswith("#"))
