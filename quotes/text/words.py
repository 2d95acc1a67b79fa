"""What counts as a word where words are counted or looked at one by one."""

from __future__ import annotations

import regex

__all__ = ["LETTERS", "RUN", "WORD"]

# « aujourd'hui », « peut-être » and « l'eau » are one word each.
WORD = regex.compile(r"[\p{L}\p{N}]++(?:[’'-][\p{L}\p{N}]++)*+")
# Letters and digits without a sign between them: « l'eau » is two.
RUN = regex.compile(r"[\p{L}\p{N}]++")
LETTERS = regex.compile(r"\p{L}++")
