"""Options of commands that read an archive: which columns hold what, and what is too much."""

from __future__ import annotations

from typing import Annotated

import typer

from quotes.archive.options import Options, limits_from

__all__ = ["AuthorColumn", "DateColumn", "IdColumn", "Maxima", "OutletColumn", "TextColumn", "TitleColumn", "UrlColumn", "reading_options"]

_PANEL = "Columns and keys of tables, JSON and Parquet"


def _column(option: str, what: str) -> typer.models.OptionInfo:
    found: typer.models.OptionInfo = typer.Option(option, metavar="NAME", help=what, show_default=False, rich_help_panel=_PANEL)
    return found


TextColumn = Annotated[str | None, _column("--text-column", "The one with the text; known names (text, content, ...) need none.")]
IdColumn = Annotated[str | None, _column("--id-column", "The one with the id.")]
TitleColumn = Annotated[str | None, _column("--title-column", "The one with the title.")]
DateColumn = Annotated[str | None, _column("--date-column", "The one with the date.")]
OutletColumn = Annotated[str | None, _column("--outlet-column", "The one with the newspaper or site.")]
UrlColumn = Annotated[str | None, _column("--url-column", "The one with the address.")]
AuthorColumn = Annotated[str | None, _column("--author-column", "The one with the author.")]
Maxima = Annotated[
    list[str] | None,
    typer.Option("--max", metavar="LIMIT=N", help="In place of document=100 or page=10 (MB), ratio=200, depth=4.", show_default=False),
]


def reading_options(columns: dict[str, str | None], maxima: list[str] | None) -> Options:
    """The options of the readers; `columns` by field. Raises `ArchiveError` for a limit that is none."""
    return Options(columns={field: name for field, name in columns.items() if name}, limits=limits_from(maxima or ()))
