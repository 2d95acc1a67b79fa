from __future__ import annotations

import itertools
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from stanza.models import parser as parser_cli
from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root
from stanza.models.depparse.data import DataLoader
from stanza.models.depparse.model import GraphParser
from stanza.models.depparse.trainer import GraphTrainer
from stanza.utils.conll import CoNLL

from quotes.syntax.graph import ArcParser, best_tree, is_tree, spanning_tree
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


def heaviest(weights: NDArray[np.float64]) -> float:
    """The weight of the best tree, by trying all."""
    size = len(weights)
    trees = (heads for heads in itertools.product(range(size), repeat=size - 1) if _leads_to_root(heads))
    return max(weight_of(weights, heads) for heads in trees)


def _leads_to_root(heads: Sequence[int]) -> bool:
    for word in range(1, len(heads) + 1):
        for _ in heads:
            word = heads[word - 1] if word else 0
        if word:
            return False
    return True


def weight_of(weights: NDArray[np.float64], heads: Sequence[int]) -> float:
    return float(sum(weights[word, head] for word, head in enumerate(heads, 1)))


def weighted(size: int, chance: np.random.Generator) -> NDArray[np.float64]:
    weights = chance.normal(size=(size, size))
    np.fill_diagonal(weights, -np.inf)
    # One root is preferred, as in the parser.
    weights[1:, 0] -= chance.choice([0.0, 3.0, 1e6])
    return weights


def test_the_spanning_tree_is_the_heaviest() -> None:
    chance = np.random.default_rng(7)
    for size in [2, 3, 4, 5, 6] * 12:
        weights = weighted(size, chance)
        found = spanning_tree(weights)[1:].tolist()
        assert _leads_to_root(found) and weight_of(weights, found) == pytest.approx(heaviest(weights))


def nested_cycles(size: int) -> NDArray[np.float64]:
    """Each word is drawn to the one before, which is drawn back: every cycle that is contracted makes another."""
    weights = np.full((size, size), -1e3)
    for word in range(2, size):
        weights[word, word - 1] = -float(word)
        weights[word - 1, word] = -float(word) - 0.5
    np.fill_diagonal(weights, -np.inf)
    weights[1:, 0] = -1e6
    return weights


def test_the_spanning_tree_keeps_one_matrix() -> None:
    """Cycle in cycle in cycle used to take a matrix and a call each: 5 GB for a page of JavaScript."""
    weights = nested_cycles(500)
    tracemalloc.start()
    heads = spanning_tree(weights)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert is_tree(heads[1:])
    assert peak < 5 * weights.nbytes


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
