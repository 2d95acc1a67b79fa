"""One table of what each setting of the parser is worth: equal computing time, the same data, one setting changed at a time.

    python -m quotes.training.compare --treebanks ud-french.tar.xz --work compare --seconds 300

Every setting leaves a file in the work folder and is skipped when the file is there. Scores are those of development data:
Sequoia dev, and held-out frames around its clauses. Tags come from the shipped tagger, which has learnt from the training part.
"""

from __future__ import annotations

import argparse
import copy
import dataclasses
import json
import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from stanza.models import parser as parser_cli
from stanza.models.depparse.data import DataLoader
from stanza.models.depparse.trainer import Trainer
from stanza.utils.conll import CoNLL

from quotes.syntax.graph import ArcParser
from quotes.syntax.models import models_dir
from quotes.text.lexicon import patterns_dir
from quotes.training.compress import compress
from quotes.training.data import Corpus, drawn, grafted, load_corpus, unpack
from quotes.training.evaluate import frame_scores
from quotes.training.frames import load_frames
from quotes.training.learn import Task, fit, load_pretrain, parser_task
from quotes.training.recipe import PARSER
from quotes.training.tags import Tagger
from quotes.training.treebank import Sentence, read_conllu, write_conllu

__all__ = ["SETTINGS", "Result", "Setting", "compare", "table"]

log = logging.getLogger(__name__)

TRAIN, GOLD, PLAIN, DEV, FRAMES = (f"compare-{name}.conllu" for name in ("train", "gold", "plain", "dev", "frames"))
# Small batches, so that a short time holds enough steps.
BATCHES = "--batch_size 500"
# Steps whose computing time tells how many the budget allows, after some that warm up.
WARM, TIMED = 2, 8


@dataclasses.dataclass(frozen=True, slots=True)
class Setting:
    """What differs from the shipped setting: options of Stanza's parser (later ones win), the training file, the schedule."""

    name: str
    options: str = ""
    train: str = TRAIN
    constant: bool = False
    seed: int = 1


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    """A row of the table: scores from 0 to 1, words a second of the parser alone, bytes as stored."""

    name: str
    steps: int
    las: float
    subject: float
    reported: float
    speed: float
    bytes: int


SETTINGS = (
    Setting("as shipped"),
    Setting("1 layer", "--num_layers 1"),
    Setting("3 layers", "--num_layers 3"),
    Setting("160 units", "--hidden_dim 160"),
    Setting("320 units", "--hidden_dim 320"),
    Setting("biaffine 60", "--deep_biaff_hidden_dim 60"),
    Setting("biaffine 240", "--deep_biaff_hidden_dim 240"),
    Setting("as shipped, other random numbers", seed=2),
    Setting("no characters", "--no_char"),
    Setting("gold tags in training", train=GOLD),
    Setting("constant learning rate", constant=True),
    Setting("transition parser", "--model_type transition"),
    Setting("no relation subtypes", train=PLAIN),
)


def compare(treebanks: Path, work: Path, seconds: float, settings: Sequence[Setting] = SETTINGS) -> list[Result]:
    """Train every setting for so many seconds of computing time, and score it; resumable."""
    torch.set_num_threads(1)
    work.mkdir(parents=True, exist_ok=True)
    if not (work / FRAMES).exists():
        _data(load_corpus(unpack(treebanks, work)), work)
    results = [result for setting in settings for result in _results(setting, work, seconds)]
    return results + _once(work, "storage", lambda: list(_storage(work)))


def _data(corpus: Corpus, work: Path) -> None:
    """Training data as the recipe makes it, with predicted tags, with gold tags and without subtypes; dev and frames around its clauses."""
    models, frames = models_dir(), load_frames(patterns_dir() / "fr" / "grafts.tsv")
    tagger = Tagger(models / "pos.pt", models / "vectors.pt")
    questions, speech, grafts = drawn(corpus, frames, random.Random(5))
    natural = [*(s for group in corpus.core for s in group), *questions, *speech]
    predicted = [*tagger.retag(natural), *grafts]
    write_conllu(predicted, work / TRAIN)
    write_conllu([*natural, *grafts], work / GOLD)
    write_conllu([_plain(sentence) for sentence in predicted], work / PLAIN)
    write_conllu(tagger.retag(corpus.dev), work / DEV)
    write_conllu(tagger.retag(grafted([corpus.dev], frames, 77, copies=3)), work / FRAMES)


def _plain(sentence: Sentence) -> Sentence:
    rows = (dataclasses.replace(row, deprel=row.deprel.split(":")[0]) for row in sentence.rows)
    return dataclasses.replace(sentence, rows=tuple(rows))


def _results(setting: Setting, work: Path, seconds: float) -> list[Result]:
    return _once(work, _slug(setting.name), lambda: list(_train(setting, work, seconds)))


def _slug(name: str) -> str:
    return "compare-" + name.replace(",", "").replace(" ", "-")


def _once(work: Path, name: str, task: Callable[[], list[Result]]) -> list[Result]:
    """The results of a task, from its file when it is there."""
    path = work / f"{name}.json"
    if not path.exists():
        log.info("%s", name)
        path.write_text(json.dumps([dataclasses.asdict(result) for result in task()], indent=2), encoding="utf8")
    return [Result(**row) for row in json.loads(path.read_text(encoding="utf8"))]


def _train(setting: Setting, work: Path, seconds: float) -> Iterator[Result]:
    """The averaged weights of a setting; of the shipped one those of the last step, too."""
    out = work / f"{_slug(setting.name)}.pt"
    options = [*PARSER.split(), *BATCHES.split(), *setting.options.split()]
    task = parser_task(work / setting.train, work / DEV, models_dir() / "vectors.pt", options, seed=setting.seed)
    steps = max(WARM + TIMED, int(seconds / _seconds_a_step(task)))
    fit(task, out, steps, (lambda step, steps: 1.0) if setting.constant else None)
    yield _scored(setting.name, steps, _load(out), work, _stored_bytes(out))
    if setting == SETTINGS[0]:
        last = work / "last.pt"
        task.trainer.save(str(last))
        yield _scored("no averaged weights", steps, _load(last), work, _stored_bytes(last))


def _seconds_a_step(task: Task) -> float:
    """Computing time of one step, without that of other processes; the weights stay."""
    model = task.trainer.model
    own = copy.deepcopy(model.state_dict())
    optimizer = torch.optim.AdamW(model.parameters())
    model.train()
    started = 0.0
    for number in range(WARM + TIMED):
        if number == WARM:
            started = time.process_time()
        optimizer.zero_grad()
        task.loss(next(task.batches)).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    model.load_state_dict(own)
    return (time.process_time() - started) / TIMED


def _load(path: Path) -> Any:
    trainer = Trainer.load(str(path), load_pretrain(models_dir() / "vectors.pt"), device="cpu")
    if type(trainer.model).__name__ == "GraphParser":
        trainer.model.__class__ = ArcParser
    return trainer


def _stored_bytes(path: Path) -> int:
    small = path.with_suffix(".small")
    compress(path, small)
    return small.stat().st_size


def _scored(name: str, steps: int, trainer: Any, work: Path, size: int) -> Result:
    found, gold, seconds = _parsed(trainer, work / DEV)
    pairs = [(a, (r.head, r.deprel.split(":")[0])) for tree, s in zip(found, gold, strict=True) for a, r in zip(tree, s.rows, strict=True)]
    las = sum(a == b for a, b in pairs) / len(pairs)
    trees, frames, _ = _parsed(trainer, work / FRAMES)
    scores = frame_scores(frames, trees)
    log.info("%s: LAS %.4f", name, las)
    return Result(name, steps, las, scores.subject, scores.reported, len(pairs) / seconds, size)


def _parsed(trainer: Any, path: Path) -> tuple[list[list[tuple[int, str]]], list[Sentence], float]:
    """Heads and relations that a parser finds, without subtypes, the sentences of a file, and the computing time of the parser alone."""
    document, vectors = CoNLL.conll2doc(str(path)), load_pretrain(models_dir() / "vectors.pt")
    loader = DataLoader(document, 1000, trainer.args, vectors, vocab=trainer.vocab, evaluation=True, sort_during_eval=True)
    started = time.process_time()
    with torch.inference_mode():
        found = parser_cli.predict_dataset(trainer, loader)
    seconds = time.process_time() - started
    return [[(int(head), relation.split(":")[0]) for head, relation in tree] for tree in found], list(read_conllu(path)), seconds


def _storage(work: Path) -> Iterator[Result]:
    """The same weights, of the shipped setting, stored with fewer bits."""
    source = work / f"{_slug(SETTINGS[0].name)}.pt"
    checkpoint: dict[str, Any] = torch.load(source, map_location="cpu", weights_only=True)
    for bits in (32, 16, 8, 6):
        trainer = _load(source)
        weights = {key: _rounded(value, bits) for key, value in checkpoint["model"].items()}
        trainer.model.load_state_dict({key: value for key, (value, _) in weights.items()}, strict=False)
        file = work / "storage.pt"
        torch.save({**checkpoint, "model": {key: small for key, (_, small) in weights.items()}}, file)
        yield _scored(f"stored with {bits} bits" + ", a scale a row" * (bits < 16), 0, trainer, work, _deflated(file))


def _rounded(value: torch.Tensor, bits: int) -> tuple[torch.Tensor, Any]:
    """Weights as they come back from storage, and what is stored."""
    if not value.is_floating_point() or bits == 32:
        return value, value
    if bits == 16 or value.dim() < 2:
        return value.half().float(), value.half()
    top = 2 ** (bits - 1) - 1
    scale = value.abs().amax(1, keepdim=True).clamp(min=1e-12) / top
    whole = (value / scale).round()
    return whole * scale, (whole.to(torch.int8), scale.half())


def _deflated(path: Path) -> int:
    import zlib

    return len(zlib.compress(path.read_bytes(), 9))


def table(results: Sequence[Result]) -> str:
    """The results as a Markdown table, in per cent."""
    head = ["| setting | steps | LAS | subject of the cue | head of the clause | words/s | MB |", "|---|---|---|---|---|---|---|"]
    return "\n".join([*head, *(_row(result) for result in results)])


def _row(r: Result) -> str:
    scores = " | ".join(f"{100 * value:.2f}" for value in (r.las, r.subject, r.reported))
    return f"| {r.name} | {r.steps or ''} | {scores} | {r.speed:,.0f} | {r.bytes / 1e6:.1f} |"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebanks", type=Path, required=True, help="folder or archive of CoNLL-U files")
    parser.add_argument("--work", type=Path, required=True, help="folder for data and results, to resume from")
    parser.add_argument("--seconds", type=float, default=300, help="computing time of each setting")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    print(table(compare(given.treebanks, given.work, given.seconds)))


if __name__ == "__main__":
    main()
