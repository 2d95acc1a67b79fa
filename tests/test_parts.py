"""Sentences too long for the parser, and code that is no sentence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from quotes.model import Article, Claim, Quote
from quotes.pipeline import Extractor
from quotes.syntax.parts import LONGEST, parts_of
from quotes.syntax.tree import Tree
from quotes.syntax.words import tokenize
from quotes.text.code import is_code
from tests.test_robustness import RandomParser, check

SCRIPT = (
    'var q=window.q||[];function dire(a,b){if(a==="dit"&&b.length>0){q.push({"event":"affirme","page":a+"que"});}return b;}'
    'q.push(function(){document.getElementById("x").innerHTML="« Le pont tient », a dit la maire";});'
)


class Counting(RandomParser):
    """Remembers how long the longest sentence was."""

    longest = 0

    def parse(self, sentences: Sequence[str]) -> list[Tree]:
        """See `Parser.parse`."""
        self.longest = max([self.longest, *(len(tokenize(text)) for text in sentences)])
        return super().parse(sentences)


@pytest.mark.parametrize(
    "text",
    ["mot " * 2000, "mot, " * 2000, "dit-là" + "-là" * 3000, "a;b" * 3000, "(" * 3000, "« non » mot " * 1200, "« le pont tient » " * 900],
)
def test_the_parser_sees_short_sentences_only(text: str) -> None:
    parser = Counting(0)
    found = Extractor(parser=parser).extract_batch([Article("a", f"Le maire affirme que {text}")])[0]
    check(found)
    # Where a part begins with a passage, that passage has some words more.
    assert 0 < parser.longest <= LONGEST + 20
    # Fragments lose their marks.
    assert ("long-sentence" in found.flags) == ("»" not in text)


def test_parts_end_at_punctuation_and_lose_nothing() -> None:
    text = "Un mot, deux mots " * 300
    parts = parts_of(text)
    assert all(part.of(text).endswith(",") for part in parts[:-1])
    assert "".join("".join(part.of(text) for part in parts).split()) == "".join(text.split())
    assert len(parts_of("mot " * LONGEST)) == 1 and len(parts_of("mot " * (LONGEST + 1))) == 2


def test_what_stands_in_a_long_sentence_is_flagged() -> None:
    text = "Le maire affirme que le pont tient. " + "Selon Hugo Tessier, " + "le pont tient et " * 200 + "la digue cède."
    found = Extractor(parser=RandomParser(0)).extract_batch([Article("a", text), Article("b", "Selon Hugo Tessier, le pont tient.")])
    assert [extraction.flags for extraction in found] == [("long-sentence",), ()]
    results: tuple[Quote | Claim, ...] = (*found[0].quotes, *found[0].claims)
    for result in results:
        assert ("long-sentence" in result.flags) == (result.span.start > 40)
    check(found[0])


@pytest.mark.parametrize(
    "passage",
    [
        SCRIPT,
        ".article{margin:0;padding:0}.article p{color:#333}.lead{font-size:2em}.quote{font-style:italic}",
        '{"@type":"NewsArticle","author":{"name":"Anne"},"about":{"name":"pont"},"x":{}}',
    ],
)
def test_code_is_no_sentence(passage: str) -> None:
    assert is_code(passage)
    for text in (passage, f"Le pont.\n{passage}\nLe bac."):
        found = Extractor(parser=Counting(0)).extract_batch([Article("a", text)])[0]
        assert (found.quotes, found.claims) == ((), ())


@pytest.mark.parametrize(
    "passage",
    [
        "« Le pont tient », a déclaré Anne Vidal (PS), maire de Brec ; la digue, elle, cédera {sic}.",
        "Lire sur https://exemple.example/a?b=1&c=2&d=3&e=4&f=5&g=6&h=7 ce que dit la maire.",
        "Résultats : Brec (LR) 12 %, Orvane (PS) 13 %, Vannes (RN) 14 %, Nort (EELV) 15 %, Dole (UDI) 16 %, Retz (PCF) 17 %.",
        "x = 3",
    ],
)
def test_prose_is_no_code(passage: str) -> None:
    assert not is_code(passage)
