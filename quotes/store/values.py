"""Extractions as plain values that JSON holds, and back."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from quotes.archive.decode import clean_all
from quotes.model import Article, Claim, Extraction, Mention, Quote, Span, Speaker

__all__ = ["dumped", "loaded"]

_PARTS: dict[str, type[Any]] = {"quotes": Quote, "claims": Claim, "speakers": Speaker, "mentions": Mention}
_SPANS = ("span", "cue", "mention", "addressee")
_LISTS_OF_SPANS = ("pieces", "relay")


def dumped(extraction: Extraction) -> str:
    """Everything of an extraction but its article, as JSON."""
    kept = {name: [dataclasses.asdict(item) for item in getattr(extraction, name)] for name in _PARTS}
    return json.dumps(clean_all({**kept, "words": extraction.words, "flags": list(extraction.flags)}), ensure_ascii=False)


def loaded(article: Article, text: str) -> Extraction:
    """The extraction of the article that `dumped` gave; equal to it."""
    value = json.loads(text)
    parts = {name: tuple(kind(**_fields(item)) for item in value[name]) for name, kind in _PARTS.items()}
    return Extraction(article, **parts, words=value["words"], flags=tuple(value["flags"]))


def _fields(item: dict[str, Any]) -> dict[str, Any]:
    found = dict(item)
    for name in _SPANS:
        if found.get(name) is not None:
            found[name] = Span(**found[name])
    for name in _LISTS_OF_SPANS:
        if name in found:
            found[name] = tuple(Span(**span) for span in found[name])
    if "flags" in found:
        found["flags"] = tuple(found["flags"])
    return found
