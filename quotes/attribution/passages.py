"""Which cue and source a quotation belongs to, by rules from the surest to the vaguest."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from quotes.attribution.frames import Passage
from quotes.attribution.governors import (
    according,
    according_behind,
    according_beside,
    distant_governor,
    near_governor,
    neighbour_cue,
    quoted_predicate,
    sentence_incise,
    subject_of_noun,
)
from quotes.attribution.introductions import (
    behind_colon,
    closing_signature,
    colon,
    incise_after,
    inner_incise,
    postposed,
    signature,
    unknown_incise,
)
from quotes.attribution.phrases import Source
from quotes.attribution.place import Found, Place, is_clausal, place_of
from quotes.attribution.reading import Reading
from quotes.model import Span
from quotes.text.vocabulary import is_medium

__all__ = ["Attribution", "attribute"]


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


def attribute(reading: Reading, can_speak: Callable[[Span, str], bool]) -> list[Attribution]:
    """Attributions of the passages of a frame, in text order.

    `can_speak` tells of a mention and the rule that gave it whether it is plausible: if not, the next rule has its turn.
    """
    places = [place_of(reading, passage) for passage in reading.passages]
    answers: list[Attribution] = []
    for place in places:
        cue, mention, rule = _first(place, can_speak)
        governed = rule not in ("", "neighbour-cue", "according", "sentence-incise")
        answers.append(Attribution(place.passage, place.masked, cue, mention, rule, governed, is_clausal(place)))
    return answers


def _voice(reading: Reading, cue: Span | None) -> Source | None:
    """« le ministère a répondu par la voix de X : « … » »: X, for the cue that was found."""
    hit = next((h for h in reading.verbs if cue is not None and reading.span_of(h.words) == cue), None)
    return reading.voice_of(hit) if hit is not None else None


def _first(place: Place, can_speak: Callable[[Span, str], bool]) -> tuple[Span | None, Span | None, str]:
    for rule in RULES:
        found = rule(place)
        if found is None or (isinstance(found[1], Source) and _is_within(place, found[1])):
            continue
        source = _voice(place.reading, found[0]) or found[1]
        mention = place.reading.mention(_outside(place, source)) if isinstance(source, Source) else source
        if mention is None or can_speak(mention, found[2]):
            return found[0], mention, found[2]
    return None, None, ""


def _is_within(place: Place, source: Source) -> bool:
    """Whether a source stands in quotation marks, or the passage in its source: « la fin de ce « calvaire » a commencé »."""
    if place.reading.is_quoted(source):
        return True
    top = place.top
    if place.masked or top is None or source.rule not in ("subject", "inverted-subject"):
        return False
    joined = not place.before.endswith(",")
    return any(w in source.words for w in place.words) or (joined and place.reading.tree.dominates(source.head, top))


def _outside(place: Place, source: Source) -> Source:
    """The source without the passage: « qualifié par les enquêteurs d'« homme violent » »."""
    first = next((n for n, w in enumerate(source.words) if w in place.words), 0)
    while first > 1 and source.words[first - 1].upos in ("ADP", "PUNCT", "DET"):
        first -= 1
    return dataclasses.replace(source, words=source.words[:first]) if first and source.rule == "agent" else source


def relayed(place: Place) -> Found | None:
    """« … selon la police, « … », rapporte l'AFP »: who says it, not the medium that passes it on."""
    found = according_beside(place)
    source = found[1] if found is not None else None
    if not isinstance(source, Source) or source.head.start >= place.start:
        return None
    incise = incise_after(place)
    medium = incise[1] if incise is not None else None
    return found if isinstance(medium, Source) and is_medium(medium.head.form) else None


RULES: tuple[Callable[[Place], Found | None], ...] = (
    inner_incise, relayed, incise_after, postposed, unknown_incise, according_behind, closing_signature, colon, signature, behind_colon,
    according_beside, near_governor, sentence_incise, according, distant_governor, subject_of_noun, quoted_predicate, neighbour_cue,
)  # fmt: skip
