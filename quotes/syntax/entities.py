"""Named entities of a text: people, places and organisations, by a Stanza model over the sentences."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from quotes.model import Span
from quotes.syntax.words import tokenize
from quotes.text.marks import find_quotations
from quotes.text.sentences import sentences

__all__ = ["TYPES", "Entity", "EntityTagger", "consistent", "groups", "outermost", "portions", "token_spans", "token_text"]

TYPES = ("Person", "Location", "Organization")
BATCH = 20
# So many tokens go through the model in one piece, unless a sentence is longer.
PORTION = 90
# A word longer than that would fill the memory of the model.
LONGEST = 1000


@dataclasses.dataclass(frozen=True, slots=True)
class Entity:
    """A name in a text and what it names: one of `TYPES`."""

    span: Span
    kind: str


class EntityTagger:
    """Finds the entities of texts. `trainer` is Stanza's, with a model; `load` takes it from a file."""

    def __init__(self, trainer: Any) -> None:
        self._trainer = trainer

    @classmethod
    def load(cls, models: str | Path | None = None) -> EntityTagger:
        """The embedded model, or that of a folder; raises `ModelError` when there is none."""
        from stanza.models.ner.trainer import Trainer

        from quotes.syntax.models import entity_file

        return cls(Trainer(model_file=str(entity_file(models)), device="cpu"))

    def find(self, texts: Sequence[str]) -> list[tuple[Entity, ...]]:
        """The entities of each text in order; none lies in another."""
        cut = [list(portions(text)) for text in texts]
        flat = [(text, spans) for text, some in zip(texts, cut, strict=True) for spans in some]
        tags = iter(self._tags([[token_text(text, span) for span in spans] for text, spans in flat]))
        found = [[entity for spans in some for entity in _entities(spans, next(tags))] for some in cut]
        return [consistent(text, entities) for text, entities in zip(texts, found, strict=True)]

    def _tags(self, forms: Sequence[Sequence[str]]) -> list[list[str]]:
        """BIOES tags of portions; those of like length go through the model together."""
        import torch
        from stanza.models.common.doc import NER, TEXT, Document
        from stanza.models.ner.data import DataLoader

        order = sorted(range(len(forms)), key=lambda n: len(forms[n]))
        document = Document([[{TEXT: form, NER: "O"} for form in forms[n]] for n in order])
        loader = DataLoader(document, BATCH, self._trainer.args, vocab=self._trainer.vocab, evaluation=True, preprocess_tags=False)
        with torch.inference_mode():
            found = [tags for batch in loader for tags in self._trainer.predict(batch)]
        return [tags for _, tags in sorted(zip(order, found, strict=True), key=lambda pair: pair[0])]


def token_spans(text: str) -> Iterator[tuple[Span, ...]]:
    """Where the tokens of each sentence are in the text; sentences without tokens are left out."""
    for sentence in sentences(text, find_quotations(text)):
        pairs = tokenize(sentence.of(text))
        spans = tuple(Span(sentence.start + start, sentence.start + end) for start, end in pairs)
        if spans:
            yield spans


def portions(text: str, size: int = PORTION) -> Iterator[tuple[Span, ...]]:
    """The tokens of a text, sentences put together to about `size` tokens: names are told by the sentences around, too."""
    portion: list[Span] = []
    for spans in token_spans(text):
        if portion and len(portion) + len(spans) > size:
            yield tuple(portion)
            portion = []
        portion += spans
    if portion:
        yield tuple(portion)


def token_text(text: str, span: Span) -> str:
    """A token as the model reads it: its spaces are plain ones."""
    return " ".join(text[span.start : min(span.end, span.start + LONGEST)].split())


def _entities(spans: Sequence[Span], tags: Sequence[str]) -> Iterator[Entity]:
    for start, end, kind in groups(tags):
        if kind in TYPES:
            yield Entity(Span(spans[start].start, spans[end - 1].end), kind)


def groups(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Stretches of BIO or BIOES tags: first token, end, type; tokens outside stand alone, their type is empty."""
    start = 0
    while start < len(tags):
        end = start + 1
        kind = tags[start][2:]
        while kind and end < len(tags) and tags[end] in (f"I-{kind}", f"E-{kind}"):
            end += 1
        yield start, end, kind
        start = end


def consistent(text: str, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities of one text, those written alike of one type: the surname of somebody is a person, for others most decide."""
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entity in entities:
        kinds[entity.span.of(text)][entity.kind] += 1
    best = {form: count.most_common(1)[0][0] for form, count in kinds.items()}
    people = [form.split() for form, kind in best.items() if kind == "Person"]
    best |= {form: "Person" for words in people for form in (words[-1], " ".join(words[1:])) if len(words) > 1 and form in best}
    return tuple(Entity(entity.span, best[entity.span.of(text)]) for entity in entities)


def outermost(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """The entities that lie in no other, in order; of two that cross, the first."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda e: (e.span.start, -e.span.end)):
        if not kept or entity.span.start >= kept[-1].span.end:
            kept.append(entity)
    return tuple(kept)
