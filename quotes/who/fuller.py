"""Fuller phrases of an article for a bare noun: « la cour » for « cour d'appel de Vannes », named in an earlier sentence."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from quotes.text.grammar import word_class
from quotes.text.lexicon import load_lexicon
from quotes.text.nominals import read_nominal
from quotes.text.vocabulary import Vocabulary, plain

__all__ = ["compound_phrase", "fuller_phrase", "goes_on", "phrase_from"]

# Endings of adjectives that names of bodies have and verbs seldom: « Lutte ouvrière », « Alliance citoyenne ».
NAMING = regex.compile(r"(?:ières?|iennes?|aines?|ales?|elles?|iques?|aires?|istes?|oyennes?)$")
# How far back, in code points, a fuller phrase is looked for, and how many words it may add.
REACH, LONGEST = 8000, 8
TOKEN = regex.compile(r"(?:\s|(?<=['’]))(?P<word>[ldLD]['’]|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*+(?:['’-][\p{L}\p{N}]++)*+)")
OF = word_class("phrase-of")
ARTICLES = word_class("phrase-article")
# « Marins sans frontières »: what goes on inside a proper name.
INSIDE = word_class("phrase-inner")
STOPS = word_class("title-break") | word_class("contracted-to") | word_class("relative") | (word_class("preposition") - OF)
# The ending of adjectives that many verbs have too: « publique », « distribue ».
VERBAL = regex.compile(r"^\p{Ll}++(?<=ue)$")
DETERMINERS = word_class("determiner")
UNSPECIFIC = DETERMINERS - ARTICLES
# « le gouvernement de minorer », but « le courrier de Brec »: a small word behind « de ».
INFINITIVE = regex.compile(r"^\p{Ll}{3,}(?<!i)er$")
# The endings of adjectives that say what kind of organisation it is: « internationale », « correctionnel ».
ADJECTIVE = regex.compile(
    r"(?:ai[ns]e?|mande?|oise?|[ié]en(?:ne)?|al|ale|el|elle|ifs?|ive|ique|ic|aire|ier|[ié]ère|ain|aine|eur|euse|ard|iste|ole|ue?)s?$"
)


def fuller_phrase(text: str, head: str, position: int) -> str | None:
    """The longest phrase before `position` (code points) that begins with the noun `head` and says which one; None when there is none."""
    pattern = rf"(?<![\p{{L}}-])(?i:{regex.escape(head)})(?![\p{{L}}'’-])"
    found = (phrase_from(text, m.group(), m.end()) for m in regex.finditer(pattern, text, pos=max(0, position - REACH), endpos=position))
    return max((phrase for phrase in found if phrase), key=lambda phrase: len(phrase.split()), default=None)


def compound_phrase(text: str, head: str, position: int, vocabulary: Vocabulary) -> str | None:
    """The first phrase before `position` (code points) in which `head` follows a noun that can speak: « 27 pays membres »; else None."""
    pattern = rf"(?<!\p{{L}})(?:\d++\s)?(?P<noun>\p{{Ll}}{{3,}}s)\s{regex.escape(head)}(?![\p{{L}}-])"
    found = regex.finditer(pattern, text, pos=max(0, position - REACH), endpos=position)
    nouns = ((m, read_nominal(m["noun"], vocabulary)) for m in found)
    known = (m for m, noun in nouns if noun.known and noun.type in ("group", "organization"))
    return next((" ".join(m.group().split()) for m in known), None)


def phrase_from(text: str, head: str, end: int) -> str | None:
    """The noun `head` with the complements, names and adjectives right behind its `end` (code points); None when there are none."""
    words = [head]
    for word in _words(text, end):
        if len(words) > 1 and VERBAL.search(words[-1]) and plain(word) in DETERMINERS:
            words.pop()  # « la mairie distribue des masques »
            break
        if not _belongs(word, words) or len(words) > LONGEST:
            break
        words.append(word)
    while len(words) > 1 and (plain(words[-1]) in OF | ARTICLES):
        words.pop()
    return " ".join(words).replace("' ", "'").replace("’ ", "’") if len(words) > 1 else None


def _words(text: str, start: int) -> Iterator[str]:
    """The words that follow a position with nothing but a space or an elision between."""
    while (match := TOKEN.match(text, start)) is not None:
        yield match["word"]
        start = match.end()


def _belongs(word: str, before: list[str]) -> bool:
    """Whether a word goes on with a noun phrase: a name, « de » and what it governs, an adjective."""
    form, last = plain(word), plain(before[-1])
    if form in INSIDE or last in INSIDE:
        return last in INSIDE or not before[-1].islower()
    if form in STOPS or (form in load_lexicon().by_form and last not in OF | ARTICLES):
        return False
    if form in OF or not word.islower():
        return last not in OF or form not in OF
    if last in OF and form in UNSPECIFIC:
        return False  # « l'appel d'un maire » tells no more than « l'appel »
    if last in OF | ARTICLES:
        return form not in load_lexicon().verbs and not form.isdigit() and not INFINITIVE.search(form)
    return len(before) < 3 and (len(before) == 1 or before[-1].islower()) and bool(ADJECTIVE.search(form))


def goes_on(text: str, end: int) -> bool:
    """Whether a small adjective follows a capitalised word that ends at `end`: « Lutte ouvrière », not « Roux affirme »."""
    match = TOKEN.match(text, end)
    form = plain(match["word"]) if match is not None else ""
    return bool(form) and match is not None and match["word"].islower() and form not in load_lexicon().by_form and bool(NAMING.search(form))
