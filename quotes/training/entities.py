"""Annotated news in brat files: read them, cut them into tagged sentences.

Entities count in code points of their document; tags are BIO over the tokens of `quotes.syntax.words`.
"""

from __future__ import annotations

import dataclasses
import random
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from quotes.model import Span
from quotes.syntax.entities import TYPES, Entity, groups, outermost, portions, token_text

__all__ = ["Annotated", "Name", "Pool", "Tagged", "exact_scores", "read_annotated", "swapped", "tagged"]

# A name by its tokens; names by their type.
Name = tuple[str, ...]
Pool = Mapping[str, Sequence[Name]]

# Learnt so that the places and people in their names are told from others; never scored.
BESIDE = ("Event", "Product")


@dataclasses.dataclass(frozen=True, slots=True)
class Annotated:
    """A document and its entities as annotated, nested ones included; `part` is the folder it lies in, such as « 2016/03 ».

    `beside` are events and products.
    """

    part: str
    text: str
    entities: tuple[Entity, ...]
    beside: tuple[Entity, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Tagged:
    """Sentences: their tokens and BIO tags."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


def read_annotated(source: Path, work: Path) -> list[Annotated]:
    """The documents of a folder or archive of brat files (`.txt` beside `.ann`), in order of their paths."""
    folder = source
    if source.is_file():
        folder = work / "annotated"
        if not folder.exists():
            with tarfile.open(source) as archive:
                archive.extractall(folder, filter="data")
    return [_document(path) for path in sorted(folder.rglob("*.ann"))]


def _document(path: Path) -> Annotated:
    text = path.with_suffix(".txt").read_text(encoding="utf8")
    found = list(_annotations(path.read_text(encoding="utf8")))
    core, beside = (tuple(entity for entity in found if entity.kind in kinds) for kinds in (TYPES, BESIDE))
    return Annotated("/".join(path.parts[-3:-1]), text, core, beside)


def _annotations(lines: str) -> Iterator[Entity]:
    for line in lines.splitlines():
        cells = line.split("\t")
        if line.startswith("T") and ";" not in cells[1]:
            kind, start, end = cells[1].split()
            yield Entity(Span(int(start), int(end)), kind)


def tagged(document: Annotated) -> list[Tagged]:
    """The portions of a document; of nested entities the outermost counts, what cuts a token in two is widened to the token."""
    text = document.text
    entities = [*outermost(document.entities), *outermost(document.beside)]
    found = []
    for spans in portions(text):
        inside = [e for e in entities if e.span.start < spans[-1].end and e.span.end > spans[0].start]
        found.append(Tagged(tuple(token_text(text, span) for span in spans), tuple(_tags(spans, inside))))
    return found


def _tags(spans: Sequence[Span], entities: Sequence[Entity]) -> Iterator[str]:
    last: Entity | None = None
    for span in spans:
        entity = next((e for e in entities if e.span.overlaps(span)), None)
        yield "O" if entity is None else ("I-" if entity is last else "B-") + entity.kind
        last = entity


def swapped(portion: Tagged, pool: Pool, chance: random.Random, rate: float) -> Tagged:
    """The portion with some entities replaced by others of their type: the context has to tell, not the memory.

    What comes back is replaced alike, and a surname by the surname of whom its owner became.
    """
    words: list[str] = []
    tags: list[str] = []
    others: dict[tuple[Name, str], Name] = {}
    for start, end, kind in groups(portion.tags):
        own = portion.words[start:end]
        if kind in pool and (own, kind) not in others:
            others[own, kind] = chance.choice(pool[kind]) if chance.random() < rate else own
            if kind == "Person":
                others.setdefault((own[-1:], kind), others[own, kind][-1:])
        new = others.get((own, kind), own) if kind in pool else own
        words += new
        tags += portion.tags[start:end] if new is own else [f"B-{kind}", *[f"I-{kind}"] * (len(new) - 1)]
    return Tagged(tuple(words), tuple(tags))


def exact_scores(gold: Iterable[Iterable[Entity]], found: Iterable[Iterable[Entity]]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 (0 to 1) by type and for `all`: same span, same type."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for wanted, given in zip(gold, found, strict=True):
        wants, gives = set(wanted), set(given)
        for name, some in (("gold", wants), ("found", gives), ("right", wants & gives)):
            for entity in some:
                counts[entity.kind][name] += 1
                counts["all"][name] += 1
    return {kind: _f1(counts[kind]) for kind in ("all", *TYPES)}


def _f1(count: Counter[str]) -> tuple[float, float, float]:
    precision, recall = count["right"] / max(1, count["found"]), count["right"] / max(1, count["gold"])
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)
