"""Tags that the lemmatizer's dictionary puts right."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from quotes.syntax.verbs import known_verbs

DICTIONARY = {
    "VERB": {
        "dément": "démentir",
        "fulmine": "fulminer",
        "fulminent": "fulminer",
        "pointe": "pointer",
        "narrée": "narrer",
        "calme": "calmer",
        "menace": "menacer",
    },
    "ADJ": {"dément": "dément", "pointe": "point", "calme": "calme"},
    "NOUN": {"menace": "menace", "pointe": "pointe", "dément": "dément"},
}
SENTENCES = {
    "an adverb the dictionary lacks": ("ministère/NOUN dément/ADV tout/PRON", "dément", "VERB", "Sing"),
    "an adjective the dictionary lacks": ("maire/NOUN fulmine/ADJ", "fulmine", "VERB", "Sing"),
    "several who do it": ("maires/NOUN fulminent/ADJ", "fulminent", "VERB", "Plur"),
    "an adjective it has": ("maire/NOUN calme/ADJ et/CCONJ", "calme", "ADJ", None),
    "an adjective it has, before que": ("maire/NOUN pointe/ADJ que/SCONJ", "pointe", "VERB", "Sing"),
    "an adverb between": ("maire/NOUN pointe/ADJ toutefois/ADV que/SCONJ", "pointe", "VERB", "Sing"),
    "a comparison": ("plus/ADV calme/ADJ que/SCONJ", "calme", "ADJ", None),
    "a relative pronoun": ("vie/NOUN calme/ADJ que/PRON", "calme", "ADJ", None),
    "a participle": ("histoire/NOUN narrée/ADJ", "narrée", "ADJ", None),
    "a noun it has": ("la/DET pointe/NOUN que/SCONJ", "pointe", "NOUN", None),
    "a noun between and and an infinitive": ("parle/VERB et/CCONJ menace/NOUN de/ADP partir/VERB", "menace", "VERB", "Sing"),
    "a noun before a noun": ("peur/NOUN et/CCONJ menace/NOUN de/ADP grève/NOUN", "menace", "NOUN", None),
    "a name": ("Dément/NOUN", "Dément", "NOUN", None),
}


@pytest.mark.parametrize(("words", "form", "tag", "number"), SENTENCES.values(), ids=SENTENCES)
def test_known_verbs(words: str, form: str, tag: str, number: str | None) -> None:
    pairs = [word.split("/") for word in words.split()]
    document = SimpleNamespace(
        sentences=[
            SimpleNamespace(words=[SimpleNamespace(text=t, upos=u, feats="VerbForm=Inf" if t == "partir" else None) for t, u in pairs])
        ]
    )

    def same(given: Any) -> Any:
        return given

    tagged = known_verbs(same, DICTIONARY)(document)
    word = next(w for w in tagged.sentences[0].words if w.text == form)
    assert word.upos == tag
    assert word.feats == (number and f"Mood=Ind|Number={number}|Person=3|Tense=Pres|VerbForm=Fin")
