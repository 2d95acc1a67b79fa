"""A claim as the tree shows it, and how its words become a span."""

from __future__ import annotations

import dataclasses

from quotes.attribution.cues import CueHit
from quotes.attribution.phrases import Source
from quotes.attribution.reading import Reading
from quotes.model import Span
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class

__all__ = ["QUE", "SI", "Report", "behind_colon", "carried_by", "first_word", "has_words", "states", "trimmed", "without_linker"]

QUE = word_class("complementizer")
SI = word_class("condition")
CARRYING = word_class("carrying-pronoun")
LINKING = word_class("linker")
# The fewest words of a statement without a verb.
SHORTEST_NOMINAL = 4


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """A claim as the tree shows it: article spans of clause and cue, and the source."""

    span: Span
    cue: Span
    source: Source
    rule: str


def trimmed(reading: Reading, words: list[Word]) -> Span | None:
    """From the first to the last word, without punctuation at the edges and without the utterance behind a colon."""
    kept = _before_quotation(reading, sorted(words, key=lambda w: w.index))
    while kept and kept[-1].upos == "PUNCT" and kept[-1].form not in (")", "»"):
        kept.pop()
    while kept and kept[0].upos == "PUNCT" and kept[0].form not in ("(", "«"):
        kept.pop(0)
    if not kept:
        return None
    return reading.span_of(tuple(kept))


def _before_quotation(reading: Reading, words: list[Word]) -> list[Word]:
    """« selon elle, le pont est sûr : « … » »: words up to a colon that introduces an utterance."""
    masked = {place.start for _, place in reading.frame.masked}
    ends = (n for n, word in enumerate(words[:-1]) if word.form == ":" and words[n + 1].start in masked)
    return words[: next(ends, len(words))]


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
    verbal = any(w.upos in ("VERB", "AUX") and w.feats.get("VerbForm") != "Part" for w in own)
    return first is not None and first.index not in reading.masked and (verbal or _is_nominal(own))


def _is_nominal(words: list[Word]) -> bool:
    """« Du jamais-vu dans sa carrière, estime X »: a sentence without any verb."""
    return len(words) >= SHORTEST_NOMINAL and not any(w.upos in ("VERB", "AUX") for w in words) and any(w.upos == "NOUN" for w in words)


def without_linker(words: list[Word]) -> list[Word]:
    while words and (words[0].upos == "PUNCT" or (words[0].form.lower() in LINKING and words[0].upos in ("CCONJ", "ADV"))):
        words = words[1:]
    return words


def behind_colon(words: list[Word]) -> list[Word]:
    """« Le ton monte : le pont ferme, assure X »: of two sentences around a colon, the one beside X."""
    place = next((n for n, word in reversed(list(enumerate(words))) if word.form == ":"), 0)
    finite = [any(w.feats.get("VerbForm") == "Fin" for w in part) for part in (words[:place], words[place + 1 :])]
    return words[place + 1 :] if place and finite[1] and (finite[0] or place < SHORTEST_NOMINAL) else words


def first_word(words: tuple[Word, ...], head: Word) -> Word:
    """The first of the words of a clause that is no mark, its head when all are."""
    return next((w for w in words if w.upos != "PUNCT"), head)


def has_words(words: list[Word]) -> bool:
    return any(w.upos != "PUNCT" for w in words)
