"""What `quotes extract` tells while it runs and at its end."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from quotes.cli.common import counted, number

if TYPE_CHECKING:
    from quotes.batch.summary import Summary

__all__ = ["closing", "line", "progress"]

# So many kinds of failures and of skipped files are named, the commonest first.
_KINDS = 10


@contextlib.contextmanager
def progress() -> Iterator[Callable[[Summary], None] | None]:
    """What to call with the summary so far: a bar on standard error; None when that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(20),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("Reading the archive and loading the models", total=None)
        yield lambda summary: shown.update(task, description=_running(summary), completed=summary.done, total=summary.total or None)


def line(summary: Summary) -> str:
    """Everything that counts, in one line."""
    parts = [counted(summary.articles, "article")]
    if summary.unchanged:
        parts.append(f"{number(summary.unchanged)} unchanged")
    parts += [counted(summary.quotes, "quote"), counted(summary.claims, "claim"), counted(summary.failures.total(), "failure")]
    if summary.words:
        parts.append(f"{number(summary.words / max(summary.seconds, 0.001))} words/s")
    return ", ".join(parts)


def _running(summary: Summary) -> str:
    return line(summary) + (f" ({_kinds(summary.failures)})" if summary.failures else "")


def closing(summary: Summary, *, stored: bool) -> Iterator[str]:
    """The account of a run: one line, the failures by reason, the first in full; `stored` tells whether all are in a database."""
    yield line(summary)
    if summary.failures:
        yield f"failures: {_kinds(summary.failures)}"
    yield from (f"  {message}" for message in summary.messages)
    rest = summary.failures.total() - len(summary.messages)
    if rest:
        yield f"  and {number(rest)} more ({'all of them are' if stored else 'with --db all of them would be'} in the table failures)"
    if summary.repeated:
        yield f"  {counted(summary.repeated, 'article')} failed before and were not tried again: --retry-failures tries them"
    if summary.skipped:
        yield f"skipped: {counted(summary.skipped.total(), 'file')} without articles ({_kinds(summary.skipped)})"


def _kinds(counts: dict[str, int]) -> str:
    common = sorted(counts.items(), key=lambda item: -item[1])
    return ", ".join(f"{number(count)} {kind}" for kind, count in common[:_KINDS]) + (", ..." if len(common) > _KINDS else "")
