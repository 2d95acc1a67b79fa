"""What the tokenizer learns: when *du* and *des* are contractions, and how contractions are written out.

The choice is a logistic regression on the two words before and the word after: their vectors, their endings, themselves.
For each frequent word it comes down to a few sums, which are all that is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import torch
from stanza.models import mwt_expander as mwt_cli
from stanza.models.common.pretrain import Pretrain
from stanza.models.mwt.data import DataLoader as MwtLoader
from stanza.models.mwt.trainer import Trainer as MwtTrainer
from stanza.utils.conll import CoNLL
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from quotes.syntax.contractions import ENDING, with_edges
from quotes.training.learn import load_pretrain
from quotes.training.treebank import Sentence, read_conllu

__all__ = ["expansions", "tokens", "train_contractions", "train_mwt"]

# Form, two words before, word after; and whether it is a contraction.
Example = tuple[tuple[str, str, str, str], bool]
PLACES = (1, 2, 3)
AMBIGUOUS = ("du", "des")
EXPANSIONS = {
    "du": "de le", "des": "de les", "duquel": "de lequel", "desquels": "de lesquels", "desquelles": "de lesquelles",
    "au": "à le", "aux": "à les", "auquel": "à lequel", "auxquels": "à lesquels", "auxquelles": "à lesquelles",
}  # fmt: skip


def tokens(sentence: Sentence) -> list[tuple[str, bool]]:
    """The surface tokens of a sentence, and whether each covers several words."""
    starts = {first: form for first, _, form, _ in sentence.multiword}
    covered = {n for first, last, *_ in sentence.multiword for n in range(first, last + 1)}
    found = []
    for number, row in enumerate(sentence.rows, 1):
        if number in starts:
            found.append((starts[number], True))
        elif number not in covered:
            found.append((row.form, False))
    return found


def _examples(sentences: Iterable[Sentence]) -> list[Example]:
    found = []
    for sentence in sentences:
        known = tokens(sentence)
        words = with_edges(form for form, _ in known)
        for place, (_, several) in enumerate(known, 2):
            if words[place] in AMBIGUOUS:
                found.append(((words[place], words[place - 2], words[place - 1], words[place + 1]), several))
    return found


class _Regression:
    """Weights of vectors, words and endings at each place: for both forms, and for *des* on top."""

    def __init__(self, examples: Sequence[Example], vectors: Pretrain, seldom: int = 3) -> None:
        self.vectors = vectors
        counts = [Counter(key for e, _ in examples for key in _keys(e[place])) for place in PLACES]
        # Number 0 is for what is unknown; its weight stays 0.
        self.known = [{key: n for n, key in enumerate(sorted(k for k, c in count.items() if c >= seldom), 1)} for count in counts]
        self.dense = torch.zeros(2, len(PLACES), vectors.emb.size(1), requires_grad=True)
        self.sparse = [torch.zeros(2, len(known) + 1, requires_grad=True) for known in self.known]
        self.bias = torch.zeros(2, requires_grad=True)

    def lookup(self, words: Sequence[str]) -> tuple[Tensor, list[Tensor]]:
        """Vectors of words, and at each place the numbers of their keys."""
        rows = torch.tensor([self.vectors.vocab.unit2id(word) for word in words])
        return self.vectors.emb[rows], [
            torch.tensor([[known.get(key, 0) for key in _keys(word)] for word in words]) for known in self.known
        ]

    def table(self, found: tuple[Tensor, list[Tensor]]) -> Tensor:
        """What words add (words x forms x places)."""
        dense = torch.einsum("fpd,wd->wfp", self.dense, found[0])
        columns = [(weights[:, keys] * (keys > 0)).sum(2).T for weights, keys in zip(self.sparse, found[1], strict=True)]
        both = dense + torch.stack(columns, 2)
        return torch.stack([both[:, 0], both[:, 0] + both[:, 1]], 1)

    def fit(self, examples: Sequence[Example], steps: int = 250) -> None:
        """Minimise the cross entropy of the examples."""
        words = sorted({e[place] for e, _ in examples for place in PLACES})
        number = {word: n for n, word in enumerate(words)}
        found = self.lookup(words)
        forms = torch.tensor([AMBIGUOUS.index(e[0]) for e, _ in examples])
        cells = [torch.tensor([number[e[place]] for e, _ in examples]) for place in PLACES]
        gold = torch.tensor([float(several) for _, several in examples])
        groups: list[dict[str, Any]] = [{"params": [self.dense], "weight_decay": 1e-3}, {"params": self.sparse, "weight_decay": 3e-4}]
        optimizer = torch.optim.Adam([*groups, {"params": [self.bias]}], lr=0.02)
        for _ in range(steps):
            table = self.table(found)
            scores = torch.stack([table[cell, forms, place] for place, cell in enumerate(cells)]).sum(0)
            optimizer.zero_grad()
            binary_cross_entropy_with_logits(self.bias[forms] + scores, gold).backward()  # type: ignore[no-untyped-call]
            optimizer.step()


def _keys(word: str) -> tuple[str, str]:
    """A word and its ending; of an ending, itself."""
    return word, "" if word.startswith(ENDING) else ENDING + word[-3:]


def train_contractions(sentences: Iterable[Sentence], vectors: Path, out: Path, frequent: int = 30_000) -> None:
    """Learn from treebank sentences, store the scores of the `frequent` first words of the vectors, and of words and endings met."""
    examples, pretrain = _examples(sentences), load_pretrain(vectors)
    model = _Regression(examples, pretrain)
    model.fit(examples)
    lower = [word for word in pretrain.vocab if word == word.lower()][:frequent]
    met = sorted({key for known in model.known for key in known})
    words = list(dict.fromkeys([*met, *lower]))
    with torch.no_grad():
        scores = torch.cat([model.table(model.lookup(words[n : n + 1000])) for n in range(0, len(words), 1000)]).flatten(1)
    bias = dict(zip(AMBIGUOUS, model.bias.tolist(), strict=True))
    partial = out.with_suffix(".partial")
    torch.save({"words": words, "scores": scores, "bias": bias}, partial)
    partial.replace(out)


def expansions(sentences: Iterable[Sentence]) -> list[tuple[str, str]]:
    """Multiword tokens and their words, in small letters, with the contractions any French text may hold."""
    found = list(EXPANSIONS.items())
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
