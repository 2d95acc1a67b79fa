from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from stanza.models import parser as parser_cli
from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root
from stanza.models.depparse.data import DataLoader
from stanza.models.depparse.model import GraphParser
from stanza.models.depparse.trainer import GraphTrainer
from stanza.utils.conll import CoNLL

from quotes.syntax.graph import ArcParser, best_tree, is_tree
from quotes.training.learn import load_pretrain
from tests.treebank_samples import write_treebank, write_vectors

OPTIONS = "--no_linearization --no_distance --no_xpos --no_ufeats --word_emb_dim 0 --cpu --lang fr --shorthand fr_quotes --batch_size 500"
OPTIONS += " --hidden_dim 16 --char_hidden_dim 8 --char_emb_dim 6 --deep_biaff_hidden_dim 12 --transformed_dim 8 --tag_emb_dim 6"


@pytest.mark.parametrize(
    ("heads", "answer"),
    [([0], True), ([2, 0, 2], True), ([0, 0], False), ([2, 1, 0], False), ([2, 3, 1], False), ([3, 1, 0, 5, 3], True)],
)
def test_is_tree(heads: list[int], answer: bool) -> None:
    assert is_tree(np.array(heads)) is answer


@pytest.mark.parametrize("words", [1, 2, 3, 5, 12, 30])
def test_best_tree_is_that_of_stanza(words: int) -> None:
    random = np.random.default_rng(words)
    for _ in range(40):
        scores = random.normal(scale=2, size=(words + 1, words + 1)).astype(np.float32)
        # Most sentences have several words that would be the root.
        scores[:, 0] += random.choice([-3, 0, 3])
        np.fill_diagonal(scores, -np.inf)
        expected = chuliu_edmonds_one_root(torch.log_softmax(torch.from_numpy(scores), 1).numpy())
        assert best_tree(scores).tolist() == expected[1:].tolist()


@pytest.fixture
def random_parser(tmp_path: Path) -> tuple[Any, Any]:
    """Stanza's own parser with random weights, and a batch for it."""
    torch.manual_seed(7)
    args = parser_cli.parse_args(OPTIONS.split())
    pretrain = load_pretrain(write_vectors(tmp_path / "vectors.pt"))
    document = CoNLL.conll2doc(str(write_treebank(tmp_path / "train.conllu")))
    loader = DataLoader(document, 500, args, pretrain)
    trainer = GraphTrainer(args=args, vocab=loader.vocab, pretrain=pretrain, device="cpu")
    # Stanza begins with zeros here, and all trees would be equally good.
    for scorer in (trainer.model.unlabeled, trainer.model.deprel):
        torch.nn.init.normal_(scorer.scorer.W_bilin.weight)
    trainer.model.eval()
    return trainer, next(iter(DataLoader(document, 500, args, pretrain, vocab=loader.vocab, evaluation=True)))


def test_arc_parser_answers_as_stanza_does(random_parser: tuple[Any, Any]) -> None:
    trainer, batch = random_parser
    assert type(trainer.model) is GraphParser
    with torch.no_grad():
        expected = trainer.predict(batch)
        trainer.model.__class__ = ArcParser
        found = trainer.predict(batch)
    assert found == expected
    assert all(is_tree(np.array([head for head, _ in sentence])) for sentence in found)


def test_arc_parser_has_a_finite_loss(random_parser: tuple[Any, Any]) -> None:
    trainer, batch = random_parser
    trainer.model.__class__ = ArcParser
    value, _ = trainer.model.loss(*batch[:11], *batch[12:16])
    assert torch.isfinite(value)
