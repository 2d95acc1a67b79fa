"""Records of annotated JSON Lines files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from quotes.errors import QuotesError

__all__ = ["read_records"]

Record = TypeVar("Record")


def read_records(path: Path, make: Callable[[dict[str, Any]], Record], kind: str, fields: str) -> list[Record]:
    """What `make` makes of every line; `kind` and `fields` tell the user what the file should be.

    Raises `QuotesError` for a file that cannot be used.
    """
    try:
        return [make(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise QuotesError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise QuotesError(f"{path} is no {kind}: every line needs the fields {fields}.") from error
