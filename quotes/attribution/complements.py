"""Sources that a preposition governs or a possessive stands for: « selon X », « leur appel »."""

from __future__ import annotations

import dataclasses

from quotes.attribution.inversion import inverted_subject
from quotes.attribution.phrases import NOMINAL, Source, can_speak, case_of, source_at
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class

__all__ = ["nominal_after", "possessor"]

RELATIVES = word_class("relative")
NEUTRAL = word_class("neutral-pronoun")
OF = word_class("of")
# « selon les chiffres de la préfecture »
FINDINGS = word_class("finding-noun")
# « leur »: of several
THEIRS = word_class("plural-owner-possessive")


def _told_by(tree: Tree, neutral: Word) -> Source | None:
    """« selon ce que rapportent des médias », « selon ce qu'il dit »: who tells it."""
    for clause in tree.children(neutral, "acl"):
        found = inverted_subject(tree, clause, (clause,))
        subject = next((s for s in tree.children(clause, "nsubj") if s.form.lower() not in RELATIVES and s.upos in NOMINAL), None)
        found = found or (source_at(tree, subject, "teller") if subject is not None else None)
        if found is not None:
            return dataclasses.replace(found, rule="teller")
    return None


def _whose(tree: Tree, noun: Word) -> Word:
    """« selon les chiffres de la préfecture », « d'après le décompte de X »: whose findings they are."""
    owners = (c for c in tree.children(noun, "nmod") if case_of(tree, c) in OF and can_speak(c))
    return next(owners, noun) if noun.form.lower() in FINDINGS else noun


def possessor(tree: Tree, owner: Word) -> Source:
    """« Les riverains maintiennent leur appel à manifester »: the subject that a possessive stands for, else the possessive itself."""
    plural = owner.form.lower() in THEIRS
    for verb in (w for w in tree.ancestors(owner) if w.upos == "VERB"):
        subject = next((s for s in tree.children(verb, "nsubj") if s.index < owner.index and can_speak(s)), None)
        if subject is not None and subject.form.lower() not in RELATIVES:
            agrees = plural == (subject.feats.get("Number") == "Plur" or bool(tree.children(subject, "conj")))
            return source_at(tree, subject, "noun") if agrees else Source(owner, (owner,), "possessive")
    return Source(owner, (owner,), "possessive")


def nominal_after(tree: Tree, words: tuple[Word, ...]) -> Source | None:
    """The noun phrase a preposition such as « selon » governs; `words` are the preposition's."""
    last = max(w.index for w in words)
    inside = {w.index for w in words}
    governed = tree.head(words[-1]) if words[-1].relation == "case" else None
    near = governed is not None and not any(w.form == "," for w in tree.words[last : governed.index])
    if governed is not None and near and governed.index > last and governed.upos in NOMINAL and governed.form.lower() not in NEUTRAL:
        return source_at(tree, _whose(tree, governed), "complement")
    for word in words:
        head = tree.head(word)
        while head is not None and head.index in inside:
            head = tree.head(head)
        if head is not None and any(w.form == "," for w in tree.words[last : head.index]):
            continue
        if head is not None and head.index > last and head.form.lower() in NEUTRAL:
            return _told_by(tree, head)
        if head is not None and head.index > last and head.upos in NOMINAL:
            return source_at(tree, _whose(tree, head), "complement")
    for word in tree.words[last : last + 6]:
        if word.upos in NOMINAL and word.upos != "ADJ":
            return source_at(tree, word, "complement")
    return None
