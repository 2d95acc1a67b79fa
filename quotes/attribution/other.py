"""Quotation marks that report nothing: titles, names, nicknames, terms, scare quotes."""

from __future__ import annotations

from collections import Counter

import regex

from quotes.attribution.frames import Passage
from quotes.model import Span
from quotes.text.grammar import alternatives, word_class
from quotes.text.lexicon import fold, load_words
from quotes.text.vocabulary import is_medium, plain
from quotes.who.names import folded_words

__all__ = ["TermIndex", "is_known_term", "is_term"]

WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’-]*+")
LAST_WORD = regex.compile(r"(?P<word>[\p{L}-]++['’]?+)\s*+(?P<gap>[(:]?)\s*+$")
# « Les Heures salées », de Léa Roux, … and « Les Heures salées » (2011)
BY_AUTHOR = regex.compile(rf"\s?\((?:19|20)\d\d\)|,?\s(?:{alternatives('of')})\s?\p{{Lu}}[\p{{L}}’'-]++\s\p{{Lu}}")
SMALL = word_class("title-small")
CHARGES = word_class("charge")
# Nouns that name things and are forms of verbs too.
VERBS = word_class("noun-or-verb")
DETERMINERS = word_class("determiner") | word_class("of")
# « a créé un groupe : « … » »
NAMED_BY_COLON = word_class("calling-noun") | word_class("founded-noun") | word_class("gloss")
# « a été traité « sans délai » »
AUXILIARIES = word_class("auxiliary") | word_class("passive-auxiliary")
WITHIN = word_class("within")
# « sur le thème de « … », « le groupe dit des « … »
CALLING = word_class("calling-noun") | word_class("calling-participle")
COPULAS = word_class("copula")
# No name begins so in small letters: « voit dans cet accord « une victoire » ».
INDEFINITE = word_class("indefinite-article")
OPENING = word_class("on-place") | word_class("preposition")
CHARGING = word_class("charging-preposition")
# A title has at most so many words.
LONGEST_TITLE = 8
# How many words before the mark the charge may stand.
CHARGE_REACH = 5
# How far behind the mark, in code points, the cue of an incise may stand.
INCISE_REACH = 30


class TermIndex:
    """Short texts that stand in quotation marks more than once in an article, or as often without marks: names of things."""

    def __init__(self, text: str, passages: tuple[Passage, ...]) -> None:
        headline = text.find("\n")
        self._count = Counter(self._key(text, p) for p in passages if p.outer.start >= headline)
        self._text = " ".join(folded_words(text))

    @staticmethod
    def _key(text: str, passage: Passage) -> tuple[str, ...]:
        return folded_words(" ".join(p.of(text) for p in passage.pieces))

    def is_repeated(self, text: str, passage: Passage) -> bool:
        """Whether a passage of at most two words comes back."""
        key = self._key(text, passage)
        return 0 < len(key) <= 2 and self._count[key] > 1


def is_term(text: str, passage: Passage, terms: TermIndex, governed: bool, cue: Span | None, clause: bool = False) -> str:
    """Why a passage is no quote (a short reason), empty when it may be one.

    `governed`: a cue of the sentence takes it; `clause`: it holds a verb of its own.
    """
    inside = " ".join(p.of(text) for p in passage.pieces)
    before = text[max(0, passage.outer.start - 60) : passage.outer.start]
    named = LAST_WORD.search(before)
    words = WORD.findall(inside)
    if not words:
        return "no-words"
    introduced = cue is not None and cue.start < passage.outer.start <= cue.end + 2
    predicate = inside[0].islower() and (clause or words[0] in INDEFINITE or (words[0] in OPENING and (governed or len(words) > 3)))
    if named and named["gap"] == ":" and cue is None and not clause and _is_called(named["word"], inside, words):
        return "named"
    if named and words[0][0].isupper() and not clause and _is_within(before, named):
        return "title"
    if named and not named["gap"] and not introduced and not predicate and _names(before, named):
        return "named"
    if terms.is_repeated(text, passage) and not introduced and not (named and fold(named["word"]).lower() in COPULAS):
        return "repeated-term"
    beside = cue is not None and passage.outer.end <= cue.start < passage.outer.end + INCISE_REACH
    if not introduced and not beside and _is_charge(before):
        return "charge"
    if cue is None and len(words) <= LONGEST_TITLE and BY_AUTHOR.match(text, passage.outer.end):
        return "title"
    cased = not introduced and _is_cased(words)
    title = (cased or not governed) and _is_title(words, inside, before)
    return _known_name(words, inside, introduced) or ("title" if title else "")


def is_known_term(text: str, passage: Passage) -> bool:
    """Whether the list of terms has the words of a passage: « gilets jaunes »."""
    return _is_listed(" ".join(p.of(text) for p in passage.pieces))


def _is_listed(inside: str) -> bool:
    return plain(" ".join(inside.split())) in load_words("terms.txt")


def _known_name(words: list[str], inside: str, introduced: bool) -> str:
    """Why a passage is no quote whose words the lists of terms and media hold."""
    if _is_listed(inside):
        return "known-term"
    return "medium" if words[0][0].isupper() and not introduced and is_medium(inside) else ""


def _is_within(before: str, named: regex.Match[str]) -> bool:
    """« dans « Bêtes et marées » », « lors de « L'Heure du port » »: what something is said or done in."""
    word, others = fold(named["word"]).lower(), WORD.findall(before[: named.start("word")])
    return word in WITHIN or (word in DETERMINERS and bool(others) and fold(others[-1]).lower() in WITHIN)


def _is_called(noun: str, inside: str, words: list[str]) -> bool:
    """« a créé un groupe : « Les voiles du soir » »: a noun before a colon that makes a name of what follows, unless that is a sentence."""
    return fold(noun).lower() in NAMED_BY_COLON and len(words) <= LONGEST_TITLE and inside.rstrip()[-1:] not in ".!?…"


def _names(before: str, named: regex.Match[str]) -> bool:
    """Whether the word before the mark makes a name of what follows: « le film », « la marque », not « le roman marque »."""
    word = fold(named["word"]).lower()
    others = WORD.findall(before[: named.start("word")])
    if word in DETERMINERS and others and fold(others[-1]).lower() in CALLING:
        return True
    last = fold(others[-1]).lower().rpartition("'")[2] if others else ""
    verb = (word in VERBS and last not in DETERMINERS) or last in AUXILIARIES
    return word in load_words("other_before.txt") and not verb


def _is_charge(before: str) -> bool:
    """« mis en examen pour « … » », « accusé de « … » »: an offence by its legal name."""
    words = [fold(w).lower() for w in WORD.findall(before)]
    return bool(words) and words[-1] in CHARGING and any(word in CHARGES for word in words[-CHARGE_REACH:])


def _is_cased(words: list[str]) -> bool:
    """Whether all of two words or more that are not small are capitalised, not all in capitals: « Année du Fleuve »."""
    content = [w for w in words if fold(w).lower() not in SMALL]
    return len(content) > 1 and all(w[0].isupper() for w in content) and not all(w.isupper() for w in content)


def _is_title(words: list[str], inside: str, before: str) -> bool:
    """Capitals inside a running sentence: « Les Brumes patientes »."""
    if not words[0][0].isupper() or inside.rstrip()[-1:] in ".!?…" or len(words) > LONGEST_TITLE:
        return False
    running = bool(regex.search(r"[\p{L},]\s*+$", before))
    content = [w for w in words if fold(w).lower() not in SMALL]
    capitals = sum(w[0].isupper() for w in content)
    return running and (capitals >= 2 or (len(content) <= 4 and capitals == len(content)) or len(content) <= 3)
