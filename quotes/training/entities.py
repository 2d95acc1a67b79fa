"""A Stanza recogniser of names (Person, Location, Organization) from news annotated with brat, one folder a month.

It is not among the shipped models: attribution finds its speakers through the trees.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from stanza.models import ner_tagger as ner_cli

from quotes.syntax.words import tokenize
from quotes.text.marks import find_quotations
from quotes.text.sentences import sentences as split_sentences

__all__ = ["Months", "read_article", "split_months", "train_entities"]

KINDS = ("Person", "Location", "Organization")
SETTINGS = [
    "--shorthand", "fr_quotes", "--cpu", "--seed", "1", "--no_emb_finetune", "--hidden_dim", "128", "--char_hidden_dim", "60",
    "--char_emb_dim", "40", "--dropout", "0.4", "--word_dropout", "0.05", "--optim", "adam", "--lr", "0.002", "--min_lr", "0.0001",
    "--patience", "2", "--batch_size", "32", "--max_batch_words", "1600", "--no_lowercase", "--log_step", "100",
]  # fmt: skip

# A sentence: words with their tag in the BIO scheme.
Tagged = list[tuple[str, str]]
Months = dict[str, list[Path]]


def split_months(folder: Path, held_out: int = 6) -> tuple[Months, Months, Months]:
    """Articles (`.txt` with `.ann`) by month: to learn from, to tune on and to score, whole months apart.

    Of every `held_out` months the last is for scores and the one before for tuning.
    """
    months: Months = {}
    for path in sorted(folder.rglob("*.ann")):
        months.setdefault("/".join(path.relative_to(folder).parts[:2]), []).append(path.with_suffix(".txt"))
    parts: tuple[Months, Months, Months] = ({}, {}, {})
    for number, (month, files) in enumerate(months.items()):
        place = number % held_out
        parts[2 if place == held_out - 1 else 1 if place == held_out - 2 else 0][month] = files
    return parts


def read_article(path: Path) -> Iterator[Tagged]:
    """The sentences of an article with the tags of its annotation."""
    text = path.read_text(encoding="utf8")
    spans = _annotations(path.with_suffix(".ann"))
    for sentence in split_sentences(text, find_quotations(text)):
        words: Tagged = []
        before: tuple[int, int, str] | None = None
        for start, end in tokenize(text[sentence.start : sentence.end]):
            place = sentence.start + start
            span = next((s for s in spans if s[0] <= place < s[1]), None)
            tag = f"{'I' if span == before else 'B'}-{span[2]}" if span else "O"
            words.append((text[place : sentence.start + end], tag))
            before = span
        if words:
            yield words


def _annotations(path: Path) -> list[tuple[int, int, str]]:
    found = []
    for line in path.read_text(encoding="utf8").splitlines():
        cells = line.split("\t")
        if line.startswith("T") and len(cells) > 2:
            kind, *offsets = cells[1].replace(";", " ").split(" ")
            if kind in KINDS:
                found.append((int(offsets[0]), int(offsets[-1]), kind))
    return sorted(found)


def train_entities(folder: Path, vectors: Path, out: Path, work: Path, steps: int) -> None:
    """Train on all months but the held-out ones; what they hold is written to `work`/entities-test.json."""
    files = {}
    for name, months in zip(("train", "dev", "test"), split_months(folder), strict=True):
        files[name] = work / f"entities-{name}.json"
        _write([sentence for paths in months.values() for path in paths for sentence in read_article(path)], files[name])
    options = ["--wordvec_pretrain_file", str(vectors), "--word_emb_dim", "128", "--max_steps", str(steps), "--eval_interval", "200"]
    options += ["--train_file", str(files["train"]), "--eval_file", str(files["dev"])]
    ner_cli.main([*SETTINGS, *options, "--save_dir", str(out.parent), "--save_name", out.name])


def _write(sentences: Sequence[Tagged] | Iterable[Tagged], path: Path) -> None:
    path.write_text(json.dumps([[{"text": form, "ner": tag} for form, tag in sentence] for sentence in sentences]), encoding="utf8")
