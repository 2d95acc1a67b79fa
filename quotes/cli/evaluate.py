"""`quotes evaluate`: scores against annotated articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.common import errors_as_sentences

if TYPE_CHECKING:
    from quotes.evaluation import Table

__all__ = ["EXAMPLE", "evaluate_command"]

EXAMPLE = "Example: quotes evaluate tests/gold/gold.jsonl"

Gold = Annotated[Path, typer.Argument(help="Annotated articles, JSON Lines: id, text, quotes, claims.", show_default=False)]
Models = Annotated[str | None, typer.Option("--models", help="A folder of models, or official.")]


@errors_as_sentences
def evaluate_command(gold: Gold, models: Models = None) -> None:
    """Extract annotated articles and print how much is found, and found with the right speaker."""
    from quotes.evaluation import articles, evaluate, read_gold
    from quotes.pipeline import Extractor

    annotated = read_gold(gold)
    table = evaluate(annotated, Extractor(models).extract(articles(annotated)))
    for line in _lines(table):
        typer.echo(line)


def _lines(table: Table) -> list[str]:
    lines = []
    for part in table.parts:
        score = table.total(part)
        low, high = table.interval(part)
        lines.append(
            f"{part}: {score.gold} annotated, {score.predicted} predicted, found F1 {score.f1(score.found):.3f}, "
            f"attributed F1 {score.f1(score.attributed):.3f} (95 % interval {low:.3f} to {high:.3f})"
        )
    lines.append("rule, fires, found, right")
    for (part, rule), (fires, found, right) in sorted(table.rules.items(), key=lambda item: (item[0][0], -item[1][0])):
        lines.append(f"{part} {rule}: {fires}, {found}, {right}")
    return lines
