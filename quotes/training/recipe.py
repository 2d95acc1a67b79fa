"""The recipe: from raw treebanks and word vectors to a folder of models, with one call.

Every step leaves a file in the work folder and is skipped when the file is there; the long ones keep checkpoints.
Two processes of one thread each share the work.
"""

from __future__ import annotations

import dataclasses
import logging
import multiprocessing
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import torch

from quotes.syntax.models import ENTITIES, FILES
from quotes.text.lexicon import load_lexicon
from quotes.training.compress import compress, write_manifest
from quotes.training.data import learning_files, load_corpus, unpack, write_halves
from quotes.training.entities import read_annotated
from quotes.training.evaluate import Evaluation, evaluate
from quotes.training.learn import load_pretrain, train_parser, train_tagger
from quotes.training.lemmas import infinitives, lemma_dictionary, train_lemmatizer
from quotes.training.ner import average_entities, restart_entities, train_entities
from quotes.training.tags import Tagger
from quotes.training.tokens import train_contractions, train_mwt
from quotes.training.vectors import reduce_vectors

__all__ = ["Schedule", "train"]

log = logging.getLogger(__name__)

JACKKNIFE = "--hidden_dim 150 --char_hidden_dim 80 --deep_biaff_hidden_dim 150 --batch_size 60 --dropout 0.4"
PARSER = (
    "--hidden_dim 240 --num_layers 2 --char_hidden_dim 80 --char_emb_dim 60 --deep_biaff_hidden_dim 120 --batch_size 2000 "
    "--dropout 0.4 --word_dropout 0.2"
)
TAGGER = (
    "--hidden_dim 200 --char_hidden_dim 100 --char_emb_dim 60 --deep_biaff_hidden_dim 150 --composite_deep_biaff_hidden_dim 60 "
    "--batch_size 60 --dropout 0.4 --word_dropout 0.2"
)
ENTITY = (
    "--word_emb_dim 100 --hidden_dim 180 --num_layers 2 --char_hidden_dim 60 --char_emb_dim 40 --batch_size 20 --dropout 0.45 "
    "--word_dropout 0.05"
)

# The model of entities is restarted with each of these seeds, and the weights are averaged.
RESTARTS = (8, 9)


@dataclasses.dataclass(frozen=True, slots=True)
class Schedule:
    """How long each model trains: steps, for the lemmatizer epochs. The defaults made the shipped models."""

    jackknife: int = 900
    parser: int = 3500
    restart: int = 1300
    tagger: int = 2600
    entities: int = 3600
    entities_restart: int = 900
    lemmatizer: int = 6


def train(
    treebanks: Path,
    vectors: Path,
    out: Path,
    work: Path | None = None,
    schedule: Schedule | None = None,
    workers: int = 2,
    entities: Path | None = None,
) -> Evaluation:
    """Train all models from `treebanks` (a folder or archive of CoNLL-U) and `vectors` (the spaCy package or its wheel) into `out`.

    `entities`, a folder or archive of brat files by month, adds the model of named entities. `work` keeps the intermediate
    files, by default beside `out`; call again to resume. Returns the scores.
    """
    work, schedule = work or out.with_name(f"{out.name}-work"), schedule or Schedule()
    work.mkdir(parents=True, exist_ok=True)
    folder = unpack(treebanks, work)
    _step(work / "vectors.pt", _reduce, vectors, work)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_one_thread) as pool:
        _train_all(pool, folder, work, schedule, (entities, vectors) if entities is not None else None)
    out.mkdir(parents=True, exist_ok=True)
    for name in (*FILES, *([ENTITIES] if entities is not None else [])):
        compress(work / name, out / name)
    write_manifest(out)
    return evaluate(out, folder, entities=entities)


def _train_all(pool: ProcessPoolExecutor, folder: Path, work: Path, schedule: Schedule, news: tuple[Path, Path] | None) -> None:
    """The steps in order, those that need not wait for each other side by side; `news` are annotated news and the package of vectors.

    The parser takes longest: the model of entities is trained beside it.
    """
    _all(pool.submit(_step, work / "half1.conllu", _halves, folder, work))
    _all(*(pool.submit(_step, work / f"jackknife{n}.pt", _jackknife, n, schedule.jackknife, work) for n in (0, 1)))
    _all(pool.submit(_step, work / "graft-test.conllu", _data, folder, work))
    _all(
        pool.submit(_step, work / "parser.pt", _parser, schedule.parser, work),
        pool.submit(_step, work / "pos.pt", _tagger, schedule.tagger, work),
        pool.submit(_step, work / "lemma.pt", _lemmatizer, schedule.lemmatizer, folder, work),
        pool.submit(_step, work / "tokenize.pt", _tokenizer, folder, work),
        pool.submit(_step, work / "mwt.pt", _mwt, work),
        *([pool.submit(_step, work / "entities.pt", _entities, schedule.entities, *news, work)] if news else []),
    )
    _all(
        pool.submit(_step, work / "depparse.pt", _restart, schedule.restart, work),
        *(_restarts(pool, schedule.entities_restart, news[0], work) if news else []),
    )
    if news:
        again = [work / f"entities{seed}.pt" for seed in RESTARTS]
        _all(pool.submit(_step, work / ENTITIES, average_entities, again, work / ENTITIES))


def _restarts(pool: ProcessPoolExecutor, steps: int, source: Path, work: Path) -> Iterator[Future[None]]:
    """The model of entities trained on, once with each seed."""
    for seed in RESTARTS:
        path = work / f"entities{seed}.pt"
        yield pool.submit(_step, path, _entities_restart, path, seed, steps, source, work)


def _one_thread() -> None:
    torch.set_num_threads(1)


def _all(*futures: Future[None]) -> None:
    for future in futures:
        future.result()


def _step(result: Path, task: Callable[..., Any], *arguments: Any) -> None:
    """Run a task unless its result is there, complete."""
    if result.exists() and not result.with_suffix(".checkpoint").exists():
        log.info("%s is there already", result.name)
        return
    log.info("making %s", result.name)
    task(*arguments)


def _reduce(vectors: Path, work: Path) -> None:
    reduce_vectors(_spacy_package(vectors, work), work / "vectors.pt")


def _spacy_package(vectors: Path, work: Path) -> Path:
    """The folder that holds `vocab/key2row`, wherever it is in a package folder or wheel."""
    if vectors.is_file():
        with zipfile.ZipFile(vectors) as wheel:
            wheel.extractall(work / "wheel", [name for name in wheel.namelist() if "/vocab/" in name])
        vectors = work / "wheel"
    found = next(vectors.rglob("vocab/key2row"), None)
    if found is None:
        raise ValueError(f"There are no spaCy vectors (vocab/key2row) in {vectors}.")
    return found.parents[1]


def _halves(folder: Path, work: Path) -> None:
    write_halves(load_corpus(folder), work)


def _jackknife(number: int, steps: int, work: Path) -> None:
    half, out = work / f"half{number}.conllu", work / f"jackknife{number}.pt"
    train_tagger(half, work / "dev.conllu", work / "vectors.pt", out, steps, JACKKNIFE.split())


def _data(folder: Path, work: Path) -> None:
    learning_files(load_corpus(folder), [Tagger(work / f"jackknife{n}.pt", work / "vectors.pt") for n in (0, 1)], work)


def _parser(steps: int, work: Path) -> None:
    train_parser(work / "parser-train.conllu", work / "dev-pred.conllu", work / "vectors.pt", work / "parser.pt", steps, PARSER.split())


def _restart(steps: int, work: Path) -> None:
    data, vectors, start = work / "parser-train.conllu", work / "vectors.pt", work / "parser.pt"
    train_parser(data, work / "dev-pred.conllu", vectors, work / "depparse.pt", steps, PARSER.split(), start)


def _tagger(steps: int, work: Path) -> None:
    train_tagger(work / "tagger-train.conllu", work / "dev.conllu", work / "vectors.pt", work / "pos.pt", steps, TAGGER.split())


def _tokenizer(folder: Path, work: Path) -> None:
    train_contractions(load_corpus(folder).all, work / "vectors.pt", work / "tokenize.pt")


def _mwt(work: Path) -> None:
    train_mwt(work / "tagger-train.conllu", work / "mwt.pt")


def _lemmatizer(epochs: int, folder: Path, work: Path) -> None:
    corpus = load_corpus(folder)
    words = list(load_pretrain(work / "vectors.pt").vocab)
    verbs = [*load_lexicon().verbs, *infinitives(words)]
    dictionary = lemma_dictionary([*corpus.core, corpus.speech, corpus.questions], verbs)
    train_lemmatizer(dictionary, corpus.dev, work / "lemma.pt", work, epochs, words)


def _entities(steps: int, source: Path, vectors: Path, work: Path) -> None:
    train_entities(read_annotated(source, work), _spacy_package(vectors, work), work / "entities.pt", steps, ENTITY.split())


def _entities_restart(out: Path, seed: int, steps: int, source: Path, work: Path) -> None:
    restart_entities(read_annotated(source, work), work / "entities.pt", out, steps, seed)
