"""A parser that calls the Stanza models of a folder on prepared tensors, without Stanza's way there."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from quotes.syntax.arcs import ROOT, ArcFinder
from quotes.syntax.checkpoints import read_checkpoint
from quotes.syntax.contractions import Contractions
from quotes.syntax.forms import WordVectors, plain_form
from quotes.syntax.lemmas import Lemmatizer
from quotes.syntax.memory import release
from quotes.syntax.models import resolve
from quotes.syntax.packing import pack, portions
from quotes.syntax.parser import Parser, StanzaParser, features, text_portions
from quotes.syntax.products import Product, WholeProduct
from quotes.syntax.tagger import Tagger
from quotes.syntax.tree import Tree, Word
from quotes.syntax.verbs import mend_verbs
from quotes.syntax.words import sentence_parts, shown

__all__ = ["DirectParser", "OtherModelsError", "load_parser"]

# So many words go through the models side by side: more are hardly faster and leave greater gaps in memory.
WORDS_A_PACK = 1500
# So many characters are parsed before memory is tidied up.
CHARACTERS_A_PORTION = 80_000
# What the models are made of here; others are left to Stanza.
WITHOUT = ("charlm", "bert_model", "word_emb_dim", "rec_dropout", "char_rec_dropout", "share_hid", "char_bidirectional", "use_peft")
NO_PARSER = ("use_xpos", "use_ufeats", "linearization", "distance", "use_arc_embedding", "reversed")


@dataclasses.dataclass(slots=True)
class _Token:
    """A word under way; `upos`, `feats` and `lemma` are filled in one after the other."""

    text: str
    plain: str
    start: int
    end: int
    upos: str = "X"
    feats: str = "_"
    lemma: str = "_"


class OtherModelsError(Exception):
    """The models of a folder are not made as `quotes models train` makes them: Stanza has to run them itself."""


def load_parser(models: str | Path | None = None) -> Parser:
    """The parser of the embedded models, those of a folder, or Stanza's official French ones (`"official"`).

    Raises `ModelError` when they are not there.
    """
    files = resolve(models)
    try:
        return DirectParser(files.folder) if files.options else StanzaParser(models)
    except OtherModelsError:
        return StanzaParser(models)


class DirectParser:
    """The models of a folder (tokens, contractions, tags, lemmas, trees), loaded for inference alone.

    Its recurrent layers compute in whole numbers, which changes two arcs of a thousand; with `FloatProduct` its trees are those of Stanza.
    """

    def __init__(self, folder: Path, product: Product = WholeProduct) -> None:
        """Load the models; raises `OtherModelsError` when they are of another kind than those of `quotes models train`."""
        stored = {name: read_checkpoint(folder / f"{name}.pt") for name in ("vectors", "mwt", "pos", "lemma", "depparse")}
        _check(stored)
        words = WordVectors(stored["vectors"])
        self._contractions = Contractions(folder / "tokenize.pt")
        self._expansions: dict[str, str] = stored["mwt"]["dict"]
        self._tagger = Tagger(stored["pos"], words, product)
        self._lemmatizer = Lemmatizer(stored["lemma"])
        self._arcs = ArcFinder(stored["depparse"], words, product)

    @torch.inference_mode()
    def parse(self, sentences: Sequence[str]) -> list[Tree]:
        """See `Parser.parse`."""
        trees = [Tree(())] * len(sentences)
        for numbers in text_portions(sentences, CHARACTERS_A_PORTION):
            for number, tree in zip(numbers, self._parse([sentences[n] for n in numbers]), strict=True):
                trees[number] = tree
            release()
        return trees

    def _parse(self, sentences: Sequence[str]) -> Iterator[Tree]:
        parts = [[self._tokens(text, spans) for spans in sentence_parts(text)] for text in sentences]
        flat = [tokens for some in parts for tokens in some]
        groups = [[flat[n] for n in numbers] for numbers in portions([len(tokens) for tokens in flat], WORDS_A_PACK)]
        for group in groups:
            self._tag(group)
        self._lemmatize(flat)
        arcs = {id(tokens): found for group in groups for tokens, found in zip(group, self._find_arcs(group), strict=True)}
        for some in parts:
            yield _tree([(tokens, arcs[id(tokens)]) for tokens in some])

    def _tokens(self, text: str, spans: Sequence[tuple[int, int]]) -> list[_Token]:
        """The words of a sentence, contractions taken apart."""
        forms = [shown(text[start:end]) for start, end in spans]
        tokens = []
        for form, (start, end), several in zip(forms, spans, self._contractions.find(forms), strict=True):
            words = _expanded(form, self._expansions) if several else (form,)
            tokens += [_Token(word, plain_form(word), start, end) for word in words]
        return tokens

    def _tag(self, group: Sequence[Sequence[_Token]]) -> None:
        tokens = [token for some in group for token in some]
        tags = self._tagger.tag([token.plain for token in tokens], pack([len(some) for some in group]))
        for token, (upos, feats) in zip(tokens, tags, strict=True):
            token.upos, token.feats = upos, feats
        for some in group:
            mend_verbs(some, self._lemmatizer.dictionary)

    def _lemmatize(self, sentences: Iterable[Sequence[_Token]]) -> None:
        tokens = [token for some in sentences for token in some]
        for token, lemma in zip(tokens, self._lemmatizer.find([(token.text, token.upos) for token in tokens]), strict=True):
            token.lemma = lemma

    def _find_arcs(self, group: Sequence[Sequence[_Token]]) -> list[list[tuple[int, str]]]:
        words = [word for some in group for word in (ROOT, *((token.plain, token.upos) for token in some))]
        lengths = [len(some) + 1 for some in group]
        return self._arcs.find(words, pack(lengths), lengths)


def _check(stored: Mapping[str, Any]) -> None:
    """Raise `OtherModelsError` for models that are not made as `quotes models train` makes them."""
    tagger, parser, lemmatizer = (stored[name]["config"] for name in ("pos", "depparse", "lemma"))
    odd = [name for config in (tagger, parser) for name in WITHOUT if config.get(name)]
    odd += [name for name in NO_PARSER if parser.get(name)]
    odd += [name for config in (tagger, parser) for name in ("char", "pretrain") if not config.get(name)]
    odd += ["model_type"] if stored["depparse"].get("model_type", "graph") != "graph" else []
    odd += [name for name in ("ensemble_dict", "edit") if not lemmatizer.get(name)]
    odd += [name for name in ("caseless", "charlm") if lemmatizer.get(name)]
    odd += ["dict_only"] if not stored["mwt"]["config"].get("dict_only") else []
    if odd:
        raise OtherModelsError(", ".join(odd))


def _expanded(form: str, expansions: Mapping[str, str]) -> Sequence[str]:
    """« du » as « de », « le », written like the contraction: small, with a capital, in capitals."""
    found = expansions.get(form)
    small = expansions.get(form.lower())
    if found is None and small is not None:
        if form.isupper():
            found = small.upper()
        elif form[0].isupper() and form[1:].islower():
            found = small[0].upper() + small[1:]
    words = (found or form).split()
    return words if len(words) > 1 else (form,)


def _tree(parts: Sequence[tuple[Sequence[_Token], Sequence[tuple[int, str]]]]) -> Tree:
    """One tree of the parts of a sentence, those behind the first joined under its root."""
    words: list[Word] = []
    first_root = 0
    for tokens, arcs in parts:
        base = len(words)
        for index, (token, (head, relation)) in enumerate(zip(tokens, arcs, strict=True), base + 1):
            above = head + base if head else first_root
            label = relation if head or not first_root else "parataxis"
            pairs = features(token.feats)
            words.append(Word(index, token.text, token.lemma.lower(), token.upos, pairs, above, label, token.start, token.end))
        first_root = first_root or next((w.index for w in words if w.head == 0), 0)
    return Tree(tuple(words))
