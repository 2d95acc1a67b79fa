"""Training of the name tagger: a Stanza NER model with word vectors of its own, for many more words than the parser's."""

from __future__ import annotations

import itertools
import logging
import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from stanza.models import ner_tagger as ner_cli
from stanza.models.common.doc import NER, TEXT, Document
from stanza.models.common.pretrain import PretrainedWordVocab
from stanza.models.common.vocab import UNK, VOCAB_PREFIX, CompositeVocab
from stanza.models.ner.data import DataLoader
from stanza.models.ner.trainer import Trainer
from stanza.models.ner.utils import bio2_to_bioes
from stanza.models.ner.vocab import MultiVocab
from stanza.models.pos.vocab import CharVocab
from torch import Tensor

from quotes.syntax.entities import TYPES, EntityTagger, groups, outermost
from quotes.syntax.words import tokenize
from quotes.text.lexicon import load_table, load_words
from quotes.training.entities import Annotated, Name, Pool, Tagged, exact_scores, swapped, tagged
from quotes.training.learn import Task, fit
from quotes.training.lists import name_list
from quotes.training.vectors import shared_vectors

__all__ = ["DEV", "TEST", "average_entities", "entity_scores", "restart_entities", "train_entities"]

log = logging.getLogger(__name__)

# Months kept for scores and months to choose the step by; the others are learnt from.
TEST = ("2016/03", "2016/10", "2017/06", "2017/09", "2018/02", "2018/10")
DEV = ("2016/11", "2017/05", "2018/04", "2018/07")
# Shares of sentences in which entities are replaced, and of their entities that are.
SWAPPED, REPLACED = 0.4, 0.5
# Words that have a vector whatever they look like; and the shares of words that are learnt by their letters alone: capitalised, others.
FREQUENT = 60_000
HIDDEN = (0.15, 0.03)
# Lists of names made up, for each portion of text.
LISTS = 0.04
# Added to the score of tokens outside names; the best on `DEV` is kept.
SHIFTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5)
AFTER = 0.75


def train_entities(documents: Sequence[Annotated], package: Path, out: Path, steps: int, options: list[str]) -> float:
    """Train on the documents outside `DEV` and `TEST`, save the model to `out`, return its F1 on `DEV` (0 to 1)."""
    random.seed(1)
    torch.manual_seed(1)
    args = ner_cli.parse_args(["--shorthand", "fr_quotes", "--cpu", "--lr", "0.003", "--no_lowercase", *options])
    learnt = _learnt(documents, DEV + TEST)
    words, matrix = shared_vectors(package, FREQUENT, args["word_emb_dim"])
    trainer = Trainer(args=args, vocab=_vocabulary(learnt, words, len(matrix)), device="cpu")
    with torch.no_grad():
        trainer.model.word_emb.weight.copy_(torch.from_numpy(matrix))
    dev = [document for document in documents if document.part in DEV]
    fit(_task(trainer, learnt, dev, args["lr"]), out, steps)
    return _balance(out, dev)


def restart_entities(documents: Sequence[Annotated], start: Path, out: Path, steps: int, seed: int) -> None:
    """Train the model of `start` on with a rate half as high, on `DEV` too, save it to `out`."""
    random.seed(seed)
    torch.manual_seed(seed)
    trainer = Trainer(model_file=str(start), device="cpu")
    dev = [document for document in documents if document.part in DEV]
    fit(_task(trainer, _learnt(documents, TEST), dev, trainer.args["lr"] / 2, seed), out, steps)


def average_entities(models: Sequence[Path], out: Path) -> None:
    """Save the mean of the weights of models restarted from the same one, with the shift that such a mean asked for on `DEV`."""
    states = [Trainer(model_file=str(path), device="cpu").model.state_dict() for path in models]
    trainer = Trainer(model_file=str(models[0]), device="cpu")
    trainer.model.load_state_dict({name: _mean([state[name] for state in states]) for name in states[0]})
    trainer.save(str(out))
    _shift(out, AFTER)


def _mean(values: Sequence[Tensor]) -> Tensor:
    return torch.stack(tuple(values)).mean(0) if values[0].is_floating_point() else values[0]


def _learnt(documents: Sequence[Annotated], kept: Sequence[str]) -> list[Tagged]:
    return [portion for document in documents if document.part not in kept for portion in tagged(document)]


def _task(trainer: Trainer, learnt: Sequence[Tagged], dev: Sequence[Annotated], rate: float, seed: int = 0) -> Task:
    tagger = EntityTagger(trainer)

    def score() -> float:
        return entity_scores(tagger, dev)["all"][2]

    def loss(batch: Any) -> Tensor:
        words, chars, mask, together, tags, _, order, places, lengths, word_lengths, char_lengths, offsets = batch
        return trainer.model(  # type: ignore[no-any-return]
            words, chars, mask, tags, order, lengths, word_lengths, together, offsets, char_lengths, places
        )[0]  # fmt: skip

    return Task(trainer, _batches(learnt, trainer.vocab, trainer.args, seed), loss, score, rate)


def _balance(out: Path, dev: Sequence[Annotated]) -> float:
    """Shift the score of what is no name to where F1 on `dev` is best, in the file; return that F1."""
    found: dict[float, float] = {}
    last = 0.0
    for shift in SHIFTS:
        found[shift] = entity_scores(EntityTagger(_shift(out, shift - last)), dev)["all"][2]
        last = shift
    log.info("shifts %s", {shift: round(f1, 4) for shift, f1 in found.items()})
    _shift(out, max(found, key=lambda shift: (round(found[shift], 4), -shift)) - last)
    return max(found.values())


def _shift(out: Path, shift: float) -> Trainer:
    """Add to the score of what is no name, in the file; return its trainer."""
    trainer = Trainer(model_file=str(out), device="cpu")
    (outside,) = trainer.vocab["tag"].unit2id("O")
    trainer.model.tag_clfs[0].bias.data[outside] += shift
    trainer.save(str(out))
    return trainer


def _vocabulary(sentences: Sequence[Tagged], words: Mapping[str, int], rows: int) -> MultiVocab:
    """Words may share a row of the vectors: the vocabulary is as long as the rows are many."""
    data = [[(word, tag) for word, tag in zip(s.words, bio2_to_bioes(s.tags), strict=True)] for s in sentences]
    known = PretrainedWordVocab(lang="fr")
    known._unit2id = {unit: number for number, unit in enumerate(VOCAB_PREFIX)} | dict(words)
    known._id2unit = [*VOCAB_PREFIX, *[""] * (rows - len(VOCAB_PREFIX))]
    tags = CompositeVocab([[((tag,),) for _, tag in sentence] for sentence in data], "fr_quotes", idx=0, sep=None)
    return MultiVocab({"char": CharVocab(data, "fr_quotes"), "tag": tags, "word": known})


def _batches(sentences: Sequence[Tagged], vocab: MultiVocab, args: dict[str, Any], seed: int) -> Iterator[Any]:
    """Batches without end; every round replaces other entities, sentences of like length go together."""
    loader = DataLoader(_document(sentences[:1]), args["batch_size"], args, vocab=vocab)
    pool = _pool(sentences, vocab["word"]._unit2id)
    for number in itertools.count(1):
        chance = random.Random(1000 * seed + number)
        round_ = [swapped(s, pool, chance, REPLACED) if chance.random() < SWAPPED else s for s in sentences]
        round_ += [name_list(pool, chance) for _ in range(round(LISTS * len(sentences)))]
        round_.sort(key=lambda s: len(s.words) + 6 * chance.random())
        data = [[[w, (tag,)] for w, tag in zip(s.words, bio2_to_bioes(s.tags), strict=True)] for s in round_]
        loader.data = loader.chunk_batches(loader.preprocess(data, vocab, args))
        chance.shuffle(loader.data)
        for words, *others in loader:
            yield [[UNK if chance.random() < HIDDEN[not word[0].isupper()] else word for word in some] for some in words], *others


def _pool(sentences: Sequence[Tagged], words: Collection[str]) -> Pool:
    """Entities to put in the place of others: those annotated, each once, those of the word lists, given names with surnames of others.

    People are called by any word that is always capitalised, too: an unknown name is told by what stands around it.
    """
    found: defaultdict[str, set[Name]] = defaultdict(set)
    for sentence in sentences:
        for start, end, kind in groups(sentence.tags):
            if kind in TYPES:
                found[kind].add(sentence.words[start:end])
    people = sorted(found["Person"])
    given = [row[0] for row in load_table("given_names.tsv")]
    found["Location"] |= {_tokens(name) for name in load_words("places")}
    found["Organization"] |= {_tokens(name) for file in ("media", "organizations") for name in load_words(file) if name[0].isupper()}
    chance = random.Random(2)
    surnames = [name[-1] for name in people if len(name) > 1]
    capitalised = [word for word in words if len(word) > 3 and word.istitle() and word.lower() not in words]
    for others in (surnames, capitalised):
        found["Person"] |= {(chance.choice(given), chance.choice(others)) for _ in people if others}
    return {kind: sorted(found[kind]) for kind in TYPES}


def _tokens(name: str) -> Name:
    return tuple(name[start:end] for start, end in tokenize(name))


def _document(sentences: Sequence[Tagged]) -> Document:
    return Document([[{TEXT: word, NER: tag} for word, tag in zip(s.words, s.tags, strict=True)] for s in sentences])


def entity_scores(tagger: EntityTagger, documents: Sequence[Annotated], nested: bool = False) -> dict[str, tuple[float, float, float]]:
    """Exact scores (see `exact_scores`) against the outermost annotated entities, or with `nested` against all of them."""
    gold = [document.entities if nested else outermost(document.entities) for document in documents]
    return exact_scores(gold, tagger.find([document.text for document in documents]))
