"""Claims that a preposition gives to a source: « Selon X, le pont rouvrira », « Le pont, d'après X, rouvrira »."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from quotes.attribution.clauses import find_clauses
from quotes.attribution.contents import before_break, before_carried
from quotes.attribution.insertions import opens_clause, relays
from quotes.attribution.phrases import can_speak
from quotes.attribution.reading import AccordingHit, Reading
from quotes.attribution.reports import QUE, SI, Report, behind_colon, states, trimmed, without_linker
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class

__all__ = ["according_reports"]

# « Pour X, … » reports only when it opens the sentence.
OPENING_ONLY = word_class("opening-preposition")
OPPOSING = word_class("opposing")
GERUND = word_class("gerund-opener") | {","}
BEFORE_GERUND = ("ADP", "ADV", "ADJ", "DET", "PUNCT")
WORDING = word_class("wording-noun")
NEUTRAL = word_class("neutral-pronoun")
RELATIVES = word_class("relative")
WHERE = word_class("where")
DEGREES = word_class("degree")
WHO = word_class("subject-relative")
# A circumstance before « selon X » has fewer words, a source that may have swallowed its clause no more than these.
LONGEST_CIRCUMSTANCE = 8
LONGEST_SOURCE = 25


def according_reports(reading: Reading) -> Iterator[Report]:
    """Selon X, …; …, selon X."""
    for hit in reading.according:
        if hit.source is None or reading.is_quoted(hit.source) or _is_aside(reading, hit) or relays(reading, hit.words, hit.source):
            continue
        if reading.tree.root is None or (hit.own and hit.source.rule != "possessive"):
            continue
        if any(w.form.lower() in WORDING for w in hit.words) and reading.quoted:
            continue  # « un pont « hors norme », selon les mots de X »: no more than the words in marks
        words = _according_words(reading, hit)
        span = trimmed(reading, before_carried(reading, words)) if words else None
        if span and states(reading, words):
            yield Report(span, reading.span_of(hit.words), hit.source, "according")


def _is_aside(reading: Reading, hit: AccordingHit) -> bool:
    """« 10 000 marcheurs (6 000 selon la police) »: a phrase in brackets with no verb of its own."""
    first = hit.words[0].index
    opened = next((w.index for w in reversed(reading.tree.words[: first - 1]) if w.form in ("(", ")")), 0)
    if not opened or reading.tree.word(opened).form == ")":
        return False
    closed = next((w.index for w in reading.tree.words[first:] if w.form == ")"), 0)
    return bool(closed) and not any(w.upos in ("VERB", "AUX") for w in reading.tree.words[opened : closed - 1])


def _according_words(reading: Reading, hit: AccordingHit) -> list[Word]:
    """What « selon X » comments on: the clause behind it when it opens one, else the clause before or around it."""
    tree = reading.tree
    assert hit.source is not None
    clause = _governed_clause(reading, hit)
    cut = _cut(tree, hit, clause)
    first, last = min(cut), max(cut)
    stop = next((w.index for w in tree.words[last:] if w.form == ";"), len(tree.words) + 1)
    words = [w for w in clause if w.index not in cut and w.index < stop]
    relative = hit.source.rule == "relative" and tree.word(hit.words[-1].index + 1).form.lower() in WHO
    opens = relative or (_only_linkers(tree, first) and _comma_after(tree, last))
    if hit.words[0].form.lower() in OPENING_ONLY and not opens:
        return []
    before = [w for w in words if w.upos != "PUNCT" and w.index < first]
    opening = hit.source.rule == "relative" or _is_circumstance(tree, before) or opens_clause(tree, first)
    if opening:
        words = _before_comment(reading, before_break(_past_apposition(tree, hit, [w for w in words if w.index > last])))
    elif fragment := _fragment_behind(reading, hit.source.words[-1].index):
        words = [*tree.words[words[0].index - 1 : last], *fragment]
    elif _is_told_more(tree, last) or not any(w.upos != "PUNCT" and w.index > last for w in words):
        words = behind_colon([w for w in words if w.index < first])
    return without_linker(words)


def _fragment_behind(reading: Reading, last: int) -> list[Word]:
    """« Ce serait, selon X, « une légende » »: the words of the quotation that completes the verb before the comment."""
    tree = reading.tree
    if last + 2 > len(tree.words) or tree.word(last + 1).form != ",":
        return []
    inside = list(itertools.takewhile(lambda w: w.index in reading.quoted, tree.words[last + 1 :]))
    return inside if inside and all(w.upos == "PUNCT" for w in tree.words[inside[-1].index :]) else []


def _is_told_more(tree: Tree, last: int) -> bool:
    """« …, selon X, qui précise que … »: what follows tells of the source."""
    following = [w for w in tree.words[last : last + 3] if w.upos != "ADP"]
    told = len(following) > 1 and following[0].form == "," and following[1].form.lower() in RELATIVES
    consequence = following[1].form.lower() in QUE and any(w.form.lower() in DEGREES for w in tree.words[:last]) if told else False
    return told and not consequence  # « si vieux, selon X, qu'il faut fermer »


def _cut(tree: Tree, hit: AccordingHit, clause: tuple[Word, ...]) -> set[int]:
    """The words of « selon X » itself; in the middle of a clause no more than the noun phrase, which the parser may make too long."""
    assert hit.source is not None
    whole = {w.index for w in (*hit.words, *_whole_source(tree, hit))}
    phrase = {w.index for w in (*hit.words, *hit.source.words)}
    first = min(phrase)
    beside = tree.words[first - 2 : first - 1] + tree.words[max(phrase) : max(phrase) + 1] if first > 1 else ()
    inside = len(beside) == 2 and all(w.upos != "PUNCT" for w in beside)
    swallowed = not any(w.index > max(whole) and w.upos != "PUNCT" for w in clause)
    return phrase if inside and swallowed else whole


def _is_circumstance(tree: Tree, before: list[Word]) -> bool:
    """Whether only a time, place or link stands before « selon X »: « Vers minuit, selon la préfecture, … »."""
    verbal = any(w.upos in ("VERB", "AUX") or w.relation in ("nsubj", "root") for w in before)
    return not before or (not verbal and len(before) < LONGEST_CIRCUMSTANCE)


def _before_comment(reading: Reading, words: list[Word]) -> list[Word]:
    """Words up to a gerund of saying: « selon X, le pont est sûr, tout en ajoutant que … »."""
    gerunds = {h.head.index for h in reading.verbs if h.head.form.lower().endswith("ant") and find_clauses(reading, h)}
    place = next((n for n, w in enumerate(words) if w.index in gerunds and n and words[n - 1].upos in ("ADP", "PUNCT")), len(words))
    while 0 < place < len(words) and words[place - 1].upos in BEFORE_GERUND and words[place - 1].form in GERUND:
        place -= 1
    return words[:place]


def _only_linkers(tree: Tree, first: int) -> bool:
    """Whether no clause stands before a word: « Pour X », « Cela dit, pour X »."""
    before = tree.words[: first - 1]
    if first <= 2 or before[-1].form in (":", ";"):
        return True
    return before[-1].form == "," and len(before) < 5 and not any(w.feats.get("VerbForm") == "Fin" for w in before)


def _past_apposition(tree: Tree, hit: AccordingHit, words: list[Word]) -> list[Word]:
    """« selon Odile Carrat, citée par la radio, le pont … »: without the name, title or participle between the source and its clause."""
    start = 1 if words and words[0].form == "," else 0
    comma = next((place for place in range(start, len(words)) if words[place].form == ","), None)
    named = hit.source is not None and (hit.source.head.upos == "PROPN" or bool(tree.children(hit.source.head, "flat")))
    behind = start == 1 or (named and bool(words) and words[0].index > 1 and tree.word(words[0].index - 1).form == ",")
    if comma is None or comma == start or not behind:
        return words
    inside = words[start:comma]
    if inside[0].form.lower() in QUE and tree.word(inside[0].index - 1).form == ",":
        return words[comma + 1 :]  # « selon le rapport, que l'agence a pu lire, … »
    noun = inside[1] if inside[0].upos == "DET" and len(inside) > 1 else inside[0]
    titled = noun.upos in ("NOUN", "PROPN") and (noun is inside[0] or can_speak(noun))
    bare = titled or noun.upos == "NUM" or noun.feats.get("VerbForm") == "Part"  # « Maud Kerriou, 45 ans, »
    finite = [any(w.feats.get("VerbForm") == "Fin" for w in part) for part in (inside, words[comma:])]
    return words[comma + 1 :] if bare and finite == [False, True] else words


def _comma_after(tree: Tree, index: int) -> bool:
    return tree.word(index).form == "," or (index < len(tree.words) and tree.word(index + 1).form == ",")


def _whole_source(tree: Tree, hit: AccordingHit) -> tuple[Word, ...]:
    """The source with its relative clauses and appositions, which are no part of the claim."""
    assert hit.source is not None
    if hit.source.rule in ("self-named", "possessive"):
        return hit.source.words
    if hit.source.rule == "teller":
        # « selon ce que rapportent des médias »: the whole clause on *ce*.
        neutral = next((w for w in tree.words[hit.words[-1].index :] if w.form.lower() in NEUTRAL), hit.source.head)
        return tree.subtree(neutral)
    if hit.source.rule == "relative":
        return tree.words[hit.words[-1].index : hit.words[-1].index + 1]
    whole = tree.subtree(hit.source.head, lambda c: _tells_of_source(tree, c))
    first, last = hit.words[0].index, hit.source.words[-1].index
    # Before its clause, a source may have swallowed it in the parser's eyes.
    reach = last + LONGEST_SOURCE if not any(w.upos in ("VERB", "AUX") for w in tree.words[: first - 1]) else len(tree.words)
    # « Les raisons sont, selon lui : la pluie et le froid »: the clause goes on behind a colon.
    colon = next((w.index for w in tree.words[last:] if w.form in (":", "(")), reach + 1)
    colon = colon if colon <= reach and tree.word(colon).form == ":" else reach + 1
    return tuple(w for w in whole if first <= w.index <= reach and w.index < colon)


def _tells_of_source(tree: Tree, child: Word) -> bool:
    """Whether a branch of the source is part of it; a clause without *qui* and the like is what it says, hung on it by the parser."""
    if child.deprel == "acl:relcl":
        links = (w for w in tree.subtree(child) if w.index <= child.index and w.relation != "mark")
        return any(w.form.lower() in RELATIVES | WHERE for w in links)
    return child.relation not in ("conj", "parataxis") or child.upos in ("PROPN", "NOUN")


def _governed_clause(reading: Reading, hit: AccordingHit) -> tuple[Word, ...]:
    """The clause the phrase comments on: the subordinate or opposed one it stands in, else the sentence without what is opposed to it."""
    assert hit.source is not None
    tree = reading.tree
    first = hit.words[0].index
    for word in tree.ancestors(hit.source.head):
        marked = any(c.form.lower() in QUE | SI for c in tree.children(word, "mark"))
        subordinate = word.relation in ("ccomp", "advcl", "acl") and marked
        inside = tree.subtree(word)
        if not subordinate and not _is_opposed(reading, word) and not _encloses(hit, word, inside):
            continue
        if inside[0].index < first:
            return tuple(w for w in inside if w.form.lower() not in QUE or w.head != word.index) if subordinate else inside
    opposed = (w for w in tree if w.index > first and _is_opposed(reading, w))
    cut = {w.index for top in opposed for w in tree.subtree(top)}
    return tuple(w for w in tree if w.index not in cut)


def _encloses(hit: AccordingHit, clause: Word, inside: tuple[Word, ...]) -> bool:
    """« le quai, qui rouvrira selon X en mai, … », « une colère née, selon X, d'un conflit »: whether a clause on a noun goes on behind."""
    assert hit.source is not None
    last = hit.source.words[-1].index
    own = clause.relation == "acl" and clause not in hit.words
    return own and any(w.index > last and w.upos != "PUNCT" for w in inside)


def _is_opposed(reading: Reading, word: Word) -> bool:
    """« …, mais le préfet dément », « … et le préfet affirme que »: a clause with a subject of its own that opposes, or reports too."""
    tree = reading.tree
    if word.relation not in ("conj", "parataxis") or not tree.children(word, "nsubj"):
        return False
    opposing = any(c.form.lower() in OPPOSING for c in tree.children(word, "cc"))
    return opposing or any(h.head.index == word.index and h.takes & {"que", "direct"} and find_clauses(reading, h) for h in reading.verbs)
