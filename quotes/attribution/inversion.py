"""Subjects behind their cue, « …, a déclaré X », and names right before it that the parser hung elsewhere."""

from __future__ import annotations

from quotes.attribution.cues import CueHit
from quotes.attribution.phrases import NOMINAL, Source, can_speak, source_at
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class
from quotes.text.vocabulary import load_vocabulary, plain

__all__ = ["inverted_subject", "named_before"]

TIMES = word_class("time")
REFLEXIVE = word_class("reflexive-clitic")
INCISE_OPENERS = frozenset((",", "»", "–", "—", "?", "!", "…"))
# The labels a parser may give to an inverted subject.
NOMINAL_RELATIONS = ("nsubj", "obj", "iobj", "obl", "xcomp", "dep", "appos", "nmod", "conj", "expl")


def inverted_subject(tree: Tree, verb: Word, cue: tuple[Word, ...]) -> Source | None:
    """The subject that follows an incised cue: « …, a déclaré X » (the parser may call it an object)."""
    below = [c for word in cue if word.index >= verb.index for c in tree.children(word, *NOMINAL_RELATIONS) if c not in cue]
    for child in sorted(below, key=lambda c: (c.relation != "nsubj", c.index)):
        child = _past_time(tree, child)
        clitic = child.form.startswith("-") and child.upos == "PRON"
        if (child.index <= verb.index and not clitic) or child.form.lower() in TIMES or (child.upos == "NUM" and not clitic):
            continue
        bare = child.upos == "ADJ" and not tree.children(child, "det")
        nominal = child.upos in NOMINAL and not bare and not tree.children(child, "case", "mark")
        if clitic or (nominal and child.form.lower() not in REFLEXIVE):
            return source_at(tree, child, "inverted-clitic" if clitic else "inverted-subject")
    return _named_after(tree, cue[-1]) or _adjacent(tree, cue)


def _past_time(tree: Tree, child: Word) -> Word:
    """« a reconnu ce vendredi la préfecture »: the subject that the parser hung on the time before it."""
    if child.form.lower() not in TIMES:
        return child
    below = (c for c in tree.children(child, "nmod", "appos") if c.index > child.index and not tree.children(c, "case") and can_speak(c))
    return next(below, child)


def named_before(tree: Tree, hit: CueHit) -> Source | None:
    """« …, mais la ministre des Ports, Léa Roux a déclaré »: a name between conjunction and cue, though the parser saw none."""
    first = hit.words[0].index
    finite = any(w.feats.get("VerbForm") == "Fin" for w in hit.words)
    if hit.head.relation != "conj" or not finite or first < 3:
        return None
    last = tree.word(first - 1 - (tree.word(first - 1).form == ","))
    top = last
    while (head := tree.head(top)) is not None and head.index < first and top.relation in ("flat", "appos", "nmod"):
        top = head
    linked = top.index > 1 and any(w.upos == "CCONJ" for w in tree.words[max(0, top.index - 3) : top.index - 1])
    named = last.upos == "PROPN" and top.upos in ("NOUN", "PROPN") and can_speak(top)
    return source_at(tree, top, "subject") if linked and named else None


def _adjacent(tree: Tree, cue: tuple[Word, ...]) -> Source | None:
    """The noun phrase right behind a cue that opens an incise, though the parser hung it elsewhere: « …, pointe la Fondation »."""
    first, last = cue[0].index, cue[-1].index
    if first == 1 or tree.word(first - 1).form not in INCISE_OPENERS or last == len(tree.words):
        return None
    word = _past_insertion(tree, last)
    head = tree.head(word) if word.upos == "DET" else word
    if head is None or head.index <= last or head.upos not in ("NOUN", "PROPN") or tree.children(head, "case"):
        return None
    return source_at(tree, head, "inverted-subject") if can_speak(head) else None


def _past_insertion(tree: Tree, last: int) -> Word:
    """The word behind a cue; « a confié, à l'agence Boréal, le maire » has an insertion between."""
    if tree.word(last + 1).form == ",":
        for index in range(last + 2, min(last + 9, len(tree.words))):
            if tree.word(index).form == ",":
                return tree.word(index + 1)
    return tree.word(last + 1)


def _named_after(tree: Tree, last: Word) -> Source | None:
    """« …, a dit à l'AFP Jean Martin »: a name that the parser took into the addressee's phrase."""
    given = load_vocabulary().given_names
    for word in tree.words[last.index : last.index + 9]:
        if word.form in (",", "."):
            return None
        following = [w.upos if w.form != "," else "," for w in tree.words[word.index : word.index + 2]]
        # « …, répète à l'envi Fatou, 52 ans »
        named = following[:1] == ["PROPN"] or following == [",", "NUM"]
        if word.upos == "PROPN" and plain(word.form) in given and named:
            end = word.index
            while end < len(tree.words) and tree.word(end + 1).upos == "PROPN":
                end += 1
            return Source(word, tree.words[word.index - 1 : end], "inverted-subject")
    return None
