"""Frames: what is masked, what is opened, where each character comes from; incises inside quotation marks."""

from __future__ import annotations

import itertools

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.attribution.article import prepare
from quotes.attribution.frames import SPACES, STAND_IN, Frame
from quotes.attribution.incises import cut_incises
from quotes.model import Article, Span
from quotes.text.lexicon import load_lexicon
from quotes.text.lines import trim
from quotes.text.marks import find_quotations
from quotes.text.plain import read_view

ALPHABET = "«»“”\"‹›’'—–-,.;:!?…() \n\t\u00a0\u202f\u200e\x00\r😀𝐀aeéÉœ19"
WORDS = st.sampled_from((
    "« ", " »", "“", "”", '"', "« Je pars », ", "« Je pars, dit-il, et je reste. »", "a dit", "dit-il", "selon", "Hugo Tessier", "le maire", "que",
    "affirme", ", ", ". ", "\n", "\r\n", "\u00a0", "’", "pour sa part", ", de son côté, ", "– ", "😀", " ", "l’eau", "un « gâchis »", "(", ")", " : ",
))  # fmt: skip
TEXTS = st.one_of(st.lists(WORDS, max_size=30).map("".join), st.text(ALPHABET, max_size=80), st.text(max_size=40))


def frames_of(text: str) -> tuple[Frame, ...]:
    return prepare(Article("a", text), load_lexicon()).frames


FRAMES = {
    "« Le pont tient », a dit Hugo Tessier.": "« Oui », a dit Hugo Tessier.",
    "«\u00a0Le pont tient\u202f», a\u00a0dit Hugo Tessier.": "« Oui », a dit Hugo Tessier.",
    "“Le pont tient”, a dit Hugo Tessier.": "« Oui », a dit Hugo Tessier.",
    "« Le pont tient ! », a dit Hugo Tessier.": "« Oui », a dit Hugo Tessier.",
    "« Qui paie ? » demande la présidente.": "« Oui », demande la présidente.",
    "« Le pont tient », a dit, pour sa part, Hugo Tessier.": "« Oui », a dit Hugo Tessier.",
    "« Je pars, dit-il, et je reste. »": "« Oui », dit-il, « Oui »",
    "« Le pont tient, assure Hugo Tessier. »": "« Oui », assure Hugo Tessier.",
    "Hugo Tessier affirme : « Le pont tient. »": "Hugo Tessier affirme : « Oui »",
    "Hugo Tessier juge la loi « injuste ».": "Hugo Tessier juge la loi injuste.",
    "Il promet de « tout revoir » et dénonce un « gâchis ».": "Il promet de tout revoir et dénonce un gâchis.",
    "Il affirme que « la loi est injuste ».": "Il affirme que la loi est injuste.",
    "Il parle d'un « gâchis\nsans nom ».": "Il parle d'un gâchis sans nom.",
    "Il parle d’un «gâchis».": "Il parle d'un gâchis.",
    "Selon le maire, « tout est prêt pour la fête ».": "Selon le maire, « Oui ».",
}


@pytest.mark.parametrize("text", FRAMES)
def test_frame_text(text: str) -> None:
    frames = frames_of(text)
    assert [" ".join(frame.text.split()) for frame in frames] == [FRAMES[text]]


MASKED = {
    "« Le pont tient », a dit Hugo Tessier.": 1,
    "« Le quai tient bon », « la digue tient bon aussi », a dit Hugo Tessier.": 2,
    "« Je pars, dit-il, et je reste. »": 2,
    "Il juge la loi « injuste ».": 0,
}


@pytest.mark.parametrize("text", MASKED)
def test_stand_ins(text: str) -> None:
    (frame,) = frames_of(text)
    assert len(frame.masked) == MASKED[text]
    assert all(frame.text[place.start : place.end] == STAND_IN for _, place in frame.masked)


def test_opened_fragments_point_into_the_article() -> None:
    text = "Le maire de Brec juge la loi « injuste\u202f» et «\u00a0brutale »."
    (frame,) = frames_of(text)
    for word in ("injuste", "brutale", "maire"):
        start = frame.text.index(word)
        assert frame.span(start, start + len(word)).of(text) == word


def test_a_stand_in_points_to_the_whole_quotation() -> None:
    text = "😀 « Le pont tiendra encore », a dit Hugo Tessier."
    (frame,) = frames_of(text)
    ((_, place),) = frame.masked
    assert frame.span(place.start, place.end).of(text) == "« Le pont tiendra encore »"


def test_sentences_without_quotation_or_cue_are_not_parsed() -> None:
    assert frames_of("La mer monte. Le vent souffle.") == ()
    assert [frame.text for frame in frames_of("La mer monte. Le maire affirme que la digue tient.")] == [
        "Le maire affirme que la digue tient."
    ]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_character_lies_in_its_sentence(stored: str) -> None:
    text = read_view(stored).text
    for frame in frames_of(stored):
        assert len(frame.text) == len(frame.starts) == len(frame.ends)
        for start, end in zip(frame.starts, frame.ends, strict=True):
            assert start < end
            # What lacks its opening mark begins with the space before it.
            assert frame.sentence.contains(trim(text, start, end)) or text[start:end].isspace()


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_offsets_never_go_back(text: str) -> None:
    for frame in frames_of(text):
        assert list(frame.starts) == sorted(frame.starts)
        assert list(frame.ends) == sorted(frame.ends)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_unmasked_characters_are_those_of_the_view(stored: str) -> None:
    text = read_view(stored).text
    for frame in frames_of(stored):
        masked = {index for _, place in frame.masked for index in range(place.start, place.end)}
        for index, char in enumerate(frame.text):
            if index not in masked:
                assert _same(char, text[frame.starts[index] : frame.ends[index]], text[frame.starts[index] - 1 : frame.ends[index]])


def _same(char: str, original: str, with_previous: str) -> bool:
    """Equal but for spaces (one plain space for several), apostrophes, and the comma set after a closing mark that replaced it."""
    if char == " ":
        return bool(SPACES.match(original)) or bool(regex.match(r"[«»“”„\"‹›<>‘’',–—-]|[\s\p{P}]", original))
    if char == ",":
        return original == char or bool(regex.search(r"[\p{P}<>]|\p{Sk}", with_previous))
    return original == char or (char == "'" and original == "’")


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_frame_holds_no_space_at_its_edges_nor_twice(text: str) -> None:
    for frame in frames_of(text):
        assert frame.text == frame.text.strip(" ")
        assert "  " not in frame.text


INCISES = {
    "« [Le pont tient] »": "no incise",
    "« [Je pars], dit-il, [et je reste.] »": "clitic",
    "« [Je pars], a-t-il dit, [et je reste.] »": "clitic after an auxiliary",
    "« [Le quai s'enfonce], explique Hugo Tessier. [Il faut agir.] »": "name",
    "« [Le quai s'enfonce], explique Hugo Tessier. »": "name at the end",
    "« [Le quai s'enfonce] – explique le maire – [depuis dix ans.] »": "dashes",
    "« [Le quai s'enfonce], a expliqué la préfète. [Il faut agir.] »": "auxiliary",
    "« [Le quai s'enfonce], lui répond le maire, [et vite.] »": "clitic before the verb",
    "« [Le quai s'enfonce ?] demande le maire. [Pas du tout.] »": "after a question mark",
    "« [Le quai s'enfonce], explique Hugo Tessier, maire de Brec. [Il faut agir.] »": "apposition",
    "« [Le quai s'enfonce], explique Hugo Tessier, 44 ans. [Il faut agir.] »": "age",
    "« [Le quai s'enfonce], explique M. Tessier. [Il faut agir.] »": "abbreviation",
    "« [Le quai s'enfonce], explique Hugo Tessier. [Demain], poursuit-il, [ce sera pire.] »": "two",
    "« [Le quai, vieux de cent ans, la grue et le phare s'enfoncent.] »": "commas that cut nothing",
    "« [Il a dit que le quai s'enfonce, et le maire se tait.] »": "a clause of the speaker's own",
    "« [Mange, dors, danse.] »": "verbs that do not report",
    "« [Le quai s'enfonce], répondit tranquillement Anne Lormier, [et personne ne vient.] »": "an adverb before the speaker",
    "« [Ils restent, justifiant ainsi les efforts de tous.] »": "a participle is no incise",
}


def test_a_line_of_dialogue_ends_with_what_its_speaker_does() -> None:
    text = "Le quai s'enfonce, dit-elle, en montrant les pieux."
    whole = Span(0, len(text))
    assert [p.of(text) for p in cut_incises(text, whole, load_lexicon(), dialogue=True)] == ["Le quai s'enfonce"]
    assert [p.of(text) for p in cut_incises(text, whole, load_lexicon())] == ["Le quai s'enfonce", "en montrant les pieux."]


@pytest.mark.parametrize("marked", INCISES, ids=INCISES.values())
def test_cut_incises(marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    expected = regex.findall(r"\[(.*?)\]", marked)
    (quotation,) = find_quotations(text)
    assert [piece.of(text) for piece in cut_incises(text, quotation.pieces[0], load_lexicon())] == expected


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_pieces_lie_in_order_inside(text: str) -> None:
    whole = Span(0, len(text))
    pieces = cut_incises(text, whole, load_lexicon())
    assert pieces
    assert all(whole.contains(piece) for piece in pieces)
    assert all(one.end <= other.start for one, other in itertools.pairwise(pieces))
