"""Whatever the text and whatever the parser returns, extraction gives well-formed values."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotes.model import Article, Claim, Extraction, Quote, Span
from quotes.pipeline import Extractor
from quotes.syntax.parser import StoredParser
from quotes.syntax.tree import Tree, Word
from quotes.text.plain import read_view
from quotes.who.names import folded_words
from tests import test_attribution

TOKEN = regex.compile(r"-(?:t-)?(?:il|elle|on|ils|elles|je)\b|\p{L}[\p{L}\p{M}]*['’]?|\p{N}+|\S")
GLUED = (regex.compile(r"\p{N}++"), regex.compile(r"\p{N}++|(?<=\p{Ll})(?=\p{Lu})"))
UPOS = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X")
RELATIONS = (
    "acl", "acl:relcl", "advcl", "advcl:cleft", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc", "ccomp", "conj", "cop", "csubj", "dep", "det",
    "discourse", "dislocated", "expl", "expl:subj", "fixed", "flat", "goeswith", "iobj", "mark", "nmod", "nsubj", "nsubj:caus", "nsubj:pass", "nummod",
    "obj", "obl", "obl:agent", "orphan", "parataxis", "parataxis:insert", "punct", "reparandum", "root", "vocative", "xcomp",
)  # fmt: skip
FEATURES: tuple[dict[str, str], ...] = (
    {"VerbForm": "Inf"}, {"VerbForm": "Fin", "Mood": "Ind"}, {"VerbForm": "Part", "Tense": "Past"}, {"Mood": "Cnd"}, {"VerbForm": "Part", "Tense": "Pres"},
    {"Number": "Plur"}, {},
)  # fmt: skip
WORDS = (
    "Hugo Tessier", "Mme Anne Lormier", "M. Ostier", "Paul Ostier et Jeanne Ostier", "le maire", "la préfecture", "les riverains", "ce dernier",
    "cette bergère", "elle", "il", "on", "qui", "que", "qu'", "si", "de", "d'", "à", "par", "pour", "selon", "d'après", "comme", "affirme", "a dit", "dit-elle",
    "a-t-il ajouté", "promet", "accuse", "dénonce", "demande", "avoir menti", "est accusé", "ne", "pas", "annonce", "réponse", "rapport", "selon laquelle",
    "selon ses mots", "à l'en croire", "de source policière", "fait valoir", "s'engage", "la loi est injuste", "fermer", "le pont", "l'eau",
)  # fmt: skip
MARKS = (
    "« ",
    " »",
    "“",
    "”",
    '"',
    "‹",
    "›",
    "'",
    "’",
    ", ",
    ". ",
    " ? ",
    " ! ",
    "… ",
    " : ",
    " – ",
    "\n",
    "\n– ",
    "\r\n",
    "\n\n",
    "\u00a0",
    "\u202f",
    "(",
    ") ",
)
ODD = (
    "😀",
    "𝐁rec",
    "e\u0301",
    "\x00",
    "\u200b",
    "\ufeff",
    "\u2028",
    "---",
    "&nbsp;",
    "<q>",
    "1 234",
    "http://a.fr/b?c=d",
    "@brec",
    "#dune",
    "\ud800",
    "İ",
    "ß",
    "ﬁn",
)
PHRASES = st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(MARKS), st.sampled_from(ODD)), max_size=40).map(" ".join)
QUOTED = st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(("« ", " »", ", ", ". ", " : "))), max_size=30).map(" ".join)
# Once gave the speaker « lo », of « la loi »: a look-up that stopped in the middle of a word.
CUT = (
    "Mme Anne Lormier ce dernier dit-elle dit-elle avoir menti s'engage «  ,   » «  «   » la loi est injuste «  Hugo Tessier Hugo Tessier"
    " .  que Mme Anne Lormier .  l'eau .  qu'"
)
# Once gave a mention of no length: a hyphen alone as the source.
HYPHEN = (
    "«\u202fNous présentons nos excuses aux 2 300 foyers touchés, déclare Marie-Pierre Ollier, directrice générale. "
    "Un geste commercial sera consenti à chacun d'eux.\u202f»"
)
TEXTS = st.one_of(QUOTED, PHRASES, st.text(max_size=60))


class RandomParser:
    """A tree for every text: real tokens and offsets, everything else at random (always the same for a seed)."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def parse(self, sentences: Sequence[str]) -> list[Tree]:
        """See `Parser.parse`."""
        return [self._tree(text) for text in sentences]

    def _tree(self, text: str) -> Tree:
        chance = random.Random(f"{self.seed} {text!a}")
        tokens = list(TOKEN.finditer(text))
        heads = _heads(len(tokens), chance)
        return Tree(tuple(_word(number, token, head, chance) for number, (token, head) in enumerate(zip(tokens, heads, strict=True), 1)))


def _heads(count: int, chance: random.Random) -> list[int]:
    """Heads of a random tree: each word hangs under one that was placed before it."""
    order = list(range(1, count + 1))
    chance.shuffle(order)
    heads = [0] * count
    for place, index in enumerate(order[1:], 1):
        near = [other for other in order[:place] if abs(other - index) < 4]
        heads[index - 1] = chance.choice(near or order[:place])
    return heads


def _word(index: int, token: regex.Match[str], head: int, chance: random.Random) -> Word:
    form = token.group()
    upos = "PUNCT" if not form[-1].isalnum() and form[-1] not in "'’" else chance.choice(UPOS)
    relation = chance.choice(RELATIONS) if head else "root"
    return Word(index, form, form.lower(), upos, chance.choice(FEATURES), head, relation, token.start(), token.end())


def check(extraction: Extraction) -> None:
    """What holds of every extraction."""
    text = extraction.article.text
    # A name is what the view shows of it: « Tes-\nsier » is Tessier. One glued to a figure or to the word before it (« Hugo Tessier1 ») is
    # not cut: the text lacks a space.
    shown = (text, read_view(text).text, *(glued.sub(r" \g<0> ", text) for glued in GLUED))
    whole, words = Span(0, len(text)), {word for form in shown for word in folded_words(form)}
    for quote in extraction.quotes:
        assert quote.pieces
        assert all(whole.contains(piece) and piece.of(text).strip() for piece in quote.pieces)
        assert all(one.end <= other.start for one, other in itertools.pairwise(quote.pieces))
        assert quote.kind in ("direct", "partial")
    for claim in extraction.claims:
        assert whole.contains(claim.span)
        assert claim.span.of(text).strip()
    results: tuple[Quote | Claim, ...] = (*extraction.quotes, *extraction.claims)
    for result in results:
        assert result.rule
        assert result.type in ("person", "group", "organization", "document", "unknown")
        assert all(whole.contains(span) and span.start < span.end for span in (result.cue, result.mention) if span)
        assert result.speaker is None or result.speaker in {speaker.name for speaker in extraction.speakers}
        assert result.speaker is not None or result.type == "unknown"
    for speaker in extraction.speakers:
        assert speaker.name.strip()
        assert set(folded_words(speaker.name)) <= words
    assert all(whole.contains(mention.span) for mention in extraction.mentions)
    assert list(extraction.quotes) == sorted(extraction.quotes, key=lambda q: q.pieces[0])
    assert list(extraction.claims) == sorted(extraction.claims, key=lambda c: c.span)


def extract(text: str, seed: int = 0) -> Extraction:
    return Extractor(parser=RandomParser(seed)).extract_batch([Article("a", text)])[0]


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.integers(0, 999))
@example(CUT, 0)
@example(HYPHEN, 1)
@example("Hugo Tessier selon  » «  Hugo Tessier Hugo Tessier Hugo Tessier Hugo Tessier Hugo Tessier , ", 0)
def test_any_text_and_any_tree(text: str, seed: int) -> None:
    check(extract(text, seed))


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, max_size=4), st.integers(0, 999))
def test_articles_of_a_batch_do_not_touch(texts: list[str], seed: int) -> None:
    extractor = Extractor(parser=RandomParser(seed))
    batch = extractor.extract_batch([Article(str(number), text) for number, text in enumerate(texts)])
    assert batch == [extractor.extract_batch([Article(str(number), text)])[0] for number, text in enumerate(texts)]


class StoredTrees(StoredParser):
    """The trees of tests/test_attribution.py, random ones for sentences that others change."""

    def parse(self, sentences: Sequence[str]) -> list[Tree]:
        """See `Parser.parse`."""
        chance = RandomParser(0)
        return [self._trees[text] if text in self._trees else chance.parse([text])[0] for text in sentences]


SAMPLES = st.lists(st.sampled_from([case.parsed.text for case in test_attribution.CASES]), min_size=2, max_size=8)
STORED = StoredTrees(test_attribution.TREES.read_text(encoding="utf8"))


@settings(max_examples=200, deadline=None)
@given(SAMPLES, st.sampled_from((" ", "\n", "\n\n")))
def test_sample_sentences_in_any_order(texts: list[str], gap: str) -> None:
    check(Extractor(parser=STORED).extract_batch([Article("a", gap.join(texts))])[0])


class NoTrees:
    """A parser that finds no word anywhere."""

    def parse(self, sentences: Sequence[str]) -> list[Tree]:
        """See `Parser.parse`."""
        return [Tree(()) for _ in sentences]


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_empty_trees(text: str) -> None:
    check(Extractor(parser=NoTrees()).extract_batch([Article("a", text)])[0])


ODD_TEXTS = {
    "empty": "",
    "spaces": " \n\t\u00a0\n ",
    "no verb": "Brec, mardi, sous la pluie. « Un jour de plus. »",
    "no name": "« Il fait froid aujourd'hui », dit-on.",
    "no full stop": "« Le pont tient », a déclaré Hugo Tessier",
    "one letter": "a",
    "only marks": "« » “ ” \" ' ‹ › « « » » ”“ »«",
    "only punctuation": "... ?!? – — - ;;; :: ()",
    "ten quotations": "Il dit " + ", ".join(f"« mot numéro {number} »" for number in range(10)) + ", selon le maire.",
    "nested ten times": "« il dit " * 10 + "rien" + " »" * 10 + ", affirme Hugo Tessier.",
    "never closed": "« Le pont tient, a déclaré Hugo Tessier. Le maire affirme que la digue tient.",
    "never opened": "Le pont tient », a déclaré Hugo Tessier. Le maire affirme que la digue tient.",
    "English": 'The mayor said: "We are ready." “Nobody knows,” Hugo Tessier added. According to officials, it\'s over.',
    "Spanish": "«No sabemos nada», dijo el alcalde. Según la policía, nadie ha salido del puerto.",
    "German": "„Wir wissen nichts“, sagte der Bürgermeister. »Niemand«, fügte er hinzu.",
    "OCR": "cc Le pont tient », a décl aré M. Tes-\nsier . ,, Nous ver rons » , dit -il. << Oui >> 1e maire affïrme que l'eau monte .",
    "control characters": "«\x00 Le\x01 pont\x02 tient\x1b[0m »,\x7f a déclaré\x85 Hugo\u200b Tessier\ufeff.",
    "direction marks": "«\u200f Le pont tient \u200e», \u202aa déclaré\u202c Hugo Tessier.",
    "emoji": "😀 « 🌊 Le pont tient 🌊 » 👍🏽, a déclaré 👩‍🚒 Hugo Tessier 🇫🇷.",
    "lone surrogate": "« Le pont \ud83d tient », a déclaré Hugo Tessier.",
    "line separators": "« Le pont\u2028tient »,\u2029a déclaré Hugo\vTessier.\f",
    "carriage returns": "« Le pont tient »,\r\na déclaré Hugo Tessier.\r« Bon », dit-il.",
    "capitals": "« LE PONT TIENT », A DÉCLARÉ HUGO TESSIER. LE MAIRE AFFIRME QUE LA DIGUE TIENT.",
    "one long word": "« " + "a" * 5000 + " », a déclaré Hugo Tessier.",
    "many names": "Selon " + ", ".join(["Hugo Tessier"] * 200) + ", le pont tient.",
    "many paragraphs": "« Le pont tient »\n" * 200,
    "decomposed": "« Le pont tiendra de\u0301sormais », a de\u0301clare\u0301 He\u0301le\u0300ne Te\u0301nier.",
    "web address": "Selon https://exemple.example/a?b=« c », le pont tient, a écrit @tessier.",
    "entities": "&laquo;&nbsp;Le pont tient&nbsp;&raquo;, a d&eacute;clar&eacute; Hugo Tessier.",
}


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
@pytest.mark.parametrize("seed", range(3))
def test_odd_texts(text: str, seed: int) -> None:
    check(extract(text, seed))
