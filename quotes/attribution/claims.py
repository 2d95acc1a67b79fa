"""Reported clauses in the journalist's words: que-clauses, infinitives, incises, « selon X », noun cues, comme-clauses."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from quotes.attribution.cues import CueHit
from quotes.attribution.reading import AccordingHit, Reading
from quotes.attribution.sources import Source, noun_phrase, source_of
from quotes.model import Span
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class
from quotes.text.lexicon import load_lexicon

__all__ = ["Report", "find_reports"]

QUE = word_class("complementizer")
SI = word_class("condition")
QUESTION = word_class("interrogative")
LINKING = word_class("linker")
# Words that open a comment on the saying after an incise: « …, a dit X, dans un communiqué ».
# « Pour X, … » reports only when it opens the sentence.
OPENING_ONLY = word_class("opening-preposition")
REASON = word_class("reason")
ADVERBIAL = word_class("adverbial-subordinator")
COMMENT = word_class("comment")
CLAUSAL = frozenset(("ccomp", "xcomp", "obj", "obl", "advcl", "csubj", "acl", "nmod", "dep", "iobj", "parataxis"))


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """A claim as the tree shows it: article spans of clause and cue, and the source (None when the sentence does not name it)."""

    span: Span
    cue: Span
    source: Source
    rule: str


def find_reports(reading: Reading) -> list[Report]:
    """Claims of a frame in text order; negated and hypothetical reporting holds none."""
    found = [*_verb_reports(reading), *_noun_reports(reading), *_according_reports(reading)]
    unique = {r.span: r for r in reversed(found)}
    return sorted(unique.values(), key=lambda r: (r.span.start, -r.span.end))


def _verb_reports(reading: Reading) -> Iterator[Report]:
    for hit in reading.verbs:
        if hit.denied:
            continue
        comme = _comme_clause(reading, hit)
        if comme:
            yield comme
            continue
        below = (c for word in hit.words if word.index >= hit.head.index for c in reading.tree.children(word) if c not in hit.words)
        clauses = [(c, rule) for c in below if (rule := _clause_rule(reading.tree, hit, c))]
        clauses = clauses or _below_object(reading.tree, hit)
        if clauses:
            source = source_of(reading.tree, hit)
            if source is not None and source.head.index not in reading.quoted:
                yield from _clause_reports(reading, hit, source, clauses)
        elif "incise" in hit.takes and reading.is_incised(hit):
            yield from _incise_report(reading, hit)


def _below_object(tree: Tree, hit: CueHit) -> list[tuple[Word, str]]:
    """« accuse l'État d'avoir menti », « met en garde contre le fait que » attached to the object by the parser."""
    found = []
    for obj in tree.children(hit.head, "obj", "iobj", "obl"):
        for child in tree.children(obj, "acl", "xcomp", "ccomp", "nmod"):
            rule = _clause_rule(tree, hit, child)
            if rule and (rule != "infinitive"):
                found.append((child, rule))
    return found


def _clause_rule(tree: Tree, hit: CueHit, child: Word) -> str:
    """Which of the cue's constructions a dependent realises, empty when none."""
    if child.relation not in CLAUSAL or child.index < hit.head.index and child.relation != "csubj":
        return ""
    linkers = {c.form.lower() for c in tree.children(child, "mark", "case", "advmod", "fixed") if c.index < child.index}
    finite = any(w.feats.get("VerbForm") == "Fin" for w in (child, *tree.children(child, "aux", "cop")))
    opening = next((w for w in tree.subtree(child) if w.upos != "PUNCT"), child)
    if (linkers & QUE or opening.form.lower() in QUE) and "que" in hit.takes and child.deprel != "acl:relcl":
        return "" if _is_adverbial(tree, child, hit) else "que"
    if "si" in hit.takes and (linkers & SI or _asks(tree, hit, child)) and finite:
        return "indirect-question"
    infinitive = child.feats.get("VerbForm") == "Inf" or any(c.feats.get("VerbForm") == "Inf" for c in tree.children(child, "aux", "cop"))
    if not infinitive:
        return ""
    if linkers & {"de", "d'"}:
        return "de-infinitive" if "de_inf" in hit.takes else ""
    if linkers & {"à"}:
        return "à-infinitive" if "à_inf" in hit.takes else ""
    return "infinitive" if not linkers and "inf" in hit.takes and child.relation in ("xcomp", "ccomp", "obj", "advcl", "obl") else ""


def _is_adverbial(tree: Tree, child: Word, hit: CueHit) -> bool:
    """« alors que », « avant que »: a circumstance, not what was said."""
    mark = next((c for c in tree.children(child, "mark", "fixed", "case") if c.form.lower() in QUE), None)
    if mark is None or mark.index < 2:
        return False
    return tree.word(mark.index - 1).form.lower() in ADVERBIAL and mark.index - 2 != hit.words[-1].index


def _asks(tree: Tree, hit: CueHit, child: Word) -> bool:
    if child.relation not in ("ccomp", "obj", "advcl"):
        return False
    first = next((w for w in tree.subtree(child) if w.upos != "PUNCT"), child)
    return first.form.lower() in QUESTION and first.index > hit.head.index


def _clause_reports(reading: Reading, hit: CueHit, source: Source, clauses: list[tuple[Word, str]]) -> Iterator[Report]:
    """One claim a cue: coordinated clauses run together."""
    tree = reading.tree
    words: list[Word] = []
    for child, _ in clauses:
        words.extend(_clause_words(tree, child, hit))
    words.extend(_condition_after(tree, hit, words))
    if words:
        span = _trim(reading, words)
        if span:
            yield Report(span, reading.span_of(hit.words), source, f"{clauses[0][1]}-{source.rule}")


def _condition_after(tree: Tree, hit: CueHit, words: list[Word]) -> list[Word]:
    """« … si les arriérés ne sont pas payés »: a condition or reason right behind the clause belongs to it, wherever the parser hung it."""
    last = max((w.index for w in words), default=0)
    for child in tree.children(hit.head, "advcl"):
        inside = tree.subtree(child)
        opening = {w.form.lower() for w in inside[:2]}
        if last and inside[0].index in (last + 1, last + 2) and opening & REASON:
            return list(inside)
    return []


def _clause_words(tree: Tree, child: Word, hit: CueHit) -> list[Word]:
    cue = {w.index for w in hit.words}

    def keep(word: Word) -> bool:
        if _is_comment(tree, word, child):
            return False
        if word.index in cue or word.index < min(cue) and child.index > max(cue):
            return False
        governor = tree.head(word)
        link = governor is not None and governor.index == child.index and word.index < child.index and word.relation in ("mark", "case")
        return not link

    words = list(tree.subtree(child, keep))
    linkers = [c.index for c in tree.children(child, "mark", "case") if c.index < child.index and c.form.lower() in QUE | SI | {"de", "d'", "à"}]
    first = min(linkers, default=0)
    return [w for w in words if w.index > first]


def _is_comment(tree: Tree, word: Word, clause: Word) -> bool:
    """A further act of saying behind the clause: « …, ajoutant que », « … mais a soutenu que »."""
    if word.index < clause.index or word.form.lower() not in load_lexicon().by_form or word.upos != "VERB":
        return False
    if word.form.lower().endswith("ant") and word.relation in ("advcl", "acl", "conj", "parataxis"):
        return tree.word(word.index - 1).form in (",", "se", "s'")
    reports = any(c.relation == "ccomp" for c in tree.children(word)) and any(c.deprel == "aux" for c in tree.children(word))
    linked = any(c.form.lower() in QUE for c in tree.children(word, "mark"))
    return word.relation == "conj" and reports and not linked and not tree.children(word, "nsubj")


def _trim(reading: Reading, words: list[Word]) -> Span | None:
    """From the first to the last word, without punctuation at the edges."""
    kept = sorted(words, key=lambda w: w.index)
    while kept and kept[-1].upos == "PUNCT" and kept[-1].form not in (")", "»"):
        kept.pop()
    while kept and kept[0].upos == "PUNCT" and kept[0].form not in ("(", "«"):
        kept.pop(0)
    if not kept:
        return None
    return reading.span_of(tuple(kept))


def _incise_report(reading: Reading, hit: CueHit) -> Iterator[Report]:
    """« Le pont rouvrira, a annoncé le maire. » and « Le pont, assure la maire, rouvrira. »"""
    source = source_of(reading.tree, hit, incised=True)
    if source is None or source.head.index in reading.quoted:
        return
    tree = reading.tree
    first, last = hit.words[0].index, _incise_end(tree, hit, source)
    before = [w for w in tree if w.index < first]
    after = [w for w in tree if w.index > last]
    if not _has_words(before):
        return
    closing = not _has_words(after) or not _resumes(tree, after)
    if closing:
        words = before
    elif _is_adjunct(tree, before):
        words = after
    else:
        words = before + after
    words = _without_linker(words)
    span = _trim(reading, words)
    if span and _states(reading, words):
        yield Report(span, reading.span_of(hit.words), source, f"incise-{source.rule}")


def _states(reading: Reading, words: list[Word]) -> bool:
    """Whether words hold a statement of the journalist's: a verb outside the masked quotations, which don't begin it."""
    masked = {w.index for _, s in reading.frame.masked for w in reading.tree if s.start <= w.start and w.end <= s.end}
    own = [w for w in words if w.index not in masked and w.upos != "PUNCT"]
    first = next((w for w in words if w.upos != "PUNCT"), None)
    return first is not None and first.index not in masked and any(w.upos in ("VERB", "AUX") for w in own)


def _incise_end(tree: Tree, hit: CueHit, source: Source) -> int:
    """Index of the last word of the incise: up to the next comma after cue and source, appositions and tails included."""
    last = max(hit.words[-1].index, source.words[-1].index)
    inside = {w.index for w in tree.subtree(hit.head)}
    while last < len(tree.words):
        word = tree.word(last + 1)
        if word.form in (",", ";", "–", "—", ":") or (word.upos == "PUNCT" and word.form in ".?!…"):
            if word.form == "," and last + 2 <= len(tree.words) and tree.word(last + 2).index in inside and _in_source(tree, source, last + 2):
                last += 1
                continue
            return last
        last += 1
    return last


def _in_source(tree: Tree, source: Source, index: int) -> bool:
    return tree.dominates(source.head, tree.word(index))


def _resumes(tree: Tree, after: list[Word]) -> bool:
    """Whether what follows an incise goes on with the clause instead of commenting on the saying."""
    words = [w for w in after if w.upos != "PUNCT"]
    first = words[0]
    if first.upos in ("VERB", "AUX") and (first.feats.get("VerbForm") == "Part" or first.form.lower().endswith("ant")):
        return False
    if first.form.lower() in COMMENT:
        return False
    return first.form.lower() in QUE or any(w.upos in ("VERB", "AUX") for w in words)


def _is_adjunct(tree: Tree, before: list[Word]) -> bool:
    """A linking word or circumstance before the incise: the clause proper starts behind it."""
    words = [w for w in before if w.upos != "PUNCT"]
    if any(w.upos in ("VERB", "AUX") for w in words):
        return False
    tops = [w for w in words if not any(w.head == o.index for o in words)]
    return all(w.relation in ("advmod", "obl", "cc", "discourse", "mark") for w in tops)


def _without_linker(words: list[Word]) -> list[Word]:
    while words and (words[0].upos == "PUNCT" or words[0].form.lower() in LINKING and words[0].upos in ("CCONJ", "ADV")):
        words = words[1:]
    return words


def _has_words(words: list[Word]) -> bool:
    return any(w.upos != "PUNCT" for w in words)


def _noun_reports(reading: Reading) -> Iterator[Report]:
    """L'annonce par la ministre que …; l'affirmation de X selon laquelle …"""
    tree = reading.tree
    for hit in reading.nouns:
        for child in tree.children(hit.head, "acl", "ccomp", "advcl"):
            linkers = [c for c in tree.subtree(child) if c.index < child.index and c.form.lower() in QUE | {"laquelle", "lequel", "lesquelles", "lesquels"}]
            relative = child.deprel == "acl:relcl"
            according = any(tree.word(c.index - 1).form.lower() == "selon" for c in linkers if c.index > 1 and c.form.lower() not in QUE)
            if not linkers or (relative and not according):
                continue
            source = _noun_source(tree, hit)
            words = [w for w in tree.subtree(child) if w.index > linkers[0].index]
            span = _trim(reading, words) if words else None
            if span and source:
                yield Report(span, reading.span_of(hit.words), source, f"noun-{'selon' if according else 'que'}")


def _noun_source(tree: Tree, hit: CueHit) -> Source | None:
    for child in tree.children(hit.head, "nmod", "obl"):
        case = tree.child(child, "case")
        if case and case.form.lower() in ("de", "d'", "par") and child.upos in ("NOUN", "PROPN", "PRON"):
            return Source(child, noun_phrase(tree, child), "noun")
    return None


def _comme_clause(reading: Reading, hit: CueHit) -> Report | None:
    """Comme le souligne X, …"""
    tree = reading.tree
    mark = next((c for c in tree.children(hit.head, "mark", "advmod", "case") if c.form.lower() in ("comme", "ainsi")), None)
    if mark is None or tree.children(hit.head, "ccomp"):
        return None
    source = source_of(tree, hit, incised=True)
    head = tree.head(hit.head)
    if source is None or head is None:
        return None
    inside = {w.index for w in tree.subtree(hit.head)} | {w.index for w in source.words}
    words = [w for w in tree if w.index not in inside]
    words = _without_linker([w for w in words if w.index > max(inside)] if mark.index <= 2 else [w for w in words if w.index < min(inside)])
    span = _trim(reading, words) if _has_words(words) and _states(reading, words) else None
    return Report(span, reading.span_of((mark, *hit.words)), source, "comme") if span else None


def _according_reports(reading: Reading) -> Iterator[Report]:
    """Selon X, …; …, selon X."""
    tree = reading.tree
    for hit in reading.according:
        if hit.source is None or tree.root is None:
            continue
        if hit.own and hit.source.rule != "possessive":
            continue
        cut = {w.index for w in (*hit.words, *_whole_source(tree, hit))}
        clause = _governed_clause(tree, hit)
        words = [w for w in clause if w.index not in cut]
        first, last = min(cut), max(cut)
        if hit.words[0].form.lower() in OPENING_ONLY and (first > 2 or not _comma_after(tree, last)):
            continue
        opening = not any(w.upos != "PUNCT" and w.index < first for w in words)
        words = [w for w in words if w.index > last] if opening else words
        if not opening and not any(w.upos != "PUNCT" and w.index > last for w in words):
            words = [w for w in words if w.index < first]
        words = _without_linker(words)
        span = _trim(reading, words)
        if span and _states(reading, words):
            yield Report(span, reading.span_of(hit.words), hit.source, "according")


def _comma_after(tree: Tree, index: int) -> bool:
    return tree.word(index).form == "," or (index < len(tree.words) and tree.word(index + 1).form == ",")


def _whole_source(tree: Tree, hit: AccordingHit) -> tuple[Word, ...]:
    """The source with its relative clauses and appositions, which are no part of the claim."""
    assert hit.source is not None
    if hit.source.rule in ("self-named", "possessive"):
        return hit.source.words
    whole = [w for w in tree.subtree(hit.source.head, lambda c: c.relation not in ("conj", "parataxis") or c.upos in ("PROPN", "NOUN"))]
    last = hit.source.words[-1].index
    return tuple(w for w in whole if w.index >= min(x.index for x in hit.words) and (w.index <= last + 25))


def _governed_clause(tree: Tree, hit: AccordingHit) -> tuple[Word, ...]:
    """The clause the phrase comments on: the subordinate one it stands in, else the sentence."""
    assert hit.source is not None
    for word in (*tree.ancestors(hit.source.head),):
        marked = any(c.form.lower() in QUE | SI for c in tree.children(word, "mark"))
        if word.relation in ("ccomp", "advcl") and marked:
            inside = tree.subtree(word)
            if inside[0].index < hit.words[0].index:
                return tuple(w for w in inside if w.form.lower() not in QUE or w.head != word.index)
    return tree.words
