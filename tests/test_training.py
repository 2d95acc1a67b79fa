from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from quotes.syntax.contractions import Contractions
from quotes.syntax.graph import is_tree
from quotes.text.lexicon import patterns_dir
from quotes.training.compress import compress
from quotes.training.data import held_out_files, load_corpus, unpack
from quotes.training.evaluate import frame_scores, paragraphs
from quotes.training.frames import load_frames
from quotes.training.graft import graft
from quotes.training.learn import train_parser, train_tagger
from quotes.training.lemmas import lemma_dictionary
from quotes.training.tokens import expansions, tokens, train_contractions
from quotes.training.treebank import Row, Sentence, harmonise, read_conllu, sentence_text, write_conllu
from quotes.training.vectors import murmur_hash_64a
from tests.treebank_samples import write_treebank, write_vectors

TINY = "--hidden_dim 16 --char_hidden_dim 8 --char_emb_dim 6 --deep_biaff_hidden_dim 12"
PARSER = f"{TINY} --transformed_dim 8 --tag_emb_dim 6 --batch_size 30 --dropout 0 --word_dropout 0 --lr 0.02"
TAGGER = f"{TINY} --composite_deep_biaff_hidden_dim 6 --batch_size 3"


@pytest.fixture
def sentences(tmp_path: Path) -> list[Sentence]:
    return [harmonise(s) for s in read_conllu(write_treebank(tmp_path / "invented.conllu"))]


def test_read_drops_empty_nodes_and_keeps_contractions(tmp_path: Path) -> None:
    lines = [
        "# sent_id = a-1", "1\tElle\tlui\tPRON\t_\t_\t2\tnsubj\t_\t_", "1.1\tvide\t_\t_\t_\t_\t_\t_\t2:dep\t_",
        "2\tparle\tparler\tVERB\t_\t_\t0\troot\t_\t_", "3-4\tdu\t_\t_\t_\t_\t_\t_\t_\t_", "3\tde\tde\tADP\t_\t_\t5\tcase\t_\t_",
        "4\tle\tle\tDET\t_\t_\t5\tdet\t_\t_", "5\tport\tport\tNOUN\t_\t_\t2\tobl\t_\tSpaceAfter=No", "6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_",
    ]  # fmt: skip
    (tmp_path / "a.conllu").write_text("\n".join(lines) + "\n\n")
    (sentence,) = read_conllu(tmp_path / "a.conllu")
    assert [row.form for row in sentence.rows] == ["Elle", "parle", "de", "le", "port", "."]
    assert sentence.multiword == ((3, 4, "du", True),)
    assert sentence_text(sentence) == "Elle parle du port."
    assert tokens(sentence)[2] == ("du", True)
    assert ("du", "de le") in expansions([sentence])
    write_conllu([sentence], tmp_path / "b.conllu")
    assert list(read_conllu(tmp_path / "b.conllu")) == [sentence]


def test_harmonise_labels_and_features(sentences: list[Sentence]) -> None:
    assert sentences[4].rows[5].deprel == "appos"
    assert sentences[3].rows[6].deprel == "obl:agent"
    assert sentences[0].rows[3].deprel == "obl"
    assert sentences[0].rows[0].feats == "Gender=Masc|Number=Sing"


def test_grafts_are_trees(sentences: list[Sentence]) -> None:
    frames = load_frames(patterns_dir() / "fr" / "grafts.tsv")
    grafts = list(graft(sentences, frames, seed=4, copies=30))
    assert len(grafts) > 100
    for sentence in grafts:
        assert is_tree(np.array([row.head for row in sentence.rows])), sentence_text(sentence)
        assert {row.form for row in sentence.rows} & {"«", "“", '"', ",", "que", "qu'", "Selon", "Pour", "selon"}
    gold = [[(row.head, row.deprel.split(":")[0]) for row in sentence.rows] for sentence in grafts]
    scores = frame_scores(grafts, gold)
    assert (scores.subject, scores.reported) == (1, 1)
    assert scores.verbs > 50


def test_grafts_write_contractions(sentences: list[Sentence]) -> None:
    frames = load_frames(patterns_dir() / "fr" / "grafts.tsv")
    texts = [sentence_text(s) for s in graft(sentences, frames, seed=4, copies=60)]
    assert any(" du " in text for text in texts)
    assert not any(" de le " in text or " à le " in text for text in texts)


def test_lemma_dictionary_inflects_what_it_knows(sentences: list[Sentence]) -> None:
    known = lemma_dictionary([sentences], ["déclarer"])
    assert known["VERB"]["rouvrira"] == known["VERB"]["rouvraient"] == "rouvrir"
    assert known["VERB"]["déclarait"] == "déclarer"
    assert known["NOUN"]["ponts"] == "pont"
    assert known["DET"]["La"] == "le"


def test_contractions_are_learnt(tmp_path: Path) -> None:
    def sentence(*forms: str, several: bool) -> Sentence:
        rows = tuple(Row(form, form, "X", "_", int(n > 0), "dep") for n, form in enumerate(forms))
        return Sentence(rows, ((2, 3, "des", True),) if several else ())

    known = [sentence("près", "de", "les", "ponts", several=True), sentence("voit", "des", "ponts", several=False)] * 8
    train_contractions(known, write_vectors(tmp_path / "v.pt"), tmp_path / "tokenize.pt")
    contractions = Contractions(tmp_path / "tokenize.pt")
    assert contractions.find(["Près", "des", "écoles"]) == [False, True, False]
    assert contractions.find(["Elle", "voit", "des", "écoles", "au", "port"]) == [False, False, False, False, True, False]


def test_hash_of_spacy_keys() -> None:
    assert murmur_hash_64a(b"coffee", seed=1) == 3197928453018144401


def test_roles_go_by_file_name(tmp_path: Path) -> None:
    for name in ("fr_alpha-ud-train", "fr_alpha-ud-dev", "fr_alpha-ud-test", "fr_beta-ud-dev", "fr_beta-ud-test", "fr_gamma-ud-test"):
        write_treebank(tmp_path / f"{name}.conllu")
    corpus = load_corpus(unpack(tmp_path, tmp_path))
    assert len(corpus.core) == 3
    assert set(corpus.tests) == set(held_out_files(tmp_path)) == {"alpha", "beta"}
    assert len(corpus.dev) == 6


def test_a_folder_without_treebanks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no -train, -dev or -test \.conllu file"):
        load_corpus(tmp_path)


def test_parser_learns_resumes_and_is_stored_small(tmp_path: Path) -> None:
    data, vectors, out = write_treebank(tmp_path / "t.conllu"), write_vectors(tmp_path / "v.pt"), tmp_path / "parser.pt"
    train_parser(data, data, vectors, out, 4, PARSER.split())
    first = torch.load(out, weights_only=True)
    assert not out.with_suffix(".checkpoint").exists()
    las = train_parser(data, data, vectors, out, 40, PARSER.split())
    assert las > 0.5
    compress(out, tmp_path / "small.pt")
    small = torch.load(tmp_path / "small.pt", weights_only=True)
    assert {t.dtype for t in small["model"].values() if t.is_floating_point()} == {torch.float16}
    assert small["model"].keys() == first["model"].keys()
    assert not any(str(tmp_path) in str(value) for value in small["config"].values())


def test_a_warm_restart_begins_where_the_parser_ended(tmp_path: Path) -> None:
    data, vectors, first, again = (
        write_treebank(tmp_path / "t.conllu"),
        write_vectors(tmp_path / "v.pt"),
        tmp_path / "1.pt",
        tmp_path / "2.pt",
    )
    before = train_parser(data, data, vectors, first, 40, PARSER.split())
    after = train_parser(data, data, vectors, again, 2, PARSER.split(), first)
    assert before > 0.5
    assert after > 0.5
    fresh = train_parser(data, data, vectors, tmp_path / "3.pt", 2, PARSER.split())
    assert fresh < after


def test_training_goes_on_from_its_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, vectors, out = write_treebank(tmp_path / "t.conllu"), write_vectors(tmp_path / "v.pt"), tmp_path / "tagger.pt"
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.unlink", lambda *args, **options: None)
        train_tagger(data, data, vectors, out, 4, TAGGER.split())
    state = torch.load(out.with_suffix(".checkpoint"), weights_only=False)
    assert state["step"] == 4
    seen: list[int] = []

    def schedule(step: int, steps: int) -> float:
        seen.append(step)
        return 1.0

    monkeypatch.setattr("quotes.training.learn._schedule", schedule)
    accuracy = train_tagger(data, data, vectors, out, 9, TAGGER.split())
    assert seen == [5, 6, 7, 8, 9]
    assert accuracy >= state["best"]


def test_headings_are_paragraphs_of_their_own() -> None:
    found = list(paragraphs(["Un.", "Deux.", "Titre", "Trois.", "Quatre.", "Cinq.", "Six.", "Sept.", "Huit."]))
    assert found == ["Un. Deux.", "Titre", "Trois. Quatre. Cinq. Six. Sept.", "Huit."]


def test_rows_are_values() -> None:
    row = Row("pont", "pont", "NOUN", "_", 0, "root")
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.form = "ponts"  # type: ignore[misc]


def test_a_model_without_weights_is_stored(tmp_path: Path) -> None:
    """The dictionary of contractions has none; the recipe once failed on it after its last step."""
    torch.save({"model": None, "dict": [("du", "de le")], "config": {"save_dir": "somewhere", "dict_only": True}}, tmp_path / "mwt.pt")
    compress(tmp_path / "mwt.pt", tmp_path / "small.pt")
    stored = torch.load(tmp_path / "small.pt", weights_only=True)
    assert stored == {"model": None, "dict": [("du", "de le")], "config": {"save_dir": None, "dict_only": True}}
