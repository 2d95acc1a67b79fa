"""Recall of annotated cues, on a parse written by hand."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from quotes.errors import QuotesError
from quotes.evaluation.cues import CueScore, GoldCue, GoldSentence, cue_score, evaluate_cues, is_cue_file, read_cues
from quotes.model import Article, Claim, Extraction, Quote, Span
from quotes.syntax.tree import Tree, Word

TEXT = "Odile dit que le bac coule."
WORDS = [
    ("Odile", "PROPN", 2, "nsubj"),
    ("dit", "VERB", 0, "root"),
    ("que", "SCONJ", 6, "mark"),
    ("le", "DET", 5, "det"),
    ("bac", "NOUN", 6, "nsubj"),
    ("coule", "VERB", 2, "ccomp"),
    (".", "PUNCT", 2, "punct"),
]
CUE = GoldCue(Span(6, 9), (Span(0, 5),), (Span(14, 26),))


def tree(*words: tuple[str, str, int, str], text: str = TEXT) -> Tree:
    found, position = [], 0
    for index, (form, upos, head, deprel) in enumerate(words, 1):
        position = text.index(form, position)
        feats = {"VerbForm": "Fin"} if upos == "VERB" else {}
        found.append(Word(index, form, form, upos, feats, head, deprel, position, position + len(form)))
        position += len(form)
    return Tree(tuple(found))


def score(cue: GoldCue, *claims: Claim, quotes: tuple[Quote, ...] = (), parse: Tree | None = None) -> CueScore:
    sentence = GoldSentence("a", TEXT, (cue,))
    return cue_score(evaluate_cues([sentence], [Extraction(Article("a", TEXT), quotes, claims)], [parse or tree(*WORDS)]))


def test_a_found_message_with_its_speaker() -> None:
    claim = Claim(Span(14, 26), mention=Span(0, 5), speaker="Odile")
    assert score(CUE, claim) == CueScore(annotated=1, counted=1, found=1, right=1)
    assert score(CUE) == CueScore(1, 1, 0, 0)
    assert score(CUE, dataclasses.replace(claim, mention=Span(14, 20), speaker="bac")) == CueScore(1, 1, 1, 0)
    assert score(CUE, dataclasses.replace(claim, mention=None)) == CueScore(1, 1, 1, 1), "the same name will do"


def test_half_of_the_message_is_enough() -> None:
    assert score(CUE, Claim(Span(14, 20))).found == 1
    assert score(CUE, Claim(Span(14, 19))).found == 0, "5 of 10 characters are 0.5, 4 are not"
    assert score(CUE, quotes=(Quote((Span(0, 1), Span(14, 26)), "direct"),)).found == 1, "a piece of a quote"


def test_nouns_and_bare_noun_phrases_do_not_count() -> None:
    noun = tree(*[w if w[0] != "dit" else ("dit", "NOUN", 0, "root") for w in WORDS])
    assert score(CUE, parse=noun).counted == 0
    object_ = dataclasses.replace(CUE, message=(Span(14, 20),))
    parse = tree(*[("bac", "NOUN", 2, "obj") if w[0] == "bac" else ("que", "DET", 5, "det") if w[0] == "que" else w for w in WORDS])
    assert score(object_, parse=parse).counted == 0


def test_the_speaker_is_no_part_of_the_message() -> None:
    own = dataclasses.replace(CUE, message=(Span(0, 5), *CUE.message))
    assert score(own, Claim(Span(14, 26))).found == 1


def test_annotations_come_once_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "cues.jsonl"
    frame = {"cue": [6, 9], "speakers": [[0, 5]], "message": [[14, 26]]}
    path.write_text(json.dumps({"id": "a", "text": TEXT, "frames": [frame, frame, {**frame, "cue": [7, 10]}]}), encoding="utf-8")
    assert is_cue_file(path)
    assert read_cues(path) == [GoldSentence("a", TEXT, (CUE,))]


@pytest.mark.parametrize("content", ["not json", '{"id": "a", "text": "b"}', "[1]"])
def test_a_file_that_holds_no_cues(tmp_path: Path, content: str) -> None:
    path = tmp_path / "cues.jsonl"
    path.write_text(content, encoding="utf-8")
    assert not is_cue_file(path)
    with pytest.raises(QuotesError) as error:
        read_cues(path)
    assert str(error.value) == f"{path} is no file of cues: every line needs the fields id, text and frames."
