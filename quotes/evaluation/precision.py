"""The measured counts behind the confidence of results: written from an evaluation, shown as the table of docs/rules.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from quotes.attribution.catalogue import Counted, load_precision
from quotes.errors import QuotesError
from quotes.evaluation.scores import PARTS, Table
from quotes.targets import written_beside

__all__ = ["counted", "merged", "precision_table", "write_precision"]

HEADER = "# How often each rule was right: gold file, part, rule, fires, right. Written by quotes evaluate --precision, never by hand."
# Rules that fired less often in all gold files together are left out of the table.
FEWEST = 4


def counted(name: str, table: Table) -> list[Counted]:
    """The counts of one gold file, by part and rule."""
    rows = (Counted(name, part, rule, fires, right) for (part, rule), (fires, _, right) in table.rules.items())
    return sorted(rows, key=lambda row: (PARTS.index(row.part), row.rule))


def merged(known: Iterable[Counted], new: Sequence[Counted]) -> list[Counted]:
    """What is known of other gold files, then the new counts; those of a file measured anew are replaced."""
    measured = {row.gold for row in new}
    return sorted([*(row for row in known if row.gold not in measured), *new], key=lambda row: (row.gold, PARTS.index(row.part), row.rule))


def write_precision(path: Path, rows: Iterable[Counted]) -> None:
    """Write the file that `load_precision` reads. Raises `QuotesError` when it cannot be written."""
    lines = [HEADER, *(f"{row.gold}\t{row.part}\t{row.rule}\t{row.fires}\t{row.right}" for row in rows)]
    try:
        with written_beside(path) as stream:
            stream.write(("\n".join(lines) + "\n").encode())
    except OSError as error:
        raise QuotesError(f"{path} cannot be written: {error.strerror}.") from error
    load_precision.cache_clear()


def precision_table(rows: Sequence[Counted]) -> list[str]:
    """A Markdown table: fires and right of every rule by gold file, quotes before claims, the most frequent first."""
    names = sorted({row.gold for row in rows})
    counts = {(row.part, row.rule, row.gold): (row.fires, row.right) for row in rows}
    totals = {key: sum(counts.get((*key, name), (0, 0))[0] for name in names) for key in dict.fromkeys((r.part, r.rule) for r in rows)}
    shown = sorted((k for k, fires in totals.items() if fires >= FEWEST), key=lambda k: (PARTS.index(k[0]), -totals[k], k[1]))
    heads = " | ".join(f"fires, {name} | right" for name in names)
    lines = [f"| rule | {heads} |", f"|---|{'---|' * 2 * len(names)}"]
    for part, rule in shown:
        cells = " | ".join(f"{fires} | {right}" for name in names for fires, right in [counts.get((part, rule, name), (0, 0))])
        lines.append(f"| {part}: `{rule}` | {cells} |")
    return lines
