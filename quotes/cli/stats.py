"""`quotes stats`: what a database holds."""

from __future__ import annotations

from typing import Any

from quotes.cli.common import Db, errors_as_sentences, number
from quotes.cli.terminal import say

__all__ = ["EXAMPLE", "stats_command"]

EXAMPLE = "Example: quotes stats --db press.db"


@errors_as_sentences
def stats_command(db: Db) -> None:
    """Count what the database holds: articles, quotes, claims, speakers, failures."""
    from quotes.store.query import open_store, stats

    with open_store(db) as store:
        counts = stats(store)
    for name, value in _lines(counts):
        say(f"{name:<10} {value}")


def _lines(counts: dict[str, Any]) -> list[tuple[str, str]]:
    """Name and value of every line."""
    statements = counts["quotes"] + counts["claims"]
    share = f" ({counts['attributed'] / statements:.0%} of quotes and claims)" if statements else ""
    return [
        ("articles", f"{number(counts['articles'])} ({number(counts['words'])} words)"),
        ("quotes", f"{number(counts['quotes'])} ({number(counts['direct'])} direct, {number(counts['partial'])} partial)"),
        ("claims", number(counts["claims"])),
        ("attributed", f"{number(counts['attributed'])}{share}"),
        *([("unasserted", _counted(counts["unasserted"]))] if counts["unasserted"] else []),
        ("speakers", _counted(counts["speakers"])),
        ("outlets", _counted({name or "(none)": count for name, count in counts["outlets"].items()}, 10)),
        ("failures", _counted(counts["failures"])),
    ]


def _counted(counts: dict[str, int], most: int = 20) -> str:
    """« 12 (8 person, 4 group) »: the total, then the largest parts."""
    parts = [f"{number(count)} {name}" for name, count in list(counts.items())[:most]]
    more = ", ..." if len(counts) > most else ""
    return number(sum(counts.values())) + (f" ({', '.join(parts)}{more})" if parts else "")
