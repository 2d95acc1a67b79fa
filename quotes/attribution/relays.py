"""Who passed words on, from the one who had them from the speaker outwards."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.attribution.channels import Scene, noun_after_by, told_to, unfused
from quotes.attribution.clauses import find_clauses
from quotes.attribution.reading import AccordingHit
from quotes.attribution.sources import source_of
from quotes.syntax.tree import Word
from quotes.text.grammar import word_class

__all__ = ["relays_of"]

CITING = word_class("citing-participle")

OPENING_ONLY = word_class("opening-preposition")
# A phrase that begins within so many words opens its sentence: « Mais, selon X, … ».
OPENING = 3
STOPS = frozenset(("«", ":", ";"))

Phrase = tuple[Word, ...]


def relays_of(scene: Scene) -> list[Phrase]:
    """The phrases that name relays: outlets the words were said to, « cité par X », reports around the reporting, « selon X »."""
    found: list[Phrase] = []
    taken: set[int] = {w.index for w in scene.source}
    for phrase in (*told_to(scene), *_cited_by(scene), *_reports_around(scene), *_inserted(scene)):
        clean = unfused(scene.tree, phrase)
        # « il affirme que X a dit »: a pronoun names nobody.
        if any(w.upos != "PRON" for w in clean) and not taken.intersection(w.index for w in clean):
            found.append(clean)
            taken.update(w.index for w in clean)
    return found


def _cited_by(scene: Scene) -> Iterator[Phrase]:
    """« X, cité par Reuters »: a participle behind the source."""
    tree = scene.tree
    names = {w.index for w in scene.source}
    for word in tree:
        if (
            word.lemma in CITING
            and word.feats.get("VerbForm") == "Part"
            and not tree.children(word, "aux")
            and word.index not in scene.content
        ):
            agent = noun_after_by(tree, word)
            beside = word.head in names or any(abs(word.index - i) <= 3 for i in names)
            if agent is not None and beside:
                yield agent


def _reports_around(scene: Scene) -> Iterator[Phrase]:
    """« Reuters rapporte que X a dit que … »: whose report this one is part of, from the inmost outwards."""
    if scene.hit is None or scene.hit.head.upos == "NOUN":
        return
    reading, tree = scene.reading, scene.tree
    heads = {h.head.index: h for h in reading.verbs if not h.denied}
    for above in tree.ancestors(scene.hit.head):
        outer = heads.get(above.index)
        if outer is None or outer.words == scene.hit.words:
            continue
        clauses = [c for c, rule in find_clauses(reading, outer) if rule == "que"]
        if any(tree.dominates(clause, scene.hit.head) for clause in clauses):
            source = source_of(tree, outer)
            if source is not None and not reading.is_quoted(source):
                yield source.words


def _inserted(scene: Scene) -> Iterator[Phrase]:
    """« Selon Le Monde, X aurait dit que … », « …, a dit X, rapporte Le Monde »."""
    reading, tree = scene.reading, scene.tree
    anchor = scene.anchor
    for hit in reading.according:
        inside = any(w.index in scene.content or w.index in anchor for w in hit.words)
        if hit.source is not None and not hit.own and not inside and not reading.is_quoted(hit.source) and _covers(scene, hit):
            yield hit.source.words
    for verb in reading.verbs:
        if any(w.index in scene.content or w.index in anchor for w in verb.words) or not _closes(scene, verb.words):
            continue
        source = source_of(tree, verb, incised=True) if reading.is_incised(verb) else None
        if source is not None and not any(w.index in scene.content or w.index in anchor for w in source.words):
            yield source.words


def _covers(scene: Scene, hit: AccordingHit) -> bool:
    """Whether « selon X » covers the reporting: it opens the sentence or stands beside cue and source, and X is a source of its own."""
    assert hit.source is not None
    if hit.source.rule in ("self-named", "relative") or hit.words[0].form.lower() in OPENING_ONLY:
        return False
    if scene.hit is not None and scene.tree.dominates(hit.source.head, scene.hit.head):
        return False
    if hit.words[0].index <= OPENING:
        return True
    first, last = hit.words[0].index, hit.source.words[-1].index
    before = max((i for i in scene.anchor if i < first), default=None)
    after = min((i for i in scene.anchor if i > last), default=None)
    gaps = [(before, first - 1)] if before is not None else []
    gaps += [(last, after - 1)] if after is not None else []
    return any(_is_open(scene, scene.tree.words[low:high]) for low, high in gaps)


def _is_open(scene: Scene, between: Phrase) -> bool:
    """Whether no clause of its own and no other quotation lies between."""
    words = [w for w in between if w.index not in scene.anchor and w.index not in scene.content]
    return not any(w.feats.get("VerbForm") == "Fin" or w.upos == "CCONJ" or w.form in STOPS for w in words)


def _closes(scene: Scene, cue: Phrase) -> bool:
    """Whether an incise stands behind cue and source, with nothing but their complements between."""
    last = max(scene.anchor, default=0)
    return cue[0].index > last > 0 and _is_open(scene, scene.tree.words[last : cue[0].index - 1])
