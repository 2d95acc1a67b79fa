"""Training loops for Stanza's tagger and parser: cosine learning rate, averaged weights, resumable checkpoints."""

from __future__ import annotations

import copy
import dataclasses
import itertools
import logging
import math
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from stanza.models import parser as parser_cli
from stanza.models import tagger as tagger_cli
from stanza.models.common.doc import UPOS
from stanza.models.common.pretrain import Pretrain
from stanza.models.depparse.data import DataLoader as ParserLoader
from stanza.models.depparse.trainer import GraphTrainer, TransitionTrainer
from stanza.models.depparse.trainer import Trainer as ParserTrainer
from stanza.models.pos.data import Dataset as TaggerDataset
from stanza.models.pos.trainer import Trainer as TaggerTrainer
from stanza.utils.conll import CoNLL
from torch import Tensor

from quotes.syntax.graph import ArcParser

__all__ = ["Task", "fit", "load_pretrain", "parser_task", "train_parser", "train_tagger"]

log = logging.getLogger(__name__)

COMMON = ["--lang", "fr", "--shorthand", "fr_quotes", "--cpu", "--optim", "adam", "--lr", "0.003", "--beta2", "0.95"]


def load_pretrain(path: Path) -> Pretrain:
    """The vectors of `path` with 32-bit numbers, whatever the file stores."""
    pretrain = Pretrain(str(path))
    pretrain._emb = pretrain.emb.float()
    return pretrain


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    """A model to train: its Stanza trainer, its batches without end, the loss of one, a score of the model (0 to 1), and the rate."""

    trainer: Any
    batches: Iterator[Any]
    loss: Callable[[Any], Tensor]
    score: Callable[[], float]
    rate: float


def train_parser(train: Path, dev: Path, vectors: Path, out: Path, steps: int, options: list[str], start: Path | None = None) -> float:
    """Train a dependency parser from CoNLL-U files, save it to `out`, return its LAS on `dev` (0 to 1).

    With `start`, a parser trained before, its weights are trained on, with a rate half as high (warm restart, Loshchilov and Hutter 2017).
    """
    return fit(parser_task(train, dev, vectors, options, start), out, steps)


def parser_task(train: Path, dev: Path, vectors: Path, options: list[str], start: Path | None = None, seed: int = 1) -> Task:
    """What `train_parser` trains; with the option `--model_type transition` a transition parser."""
    _seed(seed if start is None else 7)
    arguments = ["--no_linearization", "--no_distance", "--no_xpos", "--no_ufeats", "--word_emb_dim", "0", *COMMON, *options]
    args = parser_cli.parse_args(arguments)
    pretrain = load_pretrain(vectors)
    first = _trained(start, pretrain) if start is not None else None
    loader = ParserLoader(CoNLL.conll2doc(str(train)), args["batch_size"], args, pretrain, vocab=first.vocab if first else None)
    gold = CoNLL.conll2doc(str(dev))
    test = ParserLoader(gold, 5000, args, pretrain, vocab=loader.vocab, evaluation=True, sort_during_eval=True)
    kind = TransitionTrainer if args["model_type"] == "transition" else _ArcTrainer
    trainer = first or kind(args=args, vocab=loader.vocab, pretrain=pretrain, device="cpu")
    answers = [(w.head, w.deprel.split(":")[0]) for s in gold.sentences for w in s.words]

    def score() -> float:
        found = parser_cli.predict_dataset(trainer, test)
        pairs = ((int(h), d.split(":")[0]) for s in found for h, d in s)
        return sum(bool(a == b) for a, b in zip(answers, pairs, strict=True)) / len(answers)

    def loss(batch: Any) -> Tensor:
        return trainer.model.loss(*batch[:11], *batch[12:16])[0]  # type: ignore[no-any-return]

    return Task(trainer, _forever(loader), loss, score, args["lr"] if first is None else args["lr"] / 2)


def _trained(path: Path, pretrain: Pretrain) -> Any:
    """The trainer of a saved parser, with our scoring."""
    trainer = ParserTrainer.load(str(path), pretrain, device="cpu")
    trainer.model.__class__ = ArcParser
    return trainer


def train_tagger(train: Path, dev: Path, vectors: Path, out: Path, steps: int, options: list[str]) -> float:
    """Train a part-of-speech tagger from CoNLL-U files, save it to `out`, return its UPOS accuracy on `dev` (0 to 1)."""
    _seed()
    args = tagger_cli.parse_args(["--word_emb_dim", "0", *COMMON, *options])
    pretrain = load_pretrain(vectors)
    data = TaggerDataset(CoNLL.conll2doc(str(train)), args, pretrain)
    gold = CoNLL.conll2doc(str(dev))
    test = TaggerDataset(gold, args, pretrain, vocab=data.vocab, evaluation=True)
    trainer = TaggerTrainer(args=args, vocab=data.vocab, pretrain=pretrain, device="cpu")
    answers = [tag for sentence in gold.get(UPOS, as_sentences=True) for tag in sentence]

    def score() -> float:
        found = [p[0] for b in test.to_loader(batch_size=100) for s in trainer.predict(b) for p in s]
        return sum(bool(a == b) for a, b in zip(answers, found, strict=True)) / len(answers)

    def loss(batch: Any) -> Tensor:
        return trainer.model(  # type: ignore[no-any-return]
            batch.words, batch.words_mask, batch.wordchars, batch.wordchars_mask, batch.tags, batch.pretrained,
            batch.word_orig_idx, batch.lens, batch.word_lens, batch.text,
        )[0]  # fmt: skip

    batches = itertools.chain.from_iterable(data.to_loader(batch_size=args["batch_size"], shuffle=True) for _ in itertools.count())
    return fit(Task(trainer, batches, loss, score, args["lr"]), out, steps)


class _ArcTrainer(GraphTrainer):  # type: ignore[misc]
    @staticmethod
    def build_model(*args: Any, **kwargs: Any) -> ArcParser:
        return ArcParser(*args, **kwargs)


def _forever(loader: ParserLoader) -> Iterator[Any]:
    while True:
        loader.reshuffle()
        yield from loader


def _seed(number: int = 1) -> None:
    random.seed(number)
    torch.manual_seed(number)


def fit(task: Task, out: Path, steps: int, schedule: Callable[[int, int], float] | None = None) -> float:
    """Run `steps` updates, resuming from `out`.checkpoint, save the averaged weights that score best, return their score.

    `schedule` gives the share of the rate for a step out of all; by default a cosine.
    """
    run = _Run(task, out, steps, schedule or _schedule)
    every = max(100, steps // 20) if steps >= 100 else max(1, steps // 2)
    while run.step < steps:
        value = run.update()
        if run.step % every == 0 or run.step == steps:
            run.evaluate()
            run.store()
            log.info("step %d of %d, loss %.3f, best %.4f, %.0f s", run.step, steps, value, run.best, time.monotonic() - run.started)
    run.checkpoint.unlink(missing_ok=True)
    return run.best


class _Run:
    """A training run: the model, its optimizer, the average of its weights, and a checkpoint to resume from."""

    def __init__(self, task: Task, out: Path, steps: int, schedule: Callable[[int, int], float]) -> None:
        self.task, self.out, self.steps, self.schedule = task, out, steps, schedule
        self.model = task.trainer.model
        self.weights = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(self.weights, lr=task.rate, betas=(0.9, 0.95), eps=1e-6, weight_decay=1e-3)
        self.average = copy.deepcopy(self.model.state_dict())
        self.step, self.best, self.started = 0, 0.0, time.monotonic()
        self.checkpoint = out.with_suffix(".checkpoint")
        if self.checkpoint.exists():
            self._resume()
        _seed(self.step + 1)

    def _resume(self) -> None:
        state = torch.load(self.checkpoint, weights_only=False)
        self.step, self.best, self.average = state["step"], state["best"], state["average"]
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])

    def store(self) -> None:
        """Write the checkpoint, whole or not at all."""
        state = {"step": self.step, "best": self.best, "average": self.average}
        state |= {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict()}
        partial = self.checkpoint.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(self.checkpoint)

    def update(self) -> float:
        """One step of the optimizer, return the loss."""
        self.step += 1
        for group in self.optimizer.param_groups:
            group["lr"] = self.task.rate * self.schedule(self.step, self.steps)
        self.model.train()
        value = self.task.loss(next(self.task.batches))
        self.optimizer.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimizer.step()
        _update_average(self.average, self.model, min(0.995, self.step / (self.step + 10)))
        return float(value.detach())

    def evaluate(self) -> None:
        """Score the averaged weights, keep them in `out` when they are the best so far, put the training weights back."""
        own = copy.deepcopy(self.model.state_dict())
        self.model.load_state_dict(self.average)
        self.model.eval()
        with torch.no_grad():
            value = self.task.score()
        if value >= self.best:
            self.task.trainer.save(str(self.out))
        self.model.load_state_dict(own)
        self.best = max(self.best, value)
        log.info("score %.4f", value)


def _schedule(step: int, steps: int) -> float:
    """Linear warm-up over 2 % of the steps, then half a cosine down to 1 % of the rate."""
    warm = max(1, steps // 50)
    if step < warm:
        return step / warm
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))


def _update_average(average: dict[str, Tensor], model: torch.nn.Module, keep: float) -> None:
    for name, value in model.state_dict().items():
        if value.is_floating_point() and not name.startswith("pretrained_emb"):
            average[name].mul_(keep).add_(value, alpha=1 - keep)
