"""A frame sentence once parsed: its tree and every cue in it."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping

import regex

from quotes.attribution.cues import CueHit, find_nouns, find_verbs
from quotes.attribution.frames import Frame, Passage
from quotes.attribution.phrases import Source, case_of, is_known, noun_phrase
from quotes.attribution.sources import nominal_after, source_of
from quotes.model import Span
from quotes.resolution.vocabulary import plain
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import alternatives, word_class
from quotes.text.lexicon import Lexicon

__all__ = ["AccordingHit", "Reading", "read_frame"]

# « selon ses mots », « à l'en croire »: a possessive or pronoun stands for the source.
OWN_WORDS = regex.compile(rf"\b(?:{alternatives('own-words-determiner')})\s|\bl'en\b|l'entendre|(?:{alternatives('own-word')})$|-on\b")
SOURCE = alternatives("source-noun")
SELF_NAMED = regex.compile(rf"de\s(?:\S+\s)?(?:{SOURCE})\b|apprend-on de (?:{SOURCE})")
MODALS = word_class("modal")
AS = word_class("comparison")
VOICES = word_class("voice-noun")
POSSESSIVES = word_class("possessive")
MOMENTS = word_class("time")
RELATIVES = word_class("relative")
# A quotation of more words is no name.
LONGEST_NAME = 4
OF = word_class("of")
CLAUSE_PUNCTUATION = frozenset(",–—-")


@dataclasses.dataclass(frozen=True, slots=True)
class AccordingHit:
    """« selon X »: the words of the preposition, and X; `own` for « selon ses mots », whose source is the sentence's subject.

    A `voice` (« par la voix de X ») names who speaks for the subject of the verb before it.
    """

    words: tuple[Word, ...]
    source: Source | None
    own: bool = False
    voice: bool = False


@dataclasses.dataclass(frozen=True)
class Reading:
    """What attribution looks at: one frame, its tree, its cues in text order, the passages it holds.

    `quoted` are the indexes of the words inside quotation marks, stand-ins not counted: they never name a source.
    """

    frame: Frame
    tree: Tree
    verbs: tuple[CueHit, ...]
    nouns: tuple[CueHit, ...]
    according: tuple[AccordingHit, ...]
    voices: tuple[AccordingHit, ...]
    passages: tuple[Passage, ...]
    quoted: frozenset[int]

    @functools.cached_property
    def clauses(self) -> dict[int, frozenset[int]]:
        """For each of its cues that was asked for (by `id`), the indexes of the words that head a clause of it."""
        return {}

    @functools.cached_property
    def masked(self) -> frozenset[int]:
        """Indexes of the words of stand-ins."""
        return frozenset(w.index for _, place in self.frame.masked for w in self.tree.between(place.start, place.end))

    @functools.cached_property
    def held(self) -> Mapping[int, tuple[frozenset[int], ...]]:
        """For the index of every word inside quotation marks, the indexes of the words of each passage that it is one of."""
        found: dict[int, tuple[frozenset[int], ...]] = {}
        for passage in self.passages:
            words = frozenset(w.index for piece in passage.pieces for w in self.frame.words_in(self.tree, piece))
            for index in words:
                found[index] = (*found.get(index, ()), words)
        return found

    def voice_of(self, hit: CueHit) -> Source | None:
        """Who speaks for a cue's subject: « l'armée a répondu par la voix du colonel »."""
        for voice in self.voices:
            before = [h for h in self.verbs if h.head.index < voice.words[0].index]
            if before and before[-1] is hit:
                return voice.source
        return None

    def is_incised(self, hit: CueHit) -> bool:
        """Whether a cue stands in an incise: after a comma or stand-in, its subject behind it."""
        first = min(w.index for w in hit.words)
        if (first > 1 and not self._opens_incise(first)) or hit.words[0].feats.get("VerbForm") == "Part":
            return False
        if any(s.index < first and s.form.lower() not in RELATIVES for s in self.tree.children(hit.head, "nsubj")):
            return False
        source = source_of(self.tree, hit, incised=True)
        if source is None or source.head.index in self.quoted or not is_known(source.head):
            return False
        place = source.rule == "on-place" and any(c.form.startswith("-") for c in self.tree.children(hit.head, "nsubj"))
        return place or (source.rule.startswith(("inverted", "on-place")) and source.head.index > hit.words[0].index)

    def _opens_incise(self, first: int) -> bool:
        index = first - 1
        while index > 0 and self.tree.word(index).upos == "ADV":
            index -= 1
        before = self.tree.word(index).form if index else ","
        return before in CLAUSE_PUNCTUATION or before in "»?!…)" or (index in self.quoted and first not in self.quoted)

    def cue_after(self, position: int, reach: int = 4) -> CueHit | None:
        """The first cue verb whose words begin within `reach` words after a frame position, with only small words between."""
        for hit in self.verbs:
            first = hit.words[0]
            if first.start < position:
                continue
            between = [w for w in self.tree if position <= w.start < first.start and w.upos != "PUNCT"]
            small = all(w.upos in ("ADV", "PRON", "AUX", "CCONJ") or w.form.lower() in MODALS | AS for w in between)
            return hit if len(between) <= reach and small else None
        return None

    def span_of(self, words: tuple[Word, ...]) -> Span:
        """Article span of words."""
        return self.frame.span_of(words)

    def mention(self, source: Source) -> Span:
        """Article span of a source; a clitic without its hyphens (« a-t-**il** »)."""
        words = self._before_quotation(source.words)
        first = words[0]
        hyphens = len(first.form) - len(first.form.removeprefix("-").removeprefix("t-"))
        if len(words) > 1 or not first.form.startswith("-") or hyphens == len(first.form):
            return self.frame.span_of(words)
        return self.frame.span(first.start + hyphens, first.end)

    def _before_quotation(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """A source without the long quotation that the parser took into it; a short one may be its name (« le guide « X » »)."""
        beside = (h for h in self.according if h.source is not None and h.source.head not in words)
        others = (*self.voices, *beside)
        other = {w.index for hit in others for w in hit.words}
        cut = next((place for place, word in enumerate(words) if place and word.index in other), len(words))
        words = words[:cut]
        inside = [place for place, word in enumerate(words) if word.index in self.quoted]
        if len(inside) <= LONGEST_NAME or inside[0] == 0:
            return words
        end = inside[0]
        while end > 1 and words[end - 1].upos in ("ADP", "DET", "PUNCT", "CCONJ"):
            end -= 1
        return words[:end]


def read_frame(frame: Frame, tree: Tree, passages: tuple[Passage, ...], lexicon: Lexicon) -> Reading:
    """Find all cues of a parsed frame."""
    quoted = frozenset(w.index for p in passages for s in p.pieces for w in frame.words_in(tree, s))
    verbs, nouns = find_verbs(tree, lexicon, quoted), find_nouns(tree, lexicon)
    hits = _according(frame, tree, lexicon)
    according, voices = tuple(h for h in hits if not h.voice), tuple(h for h in hits if h.voice)
    return Reading(frame, tree, tuple(verbs), tuple(nouns), according, voices, passages, quoted)


def _according(frame: Frame, tree: Tree, lexicon: Lexicon) -> list[AccordingHit]:
    hits = []
    locutions = (*lexicon.prepositions, *lexicon.locutions)
    places = sorted((m.span() for place in locutions for m in place.pattern.finditer(frame.text)), key=lambda s: (s[0], -s[1]))
    end = 0
    for place in places:
        words = tuple(w for w in tree if place[0] <= w.start and w.end <= place[1])
        if not words or place[0] < end:
            continue
        end = place[1]
        phrase = plain(frame.text[place[0] : place[1]])
        if OWN_WORDS.search(phrase):
            hits.append(AccordingHit(words, _possessive(words) if words[0].index <= 2 else _main_subject(tree), own=True))
            continue
        source = _self_named(tree, words) if SELF_NAMED.match(phrase) else nominal_after(tree, words)
        if source is not None and source.head.form.lower() in MOMENTS and len(source.words) == 1:
            continue  # « en fin d'après midi »
        if source is not None and source.head.form.lower() in RELATIVES:
            source = _antecedent(tree, words[0], lexicon)
        hits.append(AccordingHit(words, source, voice=any(w.form.lower() in VOICES for w in words)))
    return hits


def _antecedent(tree: Tree, first: Word, lexicon: Lexicon) -> Source | None:
    """« le ministère, selon lequel … »: the noun before the comma, unless it is a cue noun (« l'idée selon laquelle »)."""
    if first.index < 3 or tree.word(first.index - 1).form != ",":
        return None
    inside = tree.word(first.index - 2)
    while (head := tree.head(inside)) is not None and head.index < first.index and head.upos in ("NOUN", "PROPN"):
        if (case := case_of(tree, inside)) and case not in OF:
            break
        inside = head
    if inside.upos not in ("NOUN", "PROPN") or inside.form.lower() in lexicon.nouns:
        return None
    return Source(inside, noun_phrase(tree, inside), "relative")


def _possessive(words: tuple[Word, ...]) -> Source | None:
    """The word that stands for the source in an opening « à ses yeux » or « à l'en croire »."""
    owner = next((w for w in words if w.form.lower() in POSSESSIVES), None)
    return Source(owner, (owner,), "possessive") if owner is not None else None


def _main_subject(tree: Tree) -> Source | None:
    subject = next((w for w in tree if w.relation == "nsubj" and w.upos in ("NOUN", "PROPN", "PRON")), None)
    return Source(subject, noun_phrase(tree, subject), "subject") if subject is not None else None


def _self_named(tree: Tree, words: tuple[Word, ...]) -> Source:
    """« de source policière » names its source itself: the noun and its adjectives."""
    noun = next((w for w in reversed(words) if w.upos == "NOUN"), words[-1])
    return Source(noun, noun_phrase(tree, noun), "self-named")
