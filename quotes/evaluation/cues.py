"""Recall of annotated cues: is the message of a reporting verb found, and with the right speaker?

The annotation is partial (FrameNet style: some cues of some sentences, each with speaker and message), so only recall can be measured.
A cue counts when the parse calls it a verb and its message is a clause or stands in quotation marks: a bare noun phrase (« a souligné
l'importance du bac ») holds no claim. A message is found when a claim, a quote or one of a quote's pieces overlaps it with intersection
over union of at least 0.5 (characters, spaces and quotation marks not counted); its speaker is right when the mention shares a character
with an annotated speaker, or the two have the same name.

The texts are single sentences without their articles. Each is extracted as an article of its own, so nothing outside the sentence helps:
a pronoun cannot be resolved, and its speaker is right when the pronoun is the mention.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from quotes.evaluation.records import read_records, span_of
from quotes.evaluation.scores import characters
from quotes.model import Article, Claim, Extraction, Quote, Span
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class
from quotes.who.names import folded_words

__all__ = ["CueOutcome", "CueScore", "GoldCue", "GoldSentence", "cue_articles", "cue_score", "evaluate_cues", "is_cue_file", "read_cues"]

MESSAGE_THRESHOLD = 0.5
OPENING, CLOSING = "«“‹", "»”›"
PRONOMINAL = ("PRON", "PUNCT", "SCONJ")
QUE, SI = word_class("complementizer"), word_class("condition")


@dataclasses.dataclass(frozen=True, slots=True)
class GoldCue:
    """An annotated cue: its span, the spans of its speakers (one is enough), the pieces of its message."""

    cue: Span
    speakers: tuple[Span, ...]
    message: tuple[Span, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence and its annotated cues, each once, without those whose offsets cut a word."""

    id: str
    text: str
    cues: tuple[GoldCue, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class CueOutcome:
    """What became of one cue. `answer` is the quote or claim that overlaps the message most, if any; `found` with enough overlap."""

    sentence: GoldSentence
    cue: GoldCue
    counts: bool
    found: bool
    right: bool
    answer: Quote | Claim | None


@dataclasses.dataclass(frozen=True, slots=True)
class CueScore:
    """Counts over all cues: annotated, verbs with a clausal or quoted message, of these found, of these with the right speaker."""

    annotated: int
    counted: int
    found: int
    right: int


def is_cue_file(path: Path) -> bool:
    """Whether the first record of a JSON Lines file has annotated cues (`frames`) instead of quotes and claims."""
    try:
        with path.open(encoding="utf-8") as stream:
            return "frames" in json.loads(stream.readline())
    except (OSError, ValueError, TypeError, RecursionError):
        return False


def read_cues(path: Path) -> list[GoldSentence]:
    """Sentences of a JSON Lines file with `id`, `text` and `frames`. Raises `QuotesError` for a file that cannot be used."""
    return read_records(
        path, lambda r: GoldSentence(str(r["id"]), r["text"], tuple(_cues(r["text"], r["frames"]))), "file of cues", "id, text and frames"
    )


def _cues(text: str, frames: Iterable[dict[str, Any]]) -> Iterator[GoldCue]:
    seen = set()
    for frame in frames:
        cue = GoldCue(span_of(frame["cue"], text), *(tuple(span_of(s, text) for s in frame[part]) for part in ("speakers", "message")))
        key = (cue.cue, cue.message)
        if key not in seen and not _cuts_a_word(text, cue.cue):
            seen.add(key)
            yield cue


def _cuts_a_word(text: str, span: Span) -> bool:
    """Whether a span begins or ends between two letters."""
    return any(0 < edge < len(text) and text[edge - 1 : edge + 1].isalpha() for edge in (span.start, span.end))


def cue_articles(gold: Iterable[GoldSentence]) -> Iterator[Article]:
    """The sentences to extract, an article each."""
    return (Article(g.id, g.text) for g in gold)


def evaluate_cues(gold: Sequence[GoldSentence], extractions: Iterable[Extraction], trees: Iterable[Tree]) -> list[CueOutcome]:
    """The outcome of every annotated cue; `trees` are the parses of the sentences as they stand, in the same order."""
    return [
        _outcome(sentence, cue, extraction, tree)
        for sentence, extraction, tree in zip(gold, extractions, trees, strict=True)
        for cue in sentence.cues
    ]


def cue_score(outcomes: Sequence[CueOutcome]) -> CueScore:
    """The counts."""
    counted = [o for o in outcomes if o.counts]
    return CueScore(len(outcomes), len(counted), sum(o.found for o in counted), sum(o.right for o in counted))


def _outcome(sentence: GoldSentence, cue: GoldCue, extraction: Extraction, tree: Tree) -> CueOutcome:
    text = sentence.text
    cue = dataclasses.replace(cue, message=_content(cue, tree))
    message = characters(text, [(s.start, s.end) for s in cue.message])
    overlap = 0.0
    answer: Quote | Claim | None = None
    results: tuple[Quote | Claim, ...] = (*extraction.claims, *extraction.quotes)
    for item in results:
        for spans in _ways(item):
            words = characters(text, [(s.start, s.end) for s in spans])
            share = len(message & words) / len(message | words) if message | words else 0.0
            if share > overlap:
                overlap, answer = share, item
    found = answer is not None and overlap >= MESSAGE_THRESHOLD
    right = found and answer is not None and _is_speaker(text, cue, answer)
    return CueOutcome(sentence, cue, _counts(text, cue, tree), found, right, answer)


def _content(cue: GoldCue, tree: Tree) -> tuple[Span, ...]:
    """The pieces of a message that are said: without the speaker as the infinitive's subject, and pronouns (« **le** répète : … »)."""
    own = [s for s in cue.message if not any(s.overlaps(speaker) for speaker in cue.speakers)]
    said = [s for s in own if any(w.upos not in PRONOMINAL for w in _words_in(tree, s))]
    return tuple(said or own or cue.message)


def _ways(item: Quote | Claim) -> list[tuple[Span, ...]]:
    """The spans that a message can be: a whole result, or one piece of a quote."""
    return [(item.span,)] if isinstance(item, Claim) else [item.pieces, *((piece,) for piece in item.pieces)]


def _is_speaker(text: str, cue: GoldCue, answer: Quote | Claim) -> bool:
    if answer.mention is not None and any(answer.mention.overlaps(s) for s in cue.speakers):
        return True
    names = {folded_words(s.of(text)) for s in cue.speakers}
    return answer.speaker is not None and folded_words(answer.speaker) in names


def _counts(text: str, cue: GoldCue, tree: Tree) -> bool:
    """Whether a cue is a verb with a clause or a quotation as its message."""
    is_verb = any(w.upos == "VERB" for w in _words_in(tree, cue.cue))
    return is_verb and (_is_quoted(text, cue) or _is_introduced(tree, cue) or _is_clause(tree, cue))


def _is_quoted(text: str, cue: GoldCue) -> bool:
    """Whether a quotation mark opens the message, or closes it without one before (an opening mark can be missing)."""
    first, last = cue.message[0].start, cue.message[-1].end
    opened = sum(text.count(mark, 0, first) for mark in OPENING) > sum(text.count(mark, 0, first) for mark in CLOSING)
    closed = any(mark in OPENING + CLOSING for mark in text[last - 1 : last + 2])
    return any(mark in OPENING for mark in text[max(0, first - 2) : first + 1]) or (closed and not opened)


def _is_introduced(tree: Tree, cue: GoldCue) -> bool:
    """Whether *que* or *si* stands right before the message."""
    before = [w for w in tree if w.end <= cue.message[0].start]
    return bool(before) and before[-1].form.lower() in QUE | SI and before[-1].upos == "SCONJ"


def _is_clause(tree: Tree, cue: GoldCue) -> bool:
    """Whether the message is a clause by its parse: the word that most of it hangs on is a verb, or has a subject or copula."""
    words = [w for span in cue.message for w in _words_in(tree, span)]
    inside = {w.index for w in words}
    tops = [w for w in words if w.head not in inside and w.upos != "PUNCT"]
    top = max(tops, key=lambda w: sum(below.index in inside for below in tree.subtree(w)), default=None)
    is_object = any(w.relation == "obj" and w.upos in ("NOUN", "PROPN") for w in tops)
    if top is None or top.deprel == "acl:relcl" or is_object:
        return False
    auxiliary = top.upos == "VERB" and any(w.upos == "AUX" and w.index < top.index for w in words)
    return auxiliary or top.feats.get("VerbForm") in ("Fin", "Inf") or bool(tree.children(top, "nsubj", "cop"))


def _words_in(tree: Tree, span: Span) -> list[Word]:
    """The words of a sentence's own parse that lie inside a span of the sentence."""
    return [w for w in tree if span.start <= w.start and w.end <= span.end]
