"""From a record (a JSON object, a row of a table) to an article: one way for all formats that hold records."""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quotes.archive.dates import iso_date
from quotes.archive.decode import clean, clean_all, depth
from quotes.archive.failure import BadDocument
from quotes.archive.options import FIELDS, Options
from quotes.model import Article
from quotes.text.lexicon import load_table

__all__ = ["article_of", "article_with", "columns_of"]

# Nothing that an archive says of an article is nested like that, and what is cannot be stored or handed to another process.
_DEEPEST = 100
_TEXTUAL = tuple(name for name in FIELDS if name not in ("text", "id"))


def columns_of(names: Iterable[str], options: Options) -> dict[str, str]:
    """Which of a record's names holds which field: what the user said, else the first name of columns.tsv that it has.

    A field that no name holds is left out; of a name that the user gave it is not asked whether it is there.
    """
    known = {name.strip().lower(): name for name in reversed(list(names))}
    found = dict(options.columns)
    for field, alias in _aliases():
        if field not in found and alias in known:
            found[field] = known[alias]
    return found


@functools.cache
def _aliases() -> tuple[tuple[str, str], ...]:
    return tuple((field, alias) for field, alias in load_table("columns.tsv"))


def article_of(record: Mapping[str, Any], fallback: str, options: Options, *, encoding: str | None = None) -> Article:
    """The article of a record, `fallback` its id when it has none. What is no field is kept as metadata.

    Raises `BadDocument` for a record without text. `encoding` is noted when it is not UTF-8.
    """
    if depth(record) > _DEEPEST:
        raise BadDocument("bad-record", f"is nested more than {_DEEPEST} levels deep")
    record = {str(name): _plain(value) for name, value in record.items()}
    columns = columns_of(record, options)
    text_column = columns.get("text", "text")
    text = record.pop(text_column, None)
    if not isinstance(text, str):
        problem = "has no field" if text is None else "has a field"
        raise BadDocument(
            "no-text", f"{problem} `{text_column}`" + ("" if text is None else f" that is a {_json_name(text)}, not a string")
        )
    found = record.pop(columns["id"], None) if "id" in columns else None
    fields = {field: value for field in _TEXTUAL if (value := _textual(record.get(columns.get(field, "")), field))}
    used = {columns[field] for field in fields}
    metadata = {clean(name): clean_all(value) for name, value in record.items() if name not in used}
    if encoding not in (None, "utf-8-sig"):
        metadata.setdefault("encoding", encoding)
    return article_with(clean(_id(found, fallback)), text, fields, metadata)


def article_with(id: str, text: str, fields: Mapping[str, str | None], metadata: Mapping[str, Any]) -> Article:
    """An article of what a reader found: texts that can be stored, the date in ISO 8601, empty fields and metadata left out."""
    kept = {name: clean(value) for name, value in fields.items() if value}
    if "date" in kept:
        kept["date"] = iso_date(kept["date"])
    notes = {name: value for name, value in metadata.items() if value not in (None, "", [], {})}
    cleaned = clean(text)
    if cleaned != text:
        notes.setdefault("surrogates", "replaced")
    return Article(id=id, text=cleaned, metadata=notes, **kept)


def _plain(value: Any) -> Any:
    """A value that JSON can hold, for one that Parquet or a table may hold."""
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float):
        return value if math.isfinite(value) else None  # what pandas writes for nothing
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | int) else str(value)


def _id(found: object, fallback: str) -> str:
    if isinstance(found, bool) or not isinstance(found, str | int | float) or found == "":
        return fallback
    return str(found)


def _textual(value: object, field: str) -> str | None:
    """A field that is text, a number or a list of texts as one string; None for what has to stay in the metadata."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, str):
        # Tables of minet and xan join lists like this.
        return ", ".join(_parts(value)) if field == "author" else value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _parts(value: str) -> Iterator[str]:
    return (part.strip() for part in value.split("|") if part.strip())


def _json_name(value: object) -> str:
    names = {dict: "object", list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
