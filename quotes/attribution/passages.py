"""Which cue and source a quotation belongs to, by rules from the surest to the vaguest."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import regex

from quotes.attribution.cues import CueHit
from quotes.attribution.frames import Passage
from quotes.attribution.reading import Reading
from quotes.attribution.sources import Source, source_of
from quotes.model import Span
from quotes.syntax.tree import Word
from quotes.resolution.vocabulary import load_vocabulary
from quotes.text.grammar import word_class

__all__ = ["Attribution", "attribute"]

# Verbs whose subject takes words in instead of uttering them.
RECEIVING = word_class("receiving-verb")
CITING = word_class("citing-verb")


@dataclasses.dataclass(frozen=True, slots=True)
class Attribution:
    """The answer for one passage: article spans of cue and mention, and the rule that gave it; no rule means floating.

    `governed` tells that the sentence introduces it as words, `clausal` that it holds a finite verb or is masked.
    """

    passage: Passage
    masked: bool
    cue: Span | None
    mention: Span | None
    rule: str
    governed: bool
    clausal: bool


@dataclasses.dataclass(frozen=True)
class _Place:
    """Where a passage stands in its frame: characters `start:end`, and its words (the stand-in when masked)."""

    reading: Reading
    passage: Passage
    masked: bool
    start: int
    end: int
    words: tuple[Word, ...]

    @property
    def before(self) -> str:
        return self.reading.frame.text[: self.start].rstrip()

    @property
    def after(self) -> str:
        return self.reading.frame.text[self.end :].lstrip()

    @property
    def top(self) -> Word | None:
        """The word that links the passage to the rest of the sentence."""
        inside = {w.index for w in self.words}
        return next((w for w in self.words if w.head not in inside and w.upos != "PUNCT"), None)


Found = tuple[Span | None, Source | Span | None, str]


def attribute(reading: Reading) -> list[Attribution]:
    """Attributions of the passages of a frame, in text order."""
    places = [_place(reading, passage) for passage in reading.passages]
    answers: list[Attribution] = []
    for place in places:
        cue, source, rule = _first(place)
        mention = reading.span_of(source.words) if isinstance(source, Source) else source
        governed = rule not in ("", "neighbour-cue", "according")
        answers.append(Attribution(place.passage, place.masked, cue, mention, rule, governed, _is_clausal(place)))
    return answers


def _is_clausal(place: _Place) -> bool:
    return place.masked or any(w.feats.get("VerbForm") in ("Fin", "Inf") for w in place.words)


def _place(reading: Reading, passage: Passage) -> _Place:
    frame = reading.frame
    spans = [place for number, place in frame.masked if number == passage.number]
    if spans:
        words = tuple(w for w in reading.tree for s in spans if s.start <= w.start and w.end <= s.end)
        return _Place(reading, passage, True, spans[0].start, spans[-1].end, words)
    words = frame.words_in(reading.tree, passage.outer)
    start = min((w.start for w in words), default=len(frame.text))
    end = max((w.end for w in words), default=len(frame.text))
    return _Place(reading, passage, False, start, end, words)


def _first(place: _Place) -> Found:
    for rule in RULES:
        found = rule(place)
        if found is not None and not (isinstance(found[1], Source) and found[1].head.index in place.reading.quoted):
            return found
    return None, None, ""


def _cue_span(place: _Place, hit: CueHit) -> Span:
    return place.reading.span_of(hit.words)


def _inner_incise(place: _Place) -> Found | None:
    """« Je pars, dit-il, et je ne reviens pas »: the incise between the stand-ins."""
    spans = [s for number, s in place.reading.frame.masked if number == place.passage.number]
    own = place.passage.pieces[-1].end < place.passage.outer.end - 3
    return _incise_at(place, spans[0].end, "inner-incise") if len(spans) > 1 or (spans and own) else None


def _incise_after(place: _Place) -> Found | None:
    """« … », a déclaré X."""
    return _incise_at(place, place.end, "incise")


def _incise_at(place: _Place, position: int, name: str) -> Found | None:
    reading = place.reading
    hit = reading.cue_after(position)
    if hit is None or not hit.takes & {"incise", "direct", "object"}:
        return None
    rest = reading.frame.text[position : hit.words[0].start]
    punctuated = regex.search(r"[,–—(?!…]", rest) is not None
    if not punctuated and not place.masked:
        return None
    source = source_of(reading.tree, hit, incised=True)
    if source is None:
        return None
    inverted = source.rule.startswith(("inverted", "on-place"))
    if not inverted and (source.head.start < position or source.head.index > hit.head.index) and not _subject_between(place, source, hit):
        return None
    return _cue_span(place, hit), source, f"{name}-{source.rule}"


def _subject_between(place: _Place, source: Source, hit: CueHit) -> bool:
    return place.end <= source.head.start < hit.head.start


def _unknown_incise(place: _Place) -> Found | None:
    """« … », a cinglé X: a verb the lexicon does not know, with its subject behind it."""
    reading, tree = place.reading, place.reading.tree
    if not place.masked or not place.after.startswith(","):
        return None
    following = [w for w in tree if w.start >= place.end and w.upos != "PUNCT"][:5]
    verb = next((w for w in following if w.upos == "VERB"), None)
    if verb is None or any(w.upos not in ("AUX", "PRON", "ADV") for w in following[: following.index(verb)]):
        return None
    auxiliaries = tuple(w for w in following if w.index < verb.index and w.upos == "AUX")
    hit = CueHit(verb, (*auxiliaries, verb), ())
    source = source_of(tree, hit, incised=True)
    if source is None or not source.rule.startswith("inverted") or source.head.upos not in ("PROPN", "NOUN", "PRON"):
        return None
    return reading.span_of(hit.words), source, "unknown-verb"


def _postposed(place: _Place) -> Found | None:
    """« … », Claire Vasseur assure."""
    if not place.masked or not place.after.startswith(","):
        return None
    for hit in place.reading.verbs:
        source = source_of(place.reading.tree, hit)
        if source and source.rule == "subject" and place.end <= source.words[0].start <= place.end + 3 and hit.takes & {"incise", "direct"}:
            return _cue_span(place, hit), source, "postposed-subject-verb"
    return None


def _colon(place: _Place) -> Found | None:
    """X a déclaré : « … »"""
    if not place.before.endswith(":"):
        return None
    reading = place.reading
    colon = len(place.before)
    hits = [h for h in reading.verbs if h.head.end < colon and h.takes & {"direct", "incise", "que", "object"}]
    hits.sort(key=lambda h: (h.head.relation in ("root", "conj"), h.head.index))
    for hit in reversed(hits):
        source = source_of(reading.tree, hit) or source_of(reading.tree, hit, incised=True)
        quoted = reading.tree.child(hit.head, "obj")
        if source and hit.cues[0].lemma in CITING and quoted is not None and quoted.upos in ("NOUN", "PROPN"):
            return _cue_span(place, hit), _np(reading, quoted, "cited"), "colon-cited"
        if source:
            return _cue_span(place, hit), source, f"colon-{source.rule}"
    return _colon_noun(place, colon) or _colon_subject(place, colon)


def _colon_noun(place: _Place, colon: int) -> Found | None:
    """La réponse du proviseur tient en six mots : « … »"""
    reading = place.reading
    for hit in reading.nouns:
        owner = next((c for c in reading.tree.children(hit.head, "nmod") if c.upos in ("NOUN", "PROPN")), None)
        if hit.head.end < colon and owner is not None:
            return _cue_span(place, hit), _np(reading, owner, "noun"), "colon-noun"
    return None


def _colon_subject(place: _Place, colon: int) -> Found | None:
    """Le préfet est catégorique : « … »; or a bare name in a headline."""
    tree = place.reading.tree
    words = [w for w in tree if w.end <= colon and w.upos != "PUNCT"]
    verbs = [w for w in words if w.upos in ("VERB", "AUX") and w.feats.get("VerbForm") != "Part"]
    subjects = [w for w in words if w.relation == "nsubj" and w.upos in ("NOUN", "PROPN", "PRON") and w.form.lower() not in ("qui", "ce", "c'")]
    noun = next((w for w in reversed(words) if w.upos == "NOUN"), None)
    if noun is not None and noun.form.lower() in load_vocabulary().documents and not words[-1].upos == "VERB":
        return None, _np(place.reading, noun, "document"), "colon-document"
    if subjects and not any(w.lemma in RECEIVING for w in verbs):
        return None, _np(place.reading, subjects[0], "subject"), "colon-no-cue"
    if words and not verbs and words[0].upos in ("PROPN", "NOUN", "DET", "ADJ"):
        root = next((w for w in words if w.head == 0 or w.head > words[-1].index), words[0])
        if root.upos in ("NOUN", "PROPN"):
            return None, _np(place.reading, root, "headline"), "headline-colon"
    return None


def _np(reading: Reading, head: Word, rule: str) -> Source:
    from quotes.attribution.sources import noun_phrase

    return Source(head, noun_phrase(reading.tree, head), rule)


SIGNATURE = regex.compile(r"^[\s.]*+(?:\((?P<inside>\p{Lu}[^()]{2,80})\)|[–—-]\s++(?P<dash>\p{Lu}[^.;:!?«»]{2,80}))")


def _signature(place: _Place) -> Found | None:
    """« … » (X, députée) and « … » – X, députée."""
    match = SIGNATURE.match(place.reading.frame.text[place.end :])
    if not match:
        return None
    group = "inside" if match["inside"] else "dash"
    name = match[group].split(",")[0].rstrip()
    start = place.end + match.start(group)
    if len(name.split()) > 5:
        return None
    return None, place.reading.frame.span(start, start + len(name)), "signature"


def _near_governor(place: _Place) -> Found | None:
    """A cue right above the passage in the tree: juge « injuste », promet de « tout revoir »."""
    return _governor(place, 0, 3, "governor")


def _distant_governor(place: _Place) -> Found | None:
    """A cue further up: il a annoncé une taxe sur les « plus riches »."""
    return _governor(place, 3, 99, "distant-governor")


def _governor(place: _Place, nearest: int, farthest: int, name: str) -> Found | None:
    top = place.top
    if top is None:
        return None
    tree = place.reading.tree
    by_head = {h.head.index: h for h in (*place.reading.nouns, *place.reading.verbs) if not any(w in place.words for w in h.words)}
    chain = [top, *tree.ancestors(top)]
    for depth, word in enumerate(chain):
        hit = by_head.get(word.index)
        if hit is None or word in place.words or not nearest <= depth < farthest:
            continue
        if word.upos == "NOUN" and hit.head.upos == "NOUN" and not _noun_owner(place, hit):
            continue
        source = _noun_owner(place, hit) if hit in place.reading.nouns else source_of(tree, hit) or source_of(tree, hit, incised=True)
        if nearest and source and source.rule.startswith("shared"):
            return None
        if source and source.head not in place.words:
            return _cue_span(place, hit), source, f"{name}-{source.rule}"
    return None


def _noun_owner(place: _Place, hit: CueHit) -> Source | None:
    tree = place.reading.tree
    below = (c for word in hit.words for c in tree.children(word, "nmod", "obl") if c not in hit.words)
    owner = next((c for c in below if c.upos in ("NOUN", "PROPN") and c.index not in place.reading.quoted), None)
    return _np(place.reading, owner, "noun") if owner is not None else None


def _subject_of_noun(place: _Place) -> Found | None:
    """« Vivre au pays » demeure le mot d'ordre du collectif."""
    top = place.top
    if top is None or top.index != min(w.index for w in place.words):
        return None
    for hit in place.reading.nouns:
        owner = _noun_owner(place, hit)
        if owner is not None and top.head in (hit.head.index, hit.head.head) and hit.head.index > top.index:
            return _cue_span(place, hit), owner, "subject-of-noun"
    return None


def _according(place: _Place) -> Found | None:
    """« … », selon X."""
    for hit in place.reading.according:
        if hit.source is not None and not any(w in place.words for w in hit.words):
            return place.reading.span_of(hit.words), hit.source, "according"
    return None


def _sentence_incise(place: _Place) -> Found | None:
    """Another incise of the sentence covers all its quotations: « A » mais « B », a-t-il insisté."""
    hits = [h for h in place.reading.verbs if place.reading.is_incised(h) and not any(w in place.words for w in h.words)]
    if not hits:
        return None
    hit = min(hits, key=lambda h: (h.head.start < place.start, abs(h.head.start - place.end)))
    source = source_of(place.reading.tree, hit, incised=True)
    return (_cue_span(place, hit), source, "sentence-incise") if source and source.head not in place.words else None


def _neighbour_cue(place: _Place) -> Found | None:
    """The nearest cue with a source of its own anywhere in the sentence."""
    tree = place.reading.tree
    if not place.masked and len(place.words) < 4:
        return None
    ranked = sorted(place.reading.verbs, key=lambda h: (h.head.start > place.end, abs(h.head.start - place.start)))
    for hit in ranked:
        if any(w in place.words for w in hit.words):
            continue
        source = source_of(tree, hit)
        if source and source.head not in place.words:
            return _cue_span(place, hit), source, "neighbour-cue"
    return None


RULES: tuple[Callable[[_Place], Found | None], ...] = (
    _inner_incise, _incise_after, _postposed, _unknown_incise, _colon, _signature, _near_governor, _sentence_incise, _according, _distant_governor,
    _subject_of_noun, _neighbour_cue,
)  # fmt: skip
