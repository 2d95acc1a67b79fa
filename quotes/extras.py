"""Packages that only some users need."""

from __future__ import annotations

import importlib
from types import ModuleType

from quotes.errors import QuotesError

__all__ = ["MissingPackage", "needed"]


class MissingPackage(QuotesError):
    """A package that is not installed; the message says how to install it."""


def needed(module: str, doing: str, extra: str) -> ModuleType:
    """A module of an optional package. Raises `MissingPackage`: « Reading HTML needs: pip install ... »."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingPackage(f'{doing} needs: pip install "french-quotes[{extra}]"') from error
