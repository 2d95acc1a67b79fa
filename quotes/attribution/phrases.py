"""Noun phrases of a tree: the words that belong to the name or title a source is called by."""

from __future__ import annotations

import dataclasses

from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class
from quotes.text.nominals import read_nominal
from quotes.text.vocabulary import load_vocabulary, plain

__all__ = ["NOMINAL", "Source", "can_speak", "case_of", "is_known", "noun_phrase", "source_at"]

NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ"))
# « représentant », « regroupant »
BODY_VERBS = word_class("body-verb")
# « une enquête sur le travail »
ABOUT = word_class("topic-preposition")
# « le ministre en marge d'un déplacement »
OCCASIONS = word_class("occasion")
# « la ministre chargée des Ports »
IN_CHARGE = word_class("in-charge")
CIRCUMSTANCES = word_class("circumstance")
TIMES = word_class("time")
OF = word_class("of")
PHRASE_OF = word_class("phrase-of")
# « (UDI) », « (Parti du lac) » between coordinated names: so many words with the marks.
LONGEST_PARENTHESIS = 7
RELATIVES = word_class("relative")
DASHES = frozenset("-–—")
# « près de trois quarts des sondés »
AMOUNTS = word_class("amount")
# « ce dernier », « la première »: adjectives that stand for somebody named before.
ORDINALS = word_class("anaphoric-adjective")
# « une source policière »
SOURCES = word_class("source-noun")
LOOSE = frozenset((
    "acl:relcl", "parataxis", "punct", "advcl", "discourse", "dislocated", "orphan", "vocative", "mark", "cop", "aux", "nsubj",
    "ccomp", "dep", "expl", "advmod",
))  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """The head word of a mention, its noun phrase, and how it was found (the tail of the rule's name)."""

    head: Word
    words: tuple[Word, ...]
    rule: str


def can_speak(word: Word) -> bool:
    """Whether a noun is known as somebody or something that speaks; names and pronouns may."""
    return (
        word.upos in ("PROPN", "PRON", "X")
        or (word.upos == "NOUN" and word.index > 1 and word.form[:1].isupper())
        or word.form.lower() in ORDINALS | SOURCES
        or read_nominal(word.form, load_vocabulary()).type in ("person", "group", "organization")
    )


def is_known(word: Word) -> bool:
    """Whether a noun is known as somebody or something that speaks or is read."""
    return can_speak(word) or read_nominal(word.form, load_vocabulary()).type == "document"


def case_of(tree: Tree, word: Word) -> str:
    """The preposition of a word, empty when it has none."""
    child = tree.child(word, "case")
    return child.form.lower() if child else ""


def noun_phrase(tree: Tree, head: Word) -> tuple[Word, ...]:
    """The continuous noun phrase around `head`, without relative clauses, and without appositions after a name."""
    words = {w.index: w for w in tree.subtree(head, lambda child: _belongs(tree, head, child))}
    first = last = head.index
    while first - 1 in words:
        first -= 1
    while (following := _continued(tree, words, last)) > last:
        last = following
    while first < head.index and (tree.word(first).upos in ("CCONJ", "PUNCT") or tree.word(first).form.lower() in RELATIVES):
        first += 1  # « dont l'entourage assure »
    if first > 1 and tree.word(first).upos not in ("DET", "PRON") and tree.word(first - 1).upos == "DET":
        first -= 1
    last = _name_behind(tree, head, last)
    while last > head.index and tree.word(last).form in DASHES:
        last -= 1  # « le ministère de l'Intérieur -, »
    titled = head.upos == "NOUN" or bool(tree.children(head, "det"))
    while last < len(tree.words) and titled and _goes_on(tree, last):
        last += 1
    return tuple(tree.words[first - 1 : last])


def _continued(tree: Tree, words: dict[int, Word], last: int) -> int:
    """The next index that belongs to a phrase that runs to `last`: a word, or one behind a comma or « (UDI) »; else `last`."""
    if last + 1 in words:
        return last + 1
    if last + 2 in words and tree.word(last + 1).form in (",", "-", "'") and _name_follows(tree, words, last + 2):
        return last + 2
    closing = _closing(tree, last)
    coordinated = bool(closing) and closing + 1 in words and tree.word(closing + 1).upos == "CCONJ"
    return closing + 1 if coordinated else last


def _closing(tree: Tree, last: int) -> int:
    """Index of the bracket that closes what opens right behind `last`, 0 when nothing short does."""
    opened = last < len(tree.words) and tree.word(last + 1).form == "("
    inside = tree.words[last : last + LONGEST_PARENTHESIS] if opened else ()
    return next((w.index for w in inside if w.form == ")"), 0)


def _name_behind(tree: Tree, head: Word, last: int) -> int:
    """« le chef des Bleus (DB, centre) Hugo Tessier », « la cheffe (LM), Léa Roux »: where the name behind a title ends, or `last`."""
    closing = _closing(tree, last)
    if not closing or plain(head.form) not in load_vocabulary().roles:
        return last
    start = closing + 1 + (closing < len(tree.words) and tree.word(closing + 1).form == ",")
    while start < len(tree.words) and (tree.word(start).upos == "DET" or plain(tree.word(start).form) in load_vocabulary().roles):
        start += 1  # « (LM), la députée Léa Roux »
    end = start
    while end <= len(tree.words) and tree.word(end).upos == "PROPN" and tree.word(end).form[:1].isupper():
        end += 1
    named = end > start + 1 or (end > start and plain(tree.word(start).form) in load_vocabulary().given_names)
    return end - 1 if named else last


def _goes_on(tree: Tree, last: int) -> bool:
    """Whether a name follows a noun phrase with nothing between, whatever it hangs on: « le journal Libération »."""
    here, following = tree.word(last), tree.word(last + 1)
    return (
        following.upos == "PROPN" and following.form[:1].isupper() and here.end < following.start and here.upos in ("NOUN", "ADJ", "PROPN")
    )


def _belongs(tree: Tree, head: Word, child: Word) -> bool:
    """Whether a branch of the phrase's tree is part of the name or title it gives."""
    title = plain(head.form) in load_vocabulary().roles
    proper = (head.upos == "PROPN" and not title) or bool(tree.children(head, "flat"))
    if child.form.lower() in TIMES and child.relation != "flat" and not _is_age(tree, child):
        return False
    if child.deprel in LOOSE or child.relation in LOOSE:
        return child.form == "-" or (child.relation == "advmod" and child.index < max(head.index, child.head))
    if child.relation == "conj" and child.upos in ("VERB", "ADJ") and tree.children(child, "obl"):
        return False
    about = child.relation == "nmod" and case_of(tree, child) in ABOUT and head.form.lower() in load_vocabulary().documents
    if child.relation in ("nmod", "obl") and case_of(tree, child) in CIRCUMSTANCES and not about:
        return False
    if child.relation in ("nmod", "obl") and child.form.lower() in OCCASIONS:
        return False
    if child.head == head.index and head.form.lower() in AMOUNTS and case_of(tree, child) in OF:
        return True
    if child.head != head.index:
        return child.relation != "appos" or child.upos == "PROPN"
    if child.relation == "case":
        return False
    if child.relation == "appos":
        return not proper and child.upos == "PROPN"
    return child.relation not in ("nmod", "obl", "obj", "acl") or _inner_modifier(tree, child, proper)


def _is_age(tree: Tree, child: Word) -> bool:
    """« un homme de 48 ans », « âgé de 20 ans »: a number of years that tells who, not when."""
    return case_of(tree, child) in OF and bool(tree.children(child, "nummod"))


def _name_follows(tree: Tree, words: dict[int, Word], index: int) -> bool:
    word = words[index]
    if word.upos == "DET":
        word = words.get(word.head, word)
    return word.upos == "PROPN" or word.relation == "conj" or tree.word(index - 1).form in ("-", "'")


def _stands_for(tree: Tree, participle: Word) -> bool:
    """« une association représentant les pêcheurs »: a participle that says which body speaks."""
    governor = tree.head(participle)
    body = governor is not None and read_nominal(governor.form, load_vocabulary()).type in ("organization", "group", "document")
    return body and governor is not None and participle.index == governor.index + 1 and participle.lemma in BODY_VERBS


def _inner_modifier(tree: Tree, child: Word, proper: bool) -> bool:
    """Complements that belong to a title or name (« de la Santé », « à l'Hôpital »), not the circumstances after it."""
    governor = tree.head(child)
    case = case_of(tree, child)
    if proper:
        return case in PHRASE_OF and child.upos == "PROPN" and not tree.children(child, "det")
    if child.relation == "acl":
        if child.form.lower().endswith("ant"):
            return _stands_for(tree, child)
        if governor is not None and governor.form.lower() not in load_vocabulary().documents:
            return child.form.lower() in IN_CHARGE
        return child.deprel == "acl" and child.upos in ("VERB", "ADJ") and not tree.children(child, "mark")
    if child.relation in ("obl", "obj"):
        told = governor is not None and governor.relation == "acl"
        return told and governor is not None and (_stands_for(tree, governor) or governor.form.lower() in IN_CHARGE)
    return child.form.lower() not in TIMES or _is_age(tree, child)


def source_at(tree: Tree, head: Word, rule: str) -> Source:
    """The noun phrase of a word as a source, found by `rule`."""
    return Source(head, noun_phrase(tree, head), rule)
