"""What stands in and around a quotation's marks: its size, the word before, brackets, verbs that only give it a name."""

from __future__ import annotations

import regex

from quotes.attribution.frames import Passage
from quotes.model import Span
from quotes.text.grammar import alternatives, word_class
from quotes.text.lexicon import load_lexicon
from quotes.text.vocabulary import plain
from quotes.text.words import RUN

__all__ = ["gives_name", "in_brackets", "size_of", "verbs_of", "word_before"]

NAMING = word_class("naming-verb")
TO = frozenset(("à", "au", "aux"))
CE_QUE = regex.compile(rf"(?i)\b(?:{alternatives('carrying-pronoun')})\squ(?:e\s|['’])(?!on\b|l['’]on\b)[^.;:«»\"]*+$")
# How far before a passage, in code points, the round bracket may open that it stands in, and *ce que* before its cue.
BRACKETS, CALLED = 300, 40


def size_of(text: str, passage: Passage) -> int:
    """The words of a passage."""
    return len(RUN.findall(" ".join(p.of(text) for p in passage.pieces)))


def word_before(text: str, passage: Passage) -> str:
    """The word before the opening mark, in small letters; empty when there is none near."""
    return (plain(text[max(0, passage.outer.start - 12) : passage.outer.start]).split() or [""])[-1]


def in_brackets(text: str, passage: Passage) -> bool:
    """Whether a round bracket is open before a passage, on its line."""
    before = text[max(0, passage.outer.start - BRACKETS) : passage.outer.start]
    return before.rfind("(") > max(before.rfind(")"), before.rfind("\n"))


def verbs_of(text: str, cue: Span) -> frozenset[str]:
    """The verbs that the last word of a cue can be a form of."""
    return load_lexicon().by_form.get(plain(cue.of(text).split()[-1]).rpartition("'")[2], frozenset())


def gives_name(text: str, cue: Span, passage: Passage) -> bool:
    """« on l'appelle « la Fée » »: what stands in marks is a name; « ce qu'il appelle « une mafia » » is his word for it."""
    called = CE_QUE.search(text, max(0, cue.start - CALLED), cue.start) is not None
    near = not called and (-3 < passage.outer.start - cue.end < 12 or 0 < cue.start - passage.outer.end < 12)
    inside = plain(passage.pieces[0].of(text))
    between = text[cue.end : passage.outer.start].split()[:1]  # « appelé à un « sursaut » »
    addressed = inside.startswith(("à ", "au ", "aux ", "a ")) or word_before(text, passage) in TO or between in [[to] for to in TO]
    return near and bool(verbs_of(text, cue) & NAMING) and not addressed
