"""One table of what the models can do, measured on treebanks they never saw.

Attachment scores are those of the CoNLL 2018 shared task: subtypes are ignored, gold files are taken as they come.
"""

from __future__ import annotations

import dataclasses
import io
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.utils import ud_scores
from stanza.utils.conll import CoNLL

from quotes.syntax.entities import EntityTagger, token_spans
from quotes.syntax.models import ENTITIES, FILES, resolve
from quotes.syntax.pipeline import build_pipeline
from quotes.text.lexicon import patterns_dir
from quotes.text.marks import find_quotations
from quotes.text.sentences import sentences as split_sentences
from quotes.training.data import grafted, held_out_files, load_corpus, unpack
from quotes.training.entities import read_annotated
from quotes.training.frames import load_frames
from quotes.training.ner import TEST, entity_scores
from quotes.training.treebank import Sentence, harmonise, read_conllu, sentence_text, write_conllu

__all__ = ["Evaluation", "FrameScores", "evaluate", "frame_scores"]

PARAGRAPH = 5
STOPS = '.!?…»”":;'


@dataclasses.dataclass(frozen=True, slots=True)
class Evaluation:
    """Rows of measures; `str()` is a Markdown table."""

    rows: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return "\n".join(["| measure | value |", "|---|---|", *(f"| {name} | {value} |" for name, value in self.rows)])


@dataclasses.dataclass(frozen=True, slots=True)
class FrameScores:
    """Shares (0 to 1) of reporting verbs whose subject and whose reported clause were found, and how many were asked."""

    subject: float
    reported: float
    subjects: int
    verbs: int


def evaluate(models: Path | None, treebanks: Path, baseline: Path | None = None, entities: Path | None = None) -> Evaluation:
    """Score the models of a folder on the held-out files of `treebanks`; `baseline` is a folder with a parser to race against,
    `entities` annotated news (see `read_annotated`) whose kept months score the named entities.
    """
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        folder = unpack(treebanks, work)
        pipeline = build_pipeline(models)
        rows: list[tuple[str, str]] = []
        for treebank, path in held_out_files(folder).items():
            rows += [(f"{treebank} test, {measure}", value) for measure, value in _treebank_rows(pipeline, path)]
        grafts = grafted(load_corpus(folder).tests.values(), load_frames(patterns_dir() / "fr" / "grafts.tsv"), 77)
        rows += _graft_rows(pipeline, grafts, work)
        rows += _speed_rows(models, list(held_out_files(folder).values()), baseline)
        rows += _entity_rows(models, entities, work) if entities is not None else []
    files = [resolve(models).folder / file for file in (*FILES, ENTITIES)]
    size = sum(file.stat().st_size for file in files if file.is_file())
    return Evaluation((*rows, ("size of all files", f"{size / 1e6:.1f} MB")))


def _treebank_rows(pipeline: Any, path: Path) -> Iterable[tuple[str, str]]:
    gold = [harmonise(sentence) for sentence in read_conllu(path)]
    document = _tagged(pipeline, path)
    scores = ud_scores(str(path), _conllu(document))
    yield "gold tokens", _percents(scores, "UPOS", "Lemmas", "UAS", "LAS")
    yield "gold tokens, features", f"{100 * _features_right(document, gold):.2f}"
    yield "raw text", _percents(_raw_scores(pipeline, path, gold), "Tokens", "Words", "Sentences", "UPOS", "UAS", "LAS")


def _tagged(pipeline: Any, path: Path) -> Any:
    """The document of a CoNLL-U file with tags, lemmas and trees of the pipeline on its own words."""
    document = CoNLL.conll2doc(str(path))
    for sentence in document.sentences:
        sentence.empty_words = []
    with torch.inference_mode():
        for step in ("pos", "lemma", "depparse"):
            document = pipeline.processors[step].process(document)
    return document


def _conllu(document: Any) -> io.StringIO:
    return io.StringIO(format(document, "C") + "\n\n")


def _percents(scores: Mapping[str, Any], *names: str) -> str:
    return ", ".join(f"{name} {100 * scores[name].f1:.2f}" for name in names)


def _features_right(document: Any, gold: Iterable[Sentence]) -> float:
    found = [word.feats or "_" for sentence in document.sentences for word in sentence.words]
    expected = [row.feats for sentence in gold for row in sentence.rows]
    right = sum(bool(a == b) for a, b in zip(found, expected, strict=True))
    return right / len(expected)


def _raw_scores(pipeline: Any, path: Path, gold: Iterable[Sentence]) -> Mapping[str, Any]:
    """Scores from running text, cut into sentences as articles are."""
    text = "\n".join(paragraphs([sentence_text(sentence) for sentence in gold]))
    spans = split_sentences(text, find_quotations(text))
    with torch.inference_mode():
        document = pipeline("\n\n".join(text[span.start : span.end] for span in spans))
    scores: Mapping[str, Any] = ud_scores(str(path), _conllu(document))
    return scores


def paragraphs(sentences: Iterable[str]) -> Iterator[str]:
    """Paragraphs of five sentences; what ends without a stop is a heading on a line of its own."""
    group: list[str] = []
    for text in sentences:
        heading = text[-1] not in STOPS
        if group and (heading or len(group) == PARAGRAPH):
            yield " ".join(group)
            group = []
        group.append(text)
        if heading:
            yield " ".join(group)
            group = []
    if group:
        yield " ".join(group)


def _graft_rows(pipeline: Any, grafts: list[Sentence], work: Path) -> Iterable[tuple[str, str]]:
    path = work / "grafts.conllu"
    write_conllu(grafts, path)
    document = _tagged(pipeline, path)
    trees = [[(word.head, word.deprel.split(":")[0]) for word in sentence.words] for sentence in document.sentences]
    scores = frame_scores(grafts, trees)
    yield "held-out frames, subject of the cue", f"{100 * scores.subject:.2f} of {scores.subjects}"
    yield "held-out frames, head of the reported clause", f"{100 * scores.reported:.2f} of {scores.verbs}"
    yield "held-out frames, gold tokens", _percents(ud_scores(str(path), _conllu(document)), "UPOS", "UAS", "LAS")
    yield "held-out frames, raw text", _percents(_raw_scores(pipeline, path, grafts), "Tokens", "Words", "Sentences", "UPOS", "UAS", "LAS")


def frame_scores(gold: Iterable[Sentence], trees: Iterable[list[tuple[int, str]]]) -> FrameScores:
    """How often the frame's verb has its subject and the reported clause: `trees` hold head and relation of every word."""
    lemmas = {verb[0].removeprefix("s'").removeprefix("se_") for verb in load_frames(patterns_dir() / "fr" / "grafts.tsv").verbs}
    subjects, reported = [], []
    for sentence, tree in zip(gold, trees, strict=True):
        for cue, row in enumerate(sentence.rows, 1):
            if row.upos != "VERB" or row.lemma not in lemmas:
                continue
            clause = next((n for n, r in enumerate(sentence.rows, 1) if r.head == cue and r.deprel == "ccomp"), 0)
            if not clause and row.deprel != "parataxis":
                continue
            reported.append(tree[clause - 1][0] == cue if clause else tree[cue - 1][0] == row.head)
            words = [n for n, r in enumerate(sentence.rows, 1) if r.head == cue and r.deprel.startswith("nsubj")]
            subjects += [tree[n - 1] == (cue, "nsubj") for n in words]
    return FrameScores(_share(subjects), _share(reported), len(subjects), len(reported))


def _share(answers: list[bool]) -> float:
    return sum(answers) / max(1, len(answers))


def _entity_rows(models: Path | None, source: Path, work: Path) -> Iterable[tuple[str, str]]:
    documents = [document for document in read_annotated(source, work) if document.part in TEST]
    tagger = EntityTagger.load(models)
    for kind, scores in entity_scores(tagger, documents).items():
        yield f"entities, {kind}", "P {:.2f}, R {:.2f}, F1 {:.2f}".format(*(100 * score for score in scores))
    precision, recall, f1 = entity_scores(tagger, documents, nested=True)["all"]
    yield "entities, all, nested ones wanted too", f"P {100 * precision:.2f}, R {100 * recall:.2f}, F1 {100 * f1:.2f}"
    texts = [document.text for document in documents]
    words = sum(len(spans) for text in texts for spans in token_spans(text))
    yield "speed, entities with their tokens, words/s", f"{words / _seconds(partial(tagger.find, texts)):,.0f}"


def _speed_rows(models: Path | None, files: list[Path], baseline: Path | None) -> Iterable[tuple[str, str]]:
    pipeline = build_pipeline(models)
    documents = [CoNLL.conll2doc(str(path)) for path in files]
    words = sum(document.num_words for document in documents)
    text = "\n\n".join(sentence_text(sentence) for path in files for sentence in read_conllu(path))
    yield "speed, all steps, words/s", f"{words / _seconds(partial(pipeline, text)):,.0f}"
    steps = {step: pipeline.processors[step] for step in ("pos", "lemma", "depparse")}
    if baseline:
        steps["depparse of the baseline"] = _baseline_parser(models, baseline)
    for step, processor in steps.items():
        yield f"speed, {step}, words/s", f"{words / _seconds(partial(_run, processor, documents)):,.0f}"


def _run(processor: Any, documents: Iterable[Any]) -> None:
    for document in documents:
        processor.process(document)


def _seconds(task: Callable[[], Any], rounds: int = 2) -> float:
    """The best time of a few rounds."""
    times = []
    with torch.inference_mode():
        for _ in range(rounds):
            started = time.perf_counter()
            task()
            times.append(time.perf_counter() - started)
    return min(times)


def _baseline_parser(models: Path | None, baseline: Path) -> Any:
    """Another parser, run by Stanza alone."""
    import stanza

    options = {"depparse_model_path": str(baseline / "depparse.pt"), "depparse_pretrain_path": str(baseline / "vectors.pt")}
    common: dict[str, Any] = {"download_method": None, "use_gpu": False, "verbose": False, "allow_unknown_language": True}
    pipeline = stanza.Pipeline(
        "fr", dir=str(resolve(models).folder), processors="tokenize,depparse", tokenize_pretokenized=True, depparse_pretagged=True,
        **common, **options,
    )  # fmt: skip
    return pipeline.processors["depparse"]
