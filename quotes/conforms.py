"""Whether values that come from outside are of the types that the program means."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from typing import Any

__all__ = ["conforms"]


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
    if isinstance(value, tuple) and arguments[-1] is not Ellipsis:
        return len(value) == len(arguments) and all(conforms(item, hint) for item, hint in zip(value, arguments, strict=True))
    return all(conforms(item, arguments[0]) for item in value)


@functools.cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    hints = typing.get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in dataclasses.fields(kind))
