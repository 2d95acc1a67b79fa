"""From a folder of treebanks to the files the models learn from.

Roles go by file name. A treebank with a `-train` file learns from it, is tuned on its `-dev` and keeps its `-test` for scores;
without one it learns from its `-dev` and keeps its `-test`; a lone `-test` is learnt from.
"""

from __future__ import annotations

import dataclasses
import random
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from quotes.text.lexicon import patterns_dir
from quotes.training.frames import Frames, load_frames
from quotes.training.graft import graft
from quotes.training.tags import Tagger
from quotes.training.treebank import Sentence, harmonise, read_conllu, write_conllu

__all__ = ["Corpus", "drawn", "grafted", "held_out_files", "learning_files", "load_corpus", "unpack", "write_halves"]

SPEECH = ("rhapsodie", "parisstories")
QUESTIONS = ("fqb",)
# Sentences drawn from the treebanks that are less like news.
PARSER_QUESTIONS, PARSER_SPEECH, TAGGER_QUESTIONS, TAGGER_GRAFTS = 1200, 900, 1500, 1800


@dataclasses.dataclass(frozen=True, slots=True)
class Corpus:
    """Harmonised sentences by role; `core` and `tests` keep the treebanks apart, `tests` by name."""

    core: tuple[tuple[Sentence, ...], ...]
    questions: tuple[Sentence, ...]
    speech: tuple[Sentence, ...]
    dev: tuple[Sentence, ...]
    tests: Mapping[str, tuple[Sentence, ...]]

    @property
    def all(self) -> list[Sentence]:
        """Everything that may be learnt from."""
        return [s for group in (*self.core, self.questions, self.speech) for s in group]


def unpack(treebanks: Path, work: Path) -> Path:
    """The folder of `.conllu` files of a folder or an archive (`.tar.xz`, `.tar.gz`)."""
    if treebanks.is_dir():
        return treebanks
    folder = work / "treebanks"
    if not folder.exists():
        with tarfile.open(treebanks) as archive:
            archive.extractall(folder, filter="data")
    return folder


def _files(folder: Path) -> dict[str, dict[str, Path]]:
    """Files by treebank, then by role; treebanks that train come first, the largest first."""
    found: dict[str, dict[str, Path]] = defaultdict(dict)
    for path in sorted(folder.rglob("*.conllu")):
        name, _, role = path.stem.rpartition("-")
        if role in ("train", "dev", "test"):
            found[name.removesuffix("-ud").rpartition("_")[2]][role] = path
    if not found:
        raise ValueError(f"There is no -train, -dev or -test .conllu file in {folder}.")

    def rank(item: tuple[str, dict[str, Path]]) -> tuple[bool, bool, int]:
        roles = item[1]
        return len(roles) == 1, "train" not in roles, -sum(path.stat().st_size for path in roles.values())

    return dict(sorted(found.items(), key=rank))


def load_corpus(folder: Path) -> Corpus:
    """Read and harmonise the treebanks of a folder."""
    core: list[tuple[Sentence, ...]] = []
    questions: list[Sentence] = []
    speech: list[Sentence] = []
    dev: list[Sentence] = []
    tests: dict[str, tuple[Sentence, ...]] = {}
    for name, roles in _files(folder).items():
        learnt = roles.get("train") or roles.get("dev") or roles["test"]
        sentences = _read(learnt)
        if name in SPEECH:
            speech += sentences
        elif name in QUESTIONS:
            questions += sentences
        else:
            core.append(sentences)
            if "train" in roles and "dev" in roles:
                dev += _read(roles["dev"])
            if "test" in roles and roles["test"] != learnt:
                tests[name] = _read(roles["test"])
    if not dev:
        dev = [s for group in core for s in group[::10]]
        core = [tuple(s for n, s in enumerate(group) if n % 10) for group in core]
    return Corpus(tuple(core), tuple(questions), tuple(speech), tuple(dev), tests)


def _read(path: Path) -> tuple[Sentence, ...]:
    return tuple(harmonise(sentence) for sentence in read_conllu(path))


def held_out_files(folder: Path) -> dict[str, Path]:
    """The held-out files that scores are measured on, by treebank."""
    core = {name: roles for name, roles in _files(folder).items() if name not in (*SPEECH, *QUESTIONS)}
    return {name: roles["test"] for name, roles in core.items() if "test" in roles and len(roles) > 1}


def write_halves(corpus: Corpus, work: Path) -> None:
    """Two random halves for the jackknife: each is tagged by a tagger that learnt from the other."""
    news = [*_flat(corpus.core), *corpus.questions, *corpus.speech]
    order = list(range(len(news)))
    random.Random(3).shuffle(order)
    middle = len(order) // 2
    write_conllu([news[i] for i in order[:middle]], work / "half0.conllu")
    write_conllu([news[i] for i in order[middle:]], work / "half1.conllu")
    write_conllu(corpus.dev, work / "dev.conllu")


def _flat(groups: Iterable[Sequence[Sentence]]) -> list[Sentence]:
    return [sentence for group in groups for sentence in group]


def learning_files(corpus: Corpus, taggers: Sequence[Tagger], work: Path) -> None:
    """Write what the parser and the tagger learn from, and the held-out grafts."""
    frames = load_frames(patterns_dir() / "fr" / "grafts.tsv")
    tagged = dict(_jackknifed(taggers, work))
    chance = random.Random(5)
    questions, speech, grafts = drawn(corpus, frames, chance)
    natural = [tagged[_key(s)] for s in [*_flat(corpus.core), *questions, *speech]]
    write_conllu(natural + grafts, work / "parser-train.conllu")
    questions, some = _draw(chance, corpus.questions, TAGGER_QUESTIONS), _draw(chance, grafts, TAGGER_GRAFTS)
    write_conllu([*_flat(corpus.core), *questions, *taggers[0].complete(some), *speech], work / "tagger-train.conllu")
    write_conllu(taggers[0].retag(corpus.dev), work / "dev-pred.conllu")
    write_conllu(grafted(corpus.tests.values(), frames, 77), work / "graft-test.conllu")


def drawn(corpus: Corpus, frames: Frames, chance: random.Random) -> tuple[list[Sentence], list[Sentence], list[Sentence]]:
    """The questions, the speech and the grafts that the parser learns from, besides all of `corpus.core`."""
    long_enough = [s for s in corpus.speech if len(s.rows) >= 8]
    questions = _draw(chance, corpus.questions, PARSER_QUESTIONS)
    return questions, _draw(chance, long_enough, PARSER_SPEECH), grafted(corpus.core, frames, 11, copies=2)


def grafted(groups: Iterable[Sequence[Sentence]], frames: Frames, seed: int, copies: int = 1) -> list[Sentence]:
    """Grafts of each group of sentences in turn."""
    return [s for group in groups for s in graft(group, frames, seed, copies=copies)]


def _draw(chance: random.Random, sentences: Sequence[Sentence], count: int) -> list[Sentence]:
    return chance.sample(sentences, min(count, len(sentences)))


def _jackknifed(taggers: Sequence[Tagger], work: Path) -> Iterator[tuple[tuple[str, ...], Sentence]]:
    for number, tagger in enumerate(taggers):
        half = list(read_conllu(work / f"half{1 - number}.conllu"))
        for own, sentence in zip(half, tagger.retag(half), strict=True):
            yield _key(own), sentence


def _key(sentence: Sentence) -> tuple[str, ...]:
    return (sentence.ident, *(row.form for row in sentence.rows))
