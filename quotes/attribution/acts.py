"""What the act of speech was: kind, polarity, hearsay, medium, relays and addressee of a quote or claim."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import regex

from quotes.attribution.addressees import addressee_of
from quotes.attribution.channels import Scene, scene_medium
from quotes.attribution.cues import CueHit
from quotes.attribution.passages import Attribution
from quotes.attribution.place import place_of
from quotes.attribution.polarity import is_content_hearsay, is_hearsay, polarity_of
from quotes.attribution.reading import Reading
from quotes.attribution.relays import relays_of
from quotes.attribution.reports import Report
from quotes.model import Saying, Span
from quotes.syntax.tree import Word
from quotes.text.lexicon import load_lexicon
from quotes.who.entities import Entity

__all__ = ["ANSWERED", "fields", "say_claim", "say_quote"]

# What the layout of an interview shows.
ANSWERED = Saying(act="answer", medium="interview")
NOBODY: Mapping[Span, Entity | None] = MappingProxyType({})
NEUTRAL = frozenset(("assert", "write", "exclaim"))
# What a conditional behind these supposes is no hearsay: « craint qu'il ne viendrait », « ce serait juste, estime-t-il ».
SUPPOSING = frozenset(("ask", "feel", "opine", "order", "promise", "propose", "request"))
QUESTION = regex.compile(r"\?[\s»”\"'’]*+$")
STATED = regex.compile(r"[^?]{3}[.!…]\s++\p{Lu}")


def fields(saying: Saying, speaker: str | None = None, resolved: Mapping[Span, Entity | None] = NOBODY) -> dict[str, Any]:
    """The fields of an act by name, for the quote or claim they are put on, without relays that are known to be its speaker."""
    relay = tuple(r for r in saying.relay if (known := resolved.get(r)) is None or known.name != speaker)
    return {field.name: getattr(saying, field.name) for field in dataclasses.fields(Saying)} | {"relay": relay}


def say_quote(reading: Reading, answer: Attribution, cue: Span | None, mention: Span | None, speaker: str | None, text: str) -> Saying:
    """The act of a quotation whose cue and source are the article spans given; `text` is the article's."""
    place = place_of(reading, answer.passage)
    scene = _scene(reading, cue, mention, place.words)
    kind = _kind(reading, scene.hit, cue, answer.rule) if cue or mention or speaker else None
    asked = regex.sub(r"\s++", " ", " ".join(piece.of(text) for piece in answer.passage.pieces))
    if kind in NEUTRAL and QUESTION.search(asked) and not STATED.search(asked):
        kind = "ask"
    if cue is None and mention is None:
        return Saying(act=kind)
    incised = "incise" in answer.rule
    return _told(scene, Saying(polarity=polarity_of(reading, scene.hit, incised), hearsay=is_hearsay(reading.tree, scene.hit), act=kind))


def say_claim(reading: Reading, report: Report, span: Span) -> Saying:
    """The act of a claim; `span` are the article's characters that it covers in the end."""
    content = reading.frame.words_in(reading.tree, span)
    scene = _scene(reading, report.cue, reading.mention(report.source), content)
    outside = Scene(reading, scene.hit, scene.source, scene.content - scene.anchor)
    told = tuple(w for w in content if w.index not in scene.anchor)
    kind = _kind(reading, scene.hit, report.cue, report.rule)
    hearsay = is_hearsay(reading.tree, scene.hit) or (
        kind not in SUPPOSING and is_content_hearsay(reading.tree, scene.hit, told, kind == "announce")
    )
    polarity = polarity_of(reading, scene.hit, report.rule.startswith(("incise", "comme")))
    return _told(outside, Saying(polarity=polarity, hearsay=hearsay, act=kind))


def _told(scene: Scene, saying: Saying) -> Saying:
    """The act with its medium, relays and addressee."""
    addressed = addressee_of(scene, saying.act)
    relays = relays_of(scene)
    span_of = scene.reading.span_of
    return dataclasses.replace(
        saying,
        medium=scene_medium(scene),
        relay=tuple(span_of(words) for words in relays),
        addressee=span_of(addressed) if addressed else None,
    )


def _scene(reading: Reading, cue: Span | None, mention: Span | None, content: tuple[Word, ...]) -> Scene:
    tree = reading.tree
    source = reading.frame.words_in(tree, mention) if mention is not None else ()
    return Scene(reading, _hit_at(reading, cue), source, frozenset(w.index for w in content))


def _hit_at(reading: Reading, cue: Span | None) -> CueHit | None:
    """The cue that stands at an article span: « comme » may stand before it, and an unknown verb is a cue without readings."""
    if cue is None:
        return None
    hits = [(reading.span_of(h.words), h) for h in (*reading.verbs, *reading.nouns)]
    found = next((h for span, h in hits if span == cue), None) or next((h for span, h in hits if cue.contains(span)), None)
    if found is not None or any(reading.span_of(h.words) == cue for h in reading.according):
        return found
    words = reading.frame.words_in(reading.tree, cue)
    verb = next((w for w in reversed(words) if w.upos == "VERB"), None)
    return CueHit(verb, words, ()) if verb is not None else None


def _kind(reading: Reading, hit: CueHit | None, cue: Span | None, rule: str) -> str | None:
    """The kind of act of a cue, by the construction where that decides: « demander si » asks, « dire de » orders."""
    if hit is None:
        return _located(reading, cue) if cue is not None else "assert"
    if not hit.cues:
        return None
    act = next((c.act for c in hit.cues if c.lemma.rpartition(" ")[2] == hit.head.lemma), hit.cues[0].act)
    if rule.startswith("indirect-question"):
        return "ask" if act in ("request", "propose") else act
    if rule.startswith("de-infinitive") and act in NEUTRAL and "inf" in _takes(hit):
        return "order"
    if act == "promise" and rule.startswith("que") and "inf" in _takes(hit):
        return "assert"
    return act


def _located(reading: Reading, cue: Span) -> str:
    """The kind of act of « selon », « de l'avis de » and the like."""
    hit = next((h for h in reading.according if reading.span_of(h.words) == cue), None)
    if hit is None:
        return "assert"
    start, end = hit.words[0].start, max(w.end for w in hit.words)
    lexicon = load_lexicon()
    places = (
        p for p in (*lexicon.prepositions, *lexicon.locutions) if (m := p.pattern.match(reading.frame.text, start)) and m.end() == end
    )
    return next((place.cue.act for place in places), "assert")


def _takes(hit: CueHit) -> frozenset[str]:
    return frozenset().union(*(cue.takes for cue in hit.cues))
