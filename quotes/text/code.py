"""Program code left in a page: no sentence, whatever words stand in its strings."""

from __future__ import annotations

import regex

__all__ = ["is_code"]

# What prose has hardly ever and code every few words; addresses have some of it.
_SIGNS = regex.compile(r"[{}=\\]|\(\)|\);|&&|\|\|")
_ADDRESS = regex.compile(r"(?:https?://|www\.)\S++|\b\w++=\w*+&\S++")
_FEWEST = 6
_SHARE = 1 / 60


def is_code(passage: str) -> bool:
    """Whether a sentence or paragraph is program code, style sheets or JSON rather than prose."""
    signs = sum(1 for _ in _SIGNS.finditer(passage))
    if signs < _FEWEST:
        return False
    rest = _ADDRESS.sub("", passage)
    return sum(1 for _ in _SIGNS.finditer(rest)) >= max(_FEWEST, len(rest) * _SHARE)
