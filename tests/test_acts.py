"""What the act of speech was, on stored parses: kind, polarity, hearsay, medium, relays, addressee.

The trees are in tests/parses/acts.conllu; after a new or changed sentence run `python -m tests.parses.build` and check the trees it adds.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.attribution.acts import ANSWERED, fields
from quotes.model import Article, Claim, Extraction, Quote, Saying, Span
from quotes.pipeline import Extractor
from quotes.syntax.parser import StoredParser, tree_from_conllu
from quotes.who.entities import Entity

TREES = Path(__file__).parent / "parses" / "acts.conllu"

# By name: a text, and what the acts in it are, in text order, a semicolon between two.
POLARITY = {
    "affirmed": ("Le maire affirme que le pont est sûr.", "assert"),
    "future": ("Le maire dira que le pont est sûr.", "assert"),
    "negated": ("Le maire n'a pas dit que le pont était sûr.", "denied assert"),
    "never": ("Agathe Tournel n'a jamais affirmé que le musée fermerait.", "denied assert"),
    "negated-above": ("Hugo Tessier n'a pas voulu dire que la grue était vieille.", "denied assert"),
    "refused": ("Le préfet a refusé de dire si le pont était sûr.", "denied assert"),
    "denied-to-have-said": ("Il a nié avoir dit que le pont était sûr.", "deny; denied assert"),
    "denial-not-made": ("Le préfet ne nie pas que le pont est vieux.", "denied deny"),
    "no-denial": ("Le maire n'a cessé de répéter que « le pont est sûr ».", "assert"),
    "hesitates-not": ("Le ministre n'hésite pas à dire que le pont est sûr.", ""),
    "supposed": ("S'il disait que le pont est sûr, personne ne le croirait.", "hypothetical assert"),
    "even-if": ("Même si le maire affirme que le pont est sûr, personne ne le croit.", ""),
    "contrasted": ("Si le maire affirme que le pont est sûr, le préfet pense que le pont est vieux.", "opine"),
    "possible": ("Le maire pourrait dire que le pont est sûr.", "hypothetical assert"),
    "asked": ("Le maire a-t-il dit que le pont était sûr ?", "questioned assert"),
    "asked-with-est-ce-que": ("Est-ce que le maire a dit que le pont était sûr ?", "questioned assert"),
    "asked-indirectly": ("La présidente demande si le maire a dit que le pont était sûr.", "ask; questioned assert"),
    "quote-negated": ("Le maire n'a pas dit « non ».", "denied assert"),
    "quote-in-an-incise": ("« Le pont est sûr », a-t-il dit.", "assert"),
}

HEARSAY = {
    "reporting": ("Le préfet aurait lancé : « Fermez le pont ! »", "hearsay assert"),
    "content": ("Selon la police, le suspect aurait agi seul.", "hearsay assert"),
    "content-present": ("Selon la police, le suspect serait en fuite.", "hearsay assert"),
    "future-of-the-past": ("Le maire a dit que le pont rouvrirait en mai.", "assert"),
    "tempered": ("Selon la police, le pont devrait rouvrir.", "assert"),
    "condition": ("La police affirme que le pont aurait tenu s'il avait été réparé.", "assert"),
    "opinion": ("Agathe Tournel estime que ce serait une erreur.", "opine"),
}

KIND = {
    "promise": ("Elle a promis de baisser l'impôt.", "promise"),
    "accusation": ("Le maire accuse l'État d'avoir menti.", "accuse"),
    "request": ("Le syndicat demande que les postes soient maintenus.", "request"),
    "indirect-question": ("Le maire demande si le pont est sûr.", "ask"),
    "order": ("Il a dit à son frère de partir.", "order to=son frère"),
    "question": ("« Qui va payer ? », a lancé Anne Vidal.", "ask"),
    "question-after-a-statement": ("« Le pont tremble. Qui va payer ? », a lancé Anne Vidal.", "assert"),
    "opinion-locution": ("De l'avis de la préfecture, le pont tiendra.", "opine"),
    "unknown-verb": ("« Ce pont est une passoire », a moucheté Hugo Tessier.", "none"),
}

MEDIUM = {
    "press-release": ("Dans un communiqué publié lundi, la préfecture affirme que le pont est sûr.", "assert medium=press-release"),
    "press-conference": ("« Le pont est sûr », a assuré Paul Ostier lors d'une conférence de presse.", "assert medium=press-conference"),
    "social": ("« Le pont est sûr », a écrit Anne Vidal sur son compte Twitter.", "write medium=social"),
    "social-by-cue": ("« Le pont est sûr », a tweeté Anne Vidal.", "write medium=social"),
    "interview": ("Dans un entretien au Monde, Anne Vidal estime que le pont est sûr.", "opine medium=interview relay=Monde"),
    "broadcast": ("Le maire a promis au micro de RTL que le pont rouvrirait.", "promise medium=broadcast relay=RTL"),
    "letter": ("Dans une lettre au préfet, les riverains écrivent que le pont tremble.", "write medium=letter to=préfet"),
    "court": ("À la barre, Paul Ostier a reconnu avoir menti.", "assert medium=court"),
    "document": ("Le rapport affirme que le pont est dangereux.", "assert medium=report"),
    "of-something-else": ("Le maire, qui avait signé un rapport, assure que le pont est sûr.", "assert"),
    "name": ("« Le pont est sûr », a dit le maire au Grand Jury.", "assert medium=broadcast"),
    "other-number": ("Dans les tribunes, les supporters ont chanté que le pont était sûr.", "exclaim"),
    "other-sense": ("Au cours de la semaine, le maire a dit que le pont était sûr.", "assert"),
}

RELAY = {
    "agency": ("« Le pont rouvrira en mai », a dit Anne Vidal à l'AFP.", "assert medium=agency relay=l'AFP"),
    "agency-no-list-has": ("« Le pont est sûr », a expliqué, à l'agence Boréal, le maire.", "assert relay=l'agence Boréal"),
    "cited": ("« Le pont est sûr », a dit le préfet, cité par Reuters.", "assert relay=Reuters"),
    "asked-by": ("Anne Vidal, interrogée par Le Parisien, assure que le pont est sûr.", "assert medium=interview relay=Le Parisien"),
    "incise": ("« Le pont est sûr », a dit le préfet, rapporte Le Monde.", "assert relay=Le Monde"),
    "according": (
        "Selon Le Monde, le préfet aurait déclaré que le pont était dangereux.",
        "hearsay assert relay=Le Monde",
    ),
    "report-around": ("Reuters rapporte que le préfet a dit que le pont était sûr.", "assert medium=agency; assert relay=Reuters"),
    "two": (
        "« Le pont est sûr », a dit le préfet à l'AFP, rapporte Le Monde.",
        "assert medium=agency relay=l'AFP > Le Monde",
    ),
    "a-source-of-its-own": ("Le pont est fermé selon la préfecture, mais des témoins affirment qu'il est ouvert.", "assert; assert"),
    "name-that-is-a-noun": ("Le maire a demandé à l'Union de rouvrir le pont.", "request to=l'Union"),
    "pronoun": ("Le préfet est furieux. Il affirme que le maire a dit que le pont était sûr.", "assert; assert"),
    "in-the-source": ("« Le pont est sûr », a dit le journaliste de RTL.", "assert"),
}

ADDRESSEE = {
    "journalists": ("« Le pont rouvrira en mai », a dit Anne Vidal aux journalistes.", "assert to=journalistes"),
    "partisans": ("« Allez voter », a-t-elle lancé à ses partisans.", "assert to=ses partisans"),
    "government": ("Le maire a demandé au gouvernement de rouvrir le pont.", "request to=gouvernement"),
    "clitic": ("« Je ne sais rien », lui a répondu le préfet.", "answer to=lui"),
    "clitic-nous": ("« Nous partirons », nous a confié Anne Vidal.", "assert to=nous"),
    "object": ("Le maire a exhorté les riverains à rester calmes.", "request to=les riverains"),
    "accused": ("Le maire accuse les riverains d'avoir menti.", "accuse"),
    "before-the-elect": ("« Qui va payer ? », a lancé Anne Vidal devant les élus.", "ask to=les élus"),
    "press": ("Le maire s'est félicité devant la presse que le pont soit sûr.", "praise to=la presse"),
    "date": ("Ce jour-là, date à laquelle le maire a annoncé que le pont rouvrirait, il a plu.", "announce"),
    "place": ("« Le pont est sûr », a dit le préfet à Paris.", "assert"),
    "organization": ("Le maire a demandé lundi à la préfecture de fermer le pont.", "request to=la préfecture"),
    "organization-where": ("« Le pont est sûr », a dit le maire lors d'une réunion à la préfecture.", "assert medium=meeting"),
    "thing": ("Le maire a répondu à la question que le pont était sûr.", "answer"),
}

GROUPS = {"polarity": POLARITY, "hearsay": HEARSAY, "kind": KIND, "medium": MEDIUM, "relay": RELAY, "addressee": ADDRESSEE}
CASES = {f"{group}-{name}": case for group, cases in GROUPS.items() for name, case in cases.items()}


def extract(name: str, unasserted: bool) -> Extraction:
    parser = StoredParser(TREES.read_text(encoding="utf8"))
    return Extractor(parser=parser, unasserted=unasserted).extract_batch([Article(name, CASES[name][0])])[0]


def results(extraction: Extraction) -> list[Quote | Claim]:
    found: tuple[Quote | Claim, ...] = (*extraction.quotes, *extraction.claims)
    return sorted(found, key=lambda result: result.span.start)


def told(result: Saying, text: str) -> str:
    """What differs from plain reporting, in words."""
    parts: list[str] = [] if result.asserted else [result.polarity]
    parts += ["hearsay"] if result.hearsay else []
    parts.append(result.act or "none")
    parts += [f"medium={result.medium}"] if result.medium else []
    parts += [f"relay={' > '.join(span.of(text) for span in result.relay)}"] if result.relay else []
    parts += [f"to={result.addressee.of(text)}"] if result.addressee else []
    return " ".join(parts)


def test_stored_trees_are_trees() -> None:
    """Corrections by hand kept them so: one root that dominates all."""
    for block in TREES.read_text(encoding="utf8").strip().split("\n\n"):
        tree = tree_from_conllu(block)
        assert tree.root and all(tree.dominates(tree.root, word) for word in tree), block


@pytest.mark.parametrize("name", CASES)
def test_act(name: str) -> None:
    extraction = extract(name, unasserted=True)
    assert "; ".join(told(result, extraction.article.text) for result in results(extraction)) == CASES[name][1]


@pytest.mark.parametrize("name", [name for name, (_, acts) in CASES.items() if acts.startswith(("denied", "questioned", "hypothetical"))])
def test_what_is_not_asserted_changes_nothing_else(name: str) -> None:
    whole, plain = extract(name, unasserted=True), extract(name, unasserted=False)
    assert plain.quotes == whole.quotes and plain.speakers == whole.speakers and plain.mentions == whole.mentions
    assert [claim for claim in whole.claims if claim in plain.claims] == list(plain.claims)
    assert all(not claim.asserted for claim in whole.claims if claim not in plain.claims)


def test_a_relay_that_is_the_speaker_is_none() -> None:
    saying = Saying(relay=(Span(0, 2), Span(5, 9)))
    known = {Span(0, 2): Entity("Anne Vidal", "person"), Span(5, 9): None}
    assert fields(saying, "Anne Vidal", known)["relay"] == (Span(5, 9),)


def test_an_answer_of_an_interview() -> None:
    assert fields(ANSWERED) == {
        "polarity": "affirmed", "hearsay": False, "act": "answer", "medium": "interview", "relay": (), "addressee": None,
    }  # fmt: skip
