"""The direct parser against Stanza's own way with the same models, and its parts."""

from __future__ import annotations

import functools
import pickle
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from quotes.syntax import memory
from quotes.syntax.checkpoints import read_checkpoint
from quotes.syntax.direct import DirectParser, OtherModelsError, load_parser
from quotes.syntax.forms import RowStore, plain_form
from quotes.syntax.lemmas import Lemmatizer
from quotes.syntax.models import FILES, models_dir
from quotes.syntax.packing import pack, portions
from quotes.syntax.parser import StanzaParser
from quotes.syntax.products import ENGINE, FloatProduct, WholeProduct
from quotes.syntax.tree import Tree
from tests.parses.build import stored
from tests.test_attribution import TREES

needs_models = pytest.mark.skipif(not all((models_dir() / name).is_file() for name in FILES), reason="the embedded models are not here")

ODD = [
    "",
    " \n ",
    "Oui",
    "« Quoi ?!? », a crié Anne !!! … ⁇!",
    "Le bac\n\n \nDU port\n\nest parti.",
    "Le prix du pain, DES œufs et Du lait des voisins : 10 000 € au total.",
    f"Il a dit {'a' * 1500} puis {'b' * 900}.",
    "Владимир 東京 ǆ et Ðorđević ont dit que 🙂 « Þór » serait là.",
    "a b c d e " * 30,
    "« Oui », dit-il, « les élues l'affirmeront-elles ? », dément le maire.",
]


@pytest.fixture(scope="module")
def direct() -> DirectParser:
    torch.set_num_threads(1)
    return DirectParser(models_dir())


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    return [*stored(TREES), *ODD]


@pytest.fixture(scope="module")
def expected(sentences: list[str]) -> list[Tree]:
    """Stanza's own trees."""
    torch.set_num_threads(1)
    return StanzaParser().parse(sentences)


@needs_models
def test_trees_in_floating_point_are_those_of_stanza(sentences: list[str], expected: list[Tree]) -> None:
    assert len(sentences) > 300
    found = DirectParser(models_dir(), FloatProduct).parse(sentences)
    assert [text for text, tree, other in zip(sentences, found, expected, strict=True) if tree != other] == []


@needs_models
def test_whole_numbers_change_few_words(direct: DirectParser, sentences: list[str], expected: list[Tree]) -> None:
    usual = len(sentences) - len(ODD)
    trees = zip(direct.parse(sentences[:usual]), expected[:usual], strict=True)
    pairs = [pair for tree, other in trees for pair in zip(tree, other, strict=True)]
    changed = sum(word != other for word, other in pairs)
    assert 0 < changed < 0.01 * len(pairs)


@needs_models
def test_whole_numbers_are_the_same_in_floating_point(direct: DirectParser, sentences: list[str]) -> None:
    plain = DirectParser(models_dir(), functools.partial(WholeProduct, fast=False))
    assert plain.parse(sentences) == direct.parse(sentences)


@pytest.mark.skipif(ENGINE not in torch.backends.quantized.supported_engines, reason="no FBGEMM here")
def test_products_of_whole_numbers() -> None:
    torch.manual_seed(3)
    weight, bias = torch.randn(96, 480), torch.randn(96)
    inputs = torch.cat([torch.rand(40, 480) * 4 - 2, torch.full((1, 480), 2.0), torch.full((1, 480), -2.0)])
    # The greatest sums there can be.
    weight[0] = 1
    fast, plain = (WholeProduct(weight, bias, 2, fast=fast)(inputs) for fast in (True, False))
    assert torch.allclose(fast, plain, rtol=1e-6, atol=1e-5)
    assert torch.allclose(fast, FloatProduct(weight, bias)(inputs), atol=1.5)


@needs_models
def test_what_was_parsed_before_does_not_matter(direct: DirectParser, monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = list(stored(TREES))[:40]
    monkeypatch.setattr("quotes.syntax.tagger.FORMS", 50)
    monkeypatch.setattr("quotes.syntax.arcs.FORMS", 50)
    small = DirectParser(models_dir())
    first, second = small.parse(sentences), small.parse(sentences[::-1])[::-1]
    assert first == second == direct.parse(sentences)
    assert len(small._tagger._rows) == len(small._arcs._rows) == 50


@needs_models
def test_lemmas_are_kept_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.syntax.lemmas.FORMS", 2)
    lemmatizer = Lemmatizer(torch.load(models_dir() / "lemma.pt", weights_only=True))
    words = [("flibustaillèrent", "VERB"), ("pataquestoir", "NOUN"), ("grabouillaient", "VERB"), ("est", "AUX")]
    with torch.inference_mode():
        assert lemmatizer.find(words) == lemmatizer.find(words)
    assert list(lemmatizer._known) == [("grabouillaient", "VERB"), ("flibustaillèrent", "VERB")]


@needs_models
def test_models_of_another_kind_are_left_to_stanza(tmp_path: Path) -> None:
    folder = shutil.copytree(models_dir(), tmp_path / "models")
    checkpoint = torch.load(folder / "mwt.pt", weights_only=True)
    torch.save(checkpoint | {"config": checkpoint["config"] | {"dict_only": False}}, folder / "mwt.pt")
    with pytest.raises(OtherModelsError, match=r"^dict_only$"):
        DirectParser(folder)
    assert isinstance(load_parser(), DirectParser)


def test_memory_is_released_where_the_library_can(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    for library in (SimpleNamespace(malloc_trim=asked.append), SimpleNamespace()):
        monkeypatch.setattr("ctypes.CDLL", lambda name, library=library: library)
        memory._trim.cache_clear()
        memory.release()
    memory._trim.cache_clear()
    assert asked == [0]


def test_pack_stands_words_side_by_side() -> None:
    packed = pack([3, 2])
    assert packed.sizes == (2, 2, 1)
    assert packed.places.tolist() == [0, 3, 1, 4, 2]
    assert packed.owners.tolist() == [0, 1, 0, 1, 0]
    assert packed.places[packed.back].tolist() == [0, 1, 2, 3, 4]


def test_portions_count_the_fillers() -> None:
    assert list(portions([1, 9, 4, 4, 3], 8)) == [[1], [2, 3], [4, 0]]
    assert list(portions([], 8)) == []


def test_rows_are_made_once_and_the_oldest_go() -> None:
    made: list[str] = []

    def make(keys: list[str]) -> torch.Tensor:
        made.extend(keys)
        return torch.tensor([[float(ord(key))] for key in keys])

    store: RowStore[str] = RowStore(3, 1, make)  # type: ignore[arg-type]
    assert store.take(["a", "b", "a"]).flatten().tolist() == [97, 98, 97]
    assert store.take(["c", "a", "d"]).flatten().tolist() == [99, 97, 100]
    assert made == ["a", "b", "c", "d"]
    assert store.take(["b", "a"]).flatten().tolist() == [98, 97]
    assert made[4:] == ["b"]
    assert store.take(["e", "f", "g", "h", "e"]).flatten().tolist() == [101, 102, 103, 104, 101]
    assert len(store) == 3


@pytest.mark.parametrize(("form", "plain"), [("?!?", "?"), ("!!", "!"), ("?", "?"), ("…", "…"), ("?a", "?a"), ("‼⁉", "‼⁉")])
def test_plain_form(form: str, plain: str) -> None:
    assert plain_form(form) == plain


@pytest.mark.parametrize("zipped", [True, False])
def test_a_checkpoint_is_read_as_torch_reads_it(tmp_path: Path, zipped: bool) -> None:
    stored = {"model": {"w": torch.ones(2).half(), "n": torch.tensor([3])}, "dicts": b"\x00\xff", "vocab": {"a": [1, "é"]}}
    torch.save(stored, tmp_path / "a.pt", _use_new_zipfile_serialization=zipped)
    found = read_checkpoint(tmp_path / "a.pt")
    assert found["model"]["w"].dtype == torch.float32
    assert (found["model"]["n"].tolist(), found["dicts"], found["vocab"]) == ([3], b"\x00\xff", {"a": [1, "é"]})


def test_a_checkpoint_that_would_run_something_is_refused(tmp_path: Path) -> None:
    torch.save({"model": Path("a")}, tmp_path / "a.pt")
    with pytest.raises(pickle.UnpicklingError, match=r"^a model file has no use for pathlib\."):
        read_checkpoint(tmp_path / "a.pt")
