"""What the commands share: errors as one sentence, consoles, common options."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, ParamSpec, TypeVar

import typer

from quotes.cli.terminal import finish_output, say, tolerate_encodings
from quotes.errors import QuotesError

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["FAULT", "Db", "Limit", "counted", "errors_as_sentences", "fail", "number", "output"]

# What only a mistake of this program brings about; the fuzzers look for it.
FAULT = "This is a fault of quotes, not yours"
_PLAIN: dict[str, Any] = {"highlight": False, "soft_wrap": True, "markup": False, "emoji": False, "no_color": True, "width": 10_000}

P = ParamSpec("P")
R = TypeVar("R")

Db = Annotated[Path, typer.Option("--db", help="The SQLite file that quotes extract made.", show_default=False)]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="Show at most so many rows.")]


def fail(sentence: str, code: int = 1) -> NoReturn:
    """Say what is wrong on standard error and end with the exit code (1: failed, 2: wrong usage)."""
    say(f"Error: {sentence}", err=True)
    raise typer.Exit(code)


def errors_as_sentences(command: Callable[P, R]) -> Callable[P, R]:
    """The command without tracebacks, and quiet when the reader of its output goes away. `QUOTES_TRACEBACK=1` shows them."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        tolerate_encodings()
        try:
            result = command(*args, **kwargs)
            finish_output()
            return result
        except (typer.Exit, typer.Abort):
            raise
        except KeyboardInterrupt:
            fail("Interrupted.", 130)
        except BrokenPipeError:
            # quotes ... | head: nothing is left to say.
            finish_output(drop=True)
            raise typer.Exit(1) from None
        except Exception as error:
            if isinstance(error, OSError):
                finish_output(drop=True)
            if "QUOTES_TRACEBACK" in os.environ:
                raise
            fail(_sentence(error))

    return wrapped


def _sentence(error: Exception) -> str:
    """What is wrong and how to mend it."""
    if isinstance(error, QuotesError):
        return str(error)
    if isinstance(error, MemoryError):
        return "The memory does not suffice: close other programs, or use fewer --workers."
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    if isinstance(error, OSError):
        return f"{error.filename} cannot be used: {reason}." if error.filename else f"The output cannot be written: {reason}."
    return f"{FAULT} ({type(error).__name__}: {reason}): please report it with what QUOTES_TRACEBACK=1 shows."


def output() -> Console:
    """A console on standard output: styled on a terminal, plain text of any length of line otherwise. Nothing in a text is mark-up."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
    return console if console.is_terminal else Console(**_PLAIN)


def number(value: float) -> str:
    """1234567 as « 1,234,567 »."""
    return f"{value:,.0f}"


def counted(count: int, noun: str) -> str:
    """« 1 quote », « 12 quotes »."""
    return f"{number(count)} {noun}" + ("" if count == 1 else "s")
