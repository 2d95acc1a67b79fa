"""Subjects behind their cue, « …, a déclaré X », and names right before it that the parser hung elsewhere."""

from __future__ import annotations

from quotes.attribution.cues import CueHit
from quotes.attribution.phrases import NOMINAL, Source, can_speak, source_at
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class
from quotes.text.vocabulary import is_medium, load_vocabulary, plain

__all__ = ["inverted_subject", "named_before"]

TIMES = word_class("time")
REFLEXIVE = word_class("reflexive-clitic")
INCISE_OPENERS = frozenset((",", "»", "–", "—", "?", "!", "…"))
RELATIVES = word_class("relative")
STOPS = frozenset(".;:?!…«»(")
# How many words behind its cue, adjuncts included, a subject may begin.
REACH = 16
# The labels a parser may give to an inverted subject.
NOMINAL_RELATIONS = ("nsubj", "obj", "iobj", "obl", "xcomp", "dep", "appos", "nmod", "conj", "expl")


def inverted_subject(tree: Tree, verb: Word, cue: tuple[Word, ...]) -> Source | None:
    """The subject that follows an incised cue: « …, a déclaré X » (the parser may call it an object)."""
    below = [c for word in cue if word.index >= verb.index for c in tree.children(word, *NOMINAL_RELATIONS) if c not in cue]
    ranked = [_past_time(tree, c) for c in sorted(below, key=lambda c: (c.relation != "nsubj", c.index))]
    found = [source for child in ranked if (source := _inverted(tree, verb, child)) is not None]
    # « ont martelé tour à tour Léa Roux et Paul Petit », « glisse, un brin gêné, le patron »: rather who can speak.
    sure = (
        s
        for s in found
        if s.rule == "inverted-clitic" or can_speak(s.head) or (s.head.relation == "nsubj" and tree.children(s.head, "det"))
    )
    speaking = next(sure, None)
    return speaking or _named_after(tree, cue) or _behind_adjuncts(tree, cue) or next(iter(found), None)


def _inverted(tree: Tree, verb: Word, child: Word) -> Source | None:
    """A dependent of a cue as its inverted subject, None when it is none by its place or form."""
    if child.form.startswith("-") and child.upos == "PRON":
        return source_at(tree, child, "inverted-clitic")
    if child.index <= verb.index or child.form.lower() in TIMES | REFLEXIVE or child.upos == "NUM":
        return None
    bare = child.upos == "ADJ" and not tree.children(child, "det")
    nominal = child.upos in NOMINAL and not bare and not tree.children(child, "case", "mark", "cop", "nsubj")
    return source_at(tree, child, "inverted-subject") if nominal else None


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


def _behind_adjuncts(tree: Tree, cue: tuple[Word, ...]) -> Source | None:
    """« …, a dit lundi à l'AFP, avant le vote, la maire »: the first noun phrase behind an incised cue that no preposition governs."""
    first, last = cue[0].index, cue[-1].index
    if first == 1 or tree.word(first - 1).form not in INCISE_OPENERS or last == len(tree.words):
        return None
    for word in tree.words[last : last + REACH]:
        finite = word.upos in ("VERB", "AUX") and word.feats.get("VerbForm") != "Part"
        if word.form in STOPS or finite or word.upos in ("SCONJ", "CCONJ") or word.form.lower() in RELATIVES:
            return None
        head = _opened_by(tree, word)
        if head is not None and can_speak(head):
            return source_at(tree, head, "inverted-subject")
    return None


def _opened_by(tree: Tree, word: Word) -> Word | None:
    """The noun of the phrase that a word opens, when it has no preposition: « la » or « M. », not « à la » or « AFP »."""
    before = tree.word(word.index - 1)
    if word.upos == "DET":
        noun = tree.head(word)
        if noun is not None and _is_indefinite(tree, before, word):
            return noun  # « ont dit à l'AFP des riverains »
        bare = before.upos not in ("ADP", "DET", "ADV") or tree.head(before) is not noun
        return noun if bare and noun is not None and noun.index > word.index and not tree.children(noun, "case") else None
    titled = word.form in load_vocabulary().civilities and before.upos != "DET"
    named = word.upos == "PROPN" and (word.relation == "nsubj" or before.form.lower() in TIMES or _stands_apart(tree, word))
    return word if before.upos != "ADP" and (titled or named) else None


def _is_indefinite(tree: Tree, before: Word, word: Word) -> bool:
    """Whether « des » behind the name of a medium is the plural of « un », not « de les »: media own nobody who speaks to them."""
    contracted = before.upos == "ADP" and before.start == word.start and before.index > 1
    return contracted and is_medium(tree.word(before.index - 1).form)


def _stands_apart(tree: Tree, word: Word) -> bool:
    """« s'est défendu, hier, Léa Roux, la ministre »: a name between commas."""
    end = _end_of_name(tree, word.index)
    closed = end < len(tree.words) and tree.word(end + 1).form == ","
    return closed and tree.word(word.index - 1).form == "," and plain(word.form) in load_vocabulary().given_names


def _named_after(tree: Tree, cue: tuple[Word, ...]) -> Source | None:
    """« …, a dit à l'AFP Jean Martin »: a name that the parser took into the addressee's phrase."""
    given = load_vocabulary().given_names
    last, several = cue[-1], any(w.feats.get("Number") == "Plur" for w in cue if w.feats.get("VerbForm") == "Fin")
    for word in tree.words[last.index : last.index + 9]:
        if word.form in (",", "."):
            return None
        following = [w.upos if w.form != "," else "," for w in tree.words[word.index : word.index + 2]]
        # « …, répète à l'envi Fatou, 52 ans », « …, raconte à l'AFP Camille, étudiante »
        alone = following == [",", "NUM"] or (following[:1] == [","] and is_medium(tree.word(word.index - 1).form))
        named = following[:1] == ["PROPN"] or alone or (several and following == ["CCONJ", "PROPN"])
        if word.upos == "PROPN" and plain(word.form) in given and named:
            end = _end_of_name(tree, word.index)
            while several and end + 1 < len(tree.words) and _joins_name(tree, end + 1):
                end = _end_of_name(tree, end + 2)
            return Source(word, tree.words[word.index - 1 : end], "inverted-subject")
    return None


def _end_of_name(tree: Tree, start: int) -> int:
    end = start
    while end < len(tree.words) and tree.word(end + 1).upos == "PROPN":
        end += 1
    return end


def _joins_name(tree: Tree, link: int) -> bool:
    """« Léa Roux, Paul Durand et Jean Petit »: whether a comma or conjunction joins a further name."""
    joined = tree.word(link).form == "," or tree.word(link).upos == "CCONJ"
    return joined and tree.word(link + 1).upos == "PROPN" and plain(tree.word(link + 1).form) in load_vocabulary().given_names
