"""Sources through the tree: cues above a fragment, nouns, « selon X », other cues of the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.attribution.clauses import find_clauses, is_asked_for
from quotes.attribution.cues import CueHit
from quotes.attribution.phrases import Source, can_speak, is_known, source_at
from quotes.attribution.place import Found, Place, cue_span, is_clausal, noun_owner
from quotes.attribution.sources import source_of
from quotes.syntax.tree import Word
from quotes.text.grammar import word_class

__all__ = [
    "according", "according_behind", "according_beside", "distant_governor", "near_governor", "neighbour_cue", "quoted_predicate",
    "sentence_incise", "subject_of_noun",
]  # fmt: skip


# What a cue takes that only accompanies speech; words further down in its clause are not its own.
SPOKEN = frozenset(("direct", "incise"))
RELATIVES = word_class("relative")
# « aux cris de », « sous le slogan »
CRIES = word_class("cry-noun")
LOOSE = word_class("loose-cue")


def _takes_things(hit: CueHit) -> bool:
    """Whether a cue's object may be no words: only what it takes itself is said, not what stands deeper in its clause."""
    return not hit.takes - SPOKEN or all(cue.lemma in LOOSE for cue in hit.cues)


def near_governor(place: Place) -> Found | None:
    """A cue right above the passage in the tree: juge « injuste », promet de « tout revoir »."""
    return _governor(place, 0, 3, "governor")


def distant_governor(place: Place) -> Found | None:
    """A cue further up: il a annoncé une taxe sur les « plus riches »."""
    return _governor(place, 3, 99, "distant-governor")


def _governor(place: Place, nearest: int, farthest: int, name: str) -> Found | None:
    top = place.top
    if top is None:
        return None
    tree = place.reading.tree
    by_head = {h.head.index: h for h in (*place.reading.nouns, *place.reading.verbs) if not place.holds(h)}
    chain = [top, *tree.ancestors(top)]
    for depth, word in enumerate(chain):
        hit = by_head.get(word.index)
        if hit is None or word in place.words or not nearest <= depth < farthest or _in_another(place, hit):
            continue
        described = top.relation == "amod" and hit.head.index == top.head  # « les réponses « suffisantes » du préfet »
        if hit.head.upos == "NOUN" and (described or (word.upos == "NOUN" and not (noun_owner(place, hit) or _crying(place, hit)))):
            continue
        circumstance = depth < 2 and place.words[0].upos == "ADP" and top.relation == "obl" and all(cue.lemma in LOOSE for cue in hit.cues)
        fragment = not hit.takes - SPOKEN and not is_clausal(place) and depth > 0
        if circumstance or fragment or (depth > 1 and _takes_things(hit)) or is_asked_for(place.reading, hit):
            continue
        if nearest and _in_brackets(place, hit):
            return None
        noun = hit in place.reading.nouns
        source = noun_owner(place, hit) or _crying(place, hit) if noun else source_of(tree, hit) or _following(place, hit)
        if nearest and source and source.rule.startswith("shared") and not _is_reported(place, hit, chain[:depth]):
            return None
        if nearest and source and place.reading.is_incised(hit) and _tells_of(place, hit, source):
            return None
        if source and source.head not in place.words and not _between(place, source, hit):
            return cue_span(place, hit), source, f"{name}-{source.rule}"
    return None


def _crying(place: Place, hit: CueHit) -> Source | None:
    """« Aux cris de « … », les marins ont défilé »: the subject of the verb beside a cry or slogan."""
    verb = place.reading.tree.head(hit.head)
    beside = verb is not None and hit.head.relation == "obl" and hit.head.form.lower() in CRIES
    return source_of(place.reading.tree, CueHit(verb, (verb,), ())) if beside and verb is not None else None


def _in_another(place: Place, hit: CueHit) -> bool:
    """« déplore un « manque criant » et « une direction sourde » »: whether a cue is a word of another quotation."""
    return any(words.isdisjoint(place.indexes) for words in place.reading.held.get(hit.head.index, ()))


def _between(place: Place, source: Source, hit: CueHit) -> bool:
    """« Léa Roux, membre des « marins libres », affirme que … »: what stands between subject and cue tells of the subject."""
    before = source.rule == "subject" and source.head.end <= place.start
    own = not place.masked or bool(find_clauses(place.reading, hit))
    return own and before and place.end <= hit.words[0].start


def _following(place: Place, hit: CueHit) -> Source | None:
    """A subject behind its cue: « … où pointe le syndicat la « lenteur » des travaux »."""
    source = source_of(place.reading.tree, hit, incised=True)
    return source if source is not None and can_speak(source.head) else None


def _in_brackets(place: Place, hit: CueHit) -> bool:
    """Whether a passage stands in round brackets that its cue stands before: a list of terms or an aside."""
    between = place.reading.frame.text[hit.head.end : place.start]
    return between.count("(") > between.count(")")


def _is_reported(place: Place, hit: CueHit, below: Sequence[Word]) -> bool:
    """Whether a passage stands in the clause that a cue reports; `below` are the words between the two."""
    known = place.reading.clauses
    if id(hit) not in known:
        known[id(hit)] = frozenset(clause.index for clause, _ in find_clauses(place.reading, hit))
    return not known[id(hit)].isdisjoint(w.index for w in below)


def subject_of_noun(place: Place) -> Found | None:
    """« Une école ouverte » reste le slogan de l'association."""
    top = place.top
    if top is None or (top.relation != "nsubj" and top.index != min(w.index for w in place.words)):
        return None
    for hit in place.reading.nouns:
        owner = noun_owner(place, hit)
        if owner is not None and top.head in (hit.head.index, hit.head.head) and hit.head.index > top.index:
            return cue_span(place, hit), owner, "subject-of-noun"
    return None


def according(place: Place) -> Found | None:
    """« … », selon X."""
    for hit in place.reading.according:
        if hit.source is not None and not place.holds(hit):
            return place.reading.span_of(hit.words), hit.source, "according"
    return None


def according_behind(place: Place) -> Found | None:
    """… : « … », selon X."""
    found = according_beside(place)
    behind = found is not None and isinstance(found[1], Source) and found[1].head.start >= place.end
    return found if behind else None


def according_beside(place: Place) -> Found | None:
    """« … », selon X — with nothing between."""
    text = place.reading.frame.text
    for hit in place.reading.according:
        if hit.source is None or place.holds(hit):
            continue
        start, end = hit.words[0].start, max(w.end for w in (*hit.words, *hit.source.words))
        between = text[end : place.start] if end <= place.start else text[place.end : start]
        if (end <= place.start or place.end <= start) and not between.strip(" ,«»"):
            return place.reading.span_of(hit.words), hit.source, "according"
    return None


def sentence_incise(place: Place) -> Found | None:
    """Another incise of the sentence covers all its quotations: « A » mais « B », a-t-il insisté."""
    hits = [h for h in place.reading.verbs if place.reading.is_incised(h) and not place.holds(h)]
    if not hits:
        return None
    hit = min(hits, key=lambda h: (h.head.start < place.start, abs(h.head.start - place.end)))
    source = source_of(place.reading.tree, hit, incised=True)
    if source is None or source.head in place.words or _tells_of(place, hit, source):
        return None
    return cue_span(place, hit), source, "sentence-incise"


def _tells_of(place: Place, hit: CueHit, source: Source) -> bool:
    """« …, écrit la maire aux abonnés du site, qui permet aux « décideurs » de répondre »: a fragment that tells of the incise's words."""
    tree, top = place.reading.tree, place.top
    if place.masked or top is None or place.start < source.words[-1].end:
        return False
    above = (w for w in (top, *tree.ancestors(top)) if w.index > hit.head.index)
    return any(c.form.lower() in RELATIVES for w in above for c in tree.children(w, "nsubj"))


def quoted_predicate(place: Place) -> Found | None:
    """« Le capitaine « s'engage à rouvrir le bac » »: what X says of X's own doing, with X right before the mark."""
    tree, before = place.reading.tree, place.reading.frame.text[: place.start].rstrip()
    first = next((w for w in place.words if w.upos not in ("PRON", "ADV", "PUNCT")), None)
    finite = first is not None and first.upos in ("VERB", "AUX") and (first.feats.get("VerbForm") == "Fin" or _has_auxiliary(place, first))
    if place.masked or first is None or not finite or before[-1:] in (":", ";"):
        return None
    verb = place.top if first.upos == "AUX" else first
    if verb is not None and any(_is_reported(place, h, (verb, *tree.ancestors(verb))) for h in place.reading.verbs if not place.holds(h)):
        return None
    subject = next((s for s in tree.children(verb, "nsubj") if s.index < first.index), None) if verb is not None else None
    if subject is None or subject in place.words or subject.upos in ("PRON", "NUM") or not is_known(subject):
        return None
    if tree.children(subject, "nummod"):
        return None  # « quinze joueurs « perdaient » »: nobody in particular
    inside = {w.index for w in (*tree.subtree(subject), *tree.children(first, "aux"))}
    between = [w for w in tree if subject.index < w.index < first.index and w not in place.words and w.upos != "PUNCT"]
    beside = all(w.index in inside for w in between)
    return (None, source_at(place.reading.tree, subject, "subject"), "quoted-predicate") if beside else None


def _has_auxiliary(place: Place, verb: Word) -> bool:
    """« La ligue a « demandé aux clubs de patienter » »: a participle whose auxiliary stands right before the mark."""
    auxiliaries = (a for a in place.reading.tree.children(verb, "aux") if a.deprel != "aux:pass")
    return any(a.feats.get("VerbForm") == "Fin" and a not in place.words and a.end >= place.start - 3 for a in auxiliaries)


def _is_listed(place: Place) -> bool:
    """Whether a passage goes on with a list of passages: « A », « B » et « C »."""
    before = [place.reading.frame.words_in(place.reading.tree, p.outer) for p in place.reading.passages if p.number < place.passage.number]
    ends = [words[-1] for words in before if words]
    between = [w for w in place.reading.tree if ends and ends[-1].end <= w.start and w.end <= place.start]
    return len(ends) > 1 and all(w.upos in ("PUNCT", "CCONJ") for w in between)


def neighbour_cue(place: Place) -> Found | None:
    """The nearest cue with a source of its own anywhere in the sentence."""
    tree = place.reading.tree
    if not place.masked and (len(place.words) < 4 or _is_listed(place)):
        return None
    ranked = sorted(place.reading.verbs, key=lambda h: (h.head.start > place.end, abs(h.head.start - place.start)))
    for hit in ranked:
        if place.holds(hit) or (hit.passive and hit.head.relation == "acl") or not hit.takes - {"incise"}:
            continue
        source = source_of(tree, hit)
        if source and source.head not in place.words and not _between(place, source, hit):
            return cue_span(place, hit), source, "neighbour-cue"
    return None
