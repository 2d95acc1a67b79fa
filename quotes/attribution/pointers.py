"""Sentences that point back at a quotation: « C'est ce qu'a déclaré X », « C'est l'avertissement de X », « C'est par ces mots que X … »."""

from __future__ import annotations

import regex

from quotes.attribution.phrases import Source, case_of, source_at
from quotes.attribution.reading import Reading
from quotes.attribution.sources import source_of
from quotes.model import Span
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import alternatives, word_class

__all__ = ["opens_pointer", "pointer", "statement_before"]

OPENER = regex.compile(rf"\s*+(?:{alternatives('pointing-opener')})\b", regex.IGNORECASE)
QUE = word_class("complementizer")
CARRYING = word_class("carrying-pronoun")
# « par ces mots », « en ces termes »
UTTERANCES = word_class("utterance-noun")
OF = word_class("of")
# « C'est ce que », « C'est du moins ce que »: *ce* stands among so many first words.
FIRST_WORDS = 7
# A sentence from its capital to the full stop before the next one; it has so many words at least, so many code points at most.
STATEMENT = regex.compile(
    r"(?:^|\n|[.!?…»]\s)\s*+(?P<statement>\p{Lu}(?:[^.!?…\n«»“”\"]|\.(?=\p{L}|\d)|(?<=\b\p{Lu})\.|(?<=\bM)\.)*+)\.\s*+$"
)
SHORTEST, LONGEST = 5, 500


def opens_pointer(text: str, sentence: Span) -> bool:
    """Whether a sentence begins with « C'est », « Ce sont » and the like."""
    return OPENER.match(text, sentence.start, sentence.end) is not None


def pointer(reading: Reading) -> tuple[Span | None, Source] | None:
    """Cue and source of the words that stand right before the sentence, when it points back at them."""
    if not OPENER.match(reading.frame.text):
        return None
    return _told(reading) or _said_so(reading) or _named_by_noun(reading)


def statement_before(text: str, position: int) -> Span | None:
    """The sentence right before a position, on its line or the one above, without its full stop; None when it is short or asks."""
    before = STATEMENT.search(text, max(0, position - LONGEST), position)
    return Span(*before.span("statement")) if before and len(before["statement"].split()) >= SHORTEST else None


def _told(reading: Reading) -> tuple[Span | None, Source] | None:
    """« C'est ce qu'a déclaré X »."""
    tree = reading.tree
    for hit in reading.verbs:
        link = next((w for w in tree.words[:FIRST_WORDS] if w.form.lower() in QUE and w.index < hit.words[0].index), None)
        source = source_of(tree, hit, incised=True)
        if link is not None and tree.word(link.index - 1).form.lower() in CARRYING and source is not None:
            return reading.span_of(hit.words), source
    return None


def _said_so(reading: Reading) -> tuple[Span | None, Source] | None:
    """« C'est par ces mots que X a conclu »."""
    root = reading.tree.root
    if root is None or root.form.lower() not in UTTERANCES:
        return None
    clause = next((c for c in reading.tree.children(root) if c.index > root.index and reading.tree.children(c, "nsubj")), None)
    speaker = reading.tree.child(clause, "nsubj") if clause is not None else _owner(reading.tree, root)
    hit = next((h for h in reading.verbs if clause is not None and h.head.index == clause.index), None)
    cue = reading.span_of(hit.words) if hit is not None else None
    return (cue, source_at(reading.tree, speaker, "pointer")) if speaker is not None else None


def _named_by_noun(reading: Reading) -> tuple[Span | None, Source] | None:
    """« C'est l'avertissement de X »."""
    root = reading.tree.root
    hit = next((h for h in reading.nouns if root is not None and h.head.index == root.index), None)
    owner = _owner(reading.tree, hit.head) if hit is not None else None
    return (reading.span_of(hit.words), source_at(reading.tree, owner, "pointer")) if hit is not None and owner is not None else None


def _owner(tree: Tree, noun: Word) -> Word | None:
    return next((c for c in tree.children(noun, "nmod") if case_of(tree, c) in OF and c.upos in ("NOUN", "PROPN")), None)
