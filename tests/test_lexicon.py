"""The language data loads, is clean and says what it must; a bad line is refused with its place and its mend."""

from __future__ import annotations

import itertools
import unicodedata
from pathlib import Path

import pytest
import regex

from quotes.text.grammar import alternatives
from quotes.text.lexicon import (
    Lexicon,
    Locution,
    PatternError,
    fold,
    load_furniture,
    load_lexicon,
    load_table,
    load_words,
    patterns_dir,
)
from quotes.text.mediums import MEDIUMS, load_channels

LISTS = ("demonyms", "documents", "groups", "inanimate", "media", "organizations", "other_before", "places")
TABLES = ("civilities", "given_names", "roles")
LEAST = {
    "civilities": 15, "demonyms": 120, "documents": 60, "given_names": 900, "groups": 80, "inanimate": 150, "media": 150,
    "organizations": 150, "other_before": 80, "places": 350, "roles": 450,
}  # fmt: skip
NO_CLAIM = ("vouloir", "savoir", "voir", "sentir", "décider", "prévoir")
CLAUSES = frozenset(("que", "inf", "de_inf", "à_inf"))


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def data_lines(name: str) -> list[str]:
    text = (patterns_dir() / "fr" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def alphabetical(line: str) -> tuple[str, str]:
    entry = line.split("\t")[0]
    letters = unicodedata.normalize("NFD", entry.lower().replace("œ", "oe").replace("ł", "l"))
    return "".join(c for c in letters if not unicodedata.combining(c)), entry


def cue_file(folder: Path, *lines: str) -> Path:
    path = folder / "cues.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# The files


@pytest.mark.parametrize("name", [f"{n}.txt" for n in LISTS] + [f"{n}.tsv" for n in (*TABLES, "cues", "mediums")])
def test_file_is_sorted_and_normal(name: str) -> None:
    lines = data_lines(name)
    assert [b for a, b in itertools.pairwise(lines) if alphabetical(b) < alphabetical(a)] == []
    assert all(unicodedata.is_normalized("NFC", line) and line == line.strip() for line in lines)
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("name", LISTS)
def test_list_loads(name: str) -> None:
    assert len(load_words(name)) >= LEAST[name]


@pytest.mark.parametrize("name", TABLES)
def test_table_loads_with_known_genders(name: str) -> None:
    rows = load_table(name)
    assert len(rows) >= LEAST[name]
    assert {row[1] for row in rows} <= {"m", "f", "e"}
    assert len({row[0] for row in rows}) == len(rows)


def test_kinds_are_keys_of_roles() -> None:
    keys = {row[3] if len(row) > 3 else row[0] for row in load_table("roles.tsv")}
    rows = load_table("kinds.tsv")
    assert [row for row in rows if not set(row) <= keys or row[0] == row[1]] == []
    assert len({tuple(row) for row in rows}) == len(rows) >= 400


def test_mediums_have_known_values_and_words() -> None:
    rows = load_table("mediums.tsv")
    assert {medium for _, medium, _ in rows} == MEDIUMS
    assert len({phrase for phrase, *_ in rows}) == len(rows) >= 400
    small = {word for _, _, before in rows if before not in ("outlet", "cue", "-") for word in before.split()}
    assert small <= {
        "cue",
        "cours",
        "dans",
        "depuis",
        "devant",
        "durant",
        "en",
        "issue",
        "lors",
        "marge",
        "occasion",
        "par",
        "pendant",
        "sur",
        "via",
        "à",
        "auprès",
    }
    assert {phrase for phrase, _, before in rows if before == "outlet"} - {"agence de presse"} <= load_words("media")


def test_channels_match_as_the_parser_cuts_words() -> None:
    found = {
        phrase: next(c for c in load_channels()[first] if c.matches(words))
        for phrase, first, words in (
            ("Monde", "le monde", ("le", "Monde")),
            ("plural", "communiqués", ("communiqués", "de", "presse")),
            ("contraction", "questions", ("questions", "à", "le", "gouvernement")),
        )
    }
    assert [(c.medium, c.outlet) for c in found.values()] == [("newspaper", True), ("press-release", False), ("parliament", False)]
    assert not any(c.matches(("le", "monde")) for c in load_channels()["le monde"])


def test_speakers_of_different_types_are_kept_apart() -> None:
    lists = {name: load_words(name) for name in ("documents", "groups", "inanimate", "organizations")}
    assert [(a, b, lists[a] & lists[b]) for a, b in itertools.combinations(lists, 2) if lists[a] & lists[b]] == []


def test_there_are_cues_enough() -> None:
    entries = [line.split("\t") for line in data_lines("cues.tsv")]
    assert len(entries) >= 520
    assert sum(pos == "verb" for _, pos, *_ in entries) >= 400


# The lexicon


@pytest.mark.parametrize("lemma", NO_CLAIM)
def test_no_claim_after_wanting_and_knowing(lexicon: Lexicon, lemma: str) -> None:
    assert not any(cue.takes & CLAUSES for cue in lexicon.verbs.get(lemma, ()) if not cue.rest)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("annonçait", "annoncer"),
        ("rappelle", "rappeler"),
        ("réjouie", "réjouir"),
        ("indignait", "indigner"),
        ("font", "faire"),
        ("dit", "dire"),
        ("arguë", "arguer"),
        ("sous-entend", "sous-entendre"),
    ],
)
def test_form_leads_to_its_head(lexicon: Lexicon, form: str, lemma: str) -> None:
    assert lemma in lexicon.by_form[form]


def test_every_form_leads_to_a_verb(lexicon: Lexicon) -> None:
    assert {head for heads in lexicon.by_form.values() for head in heads} == set(lexicon.verbs)


def test_reflexive_and_plain_readings_are_apart(lexicon: Lexicon) -> None:
    assert {cue.lemma for cue in lexicon.verbs["dire"] if not cue.rest} == {"dire", "se dire"}
    assert [cue.reflexive for cue in lexicon.verbs["indigner"]] == [True]


def test_locution_keeps_the_words_after_its_head(lexicon: Lexicon) -> None:
    assert ("valoir",) in {cue.rest for cue in lexicon.verbs["faire"]}
    assert {cue.rest for cue in lexicon.nouns["mots"]} == {(), ("d'", "ordre")}


def test_agreeing_words_become_readings(lexicon: Lexicon) -> None:
    rests = {cue.rest for cue in lexicon.verbs["dire"] if cue.lemma.startswith("se dire prêt")}
    assert rests == {("prêt",), ("prête",), ("prêts",), ("prêtes",)}


@pytest.mark.parametrize("form", ["annonce", "annonces", "vœux", "aveux", "appels", "propos", "mises"])
def test_nouns_are_found_in_both_numbers(lexicon: Lexicon, form: str) -> None:
    assert all("noun" in cue.takes for cue in lexicon.nouns[form])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Selon la préfecture, il pleut.", "Selon"),
        ("Il pleut, d’après la préfecture.", "d’après"),
        ("Pour M. Durand, il pleut.", "Pour"),
        ("C'est, pour le maire, une erreur.", "pour"),
        ("De l'avis des élus, il pleut.", "De l'avis des"),
        ("Aux dires des élus, il pleut.", "Aux dires des"),
        ("Pour Pierre Lefèvre, il pleut.", "Pour"),
        ("Pour notre maire, il pleut.", "Pour"),
        ("Aux yeux du maire, il pleut.", "Aux yeux du"),
        ("À en croire le maire, il pleut.", "À en croire"),
        ("De source policière, il pleut.", "De source"),
        ("Il est, selon ses propres termes, ravi.", "selon ses propres termes"),
    ],
)
def test_source_words_are_found(lexicon: Lexicon, text: str, words: str) -> None:
    found = [match.group() for place in (*lexicon.prepositions, *lexicon.locutions) if (match := place.pattern.search(text))]
    assert words in found


@pytest.mark.parametrize(
    "text", ["Pour le moment, il pleut.", "Pour partir, il court.", "Il part pour le Maroc.", "Selon que l'on est riche."]
)
def test_other_uses_of_the_same_words_are_left(lexicon: Lexicon, text: str) -> None:
    assert not [place.cue.lemma for place in lexicon.prepositions if place.pattern.search(text)]


@pytest.mark.parametrize("place", load_lexicon().prepositions + load_lexicon().locutions, ids=lambda place: place.cue.lemma)
def test_source_words_take_a_source(place: Locution) -> None:
    assert place.cue.takes == {"source"}


# The gates


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Le chat dort.", False),
        ("Il fait beau.", False),
        ("Il fait valoir que la loi est bonne.", True),
        ("Il s’indigne de la décision.", True),
        ("Le maire a déclaré hier la session ouverte.", True),
        ("Il pose la question.", False),
        ("Le pont sera rouvert, a annoncé le maire.", True),
        ("L’affirmation selon laquelle tout va bien est fausse.", True),
        ("Une longue tirade.", False),
        ("DE L’AVIS DES ÉLUS, IL PLEUT.", True),
        ("", False),
    ],
)
def test_gate(lexicon: Lexicon, text: str, claim: bool) -> None:
    assert lexicon.has_claim_cue(text) == claim


def test_gate_reads_decomposed_accents(lexicon: Lexicon) -> None:
    assert lexicon.has_claim_cue(unicodedata.normalize("NFD", "Il s'étrangle, rouge."))


def test_lexicon_is_loaded_once_and_can_be_a_key(lexicon: Lexicon) -> None:
    assert load_lexicon() is lexicon
    assert {lexicon: 1}[lexicon] == 1


def test_fold_keeps_the_length() -> None:
    assert fold("l’été d'où") == "l'été d'où"


# The furniture


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Lire aussi : Le pont rouvrira", "accroche"),
        ("À lire aussi", "accroche"),
        ("Article précédentLe pont ferme", "navigation"),
        ("Article suivant : le pont ferme", "navigation"),
        ("Accueil > Région > Vannes", "navigation"),
        ("Accueil Région Le pont ferme...", "navigation"),
        ("Lisez Le Courrier du pont sur Google News !", "share"),
        ("Partager cet article :", "share"),
        ("Suivez-nous sur Facebook", "share"),
        ("Publié le 3 mars 2021 à 10h30", "date"),
        ("Mis à jour le 03/03/2021", "date"),
        ("Crédit photo : Anne Martin", "credit"),
        ("(AFP)", "credit"),
        ("© 2021 Le Courrier du pont. Tous droits réservés.", "credit"),
        ("Propos recueillis par Anne Martin", "interview"),
        ("Inscrivez-vous à la newsletter", "subscription"),
        ("72", "number"),
        ("12 commentaires", "comments"),
        ("Tags : pont, Vannes", "tags"),
        ("Sources", "sources"),
    ],
)
def test_furniture_is_seen(line: str, kind: str) -> None:
    assert kind in {found for found, pattern in load_furniture() if pattern.match(line)}


@pytest.mark.parametrize(
    "line",
    [
        "Le pont sera rouvert en mai.",
        "Annonce de la fermeture du pont",
        "Accueil triomphal pour les Bleus",
        "« Partager, c'est vivre », dit la maire.",
        "par la mairie de Vannes",
        "Les commentaires de la ministre ont choqué.",
        "Publié en mars, le rapport accable la mairie.",
        "Selon l'AFP, le pont est fermé.",
    ],
)
def test_text_is_no_furniture(line: str) -> None:
    assert [kind for kind, pattern in load_furniture() if pattern.match(line)] == []


# What is refused

GOOD = "dire\tverb\tque\tassert"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("nier\tverb\tque", "3 columns; write lemma, pos, takes, act and, if need be, forms, one tab between two"),
        ("nier\tword\tque\tdeny", "unknown pos “word”; use one of: locution, noun, preposition, verb"),
        ("nier\tverb\twhy\tdeny", "unknown takes “why”; use one of: de_inf, direct, incise, inf, noun, object, que, si, source, à_inf"),
        ("nier\tverb\tque,que\tdeny", "the same value twice in takes; remove one of them"),
        ("nier\tverb\tque\tdeny ", "the line begins or ends with a space or tab; remove it"),
        ("s’indigner\tverb\tque\tfeel", "“s’indigner” must be in small letters with straight apostrophes (')"),
        ("de\u0301mentir\tverb\tque\tdeny", "an accent is a character of its own; write the line in Unicode NFC"),
        ("dire\tverb\tinf\tassert", "verb “dire” is already on line 2; join the two lines"),
        ("dixit\tverb\tque\tassert", "no rule conjugates “dixit”; list its forms in the fifth column"),
    ],
)
def test_bad_line_is_refused_with_its_place_and_mend(tmp_path: Path, line: str, problem: str) -> None:
    path = cue_file(tmp_path, "# cues", GOOD, line)
    with pytest.raises(PatternError) as error:
        load_lexicon(folder=tmp_path)
    assert str(error.value) == f"{path}:3: {problem}"


def test_bad_act_is_refused(tmp_path: Path) -> None:
    path = cue_file(tmp_path, "dire\tverb\tque\tshout")
    with pytest.raises(PatternError, match=regex.escape(f"{path}:1: unknown act “shout”; use one of: accuse, ")):
        load_lexicon(folder=tmp_path)


def test_bad_pattern_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "furniture.tsv"
    path.write_text("share\t(partager\n", encoding="utf-8")
    with pytest.raises(PatternError, match=regex.escape(f"{path}:1: the pattern does not compile: ")):
        load_furniture(folder=tmp_path)


def test_double_entry_of_a_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "media.txt"
    path.write_text("AFP\n\n# agencies\nAFP\n", encoding="utf-8")
    with pytest.raises(PatternError) as error:
        load_words("media", folder=tmp_path)
    assert str(error.value) == f"{path}:4: “AFP” is already on line 1; remove one of them"


def test_uneven_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "roles.tsv"
    path.write_text("maire\te\nélu\n", encoding="utf-8")
    with pytest.raises(PatternError) as error:
        load_table("roles", folder=tmp_path)
    assert str(error.value) == f"{path}:2: 1 columns; the first row has 2, separated by one tab each"


def test_alternatives_prefer_the_longest_word_and_take_either_apostrophe() -> None:
    pattern = regex.compile(alternatives("complement-link", r"\s"))
    assert pattern.findall("de la Loire, des ports, de l’Ain, d'Orvane, dela") == ["de la ", "des ", "de l’", "d'"]
