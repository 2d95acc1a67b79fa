"""Extractions as plain values that JSON holds, and back."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import json
import types
import typing
from typing import Any

from quotes.archive.decode import clean_all
from quotes.model import Article, Extraction

__all__ = ["dumped", "loaded"]


def dumped(extraction: Extraction) -> str:
    """Everything of an extraction but its article, as JSON."""
    names = [field.name for field in dataclasses.fields(extraction) if field.name != "article"]
    return json.dumps({name: clean_all(_plain(getattr(extraction, name))) for name in names}, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value


def loaded(article: Article, text: str) -> Extraction:
    """The extraction of the article that `dumped` gave; equal to it."""
    value = json.loads(text)
    return Extraction(article, **{name: _made(item, _hints(Extraction)[name]) for name, item in value.items()})


def _made(value: Any, hint: Any) -> Any:
    """What a value of JSON stands for where a type is expected; `conforms` tells whether it is of that type."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if value is None:
        return None
    if origin in (typing.Union, types.UnionType):
        return _made(value, next(one for one in arguments if one is not type(None)))
    if origin is tuple:
        kinds = itertools.repeat(arguments[0]) if arguments[-1] is Ellipsis else arguments
        return tuple(_made(item, kind) for item, kind in zip(value, kinds, strict=False))
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return hint(**{name: _made(item, _hints(hint)[name]) for name, item in value.items()})
    return value


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
