"""`quotes speakers`: who speaks, how often."""

from __future__ import annotations

from typing import Annotated

import typer

from quotes.cli.common import Db, Limit, errors_as_sentences, number, output
from quotes.cli.terminal import shown

__all__ = ["EXAMPLE", "speakers_command"]

EXAMPLE = "Example: quotes speakers --db press.db --limit 20"


@errors_as_sentences
def speakers_command(
    db: Db,
    text: Annotated[str, typer.Argument(help="Only names that hold these words.", show_default=False)] = "",
    limit: Limit = 50,
) -> None:
    """List the speakers of all articles, those with the most quotes and claims first."""
    from rich.table import Table

    from quotes.store.query import open_store, speakers

    with open_store(db) as store:
        found = speakers(store, text, limit=limit)
    table = Table("speaker", "type", box=None)
    for title in ("articles", "quotes", "claims"):
        table.add_column(title, justify="right")
    for count in found:
        table.add_row(shown(count.name), count.type, number(count.articles), number(count.quotes), number(count.claims))
    output().print(table)
