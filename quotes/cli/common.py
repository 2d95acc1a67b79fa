"""What the commands share: errors as one sentence, consoles, common options."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, ParamSpec, TypeVar

import typer

from quotes.errors import QuotesError

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Db", "Limit", "counted", "errors_as_sentences", "fail", "number", "output"]

P = ParamSpec("P")
R = TypeVar("R")

Db = Annotated[Path, typer.Option("--db", help="The SQLite file that quotes extract made.", show_default=False)]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="Show at most so many rows.")]


def fail(sentence: str, code: int = 1) -> NoReturn:
    """Say what is wrong on standard error and end with the exit code (1: failed, 2: wrong usage)."""
    typer.echo(f"Error: {sentence}", err=True)
    raise typer.Exit(code)


def errors_as_sentences(command: Callable[P, R]) -> Callable[P, R]:
    """The command without tracebacks for what the user can mend, and quiet when the reader of its output goes away."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except QuotesError as error:
            fail(str(error))
        except BrokenPipeError:
            # quotes ... | head: nothing is left to say, and Python must not try to flush at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except KeyboardInterrupt:
            fail("Interrupted.", 130)

    return wrapped


def output() -> Console:
    """A console on standard output: styled on a terminal, plain text of any length of line otherwise."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    return console if console.is_terminal else Console(highlight=False, soft_wrap=True, no_color=True, width=10_000)


def number(value: float) -> str:
    """1234567 as « 1,234,567 »."""
    return f"{value:,.0f}"


def counted(count: int, noun: str) -> str:
    """« 1 quote », « 12 quotes »."""
    return f"{number(count)} {noun}" + ("" if count == 1 else "s")
