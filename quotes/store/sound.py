"""Whether values can be what this program stored: their types, and spans that lie in their text."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any

from quotes.model import Article, Claim, Extraction, Mention, Quote, Span

__all__ = ["conforms", "faults"]


def conforms(value: Any, hint: Any) -> bool:
    """Whether the value is of the type, all the way down: dataclasses, tuples, lists, mappings, unions and literals."""
    if hint is Any:
        return True
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return any(conforms(value, one) for one in arguments)
    if origin is typing.Literal:
        return any(value == one and type(value) is type(one) for one in arguments)
    if origin is not None:
        return isinstance(value, origin) and _contents_conform(value, arguments)
    if dataclasses.is_dataclass(hint):
        return type(value) is hint and all(conforms(getattr(value, name), kind) for name, kind in _fields(type(value)))
    # A truth value is an int to Python, and an int will do for a float.
    return type(value) is hint or (hint is float and type(value) is int)


def _contents_conform(value: Any, arguments: tuple[Any, ...]) -> bool:
    if isinstance(value, Mapping):
        return all(conforms(key, arguments[0]) and conforms(item, arguments[1]) for key, item in value.items())
    return all(conforms(item, arguments[0]) for item in value)


@functools.cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    hints = typing.get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in dataclasses.fields(kind))


def faults(extraction: Extraction) -> Iterator[str]:
    """What is wrong with a loaded extraction, nothing when it is sound."""
    if not conforms(extraction, Extraction):
        yield "a value is of another type"
        return
    names = {speaker.name for speaker in extraction.speakers}
    parts: tuple[Quote | Claim | Mention, ...] = (*extraction.quotes, *extraction.claims, *extraction.mentions)
    for number, part in enumerate(parts):
        if not all(_lies_in(span, extraction.article) for span in _spans(part)):
            yield f"a span of result {number} does not lie in the text"
        if part.speaker is not None and part.speaker not in names:
            yield f"the speaker of result {number} is missing"
    if not all(quote.pieces for quote in extraction.quotes):
        yield "a quote has no words"


def _spans(part: Quote | Claim | Mention) -> Iterator[Span]:
    if isinstance(part, Quote):
        yield from part.pieces
    else:
        yield part.span
    if not isinstance(part, Mention):
        yield from (span for span in (part.cue, part.mention, part.addressee, *part.relay) if span is not None)


def _lies_in(span: Span, article: Article) -> bool:
    return 0 <= span.start <= span.end <= len(article.text)
