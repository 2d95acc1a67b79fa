from __future__ import annotations

import json
import random
from pathlib import Path

import msgpack
import numpy as np
import pytest
import torch

from quotes.model import Span
from quotes.syntax.entities import Entity, EntityTagger, consistent, groups, outermost, portions, token_spans
from quotes.syntax.models import ENTITIES, ModelError, entity_file, models_dir
from quotes.training.compress import compress
from quotes.training.entities import Annotated, Pool, Tagged, exact_scores, read_annotated, swapped, tagged
from quotes.training.lists import name_list
from quotes.training.ner import DEV, average_entities, entity_scores, restart_entities, train_entities
from quotes.training.vectors import murmur_hash_64a, shared_vectors

TINY = "--word_emb_dim 4 --hidden_dim 16 --num_layers 1 --char_hidden_dim 8 --char_emb_dim 6 --batch_size 4 --dropout 0 --word_dropout 0 --lr 0.03"
SENTENCES = ("Anne Morel a quitté Vélins.", "Le Parti bleu réunit Paul Dorin à Ormes.", "Paul Dorin a salué Anne Morel.")
NAMES = {"Anne Morel": "Person", "Paul Dorin": "Person", "Vélins": "Location", "Ormes": "Location", "Parti bleu": "Organization"}


def entity(text: str, form: str, kind: str) -> Entity:
    start = text.index(form)
    return Entity(Span(start, start + len(form)), kind)


def document(part: str, text: str) -> Annotated:
    return Annotated(part, text, tuple(entity(text, form, kind) for form, kind in NAMES.items() if form in text))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A spaCy package of vectors, as small as can be: two words share a row."""
    words, rows = ["Anne", "Paul", "quitté", "salué", "Ormes"], [0, 0, 1, 1, 2]
    folder = tmp_path / "package" / "vocab"
    folder.mkdir(parents=True)
    keys = {murmur_hash_64a(word.encode(), seed=1): row for word, row in zip(words, rows, strict=True)}
    (folder / "key2row").write_bytes(msgpack.packb(keys))
    (folder / "strings.json").write_text(json.dumps(words), encoding="utf8")
    with (folder / "vectors").open("wb") as file:
        np.save(file, np.random.default_rng(1).normal(size=(8, 6)).astype(np.float32))
    return folder.parent


def test_groups_of_both_schemes() -> None:
    expected = [(0, 2, "Person"), (2, 3, ""), (3, 4, "Location"), (4, 5, "Location")]
    assert list(groups(["B-Person", "I-Person", "O", "B-Location", "B-Location"])) == expected
    assert list(groups(["B-Person", "E-Person", "O", "S-Location", "S-Location"])) == expected


def test_outermost_entities() -> None:
    whole, inner, crossing = Entity(Span(0, 9), "Organization"), Entity(Span(4, 9), "Location"), Entity(Span(8, 12), "Person")
    assert outermost([crossing, inner, whole]) == (whole,)


def test_entities_written_alike_have_one_type() -> None:
    text = "Jan van Dal, Dal, van Dal, Ormes, Ormes, Ormes"
    places = [(0, 11, "Person"), (13, 16, "Location"), (18, 25, "Location"), (27, 32, "Person"), (34, 39, "Location"), (41, 46, "Location")]
    found = consistent(text, [Entity(Span(start, end), kind) for start, end, kind in places])
    assert [entity.kind for entity in found] == ["Person"] * 3 + ["Location"] * 3


def test_tokens_have_their_places_in_the_text() -> None:
    text = "Bonjour.\n\nL’île d'Ormes"
    assert [[span.of(text) for span in spans] for spans in token_spans(text)] == [["Bonjour", "."], ["L’", "île", "d'", "Ormes"]]


def test_read_brat_files(tmp_path: Path) -> None:
    folder = tmp_path / "2031" / "04"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("Le Tour d'Ormes 2031", encoding="utf8")
    (folder / "a.ann").write_text("T1\tEvent 3 20\tTour d'Ormes 2031\nT2\tLocation 10 15\tOrmes\nT3\tDate 16 20\t2031\n", encoding="utf8")
    (read,) = read_annotated(tmp_path, tmp_path)
    assert read == Annotated("2031/04", "Le Tour d'Ormes 2031", (Entity(Span(10, 15), "Location"),), (Entity(Span(3, 20), "Event"),))
    assert tagged(read) == [Tagged(("Le", "Tour", "d'", "Ormes", "2031"), ("O", "B-Event", "I-Event", "B-Location", "B-Event"))]


def test_an_entity_that_cuts_a_token_is_widened() -> None:
    text = "le vol Ormes-Vélins"
    assert tagged(Annotated("", text, (entity(text, "Vélins", "Location"),)))[0].tags == ("O", "O", "B-Location")


def test_entities_are_swapped_within_their_type() -> None:
    sentence = Tagged(("Anne", "Morel", "quitte", "Ormes"), ("B-Person", "I-Person", "O", "B-Event"))
    other = swapped(sentence, {"Person": [("Li",)]}, random.Random(1), 1.0)
    assert other == Tagged(("Li", "quitte", "Ormes"), ("B-Person", "O", "B-Event"))


def test_what_comes_back_is_swapped_alike() -> None:
    portion = Tagged(("Anne", "Morel", "Morel", "Morel"), ("B-Person", "I-Person", "B-Person", "B-Location"))
    other = swapped(portion, {"Person": [("Li", "Wu")]}, random.Random(1), 1.0)
    assert other == Tagged(("Li", "Wu", "Wu", "Morel"), ("B-Person", "I-Person", "B-Person", "B-Location"))


def test_lists_of_names_are_made_up() -> None:
    pool: Pool = {"Person": [("Anne", "Morel"), ("Li",)], "Organization": [("Parti", "bleu")], "Location": [("Ormes",)]}
    lists = [name_list(pool, random.Random(seed)) for seed in range(60)]
    assert all(len(one.words) == len(one.tags) for one in lists)
    found = {(one.words[start:end], kind) for one in lists for start, end, kind in groups(one.tags) if kind}
    written = {("Anne", "Morel"), ("Morel",), ("A.", "Morel"), ("Anne", "MOREL"), ("Li",)}
    assert {words for words, kind in found if kind == "Person"} >= written
    assert {words for words, kind in found if kind == "Location"} == {("Ormes",)}


def test_portions_are_whole_sentences() -> None:
    text = "Anne part. Paul reste. Tous dorment."
    assert [len(portion) for portion in portions(text, 6)] == [6, 3]
    assert [len(portion) for portion in portions(text, 1)] == [3, 3, 3]


def test_exact_scores() -> None:
    anne, ormes = Entity(Span(0, 4), "Person"), Entity(Span(9, 14), "Location")
    scores = exact_scores([[anne, ormes]], [[anne, Entity(Span(9, 14), "Person")]])
    assert scores["all"] == (0.5, 0.5, 0.5)
    assert scores["Person"][:2] == (0.5, 1)
    assert scores["Organization"] == (0, 0, 0)


def test_words_share_rows_of_vectors(package: Path) -> None:
    words, matrix = shared_vectors(package, 3, 2)
    assert words == {"Anne": 4, "Paul": 4, "quitté": 5, "Ormes": 6}
    assert matrix.shape == (12, 2)
    assert not matrix[:4].any()


def test_entities_are_learnt_stored_and_found(package: Path, tmp_path: Path) -> None:
    learnt = [document("2031/04", text) for text in SENTENCES for _ in range(4)]
    out = tmp_path / ENTITIES
    assert train_entities([*learnt, document(DEV[0], " ".join(SENTENCES))], package, out, 60, TINY.split()) > 0.8
    for seed in (1, 2):
        restart_entities(learnt, out, tmp_path / f"{seed}.pt", 4, seed)
    average_entities([tmp_path / "1.pt", tmp_path / "2.pt"], tmp_path / "again.pt")
    (tmp_path / "small").mkdir()
    compress(tmp_path / "again.pt", tmp_path / "small" / ENTITIES)
    small = torch.load(tmp_path / "small" / ENTITIES, weights_only=True)
    assert small["model"]["word_emb.weight"].dtype is torch.float16
    tagger = EntityTagger.load(tmp_path / "small")
    text = "Un salut.\n\nAnne Morel a quitté Vélins."
    assert Entity(Span(11, 21), "Person") in tagger.find(["", text])[1]
    assert entity_scores(tagger, learnt, nested=True)["Person"][2] > 0.8


def test_a_folder_may_lack_the_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=rf"There is no model of named entities {tmp_path / ENTITIES}\."):
        entity_file(tmp_path)


@pytest.mark.skipif(not models_dir().is_dir(), reason="the embedded models are not here")
def test_the_embedded_model_tells_people_from_places() -> None:
    text = "Agathe Tournel a rencontré les pêcheurs à Marseille, puis à Lyon."
    (found,) = EntityTagger.load().find([text])
    assert [(entity.span.of(text), entity.kind) for entity in found] == [
        ("Agathe Tournel", "Person"),
        ("Marseille", "Location"),
        ("Lyon", "Location"),
    ]
