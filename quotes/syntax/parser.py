"""From sentence texts to trees: the `Parser` protocol, the Stanza one, and one that reads stored CoNLL-U."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from quotes.syntax.tree import Tree, Word

__all__ = ["Parser", "StanzaParser", "StoredParser", "features", "pairs_of", "text_portions", "tree_from_conllu", "tree_to_conllu"]


CHARACTERS_A_PORTION = 120_000


class Parser(Protocol):
    """Anything that turns sentences into trees, one each, in order."""

    def parse(self, sentences: Sequence[str]) -> list[Tree]:
        """Trees of the sentences; word offsets count in each sentence's own text. An empty sentence has no words."""
        ...


class StanzaParser:
    """A Stanza pipeline (tokenize, mwt, pos, lemma, depparse) over sentences that are already split."""

    def __init__(self, models: str | Path | None = None) -> None:
        """Load the embedded models, those of a folder, or Stanza's official French ones (`"official"`)."""
        from quotes.syntax.pipeline import build_pipeline

        self._pipeline = build_pipeline(models)

    def parse(self, sentences: Sequence[str]) -> list[Tree]:
        """See `Parser.parse`. Sentences of like length go through the models together, about 20,000 words at a time."""
        trees = [Tree(())] * len(sentences)
        for numbers in text_portions(sentences):
            for number, tree in zip(numbers, self._parse([sentences[n] for n in numbers]), strict=True):
                trees[number] = tree
        return trees

    def _parse(self, sentences: Sequence[str]) -> Iterable[Tree]:
        import torch

        with torch.inference_mode():
            document = self._pipeline("\n\n".join(sentences))
        return _trees(document, sentences)


def text_portions(sentences: Sequence[str], most: int = CHARACTERS_A_PORTION) -> Iterator[list[int]]:
    """Numbers of the sentences that hold anything, by length, in portions whose memory stays bounded."""
    portion: list[int] = []
    size = 0
    for number in sorted((n for n, text in enumerate(sentences) if text.strip()), key=lambda n: len(sentences[n])):
        portion.append(number)
        size += len(sentences[number])
        if size > most:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _trees(document: Any, sentences: Sequence[str]) -> Iterable[Tree]:
    """Trees in the order of `sentences`; a text that Stanza cut in two is joined under the first root."""
    starts, position = [], 0
    for text in sentences:
        starts.append(position)
        position += len(text) + 2
    groups: list[list[Any]] = [[] for _ in sentences]
    number = 0
    for sentence in document.sentences:
        while number + 1 < len(starts) and sentence.tokens[0].start_char >= starts[number + 1]:
            number += 1
        groups[number].append(sentence)
    for group, start in zip(groups, starts, strict=True):
        yield _join(group, start)


def _join(sentences: list[Any], offset: int) -> Tree:
    words: list[Word] = []
    first_root = 0
    for sentence in sentences:
        base = len(words)
        for token in sentence.tokens:
            for word in token.words:
                head = word.head + base if word.head else first_root
                deprel = word.deprel if word.head or not first_root else "parataxis"
                words.append(_word(word, base, head, deprel, token.start_char - offset, token.end_char - offset))
        first_root = first_root or next((w.index for w in words if w.head == 0), 0)
    return Tree(tuple(words))


def _word(word: Any, base: int, head: int, deprel: str, start: int, end: int) -> Word:
    feats = features(word.feats or "")
    return Word(base + word.id, word.text, (word.lemma or word.text).lower(), word.upos or "X", feats, head, deprel, start, end)


def pairs_of(cell: str) -> dict[str, str]:
    """The `key=value` pairs of a CoNLL-U column."""
    return dict(pair.split("=", 1) for pair in cell.split("|") if "=" in pair)


@functools.lru_cache(4096)
def features(cell: str) -> Mapping[str, str]:
    """`pairs_of` for features, of which there are few: one value for all words that have them."""
    return MappingProxyType(pairs_of(cell))


class StoredParser:
    """Trees kept in CoNLL-U, by the sentence's text (`# text = …`): for tests, no model is loaded."""

    def __init__(self, conllu: str) -> None:
        self._trees = {}
        for block in conllu.strip().split("\n\n"):
            text = next(line.partition("=")[2].strip() for line in block.splitlines() if line.startswith("# text"))
            self._trees[json.loads(text) if text.startswith('"') else text] = tree_from_conllu(block)

    def parse(self, sentences: Sequence[str]) -> list[Tree]:
        """See `Parser.parse`; raises `KeyError` for a sentence that is not stored."""
        return [self._trees[text] if text.strip() else Tree(()) for text in sentences]


def tree_from_conllu(block: str) -> Tree:
    """The tree of one CoNLL-U sentence; offsets stand in MISC as `start_char=…|end_char=…`."""
    words = []
    for line in block.splitlines():
        cells = line.split("\t")
        if line.startswith("#") or not cells[0].isdigit():
            continue
        misc = pairs_of(cells[9])
        feats = pairs_of(cells[5])
        start, end = int(misc["start_char"]), int(misc["end_char"])
        words.append(Word(int(cells[0]), cells[1], cells[2], cells[3], feats, int(cells[6]), cells[7], start, end))
    return Tree(tuple(words))


def tree_to_conllu(tree: Tree, text: str) -> str:
    """One CoNLL-U block with the offsets in MISC, as `StoredParser` reads it."""
    lines = [f"# text = {json.dumps(text, ensure_ascii=False)}"]
    for w in tree:
        feats = "|".join(f"{k}={v}" for k, v in sorted(w.feats.items())) or "_"
        misc = f"start_char={w.start}|end_char={w.end}"
        lines.append("\t".join([str(w.index), w.form, w.lemma, w.upos, "_", feats, str(w.head), w.deprel, "_", misc]))
    return "\n".join(lines) + "\n"
