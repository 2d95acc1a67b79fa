"""Reported content in the journalist's words: every claim of a sentence, by verb, noun or preposition."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.attribution.according import according_reports
from quotes.attribution.clauses import find_clauses, is_asked_for
from quotes.attribution.complements import possessor
from quotes.attribution.contents import clause_reports
from quotes.attribution.cues import CueHit
from quotes.attribution.insertions import announced_report, ce_que_report, comme_report, incise_report
from quotes.attribution.phrases import Source, noun_phrase
from quotes.attribution.reading import Reading
from quotes.attribution.reports import QUE, SI, Report, trimmed
from quotes.attribution.sources import source_of
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class

__all__ = ["Report", "find_reports", "find_unasserted"]


NEGATIVE = word_class("negative-word")
LINKERS = QUE | word_class("compound-relative")
ACCORDING = word_class("according-preposition")
# « est parti au motif que »
KNOWING = word_class("knowing-verb")
OF = word_class("of")
PRETEXTS = word_class("pretext-noun")
# « son appel », « leur demande »
THEIR = word_class("third-person-possessive")
BY = word_class("phrase-of") | word_class("agent-preposition")


def find_reports(reading: Reading) -> list[Report]:
    """Claims of a frame in text order; negated and hypothetical reporting holds none."""
    verbal = [*_verb_reports(reading), *_noun_reports(reading)]
    # « …, a-t-on appris de source proche » is one claim, though « de source proche » alone would make another.
    sources = {(r.source.head.index, r.span.start) for r in verbal}
    found = [*verbal, *(r for r in according_reports(reading) if (r.source.head.index, r.span.start) not in sources)]
    unique = {r.span: r for r in reversed(found)}
    return sorted(unique.values(), key=lambda r: (r.span.start, -r.span.end))


def find_unasserted(reading: Reading) -> list[Report]:
    """What negated, asked and supposed reporting would report, in text order; nothing of it is in `find_reports`."""
    found = (r for r in _verb_reports(reading, denied=True) if r.source.head.form.lower() not in NEGATIVE)
    return sorted(found, key=lambda r: (r.span.start, -r.span.end))


def _verb_reports(reading: Reading, denied: bool = False) -> Iterator[Report]:
    for hit in reading.verbs:
        if hit.denied != denied or is_asked_for(reading, hit):
            continue
        apart = comme_report(reading, hit) or ce_que_report(reading, hit)
        if apart:
            yield apart
            continue
        clauses = find_clauses(reading, hit)
        if clauses:
            source = reading.voice_of(hit) or source_of(reading.tree, hit)
            if source is not None and not reading.is_quoted(source):
                yield from clause_reports(reading, hit, source, clauses)
        elif announced := announced_report(reading, hit):
            yield announced
        elif "incise" in hit.takes and reading.is_incised(hit):
            yield from incise_report(reading, hit)


def _noun_reports(reading: Reading) -> Iterator[Report]:
    """L'annonce par la ministre que …; l'affirmation de X selon laquelle …"""
    tree = reading.tree
    for hit in reading.nouns:
        yield from _noun_infinitive(reading, hit)
        for child in (*tree.children(hit.head, "acl", "ccomp", "advcl"), *_behind_pretext(tree, hit)):
            linkers = [c for c in tree.subtree(child) if c.index < child.index and c.form.lower() in LINKERS]
            relative = child.deprel == "acl:relcl" and not any(c.upos == "SCONJ" and c.relation == "mark" for c in linkers)
            according = any(tree.word(c.index - 1).form.lower() in ACCORDING for c in linkers if c.index > 1 and c.form.lower() not in QUE)
            if not linkers or (relative and not according):
                continue
            source = _noun_source(tree, hit)
            words = [w for w in tree.subtree(child) if w.index > linkers[0].index]
            span = trimmed(reading, words) if words else None
            if span and source:
                yield Report(span, reading.span_of(hit.words), source, f"noun-{'selon' if according else 'que'}")


def _behind_pretext(tree: Tree, hit: CueHit) -> Iterator[Word]:
    """« a fermé le quai au motif que … »: the clause of the *que* behind the noun, though the parser hung it on the verb."""
    link = tree.word(hit.head.index + 1) if hit.head.index < len(tree.words) else hit.head
    clause = tree.head(link) if hit.head.form.lower() in PRETEXTS and link.form.lower() in QUE else None
    if clause is not None and clause.index > link.index and clause.head != hit.head.index:
        yield clause


def _noun_infinitive(reading: Reading, hit: CueHit) -> Iterator[Report]:
    """La demande des riverains de fermer le quai; l'appel du syndicat à manifester."""
    source = _noun_source(reading.tree, hit)
    found = find_clauses(reading, hit) or (find_clauses(reading, hit, source.head) if source is not None else [])
    clauses = [(c, r) for c, r in found if r in ("de-infinitive", "à-infinitive")] or _knowing(reading, hit)
    if source is not None and clauses:
        yield from clause_reports(reading, hit, source, clauses)


def _knowing(reading: Reading, hit: CueHit) -> list[tuple[Word, str]]:
    """« la question de la maire de savoir si le pont ferme »: what a question asks to know."""
    tree = reading.tree
    if "si" not in hit.takes:
        return []
    asked = (w for w in tree.words[hit.head.index : -1] if w.lemma in KNOWING and tree.word(w.index - 1).form.lower() in OF)
    link = next((tree.word(w.index + 1) for w in asked), None)
    clause = tree.head(link) if link is not None and link.form.lower() in SI else None
    return [(clause, "indirect-question")] if clause is not None and link is not None and clause.index > link.index else []


def _modifiers(tree: Tree, noun: Word) -> list[Word]:
    return [w for w in tree.children(noun, "acl", "amod") if w.deprel != "acl:relcl"]


def _noun_source(tree: Tree, hit: CueHit) -> Source | None:
    verb = tree.head(hit.head)
    if hit.head.form.lower() in PRETEXTS and verb is not None and hit.head.relation == "obl":
        return source_of(tree, CueHit(verb, (verb,), ()))
    owner = tree.child(hit.head, "det")
    if owner is not None and owner.form.lower() in THEIR:
        return possessor(tree, owner)
    # « les demandes répétées des pêcheurs »: the parser may hang whose they are on the adjective.
    for child in (c for word in (hit.head, *_modifiers(tree, hit.head)) for c in tree.children(word, "nmod", "obl", "obj")):
        case = tree.child(child, "case") or tree.child(child, "det")
        if case and case.form.lower() in BY and child.upos in ("NOUN", "PROPN", "PRON"):
            return Source(child, noun_phrase(tree, child), "noun")
    return None
