"""`quotes extract`: an archive into a database, JSON Lines, or both."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.common import counted, errors_as_sentences, fail, number

if TYPE_CHECKING:
    from quotes.batch.runner import Summary

__all__ = ["EXAMPLE", "extract_command"]

EXAMPLE = "Example: quotes extract articles/ more.jsonl old.zip --db press.db --workers 2"

# The commonest kinds of skipped files are named.
_KINDS = 10

Paths = Annotated[list[Path], typer.Argument(help="Folders, .txt, .jsonl and .zip files.", show_default=False, metavar="PATH")]
Database = Annotated[Path | None, typer.Option("--db", help="SQLite file to make or to add to.", show_default=False)]
Jsonl = Annotated[str | None, typer.Option("--jsonl", help="JSON Lines file to write, - for standard output.", show_default=False)]
Workers = Annotated[int, typer.Option("--workers", "-w", min=1, help="Processes; each needs about 1.5 GB and a core.")]
Models = Annotated[str | None, typer.Option("--models", help="Folder of Stanza models, or official.", show_default="embedded")]
Unasserted = Annotated[bool, typer.Option("--unasserted", help="Also claims that are denied, asked or supposed, each with its polarity.")]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="Stop after so many articles.", show_default=False)]


@errors_as_sentences
def extract_command(
    paths: Paths,
    db: Database = None,
    jsonl: Jsonl = None,
    workers: Workers = 1,
    models: Models = None,
    limit: Limit = None,
    unasserted: Unasserted = False,
) -> None:
    """Extract quotes and claims from articles. What the database holds unchanged is not extracted again, so an interrupted run goes on."""
    if db is None and jsonl is None:
        fail("Say where the results should go: --db FILE for a database, --jsonl FILE (or -) for JSON Lines.", 2)
    from quotes.batch.runner import run

    with _progress() as watch:
        summary = run(paths, db=db, jsonl=jsonl, workers=workers, models=models, limit=limit, unasserted=unasserted, watch=watch)
    for line in _closing(summary):
        typer.echo(line, err=True)
    if summary.interrupted:
        resume = "run the same command again to go on" if db is not None else "with --db the next run would go on from there"
        fail(f"Interrupted: what was finished is kept; {resume}.", 130)
    if not summary.articles + summary.unchanged:
        fail("No article could be extracted.")


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[Summary], None]]:
    """What to call with the summary so far: a line on standard error, nothing when that is no terminal."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Reading the archive and loading the models")
        yield lambda summary: progress.update(task, description=_line(summary))


def _line(summary: Summary) -> str:
    """Everything that counts, in one line."""
    parts = [counted(summary.articles, "article")]
    if summary.unchanged:
        parts.append(f"{number(summary.unchanged)} unchanged")
    parts += [counted(summary.quotes, "quote"), counted(summary.claims, "claim"), counted(summary.failures.total(), "failure")]
    if summary.words:
        parts.append(f"{number(summary.words / max(summary.seconds, 0.001))} words/s")
    return ", ".join(parts)


def _closing(summary: Summary) -> Iterator[str]:
    """The account of a run: one line, then the failures by reason and the first of them in full."""
    yield _line(summary)
    if summary.failures:
        yield "failures: " + ", ".join(f"{number(count)} {reason}" for reason, count in summary.failures.most_common())
        yield from (f"  {message}" for message in summary.messages)
    rest = summary.failures.total() - len(summary.messages)
    if rest:
        yield f"  and {number(rest)} more (with --db all of them are in the table failures)"
    if summary.skipped:
        kinds = ", ".join(f"{number(count)} {kind}" for kind, count in summary.skipped.most_common(_KINDS))
        yield f"skipped: {counted(summary.skipped.total(), 'file')} without articles ({kinds})"
