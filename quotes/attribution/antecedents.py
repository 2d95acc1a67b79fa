"""Whom a relative clause tells of: « X, qui dit que … », « c'est X qui dit que … »."""

from __future__ import annotations

from quotes.attribution.phrases import NOMINAL, can_speak, case_of
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class
from quotes.text.nominals import read_nominal
from quotes.text.vocabulary import load_vocabulary

__all__ = ["antecedent_of"]

RELATIVES = word_class("relative")
NEUTRAL = word_class("neutral-pronoun")
SUBJECT_RELATIVE = word_class("subject-relative")
LOCATING = word_class("locating-preposition")


def antecedent_of(tree: Tree, verb: Word) -> tuple[Word, str] | None:
    """« X, qui dit que … »: X, also when the relative verb is coordinated; with the name of the construction."""
    for word in (verb, *tree.ancestors(verb)):
        head = tree.head(word)
        if head is not None and head.form.lower() in NEUTRAL:
            return _before_relative(tree, verb)
        if word.relation == "acl" and head is not None and head.upos in NOMINAL:
            antecedent = _whole_antecedent(tree, head, verb.feats.get("Number") == "Plur")
            return _agreeing(tree, antecedent, verb), "relative"
        if word.deprel == "advcl:cleft" and head is not None:
            return _before_relative(tree, verb) or (head, "cleft")
        if word.relation not in ("conj", "xcomp", "acl"):
            return None
    return None


def _agreeing(tree: Tree, antecedent: Word, verb: Word) -> Word:
    """The noun right before *qui* when only that one agrees with the verb: « des élus que par le syndicat, qui dénonce »."""
    if not can_speak(antecedent):
        owners = (c for c in tree.children(antecedent, "nmod") if c.index < verb.index and can_speak(c) and not _is_written(c))
        antecedent = next(owners, None) or _last_speaker(tree, antecedent, verb)
    number = verb.feats.get("Number")
    relative = next((c for c in tree.children(verb, "nsubj") if c.form.lower() in RELATIVES), None)
    if relative is None or number != "Sing" or antecedent.feats.get("Number") != "Plur":
        return antecedent
    last = tree.word(relative.index - 1)
    last = tree.word(last.index - 1) if last.form == "," and last.index > 1 else last
    near = last.upos in ("NOUN", "PROPN") and last.feats.get("Number") != "Plur" and can_speak(last)
    return last if near else antecedent


def _is_written(word: Word) -> bool:
    """« l'article 3 de la Constitution, qui dispose que »: a document inside another one."""
    return read_nominal(word.form, load_vocabulary()).type == "document"


def _last_speaker(tree: Tree, antecedent: Word, verb: Word) -> Word:
    """The name right before *qui* where the parser took a thing for what it refers to."""
    place = next((w.index for w in tree.words[antecedent.index : verb.index - 1] if w.form.lower() in RELATIVES), 0)
    nouns = (w for w in tree.words[antecedent.index : max(place - 1, 0)] if w.upos in ("NOUN", "PROPN") and w.relation != "flat")
    before = [w for w in nouns if can_speak(w) and not _is_written(w)]
    return before[-1] if before else antecedent


def _before_relative(tree: Tree, verb: Word) -> tuple[Word, str] | None:
    """« C'est le cas de Léa, qui commente »: the name before *qui*, though the parser hung the clause on *c'*."""
    place = next((index for index in range(verb.index - 1, 1, -1) if tree.word(index).form.lower() in SUBJECT_RELATIVE), 0)
    before = tree.word(place - 1 - (tree.word(place - 1).form == ",")) if place > 2 else None
    while before is not None and before.relation == "flat":
        before = tree.head(before)
    before = _past_place(tree, before) if before is not None else None
    return (before, "relative") if before is not None and before.upos == "PROPN" else None


def _past_place(tree: Tree, name: Word) -> Word:
    """« C'est Léa, réfugiée en France, qui dit »: who is told to be at a place, not the place."""
    head: Word | None = name
    if case_of(tree, name) not in LOCATING:
        return name
    while head is not None and (head is name or head.upos != "PROPN"):
        head = tree.head(head)
    return head if head is not None else name


def _whole_antecedent(tree: Tree, head: Word, plural: bool) -> Word:
    """« le chef de l'État, qui dit »: the person, not the complement behind which it stands; « Léa et Luc, qui craignent »: both."""
    governor = tree.head(head)
    climbing = ("nmod", "flat", "appos", "conj") if plural and head.feats.get("Number") != "Plur" else ("nmod", "flat", "appos")
    while head.relation in climbing and governor is not None and governor.upos in ("NOUN", "PROPN"):
        if can_speak(head) and not can_speak(governor):
            break
        head, governor = governor, tree.head(governor)
    return head
