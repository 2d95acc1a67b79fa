"""Quotation marks: what stands in <q>…</q> is found, all of it and nothing else.

The marks themselves stay in the sentences. Pieces of one quotation carry the same number: <q1>…</q1> … <q1>…</q1>.
"""

from __future__ import annotations

import itertools
import sys
from collections import defaultdict

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.model import Span
from quotes.text.glyphs import glyphs_of
from quotes.text.lexicon import load_table
from quotes.text.marks import Quotation, find_quotations
from quotes.text.recovery import incise_start

TAG = regex.compile(r"<(/?)q(\d*)>")
FREQUENT = "«»“”„\"‹›<>‘’'—–-,.;:!?…()[] \n\t\u00a0\u202f\u2009\u200e\x00😀𝐀aÉéz0127"


def unmark(marked: str) -> tuple[str, set[tuple[Span, ...]]]:
    """Plain text, and the pieces of every quotation that the tags show."""
    plain, open_tags, single, numbered, at = "", [], [], defaultdict(list), 0
    for tag in TAG.finditer(marked):
        plain += marked[at : tag.start()]
        at = tag.end()
        if not tag.group(1):
            open_tags.append(len(plain))
        elif tag.group(2):
            numbered[tag.group(2)].append(Span(open_tags.pop(), len(plain)))
        else:
            single.append((Span(open_tags.pop(), len(plain)),))
    return plain + marked[at:], {*single, *(tuple(pieces) for pieces in numbered.values())}


def found_in(text: str) -> set[tuple[Span, ...]]:
    return {quotation.pieces for quotation in find_quotations(text)}


def shown(text: str, quotations: set[tuple[Span, ...]]) -> list[list[str]]:
    return sorted([piece.of(text) for piece in pieces] for pieces in quotations)


def check(marked: str) -> tuple[Quotation, ...]:
    text, expected = unmark(marked)
    assert shown(text, found_in(text)) == shown(text, expected)
    assert found_in(text) == expected
    return find_quotations(text)


PLAIN = [
    "« <q>Le phare sera repeint</q> », a promis Irène Castan.",
    "«<q>Le phare sera repeint</q>», a promis Irène Castan.",
    "«\u00a0<q>Le phare sera repeint</q>\u202f», a promis Irène Castan.",
    "«\u2009<q>Le phare sera repeint</q>\u2009», a promis Irène Castan.",
    "“<q>Le phare sera repeint</q>”, a promis Irène Castan.",
    "„<q>Le phare sera repeint</q>”, a promis Irène Castan.",
    "„<q>Le phare sera repeint</q>“, a promis Irène Castan.",
    "“<q>Le phare sera repeint</q>“, a promis Irène Castan.",
    '"<q>Le phare sera repeint</q>", a promis Irène Castan.',
    '" <q>Le phare sera repeint</q> ", a promis Irène Castan.',
    "‹<q>Le phare sera repeint</q>›, a promis Irène Castan.",
    "<< <q>Le phare sera repeint</q> >>, a promis Irène Castan.",
    "''<q>Le phare sera repeint</q>'', a promis Irène Castan.",
    "»<q>Le phare sera repeint</q>«, a promis Irène Castan.",
    "Rien ne bouge. » <q>Le phare tient</q> «, promet Irène Castan. » <q>Il le faut</q> «, dit-elle.",
    "``<q>Le phare sera repeint</q>'', a promis Irène Castan.",
    "‚<q>Le phare sera repeint</q>‘, a promis Irène Castan. ‚<q>Oui</q>‘ et ‚<q>non</q>’.",
    "″<q>Le phare sera repeint</q>″, a promis Irène Castan, haute de 12″.",
    "〝<q>Le phare sera repeint</q>〞, a promis Irène Castan.",
    "‘<q>Le phare n'est pas d'ici</q>’, a promis Irène Castan.",
    "Irène Castan annonce:«<q>Le phare sera repeint.</q>»",
    'Irène Castan annonce:"<q>Le phare sera repeint.</q>"',
    "Ils parlent d'un « <q>gouffre</q> », d'une « <q>impasse</q> » et d'un « <q>naufrage collectif</q> ».",
    'Ils parlent d\'un "<q>gouffre</q>", d\'une "<q>impasse</q>" et de l\'"<q>échec</q>".',
    "« <q>Oui, l’an prochain, c’est sûr</q> », dit-elle.",
    "Le vote électronique attendra. « <q>Rien ne presse.</q> » – Irène Castan, échevine",
]


@pytest.mark.parametrize("marked", PLAIN)
def test_one_level(marked: str) -> None:
    assert all(quotation.depth == 0 and quotation.parent is None for quotation in check(marked))


NESTED = [
    "« <q>Il m'a dit : “<q>Restez au sec</q>”, alors j'ai obéi</q> », raconte Odile.",
    "« <q>Il m'a dit : « <q>restez au sec</q> », alors j'ai obéi</q> », raconte Odile.",
    "« <q>Il m'a dit : \"<q>Restez au sec</q>\", alors j'ai obéi</q> », raconte Odile.",
    "« <q>Il m'a dit : ‹ <q>Restez au sec</q> › et puis rien</q> », raconte Odile.",
    "“<q>Il m’a dit : ‘<q>Restez au sec</q>’, alors j’ai obéi</q>”, raconte Odile.",
    "“<q>Il m’a dit : « <q>Restez au sec</q> »</q>”, raconte Odile.",
    '"<q>Il m\'a dit : « <q>Restez au sec</q> » hier</q>", raconte Odile.',
    "« <q>Elle a crié “<q>ils ont chanté ‹ <q>Au large</q> › deux fois</q>” en riant</q> », raconte Odile.",
]


@pytest.mark.parametrize("marked", NESTED)
def test_nested(marked: str) -> None:
    quotations = check(marked)
    assert [quotation.depth for quotation in quotations] == list(range(len(quotations)))
    assert [quotation.parent for quotation in quotations] == [None, *range(len(quotations) - 1)]


def test_one_closing_mark_for_two_levels() -> None:
    outer, inner = check("« <q>Chez nous on répète toujours « <q>patience et longueur de temps</q></q> », sourit Odile.")
    assert (outer.flags, inner.flags, inner.parent) == (("shared",), (), 0)
    assert outer.outer.end == inner.outer.end


ONE_IN_TWO_PAIRS = [
    "««<q>Le phare sera repeint</q>»», a promis Irène Castan.",
    "« « <q>Le phare sera repeint</q> » », a promis Irène Castan.",
    '“"<q>Le phare sera repeint</q>"”, a promis Irène Castan.',
    '"«<q>Le phare sera repeint</q>»", a promis Irène Castan.',
    "„„<q>Le phare sera repeint</q>““, a promis Irène Castan.",
    "« “ ‹ <q>Le phare sera repeint</q> › ” », a promis Irène Castan.",
]


@pytest.mark.parametrize("marked", ONE_IN_TWO_PAIRS)
def test_two_pairs_around_the_same_words_are_one_quotation(marked: str) -> None:
    (quotation,) = check(marked)
    assert quotation.outer.end == marked.replace("<q>", "").replace("</q>", "").index(",")
    assert (quotation.outer.start, quotation.depth, quotation.parent) == (0, 0, None)


FREE_OF_QUOTATIONS = [
    "",
    " \n ",
    "L’hiver d’avant, c’était l'été d'après.",
    'Un écran 27"-pouces et un homme de 5\'10" devant une porte de 12".',
    "Rendez-vous aujourd'hui, prud'homme.",
    "»»»»» Lire la suite",
    "» Lire aussi notre dossier",
    "«»",
    "« »",
    '""',
    "x << 3",
    "- du pain ;\n- du lait ;\n- du beurre.",
    "if (x >> 2) { y }",
    "- le budget\n- la voirie\n- les écoles",
    "Les mesures :\n– une prime\n– un congé\n– une aide",
]


@pytest.mark.parametrize("text", FREE_OF_QUOTATIONS)
def test_nothing_to_find(text: str) -> None:
    assert find_quotations(text) == ()


PARAGRAPHS = [
    "Odile a écrit : « <q1>Le moulin ferme.</q1>\n\n« <q1>Chacun sera payé.</q1>\n\n« <q1>Je vous remercie.</q1> »",
    "Odile a écrit : « <q1>Le moulin ferme.</q1>\n\n» <q1>Chacun sera payé.</q1>\n\n» <q1>Je vous remercie.</q1> »",
    "Odile a écrit : “<q1>Le moulin ferme.</q1>\n“<q1>Chacun sera payé.</q1>\n“<q1>Je vous remercie.</q1>”",
    'Odile a écrit : "<q1>Le moulin ferme.</q1>\n\n"<q1>Chacun sera payé.</q1>\n\n"<q1>Je vous remercie.</q1>"',
    "Odile a écrit : « <q1>Le moulin ferme.</q1>\n\n<q1>Chacun sera payé.</q1>\n\n<q1>Je vous remercie</q1> », puis plus rien.",
    'Odile a écrit : "<q1>Le moulin ferme.</q1>\n\n<q1>Chacun sera payé</q1>", puis plus rien.',
    "« <q1>Le moulin ferme, on dit « <q>adieu</q> » à tous.</q1>\n« <q1>Chacun sera payé.</q1> »",
]


@pytest.mark.parametrize("marked", PARAGRAPHS)
def test_several_paragraphs(marked: str) -> None:
    assert "paragraphs" in check(marked)[0].flags


WRAPPED = [
    "« <q>La vieille écluse sera\ndémontée avant le printemps</q> », a annoncé Odile.",
]


@pytest.mark.parametrize("marked", WRAPPED)
def test_a_line_break_does_not_cut(marked: str) -> None:
    assert check(marked)[0].flags == ()


UNBALANCED = [
    ("unclosed", "« <q>Le phare sera repeint</q>, a promis Irène Castan.\n\nRien ne bouge."),
    ("unclosed", "« <q>Le phare sera repeint</q>, promet-elle. Rien ne bouge."),
    ("unclosed", "« <q>Le phare sera repeint</q>, a-t-elle promis. Rien ne bouge."),
    ("unclosed", "« <q>Le phare sera-t-il repeint ?</q> demande Irène Castan. Rien ne bouge."),
    ("unclosed", "« <q>Le phare sera repeint</q>, selon la mairie. Rien ne bouge."),
    ("unclosed", "« <q>Le phare sera repeint.</q>\n\nRien ne bouge."),
    ("unclosed", "“<q>Le phare sera repeint</q>, affirme la mairie. Rien ne bouge."),
    ("unclosed", '"<q>Le phare sera repeint</q>, affirme la mairie. Rien ne bouge.'),
    ("unclosed", "« <q>Le phare sera repeint</q>, assure Odile. Irène ajoute : « <q>Il le faut</q> »."),
    ("unclosed", "« <q>Le phare penche.</q> Rien ne bouge. « <q>Il faut agir.</q> »"),
    ("unclosed", "« <q>Le phare sera repeint.</q> Irène ajoute : « <q>Il le faut</q> »."),
    ("unopened", "<q>Le phare sera repeint</q> », a promis Irène Castan."),
    ("unopened", '<q>Le phare sera repeint</q>", a promis Irène Castan.'),
    ("unopened", "<q>Le phare sera repeint</q>”, a promis Irène Castan."),
    ("unopened", "Irène Castan est venue. <q>Le phare sera repeint</q> », a-t-elle promis."),
    ("unopened", "Irène Castan l'a juré : <q>Le phare sera repeint</q> »."),
    ("unopened", "« <q>Oui</q> », dit Odile. <q>Le phare sera repeint</q> », promet Irène."),
    ("unopened", "Irène Castan affirme que <q>le phare sera repeint</q> »."),
    ("unopened", "« <q>Oui</q> », dit Odile. <q>Il pleut. Le phare sera repeint</q> », promet Irène."),
    ("unclosed", "Odile voit « <q>une folie douce</q>. Irène rit. Rien ne bouge."),
    ("unclosed", "Odile voit « <q>une folie douce</q>.\n« <q>Moi aussi</q> », dit Irène."),
    ("unclosed", "Odile voit « <q>une folie douce</q>.\n\nRien ne bouge."),
    ("mixed", "« <q>Le phare sera repeint</q> ”, a promis Irène Castan."),
    ("mixed", '“<q>Le phare sera repeint</q>", a promis Irène Castan.'),
    ("mixed", '"<q>Le phare sera repeint</q> », a promis Irène Castan.'),
    ("mixed", '" <q>Le phare tient</q> », dit Odile. " <q>Il penche</q> », dit Irène. "<q>Oui</q>" et "<q>non</q>".'),
    ("mixed", '«<q>Le phare tient</q>", dit Odile. «<q>Il penche</q>", dit Irène. "<q>Oui</q>" et "<q>non</q>".'),
    ("mixed", "“<q>Le phare tient</q>», dit Odile, qui le voit “<q>de loin</q>»."),
    ("ocr", "<' <q>Le phare sera repeint</q> », a promis Irène Castan."),
    ("ocr", ",, <q>Le phare sera repeint</q> », a promis Irène Castan."),
    ("ocr", ",,<q>Le phare sera repeint</q>”, a promis Irène Castan."),
]


@pytest.mark.parametrize(("flag", "marked"), UNBALANCED)
def test_recovered(flag: str, marked: str) -> None:
    assert any(flag in quotation.flags for quotation in check(marked))


DIALOGUES = [
    "— <q>Le bac part-il ce soir ? demanda Odile.</q>\n— <q>Demain, répondit le passeur.</q>",
    "– <q>Vous venez ?</q>\n– <q>Pas encore.</q>\n– <q>Alors bonsoir !</q>",
    "- <q>Pourquoi ce phare ?</q>\n- <q>Parce qu'il éclaire encore la côte.</q>",
    "Le passeur haussa les épaules.\n\n— <q>Demain, peut-être.</q>\n\nElle attendit.",
    "— « <q>Demain</q> », dit-il.\n— « <q>Non</q> », dit-elle.",
    "— <q>Il a dit « <q>demain</q> » à tous.</q>",
    "« <q>Vous venez ?</q>\n— <q>Pas encore.</q>\n— <q>Alors bonsoir.</q> »\nIl partit.",
]


@pytest.mark.parametrize("marked", DIALOGUES)
def test_dialogue(marked: str) -> None:
    check(marked)


def test_a_dash_line_tells_its_style() -> None:
    (quotation,) = find_quotations("— Demain, répondit le passeur.")
    assert (quotation.style, quotation.flags, quotation.outer) == ("dash", ("dash",), Span(0, 30))


@pytest.mark.parametrize("row", load_table("marks"), ids=lambda row: row[4])
def test_every_mark_of_the_table_is_read(row: tuple[str, ...]) -> None:
    style, _, opening, closing, example = row
    assert opening in example
    assert closing in example or style in ("low", "double")
    assert style in {quotation.style for quotation in find_quotations(example + " , dit-il.")}


@pytest.mark.parametrize("row", load_table("recovery")[2:], ids=lambda row: row[0])
def test_every_incise_of_the_table_is_found(row: tuple[str, ...]) -> None:
    sentence = f"Le phare tiendra, {row[2]}."
    assert incise_start(sentence, 0, len(sentence)) == 16


@pytest.mark.parametrize(
    "text",
    [
        "Il viendra, comme Odile, demain.",
        "La ville, capitale du liège, dort.",
        "Elle a, entre la mer et nous, mis un mur.",
        "Le pont, a repeint la pluie.",
    ],
)
def test_other_incises_are_left_alone(text: str) -> None:
    assert incise_start(text, 0, len(text)) is None


def test_ornaments_are_no_marks() -> None:
    assert glyphs_of('a """ b >>> c', Span(0, 13)) == []


def assert_sound(text: str) -> None:
    quotations = find_quotations(text)
    keys = [(quotation.outer.start, -quotation.outer.end) for quotation in quotations]
    assert keys == sorted(keys)
    for index, quotation in enumerate(quotations):
        outer = quotation.outer
        assert 0 <= outer.start < outer.end <= len(text)
        assert quotation.pieces
        assert all(outer.contains(piece) and piece.of(text) == piece.of(text).strip() != "" for piece in quotation.pieces)
        assert all(one.end <= other.start for one, other in itertools.pairwise(quotation.pieces))
        if quotation.parent is None:
            assert quotation.depth == 0
        else:
            assert quotation.depth == quotations[quotation.parent].depth + 1
            assert quotation.parent < index
            assert quotations[quotation.parent].outer.contains(outer)
        assert all(not outer.overlaps(other.outer) or outer.contains(other.outer) for other in quotations[index + 1 :])


@given(
    st.text(max_size=120) | st.text(FREQUENT, max_size=80) | st.lists(st.sampled_from(FREQUENT.split() + list('«»"“” \n-a.,'))).map("".join)
)
@settings(deadline=None, max_examples=400)
def test_any_text_gives_sound_spans(text: str) -> None:
    assert_sound(text)


WORDS = st.lists(
    st.sampled_from(["le", "pont", "cède", "encore", "sous", "la", "neige", "d'avril", "l’été", "Irène"]), min_size=1, max_size=5
).map(" ".join)
SPACE = st.sampled_from(["", " ", "\u00a0", "\u202f", "\u2009"])


def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.sampled_from([("«", "»"), ("“", "”"), ("‹", "›")])
    quoted = st.builds(lambda pair, space, text: f"{pair[0]}{space}<q>{text}</q>{space}{pair[1]}", pairs, SPACE, inner)
    return st.builds(lambda before, quotation, after: f"{before} {quotation} {after}", WORDS, quoted, WORDS)


@given(st.recursive(WORDS, around, max_leaves=6))
@settings(deadline=None, max_examples=200)
def test_balanced_marks_come_back_exactly(marked: str) -> None:
    text, expected = unmark(marked)
    assert found_in(text) == expected


@given(st.lists(around(WORDS), min_size=1, max_size=6))
@settings(deadline=None, max_examples=50)
def test_paragraphs_with_balanced_marks_do_not_disturb_each_other(marked: list[str]) -> None:
    text, expected = unmark("\n\n".join(marked))
    assert found_in(text) == expected


@pytest.mark.parametrize("unit", ["« a ", "a » ", '"a ', "« “ ", "— a\n", "« A\n", "a, dit ", "J. ", "’ ‘a"])
def test_work_grows_with_the_text_only(unit: str) -> None:
    short, long = (_calls("« " + unit * (size // len(unit))) for size in (5_000, 20_000))
    assert long < 5 * short + 200


def _calls(text: str) -> int:
    """How many functions, also built-in ones, are called to find the quotations of a text: work without a clock."""
    calls = itertools.count()

    def count(frame: object, event: str, argument: object) -> None:
        if event in ("call", "c_call"):
            next(calls)

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        find_quotations(text)
    finally:
        sys.setprofile(before)
    return next(calls)
