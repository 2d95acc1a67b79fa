"""JSON Lines: one article a line, spans as `[start, end]` in code points of the article's text."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from quotes.errors import QuotesError
from quotes.model import Claim, Extraction, Quote, Span
from quotes.targets import written_beside

__all__ = ["ExportError", "Lines", "extraction_to_record", "open_lines"]

# Writes one extraction; what `open_lines` hands out.
Lines = Callable[[Extraction], None]


class ExportError(QuotesError):
    """The file cannot be written."""


def extraction_to_record(extraction: Extraction) -> dict[str, Any]:
    """One article's `id`, `quotes` and `claims` as values that `json.dumps` takes."""
    return {
        "id": extraction.article.id,
        "quotes": [_quote(quote) for quote in extraction.quotes],
        "claims": [_claim(claim) for claim in extraction.claims],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {"pieces": [_pair(piece) for piece in quote.pieces], "kind": quote.kind, **_source(quote)}


def _claim(claim: Claim) -> dict[str, Any]:
    return {"span": _pair(claim.span), **_source(claim)}


def _source(result: Quote | Claim) -> dict[str, Any]:
    """What quotes and claims have in common."""
    return {
        "cue": _pair(result.cue),
        "mention": _pair(result.mention),
        "speaker": result.speaker,
        "type": result.type,
        "rule": result.rule,
        "link": result.link,
        "confidence": result.confidence,
        "flags": list(result.flags),
        "polarity": result.polarity,
        "hearsay": result.hearsay,
        "act": result.act,
        "medium": result.medium,
        "relay": [_pair(span) for span in result.relay],
        "addressee": _pair(result.addressee),
    }


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


@contextlib.contextmanager
def open_lines(target: str | Path) -> Iterator[Lines]:
    """A function that writes an extraction as one UTF-8 line to the file, or to standard output for `-`. Raises `ExportError`.

    The file is written beside its place and moved there when the block ends well. After an error or an interruption its lines stay
    in `part_of(target)`, and a file that was there before is untouched.
    """
    if str(target) == "-":
        yield _to_standard_output
        return
    with contextlib.ExitStack() as stack:
        with _one_sentence(target):
            stream = stack.enter_context(written_beside(target))

        def write(extraction: Extraction) -> None:
            with _one_sentence(target):
                _write(extraction, stream)

        yield write
        with _one_sentence(target):
            stack.close()


def _to_standard_output(extraction: Extraction) -> None:
    if sys.stdout is None:
        raise ExportError("Standard output is closed: give --jsonl a file.")
    with _one_sentence("Standard output"):
        _write(extraction, sys.stdout.buffer)


def _write(extraction: Extraction, stream: BinaryIO) -> None:
    record = json.dumps(extraction_to_record(extraction), ensure_ascii=False)
    # An id may hold what UTF-8 cannot: articles made in Python do not pass the readers that replace it.
    stream.write(record.encode("utf-8", "replace") + b"\n")
    stream.flush()


@contextlib.contextmanager
def _one_sentence(target: str | Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise  # whoever reads has had enough: no error
    except OSError as error:
        raise ExportError(f"{target} cannot be written ({error.strerror or error}): choose another place for --jsonl.") from error
