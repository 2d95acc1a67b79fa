"""Sources beside a quotation: incises, colons, headlines, signatures."""

from __future__ import annotations

import regex

from quotes.attribution.cues import CueHit
from quotes.attribution.phrases import Source, can_speak, source_at
from quotes.attribution.place import Found, Place, cue_span, noun_owner
from quotes.attribution.reports import carried_by
from quotes.attribution.sources import source_of
from quotes.model import Span
from quotes.syntax.tree import Word
from quotes.text.grammar import word_class
from quotes.text.vocabulary import load_vocabulary, plain

__all__ = ["behind_colon", "closing_signature", "colon", "incise_after", "inner_incise", "postposed", "signature", "unknown_incise"]

# Verbs whose subject takes words in instead of uttering them.
RECEIVING = word_class("receiving-verb")
CITING = word_class("citing-verb")
EXPLETIVES = word_class("expletive")
RELATIVES = word_class("relative")
AS = word_class("comparison")
# What may stand between a quotation and the next one, and how far behind a colon, in words, a noun is the first.
BETWEEN, OPENING = frozenset(",«»"), 4
BRACKETS = regex.compile(r"\s*+\([^()«»]{2,80}\)")
# What goes on behind a bracket that explains a word.
GLOSSED = regex.compile(r"\s?(?:,|\p{Ll})")
SIGNATURE = regex.compile(r"^[\s.]*+(?:\((?P<inside>\p{Lu}[^()]{2,80})\)|[–—-]\s++(?P<dash>\p{Lu}[^.;:!?«»]{2,80}))")


def inner_incise(place: Place) -> Found | None:
    """« Je pars, dit-il, et je ne reviens pas »: the incise between the stand-ins."""
    spans = [s for number, s in place.reading.frame.masked if number == place.passage.number]
    own = place.passage.pieces[-1].end < place.passage.outer.end - 3
    return _incise_at(place, spans[0].end, "inner-incise") if len(spans) > 1 or (spans and own) else None


def incise_after(place: Place) -> Found | None:
    """« … », a déclaré X."""
    return _incise_at(place, place.end, "incise")


def _incise_at(place: Place, position: int, name: str) -> Found | None:
    reading = place.reading
    position = _past_reference(place, position)
    hit = reading.cue_after(position)
    if hit is None or not hit.takes & {"incise", "direct", "object"} or carried_by(reading.tree, hit):
        return None  # « …, ce que dément un témoin » is no incise
    rest = reading.frame.text[position : hit.words[0].start]
    punctuated = regex.search(r"[,–—(?!…]", rest) is not None
    if not punctuated and not place.masked:
        return None
    compared = any(c.form.lower() in AS for c in reading.tree.children(hit.head, "mark"))
    before = [s for s in reading.tree.children(hit.head, "nsubj") if s.start < hit.words[0].start]
    if not compared and any(s.upos == "PRON" if position <= s.start else s.upos in ("NOUN", "PROPN") for s in before):
        return None  # « …, il a encouragé », « l'enquête pour « … », a révélé »: no incise, a verb with a subject before it
    linked = hit.words[0].index > 1 and reading.tree.word(hit.words[0].index - 1).upos == "CCONJ"
    source = source_of(reading.tree, hit, incised=not linked)
    if source is None:
        return None
    inverted = source.rule.startswith(("inverted", "on-place")) or (source.rule == "agent" and place.masked)
    if not inverted and (source.head.start < position or source.head.index > hit.head.index) and not _subject_between(place, source, hit):
        return None
    return cue_span(place, hit), source, f"{name}-{source.rule}"


def _past_reference(place: Place, position: int) -> int:
    """« … » (lire page 3), a dit X: the position behind brackets that hold no finite verb."""
    match = BRACKETS.match(place.reading.frame.text, position)
    end = match.end() if match else position
    finite = any(w.feats.get("VerbForm") == "Fin" and position <= w.start < end for w in place.reading.tree)
    return position if finite else end


def _subject_between(place: Place, source: Source, hit: CueHit) -> bool:
    return place.end <= source.head.start < hit.head.start


def unknown_incise(place: Place) -> Found | None:
    """« … », a cinglé X: a verb the lexicon does not know, with its subject behind it."""
    reading, tree = place.reading, place.reading.tree
    if not place.masked or not place.after.startswith(","):
        return None
    following = [w for w in tree if w.start >= place.end and w.upos != "PUNCT"][:5]
    verb = next((w for w in following if w.upos == "VERB"), None)
    if verb is None or verb.index in reading.quoted:
        return None
    if any(w.upos not in ("AUX", "PRON", "ADV") or w.form.lower() in RELATIVES for w in following[: following.index(verb)]):
        return None
    auxiliaries = tuple(w for w in following if w.index < verb.index and w.upos == "AUX")
    hit = CueHit(verb, (*auxiliaries, verb), ())
    source = source_of(tree, hit, incised=True)
    if source is None or not source.rule.startswith("inverted") or source.head.upos not in ("PROPN", "NOUN", "PRON"):
        return None
    return reading.span_of(hit.words), source, "unknown-verb"


def postposed(place: Place) -> Found | None:
    """« … », Odile Carrat assure."""
    if not place.masked or not place.after.startswith(","):
        return None
    for hit in place.reading.verbs:
        source = source_of(place.reading.tree, hit)
        beside = source is not None and source.words[-1].index + 1 >= hit.words[0].index
        near = beside and source is not None and place.end <= source.words[0].start <= place.end + 3
        if source and source.rule == "subject" and near and hit.takes & {"incise", "direct"}:
            return cue_span(place, hit), source, "postposed-subject-verb"
    return None


def colon(place: Place) -> Found | None:
    """X a déclaré : « … »"""
    if not place.before.endswith(":"):
        return None
    reading = place.reading
    colon = len(place.before)
    cited = _according_before(place, colon)
    if cited is not None:
        return cited
    hits = [h for h in reading.verbs if h.head.end < colon and h.takes & {"direct", "incise", "que", "object"}]
    # « …, qui se défend : » before the verb of the sentence
    last = max((w.index for w in reading.tree if w.end < colon), default=0)
    hits.sort(key=lambda h: (h.words[-1].index == last, h.head.relation in ("root", "conj"), h.head.index))
    for hit in reversed(hits):
        source = source_of(reading.tree, hit) or source_of(reading.tree, hit, incised=True)
        quoted = reading.tree.child(hit.head, "obj")
        if source and hit.cues[0].lemma in CITING and quoted is not None and quoted.upos in ("NOUN", "PROPN"):
            return cue_span(place, hit), source_at(reading.tree, quoted, "cited"), "colon-cited"
        if source:
            return cue_span(place, hit), source, f"colon-{source.rule}"
    return _colon_name(place, colon) or _colon_noun(place, colon) or _colon_subject(place, colon)


def _according_before(place: Place, colon: int) -> Found | None:
    """« Pour Léa Roux, une voisine : « … » »: nothing but the source and what it is called stands before the colon."""
    for hit in place.reading.according:
        if hit.source is not None and hit.words[0].end < colon:
            between = [w for w in place.reading.tree if w.index > hit.words[-1].index and w.end <= colon]
            if between and not any(w.upos in ("VERB", "AUX") and w.feats.get("VerbForm") == "Fin" for w in between):
                return place.reading.span_of(hit.words), hit.source, "according"
    return None


def _colon_name(place: Place, colon: int) -> Found | None:
    """« …, comme l'écrit Léa Roux, une voisine : « … » »: the name that stands last, no verb behind it."""
    given, words = load_vocabulary().given_names, [w for w in place.reading.tree if w.end <= colon]
    named = [w for w in words if w.upos == "PROPN" and w.relation != "flat" and plain(w.form) in given]
    if not named or named[-1].relation == "nsubj" or any(w.upos in ("VERB", "AUX") and w.index > named[-1].index for w in words):
        return None
    source = source_at(place.reading.tree, named[-1], "name")
    return (None, source, "colon-name") if len(source.words) > 1 else None


def _colon_noun(place: Place, colon: int) -> Found | None:
    """Le conseil du recteur tient en une phrase : « … »"""
    reading, subject = place.reading, _main_subject(place, colon)
    for hit in reading.nouns:
        owner = noun_owner(place, hit)
        fronted = subject is not None and hit.head.index < subject.index  # « Devant les critiques de X, Y reste calme : « … » »
        if hit.head.end < colon and owner is not None and not fronted:
            return cue_span(place, hit), owner, "colon-noun"
    return None


def _main_subject(place: Place, colon: int) -> Word | None:
    """Who the sentence before a colon is about: the subject of its main verb, when it is known as somebody who speaks."""
    tree = place.reading.tree
    subjects = (w for w in tree if w.end <= colon and w.relation == "nsubj" and w.upos in ("NOUN", "PROPN") and can_speak(w))
    return next((w for w in subjects if (verb := tree.head(w)) is not None and verb.relation in ("root", "conj", "parataxis")), None)


def _colon_subject(place: Place, colon: int) -> Found | None:
    """La gardienne est formelle : « … »; or a bare name in a headline."""
    tree = place.reading.tree
    words = [w for w in tree if w.end <= colon and w.upos != "PUNCT"]
    verbs = [w for w in words if w.upos in ("VERB", "AUX") and w.feats.get("VerbForm") != "Part"]
    nominal = (w for w in words if w.relation == "nsubj" and w.upos in ("NOUN", "PROPN", "PRON"))
    subjects = [w for w in nominal if w.form.lower() not in EXPLETIVES]
    main = _main_subject(place, colon)
    noun = next((w for w in reversed(words) if w.upos == "NOUN" and (main is None or w.index >= main.index)), None)
    noun = None if noun is not None and tree.children(noun, "cop") else noun  # « Raymond n'est pas du même avis : »
    if noun is not None and noun.form.lower() in load_vocabulary().documents and words[-1].upos != "VERB":
        return None, source_at(place.reading.tree, noun, "document"), "colon-document"
    if subjects and not any(w.lemma in RECEIVING for w in verbs):
        return None, source_at(place.reading.tree, subjects[0], "subject"), "colon-no-cue"
    if words and not verbs and words[0].upos in ("PROPN", "NOUN", "DET", "ADJ"):
        root = next((w for w in words if w.head == 0 or w.head > words[-1].index), words[0])
        if root.upos in ("NOUN", "PROPN"):
            return None, source_at(place.reading.tree, root, "headline"), "headline-colon"
    return None


def behind_colon(place: Place) -> Found | None:
    """« … » : le témoignage de X; « … », « … » et « … » : X est las."""
    reading = place.reading
    behind = [w for w in reading.tree if w.start >= place.end]
    own = (w for w in behind if w.index not in reading.quoted and w.upos not in ("CCONJ", "INTJ") and w.form not in BETWEEN)
    colon = next(own, None)
    if colon is None or colon.form != ":":
        return None
    noun = next((h for h in reading.nouns if h.head.index > colon.index), None)
    owner = noun_owner(place, noun) if noun is not None and noun.head.index <= colon.index + OPENING else None
    if noun is not None and owner is not None:
        return cue_span(place, noun), owner, "behind-colon"
    subjects = (w for w in behind if w.index > colon.index and w.relation == "nsubj" and w.upos in ("NOUN", "PROPN"))
    subject = next(subjects, None)
    if subject is None or not can_speak(subject) or subject.index > colon.index + OPENING:
        return None
    hit = next((h for h in reading.verbs if h.head.index == subject.head), None)
    return cue_span(place, hit) if hit is not None else None, source_at(reading.tree, subject, "subject"), "behind-colon"


def closing_signature(place: Place) -> Found | None:
    """« Défaite à Brec : « … » – Roux »: the name that closes a headline, whatever stands before the colon."""
    found = signature(place) if place.before.endswith(":") else None
    text = place.reading.frame.text
    mention = found[1] if found is not None else None
    return found if isinstance(mention, Span) and mention.end == place.reading.frame.span(place.end - 1, len(text)).end else None


def signature(place: Place) -> Found | None:
    """« … » (X, députée) and « … » – X, députée."""
    match = SIGNATURE.match(place.reading.frame.text[place.end :])
    if not match:
        return None
    group = "inside" if match["inside"] else "dash"
    name = match[group].split(",")[0].rstrip()
    start = place.end + match.start(group)
    first = next((w for w in place.reading.tree if w.start >= start), None)
    if len(name.split()) > 5 or (first is not None and first.upos == "VERB"):
        return None  # « (Lire page 3.) »
    if match["inside"] and not place.masked and GLOSSED.match(place.reading.frame.text, place.end + match.end()):
        return None  # « dénonce un « mépris pour la maire » (Léa Roux), et s'en va »: who is meant by the words
    return None, place.reading.frame.span(start, start + len(name)), "signature"
