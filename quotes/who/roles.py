"""Titles and functions beside a name (« Anne Martin, préfète du Doubs », « le ministre Paul Durand ») and in noun phrases."""

from __future__ import annotations

import dataclasses
import functools

import regex

from quotes.model import Span
from quotes.text.grammar import alternatives, word_class
from quotes.text.lexicon import load_lexicon, load_table
from quotes.text.vocabulary import Vocabulary, plain
from quotes.who.names import NameMention, folded_words

__all__ = ["RolePhrase", "read_role", "roles_beside"]

WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*+(?:[-–]\p{L}+)*+['’]?")
# Where the phrase before or after a name ends.
BREAK = regex.compile(r"[.;:!?…«»“”\"\n]")
AFTER = regex.compile(r"\s*+,\s*+(?P<phrase>(?:[^.,;:!?…«»“”\"\n()]|\(\p{Lu}[^()\n]{0,30}\)){3,110})")
PARENTHESIS = regex.compile(r"\s*+\((?P<phrase>[^()\n]{3,90})\)")
# « le directeur de l'agence (AGP) Paul Ostier », « la maire (PS) de Brec »
ASIDE = regex.compile(r"\s\([^()]{2,40}+\)(?=\s|$)")
COPULA = regex.compile(rf"\s++(?:{alternatives('copula')})\s++(?P<phrase>[^.,;:!?…«»“”\"\n()]{{3,90}})")
DASH = regex.compile(r"\s*+[–—-]\s++(?P<phrase>[^.,;:!?…«»“”\"\n()]{3,90})")
# Words that may stand between a title and the name it belongs to.
LINKS = word_class("title-link")
VERBS = word_class("title-break")
EMPTY = word_class("title-empty")
TITLE_ADJECTIVES = word_class("title-adjective")
# « chargé de la mer », « en charge des routes »: what an office is for.
CHARGED = word_class("charged-with")
# « l'opérateur Orvane »: nouns for people that are nouns for companies too.
COMPANIES = word_class("organization-descriptor") | word_class("company-noun")
FEMININE = word_class("feminine")
MASCULINE = word_class("masculine")
# Longest first, so that « ministre de la Justice » is not read as any minister.
TITLES = sorted(load_table("titles.tsv"), key=lambda row: -len(row[0]))
FIRST_WORDS = 4
# How far behind a name, in code points, its title may end. A pattern without an end would scan a long text for its fixed parts.
REACH = 160
# The endings of adjectives that follow a title: « le ministre français Paul Durand ».
ADJECTIVE = regex.compile(r"(?:aine?|oise?|aise?|[ié]enn?e?|ales?|ale?|ifs?|ive|eur|oire|ique|ande?|ole?|ée?|aire|ant|ante|e|c|r|us|ine?)$")


@dataclasses.dataclass(frozen=True, slots=True)
class RolePhrase:
    """A title: the office's `key`, the `base` key and `gender` of its head noun, the words that specify it, its text without article.

    `place` is where it stands in the text when a name follows it: « la maire de Brec, » before « Anne Vidal ».
    """

    key: str
    base: str
    gender: str
    specifics: frozenset[str]
    text: str
    place: Span | None = dataclasses.field(default=None, compare=False)


@functools.lru_cache(maxsize=8192)
def read_role(phrase: str, vocabulary: Vocabulary, first_words: int = FIRST_WORDS) -> RolePhrase | None:
    """The title a noun phrase begins with, when one of its first words is a noun for people."""
    phrase = ASIDE.sub("", phrase)
    words = list(WORD.finditer(phrase))
    for number, match in enumerate(words[:first_words]):
        form = plain(match.group())
        role = vocabulary.roles.get(form) or vocabulary.roles.get(form.removeprefix("ex-").removeprefix("vice-"))
        if role is None:
            if form in VERBS or form in load_lexicon().by_form:
                return None
            continue
        end = next((w.start() for w in words[number + 1 :] if plain(w.group()) in VERBS), len(phrase))
        key, rest = _office(phrase[match.start() : end], role.key, match.end() - match.start())
        specifics = frozenset(w for w in folded_words(rest.replace("-", "")) if w not in EMPTY and len(w) > 1)
        start = next((w.start() for w in words[: number + 1] if plain(w.group()).rstrip("'") not in EMPTY), match.start())
        feminine = any(plain(w.group()) in FEMININE for w in words[:number])
        masculine = any(plain(w.group()) in MASCULINE for w in words[:number])
        gender = role.gender if role.gender in "mf" else "f" if feminine else "m" if masculine else ""
        return RolePhrase(key, role.key, gender, specifics, phrase[start:end].strip())
    return None


def _office(phrase: str, key: str, length: int) -> tuple[str, str]:
    """The key of an office that has several names, longest phrase first, and what follows its name; else the noun's own key."""
    plain_phrase = plain(" ".join(phrase.split())).replace("l'etat", "l'état")
    for title, office in TITLES:
        if plain_phrase.startswith(title) and not plain_phrase[len(title) : len(title) + 1].isalpha():
            return office, plain_phrase[len(title) :]
    return key, phrase[length:]


def roles_beside(text: str, mention: NameMention, vocabulary: Vocabulary) -> tuple[RolePhrase, ...]:
    """Titles after the name (apposition, parenthesis, copula) and before it."""
    found = []
    for pattern in (AFTER, PARENTHESIS, COPULA, DASH):
        match = pattern.match(text, mention.span.end, mention.span.end + REACH)
        role = read_role(match["phrase"], vocabulary) if match else None
        if role:
            found.append(role)
    noun = vocabulary.callings.get(text[mention.span.start : mention.span.end].split()[0])
    if noun is not None:  # « Me Roux » is an « avocat », or an « avocate »
        key = vocabulary.roles[noun].key
        found.append(RolePhrase(key, key, "", frozenset(), noun))
    before = _before(text, mention, vocabulary)
    if before:
        found.append(before)
    return tuple(found)


def _before(text: str, mention: NameMention, vocabulary: Vocabulary) -> RolePhrase | None:
    span = mention.span
    left = max((m.end() for m in BREAK.finditer(text, max(0, span.start - 120), span.start)), default=max(0, span.start - 120))
    # Of the same length as the text, so that places in it are places of the text.
    segment = ASIDE.sub(lambda aside: " " * len(aside.group()), text[left : span.start].rstrip())
    segment = segment[:-1] if segment.endswith(",") else segment
    cut = _last_part(segment)
    left, segment = left + cut, segment[cut:]
    words = list(WORD.finditer(segment))
    for number in range(len(words) - 1, max(-1, len(words) - 13), -1):
        form = plain(words[number].group())
        if form in VERBS or form in vocabulary.groups:
            return None  # « l'avocat des parents Lambert »
        bare = len(mention.words) == 1 and not mention.certain
        alone = bare and (number + 1 < len(words) or form in COMPANIES)
        if plain(form.removeprefix("ex-")) in vocabulary.roles and not alone and _joined(words[number + 1 :]):
            # « Premier ministre », but not « dit »
            more = number > 0 and plain(words[number - 1].group()) not in load_lexicon().by_form
            begin = words[number - more].start()
            role = read_role(segment[begin:], vocabulary, 2)
            return dataclasses.replace(role, place=Span(left + begin, span.start)) if role else None
    return None


def _last_part(segment: str) -> int:
    """Where the part behind the last comma begins, with what a comma parts from its title: « le vice-président, chargé des routes »."""
    cut = segment.rfind(",") + 1
    while cut and (opening := WORD.search(segment, cut)) and plain(opening.group()) in CHARGED:
        cut = segment.rfind(",", 0, cut - 1) + 1
    return cut


def _joined(between: list[regex.Match[str]]) -> bool:
    """Whether the words between a title and a name can belong to the title: none, or a complement « de la Santé », or an adjective."""
    if not between:
        return True
    first, last = between[0].group(), plain(between[-1].group())
    if last in LINKS and last not in TITLE_ADJECTIVES:
        return False
    return plain(first) in LINKS or (not first[0].isupper() and bool(ADJECTIVE.search(plain(first))))
