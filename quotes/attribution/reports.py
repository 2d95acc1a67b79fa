"""A claim as the tree shows it, and how its words become a span."""

from __future__ import annotations

import dataclasses

from quotes.attribution.cues import CueHit
from quotes.attribution.phrases import Source
from quotes.attribution.reading import Reading
from quotes.model import Span
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class

__all__ = ["QUE", "SI", "Report", "carried_by", "first_word", "has_words", "states", "trimmed", "without_linker"]

QUE = word_class("complementizer")
SI = word_class("condition")
CARRYING = word_class("carrying-pronoun")
LINKING = word_class("linker")


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """A claim as the tree shows it: article spans of clause and cue, and the source."""

    span: Span
    cue: Span
    source: Source
    rule: str


def trimmed(reading: Reading, words: list[Word]) -> Span | None:
    """From the first to the last word, without punctuation at the edges."""
    kept = sorted(words, key=lambda w: w.index)
    while kept and kept[-1].upos == "PUNCT" and kept[-1].form not in (")", "»"):
        kept.pop()
    while kept and kept[0].upos == "PUNCT" and kept[0].form not in ("(", "«"):
        kept.pop(0)
    if not kept:
        return None
    return reading.span_of(tuple(kept))


def carried_by(tree: Tree, hit: CueHit) -> int:
    """Index of the comma of « …, ce que confirme la maire », where *ce que* stands for what comes before; 0 when the cue is no such."""
    que = next((w.index for w in reversed(tree.words[: hit.words[0].index - 1]) if w.form.lower() in QUE), 0)
    carried = que > 3 and tree.word(que - 1).form.lower() in CARRYING and tree.word(que - 2).form == ","
    if not carried or "que" not in hit.takes:
        return 0
    return 0 if any(w.upos in ("VERB", "AUX") and w not in hit.words for w in tree.words[que : hit.head.index - 1]) else que - 2


def states(reading: Reading, words: list[Word]) -> bool:
    """Whether words hold a statement of the journalist's: a verb outside the masked quotations, which don't begin it."""
    own = [w for w in words if w.index not in reading.masked and w.upos != "PUNCT"]
    first = next((w for w in words if w.upos != "PUNCT"), None)
    return first is not None and first.index not in reading.masked and any(w.upos in ("VERB", "AUX") for w in own)


def without_linker(words: list[Word]) -> list[Word]:
    while words and (words[0].upos == "PUNCT" or (words[0].form.lower() in LINKING and words[0].upos in ("CCONJ", "ADV"))):
        words = words[1:]
    return words


def first_word(words: tuple[Word, ...], head: Word) -> Word:
    """The first of the words of a clause that is no mark, its head when all are."""
    return next((w for w in words if w.upos != "PUNCT"), head)


def has_words(words: list[Word]) -> bool:
    return any(w.upos != "PUNCT" for w in words)
