"""Clauses under a cue verb: que-clauses, infinitives, indirect questions."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.attribution.cues import CueHit
from quotes.attribution.reading import Reading
from quotes.attribution.reports import QUE, SI, Report, trimmed
from quotes.attribution.sources import Source
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class
from quotes.text.lexicon import load_lexicon

__all__ = ["clause_reports", "find_clauses"]

QUESTION = word_class("interrogative")
REASON = word_class("reason")
ADVERBIAL = word_class("adverbial-subordinator")
CLAUSAL = frozenset(("ccomp", "xcomp", "obj", "obl", "advcl", "csubj", "acl", "nmod", "dep", "iobj", "parataxis"))


def find_clauses(reading: Reading, hit: CueHit) -> list[tuple[Word, str]]:
    """The clauses a cue verb governs, with the construction each realises."""
    tree = reading.tree
    below = (c for word in hit.words if word.index >= hit.head.index for c in tree.children(word) if c not in hit.words)
    clauses = [(c, rule) for c in below if (rule := _clause_rule(tree, hit, c))]
    return clauses or _below_object(tree, hit)


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
    if child.relation not in CLAUSAL or (child.index < hit.head.index and child.relation != "csubj"):
        return ""
    linkers = {c.form.lower() for c in tree.children(child, "mark", "case", "advmod", "fixed") if c.index < child.index}
    finite = any(w.feats.get("VerbForm") == "Fin" for w in (child, *tree.children(child, "aux", "cop")))
    opening = next((w for w in tree.subtree(child) if w.upos != "PUNCT"), child)
    if (linkers & QUE or opening.form.lower() in QUE) and "que" in hit.takes and child.deprel != "acl:relcl":
        return "" if _is_adverbial(tree, child, hit) else "que"
    if "si" in hit.takes and (linkers & SI or _asks(opening, hit, child)) and finite:
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


def _asks(opening: Word, hit: CueHit, child: Word) -> bool:
    return child.relation in ("ccomp", "obj", "advcl") and opening.form.lower() in QUESTION and opening.index > hit.head.index


def clause_reports(reading: Reading, hit: CueHit, source: Source, clauses: list[tuple[Word, str]]) -> Iterator[Report]:
    """One claim a cue: coordinated clauses run together."""
    tree = reading.tree
    words: list[Word] = []
    for child, _ in clauses:
        words.extend(_clause_words(tree, child, hit))
    words.extend(_condition_after(tree, hit, words))
    if words:
        span = trimmed(reading, words)
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
        if word.index in cue or (word.index < min(cue) and child.index > max(cue)):
            return False
        governor = tree.head(word)
        link = governor is not None and governor.index == child.index and word.index < child.index and word.relation in ("mark", "case")
        return not link

    words = list(tree.subtree(child, keep))
    marks = (c for c in tree.children(child, "mark", "case") if c.index < child.index)
    linkers = [c.index for c in marks if c.form.lower() in QUE | SI | {"de", "d'", "à"}]
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
