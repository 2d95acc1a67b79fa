"""Training of Stanza's tokenizer and multiword expander on the treebanks' surface texts.

The pipeline splits sentences itself, so what counts is words: marks with and without spaces, both
apostrophes, and whether *des* is an article or *de* + *les*.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from stanza.models import mwt_expander as mwt_cli
from stanza.models import tokenizer as tokenizer_cli
from stanza.models.mwt.data import DataLoader as MwtLoader
from stanza.models.mwt.trainer import Trainer as MwtTrainer
from stanza.utils.conll import CoNLL

from quotes.training.treebank import Sentence, read_conllu

__all__ = ["expansions", "labelled_text", "train_mwt", "train_tokenizer", "vary"]

# A surface token: its form, whether a space follows, whether it covers several words.
Token = tuple[str, bool, bool]

CONTRACTIONS = {
    "du": "de le", "des": "de les", "duquel": "de lequel", "desquels": "de lesquels", "desquelles": "de lesquelles",
    "au": "à le", "aux": "à les", "auquel": "à lequel", "auxquels": "à lesquels", "auxquelles": "à lesquelles",
}  # fmt: skip
SETTINGS = [
    "--lang", "fr", "--shorthand", "fr_quotes", "--cpu", "--seed", "1", "--max_seqlen", "300", "--batch_size", "32", "--dropout", "0.2",
    "--unit_dropout", "0.1", "--lr0", "0.003", "--conv_res", "1,9", "--hidden_dim", "64", "--use_mwt", "--report_steps", "100",
    "--anneal", "0.7", "--anneal_after", "500",
]  # fmt: skip


def tokens(sentence: Sentence) -> list[Token]:
    """The surface tokens of a sentence."""
    starts = {token[0]: token for token in sentence.multiword}
    covered = {n for first, last, *_ in sentence.multiword for n in range(first, last + 1)}
    found: list[Token] = []
    for number, row in enumerate(sentence.rows, 1):
        if number in starts:
            found.append((starts[number][2], starts[number][3], True))
        elif number not in covered:
            found.append((row.form, row.space_after, False))
    return found


def vary(found: Sequence[Token], chance: random.Random) -> list[Token]:
    """The same tokens as another typist might write them: apostrophes, spaces inside marks and before double punctuation."""
    varied = list(found)
    if chance.random() < 0.4:
        varied = [(form.replace("'", "’"), space, multi) for form, space, multi in varied]
    tight = chance.random() < 0.25
    pair = chance.choice([("«", "»"), ("“", "”"), ('"', '"')]) if chance.random() < 0.3 else ("«", "»")
    inside = False
    for number, (form, space, multi) in enumerate(varied):
        if form in "«»":
            varied[number] = (pair[form == "»"], space and not (tight and form == "«"), multi)
        if number and tight and (form in (";", ":", "!", "?", "»") or (form == '"' and inside)):
            previous = varied[number - 1]
            varied[number - 1] = (previous[0], False, previous[2])
        if form == '"':
            inside = not inside
            varied[number] = (form, space and not (tight and inside), multi)
    return varied


def labelled_text(paragraphs: Iterable[Sequence[Sequence[Token]]]) -> tuple[str, str]:
    """The text of paragraphs and a label for each character: 1 ends a token, 2 a sentence, 3 and 4 the same for multiword tokens."""
    texts, labels = [], []
    for sentences in paragraphs:
        text, label = "", ""
        for sentence in sentences:
            for number, (form, space, multi) in enumerate(sentence, 1):
                end = number == len(sentence)
                text += form + " " * (space or end)
                label += "0" * (len(form) - 1) + str(1 + end + 2 * multi) + "0" * (space or end)
        texts.append(text.rstrip())
        labels.append(label[: len(texts[-1])])
    return "\n\n".join(texts) + "\n", "\n\n".join(labels) + "\n"


def train_tokenizer(train: Sequence[Sentence], dev: Sequence[Sentence], out: Path, work: Path, steps: int) -> None:
    """Train a tokenizer on sentences, once as they are and once varied; keep the one that is best on `dev`."""
    chance = random.Random(1)
    plain = [tokens(s) for s in train]
    known = _paragraphs(plain + [vary(t, chance) for t in plain], chance)
    held_out = _paragraphs([vary(tokens(s), chance) for s in dev], chance)
    partial = out.with_suffix(".partial")
    arguments = [*SETTINGS, "--steps", str(steps), "--eval_steps", str(max(1, steps // 10))]
    arguments += ["--save_dir", str(out.parent), "--save_name", partial.name]
    for name, paragraphs, text_option, label_option in (
        ("train", known, "--txt_file", "--label_file"),
        ("dev", held_out, "--dev_txt_file", "--dev_label_file"),
    ):
        text, labels = labelled_text(paragraphs)
        (work / f"tokens-{name}.txt").write_text(text, encoding="utf8")
        (work / f"tokens-{name}.labels").write_text(labels, encoding="utf8")
        arguments += [text_option, str(work / f"tokens-{name}.txt"), label_option, str(work / f"tokens-{name}.labels")]
    counts = Counter(expansions(train))
    pairs = [[[form, words.split()], count] for (form, words), count in counts.items()]
    (work / "tokens-mwt.json").write_text(json.dumps(pairs), encoding="utf8")
    tokenizer_cli.main([*arguments, "--mwt_json_file", str(work / "tokens-mwt.json")])
    partial.replace(out)


def _paragraphs(sentences: Sequence[list[Token]], chance: random.Random) -> list[list[list[Token]]]:
    """One to four sentences that follow each other, in random order."""
    groups, position = [], 0
    while position < len(sentences):
        size = chance.choice([1, 1, 2, 3, 4])
        groups.append(list(sentences[position : position + size]))
        position += size
    chance.shuffle(groups)
    return groups


def expansions(sentences: Iterable[Sentence]) -> list[tuple[str, str]]:
    """Multiword tokens and their words, in lower case, with the contractions every French text may hold."""
    found = list(CONTRACTIONS.items())
    for sentence in sentences:
        for first, last, form, _ in sentence.multiword:
            found.append((form.lower(), " ".join(row.form for row in sentence.rows[first - 1 : last]).lower()))
    return [(form, words) for form, words in found if " " in words]


def train_mwt(conllu: Path, out: Path) -> None:
    """Write an expander of the multiword tokens of a CoNLL-U file: a dictionary, no network."""
    args: dict[str, Any] = vars(mwt_cli.parse_args(["--lang", "fr", "--shorthand", "fr_quotes", "--dict_only", "--cpu"]))
    loader = MwtLoader(CoNLL.conll2doc(str(conllu)), args["batch_size"], args, evaluation=False)
    args["vocab_size"] = loader.vocab.size
    trainer = MwtTrainer(args=args, vocab=loader.vocab, device="cpu")
    trainer.train_dict(expansions(read_conllu(conllu)))
    trainer.save(str(out))
