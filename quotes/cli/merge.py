"""`quotes merge`: folders of shards into one database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes.cli.account import closing
from quotes.cli.common import errors_as_sentences
from quotes.cli.terminal import say

__all__ = ["EXAMPLE", "merge_command"]

EXAMPLE = "Example: quotes merge shards/ --db press.db"

Folders = Annotated[list[Path], typer.Argument(help="Folders that quotes extract --shards wrote.", show_default=False, metavar="FOLDER")]
Database = Annotated[Path, typer.Option("--db", help="SQLite file to make or to add to.", show_default=False)]
Replace = Annotated[bool, typer.Option("--replace", help="Store a text in the place of another one with the same id.")]


@errors_as_sentences
def merge_command(folders: Folders, db: Database, replace: Replace = False) -> None:
    """Store what shards hold in a database. What it has already stays as it is, so merging again, or more shards, does no harm."""
    from quotes.batch.merge import merge

    for line in closing(merge(folders, db, replace=replace), stored=True):
        say(line, err=True)
