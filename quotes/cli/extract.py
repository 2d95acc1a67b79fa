"""`quotes extract`: an archive into a database, JSON Lines, or both."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli import reading
from quotes.cli.account import closing, progress
from quotes.cli.common import errors_as_sentences, fail
from quotes.cli.terminal import say
from quotes.model import THRESHOLD

if TYPE_CHECKING:
    from quotes.batch.summary import Summary

__all__ = ["EXAMPLE", "MinConfidence", "Models", "Unasserted", "Workers", "extract_command"]

EXAMPLE = "Example: quotes extract articles/ more.csv old.tar.gz --db press.db --workers 2"

Paths = Annotated[
    list[str],
    typer.Argument(help="Folders, files of any known format, archives of them; - is standard input.", show_default=False, metavar="PATH"),
]
Database = Annotated[Path | None, typer.Option("--db", help="SQLite file to make or to add to.", show_default=False)]
Jsonl = Annotated[str | None, typer.Option("--jsonl", help="JSON Lines file to write, - for standard output.", show_default=False)]
Folder = Annotated[
    Path | None,
    typer.Option("--shards", help="Folder to add Parquet files to, for quotes merge, in place of a database.", show_default=False),
]
Part = Annotated[
    str | None,
    typer.Option("--part", metavar="I/N", help="Only the Ith of N parts of the archive, for runs side by side.", show_default=False),
]
Workers = Annotated[
    int | None, typer.Option("--workers", "-w", min=1, help="Processes; each needs about 1 GB and a core.", show_default="one a core")
]
Models = Annotated[str | None, typer.Option("--models", help="Folder of Stanza models, or official.", show_default="embedded")]
Unasserted = Annotated[bool, typer.Option("--unasserted", help="Also claims that are denied, asked or supposed, each with its polarity.")]
MinConfidence = Annotated[
    float,
    typer.Option("--min-confidence", min=0.0, max=1.0, help="Name nobody who is less surely the speaker (0 to 1)."),
]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="Stop after so many articles.", show_default=False)]
Replace = Annotated[bool, typer.Option("--replace", help="Store a text in the place of another one with the same id.")]
Retry = Annotated[bool, typer.Option("--retry-failures", help="Try articles again that could not be extracted before.")]
Remote = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS", help="Dask scheduler whose workers extract, as tcp://host:8786.", show_default=False),
]
Log = Annotated[Path | None, typer.Option("--log", help="File to add a line to for every failure.", show_default=False)]


@errors_as_sentences
def extract_command(
    paths: Paths,
    db: Database = None,
    jsonl: Jsonl = None,
    shards: Folder = None,
    part: Part = None,
    workers: Workers = None,
    cluster: Remote = None,
    models: Models = None,
    limit: Limit = None,
    unasserted: Unasserted = False,
    min_confidence: MinConfidence = THRESHOLD,
    replace: Replace = False,
    retry_failures: Retry = False,
    log: Log = None,
    maxima: reading.Maxima = None,
    text_column: reading.TextColumn = None,
    id_column: reading.IdColumn = None,
    title_column: reading.TitleColumn = None,
    date_column: reading.DateColumn = None,
    outlet_column: reading.OutletColumn = None,
    url_column: reading.UrlColumn = None,
    author_column: reading.AuthorColumn = None,
) -> None:
    """Extract quotes and claims from articles. What the database holds unchanged is not extracted again, so an interrupted run goes on."""
    if shards is not None and (db is not None or jsonl is not None):
        fail("Give --shards alone: quotes merge stores them in a database.", 2)
    if db is None and jsonl is None and shards is None:
        fail("Say where the results should go: --db FILE for a database, --jsonl FILE (or -) for JSON Lines.", 2)
    from quotes.batch.runner import run

    columns = {"text": text_column, "id": id_column, "title": title_column, "date": date_column}
    columns |= {"outlet": outlet_column, "url": url_column, "author": author_column}
    options = reading.reading_options(columns, maxima)
    with _terminable(), progress() as watch:
        summary = run(
            paths, db=db, jsonl=jsonl, shards=shards, part=_part(part), workers=workers, models=models, limit=limit, unasserted=unasserted,
            min_confidence=min_confidence, options=options, replace=replace,
            retry_failures=retry_failures, log=log, cluster=cluster, watch=watch,
        )  # fmt: skip
    _tell(summary, jsonl, stored=db is not None or shards is not None)


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM, which ends jobs of clusters and services, works like Ctrl-C."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _part(text: str | None) -> tuple[int, int] | None:
    """« 2/10 » as (2, 10)."""
    if text is None:
        return None
    number, _, count = text.partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        fail(f"“{text}” is no part: write the number of the part and of all parts, as in --part 2/10.", 2)
    return int(number), int(count)


def _tell(summary: Summary, jsonl: str | None, *, stored: bool) -> None:
    """The end of the run: what it did, and the exit code that goes with it."""
    from quotes.targets import part_of

    for line in closing(summary, stored=stored):
        say(line, err=True)
    if summary.interrupted:
        resume = "run the same command again to go on" if stored else "with --db the next run would go on from there"
        lines = f", its lines in {part_of(jsonl)}" if jsonl not in (None, "-") else ""
        fail(f"Interrupted: what was finished is kept{lines}; {resume}.", 130)
    if not summary.articles + summary.unchanged:
        fail("No article could be extracted.")
