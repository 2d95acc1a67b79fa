"""Who « on » is where the sentence names a place, a side or a document: « assure-t-on à Matignon », « du côté des élus, on regrette »."""

from __future__ import annotations

from quotes.attribution.cues import CueHit
from quotes.attribution.phrases import Source, can_speak, case_of, source_at
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class
from quotes.text.nominals import read_nominal
from quotes.text.vocabulary import load_vocabulary

__all__ = ["place_of_on"]

ON = word_class("general-pronoun")
PLACES = word_class("on-place")
SOURCES = word_class("on-source")
# « du côté de », « dans les rangs de »
SIDES = word_class("on-side")
# « chez un courtier » is his place, « à un courtier » somebody spoken to.
AT = word_class("home-preposition")
TIMES = word_class("time")
WHERE = word_class("where")


def place_of_on(tree: Tree, hit: CueHit, found: Source) -> Source:
    """The place or thing that tells who *on* is, as the source of a cue; `found` itself when it is not *on*, or nothing tells."""
    if found.head.form.lower().lstrip("-").removeprefix("t-") not in ON:
        return found
    for word in (*hit.words, *tree.ancestors(hit.head)):
        beside = [c for part in (word, *tree.children(word, "xcomp")) for c in tree.children(part, "obl", "advmod")]
        # « a-t-on appris mercredi auprès du parquet »: the parser may hang the place on the time.
        behind_time = [c for time in beside if time.form.lower() in TIMES for c in tree.children(time, "nmod", "obl", "advmod")]
        below = [*beside, *behind_time]
        place = next((p for child in below if (p := _speaker_at(tree, child))), None) or _antecedent(tree, word)
        if place is not None:
            return source_at(tree, place, "on-place")
    return found


def _speaker_at(tree: Tree, place: Word) -> Word | None:
    """Who speaks at a place, if anybody: « à Matignon », « chez les élus », « du côté de la mairie », « de source policière »."""
    case, form = case_of(tree, place), place.form.lower()
    if case in SOURCES or form in SOURCES:
        # « auprès du parquet »: the parser may hang it on the adverb.
        return next(iter(tree.children(place, "obl", "nmod")), place) if place.upos == "ADV" else place
    if form in SIDES:
        return next((w for w in tree.children(place, "nmod") if can_speak(w)), None)
    kinds = ("organization", "document", "group", *(["person"] if case in AT else []))
    speaks = place.upos == "PROPN" or read_nominal(place.form, load_vocabulary()).type in kinds
    return place if case in PLACES and speaks else None


def _antecedent(tree: Tree, word: Word) -> Word | None:
    """« l'opposition, où l'on se demande si »: the place that a clause with *où* goes on about."""
    head = tree.head(word)
    while head is not None and head.relation == "nmod" and head.head < head.index:
        head = tree.head(head)
    inside = word.relation == "acl" and any(w.form.lower() in WHERE for w in tree.subtree(word) if w.index < word.index)
    return head if inside and head is not None and can_speak(head) else None
