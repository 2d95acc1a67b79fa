from __future__ import annotations

import itertools

import pytest

from quotes.syntax.words import tokenize, with_hyphens


# A bar between tokens, with the spaces that the text has there.
@pytest.mark.parametrize(
    "line",
    [
        "« | Oui | »|, | dit|-il|.",
        "Qu'|a|-t-elle | vu | ?",
        "« | Oui | »|, | explique | t'elle|, | a|-t'il | dit|, | note | t-on|.",
        "L’|école | d'|Anne | aujourd'hui|.",
        "M. | Durand | et | Mme | Petit | ont | rendez-vous | à | 20|h|30|.",
        "Ce | jour|-là|, | celui-ci | est | au-delà | de | tout|.",
        "10 000 | personnes|, | 3,5 | % | de | plus | qu'|en | 2019-2020|.",
        "J. | K. | Martin|, | c'est-à-dire | J.-C.|, | vit | aux | États-Unis|.",
        "Il | hésite|... | puis | part|!",
        "Écrivez | à | a.b@exemple.fr | ou | sur | https://exemple.fr/a?b=1|.",
        "Le | et|/|ou | la | (|LR|)|, | l'|« | affaire | »|.",
        '« | Viens | »|, | “|pars|”|, | "|reste|"|.',
        "Donne|-le|-moi|, | est|-ce | que | peut-être | quelqu'un | viendra | ?",
    ],
)
def test_tokens(line: str) -> None:
    tokens = [token.strip() for token in line.split("|")]
    text = line.replace(" | ", " ").replace("| ", " ").replace(" |", " ").replace("|", "")
    for sentence in (text, text.replace(" ", "\u00a0")):
        assert [sentence[start:end].replace("\u00a0", " ") for start, end in tokenize(sentence)] == tokens


@pytest.mark.parametrize(
    ("sentence", "tokens"),
    [
        ("«Oui», dit-il.", ["«", "Oui", "»", ",", "dit", "-il", "."]),
        ("L’“affaire”!", ["L’", "“", "affaire", "”", "!"]),
        ("Il vient (peut-être).", ["Il", "vient", "(", "peut-être", ")", "."]),
        ("", []),
        ("le dé\u00adbat", ["le", "dé\u00adbat"]),
        ("😀x", ["😀", "x"]),
    ],
)
def test_tokens_without_spaces(sentence: str, tokens: list[str]) -> None:
    assert [sentence[start:end] for start, end in tokenize(sentence)] == tokens


def test_every_visible_character_is_in_one_token() -> None:
    sentence = "Un\u202f: “a”— l'1er|d’« x »\u200b&amp; 12/05/2024, n°5 °C… -t-il -3 000 $1.50 @toi #là d'Art(s)"
    spans = tokenize(sentence)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    covered = {n for start, end in spans for n in range(start, end)}
    assert {n for n, c in enumerate(sentence) if not c.isspace()} <= covered


def test_a_chain_of_pronouns_is_cut_into_all_of_them() -> None:
    sentence = "dit" + "-là" * 5000
    assert [sentence[start:end] for start, end in tokenize(sentence)] == ["dit", *["-là"] * 5000]


def test_a_long_line_takes_no_time() -> None:
    assert len(tokenize("a" * 50_000 + " " + "1 " * 20_000 + "-" * 20_000 + "l'" * 20_000 + "%" * 20_000)) > 20_000


def test_slips_in_the_hyphens_of_an_inverted_pronoun() -> None:
    written = {"t'elle": "-t-elle", "-t’il": "-t-il", "t-on": "-t-on", "-t-elle": "-t-elle", "t'": "t'", "t'aime": "t'aime"}
    assert {token: with_hyphens(token) for token in written} == written
