"""Attributed quotes and claims from French news.

from quotes import extract
for quote in extract("« Le pont rouvrira en mai », a déclaré la maire.").quotes: ...
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from quotes.archive import Failure, open_archive
    from quotes.errors import QuotesError
    from quotes.model import Article, Claim, Extraction, Mention, Quote, Span, Speaker
    from quotes.pipeline import PIPELINE_VERSION, Extractor

__version__ = "0.1.0"
__all__ = [
    "PIPELINE_VERSION",
    "Article",
    "Claim",
    "Extraction",
    "Extractor",
    "Failure",
    "Mention",
    "Quote",
    "QuotesError",
    "Span",
    "Speaker",
    "__version__",
    "extract",
    "open_archive",
]


_ROOMS = {
    "quotes.archive": ("Failure", "open_archive"),
    "quotes.errors": ("QuotesError",),
    "quotes.model": ("Article", "Claim", "Extraction", "Mention", "Quote", "Span", "Speaker"),
    "quotes.pipeline": ("PIPELINE_VERSION", "Extractor"),
}


def __getattr__(name: str) -> object:
    # Rules and models are loaded by those who use them, and nothing at all before `quotes` has seen to Ctrl-C.
    room = next((room for room, names in _ROOMS.items() if name in names), None)
    if room is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(room), name)


@overload
def extract(source: str) -> Extraction: ...
@overload
def extract(source: Iterable[Article]) -> Iterator[Extraction]: ...
def extract(source: str | Iterable[Article]) -> Extraction | Iterator[Extraction]:
    """The extraction of a text (as an article with the id `text`), or of each article in order, by the embedded models."""
    from quotes.model import Article

    if isinstance(source, str):
        return _extractor().extract_batch([Article(id="text", text=source)])[0]
    return _extractor().extract(source)


@functools.cache
def _extractor() -> Extractor:
    """One for all calls of `extract`: loading the models takes seconds."""
    from quotes.pipeline import Extractor

    return Extractor()
