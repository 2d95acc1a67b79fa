"""Text of articles on a terminal: as it is, but for characters that would act on the terminal instead of being seen."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TextIO

import regex
import typer

__all__ = ["finish_output", "say", "shown", "shown_with_places", "tolerate_encodings"]

# Controls but tab and line feed, what turns the direction of writing or breaks lines unseen, and halves of surrogate pairs.
_ACTING = regex.compile(r"[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\ufeff--\t\n]", regex.V1)
_ENDS = regex.compile(r"\r\n?")


def shown(text: object, *, lines: bool = False) -> str:
    r"""The text with `\x1b`, `\u202e` ... in place of characters that act on a terminal; line ends too, unless `lines` keeps them."""
    found = _ACTING.sub(_escape, _ENDS.sub("\n", str(text)))
    return found if lines else found.replace("\n", "\\n")


def shown_with_places(text: str) -> tuple[str, list[int]]:
    """`shown` with its lines, and for every place of the text (its end included) where it is in what is shown."""
    parts: list[str] = []
    places = [0]
    for number, char in enumerate(text):
        ends_line = char == "\r" and text[number + 1 : number + 2] != "\n"
        part = "\n" if ends_line else "" if char == "\r" else _ACTING.sub(_escape, char)
        parts.append(part)
        places.append(places[-1] + len(part))
    return "".join(parts), places


def _escape(match: regex.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def say(line: object, *, err: bool = False) -> None:
    """Print one line, its text as text. What cannot be said on standard error is not said: there is nowhere else."""
    with contextlib.suppress(OSError) if err else contextlib.nullcontext():
        typer.echo(shown(line), err=err)


def tolerate_encodings() -> None:
    """Characters that the encoding of the terminal lacks (a Windows code page) come out as escapes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def finish_output(*, drop: bool = False) -> None:
    """Write out what standard output still holds. Raises `OSError`; `drop`: it failed before, so that nothing of it is tried again."""
    stream: TextIO | None = sys.stdout
    if stream is None:
        return
    if drop:
        # Without this Python would try once more at its end, and print an error of its own.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    else:
        stream.flush()
