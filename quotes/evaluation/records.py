"""Records of annotated JSON Lines files, and spans in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from quotes.conforms import conforms
from quotes.errors import QuotesError
from quotes.model import Span

__all__ = ["read_records", "span_of"]

Record = TypeVar("Record")


def read_records(path: Path, make: Callable[[dict[str, Any]], Record], kind: str, fields: str) -> list[Record]:
    """What `make` makes of every line; `kind` and `fields` tell the user what the file should be.

    Raises `QuotesError` for a file that cannot be used.
    """
    try:
        return [make(json.loads(line)) for line in path.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
    except OSError as error:
        raise QuotesError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise QuotesError(f"{path} is no {kind}: every line needs the fields {fields}.") from error


def span_of(found: Any, text: str) -> Span:
    """The pair `[start, end]` of a record as a span. Raises `ValueError` for anything else, and for one that does not lie in the text."""
    if not conforms(found, list[int]) or len(found) != 2 or not 0 <= found[0] <= found[1] <= len(text):
        raise ValueError(f"{found!r} is no span of the text")
    return Span(*found)
