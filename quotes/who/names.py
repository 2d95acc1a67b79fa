"""Names of people in running text: capitals, civilities, given names and the titles beside them."""

from __future__ import annotations

import dataclasses
import functools
import unicodedata

import regex

from quotes.model import Span
from quotes.text.grammar import alternatives, word_class
from quotes.text.vocabulary import Vocabulary, is_medium, people_gender, plain

__all__ = ["NameMention", "find_names", "folded_words"]

# « al-Khoury », « el-Amrani »: an article or particle written small that belongs to the name.
ARTICLES = "|".join(sorted(word_class("name-article")))
CAPITAL = rf"(?:(?:{ARTICLES})-(?=\p{{Lu}}))?+" r"\p{Lu}[\p{L}\p{M}]*+(?:['’-][\p{L}\p{M}]++)*+"
INITIAL = r"\p{Lu}\.(?:-?\p{Lu}\.)*+"
PARTICLE = f"(?:{alternatives('name-particle')})"
NAME = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}\p{{N}}@#-])(?<!\p{{Lu}}['’])"
    rf"(?P<name>(?:{INITIAL}|{CAPITAL})(?:[\ \u00a0\u202f]\u200b*+(?:{PARTICLE}[\ \u00a0]?){{0,2}}(?:{INITIAL}|{CAPITAL})){{0,5}})"
    r"(?![\p{M}\p{N}])"
)
INITIALS = regex.compile(INITIAL)
PART = regex.compile(rf"{INITIAL}|{CAPITAL}|\p{{Ll}}++['’]?")
# « L'escroc Delmas »: an elided article with a noun is no name.
ELIDED_NOUN = regex.compile(rf"(?i:{alternatives('elided-article')})\p{{Ll}}")
# « L'Autriche », « Qu'Odile »: what an opening elision leaves of a name.
ELIDED_OPENER = regex.compile(rf"(?:{alternatives('elided-opener')})(?=\p{{Lu}})")
# « Interrogée, la maire … »
PARTICIPLE = regex.compile(r"\p{Lu}\p{Ll}++(?<=(?:é|i|u)(?:e|s|es)?)\s?,")
# « la Kerlazienne », « le Brécois »: behind an article, the endings of names for inhabitants.
INHABITANT = regex.compile(rf"\p{{Lu}}[\p{{Ll}}-]{{2,}}(?:{alternatives('inhabitant-ending')})$")
ARTICLE_BEFORE = regex.compile(rf"(?i)(?<!\p{{L}})(?:{alternatives('definite-article', chr(92) + 's')})$")
# The noun right before a name: « l'affaire », « lycée ».
LAST_WORD = regex.compile(r"(?P<word>\p{L}[\p{L}-]*+)\s$")
GENERIC = word_class("generic-person")
THINGS = word_class("eponym") | word_class("plural-determiner")
SENTENCE_START = regex.compile(r"(?:^|[.?!…:»”\"\n]|[«“—–-])[\s\p{Zs}«“\"—–-]*+$")


@dataclasses.dataclass(frozen=True, slots=True)
class NameMention:
    """A capitalised name: `words` as written without civility, `gender` from civility or given name (`m`, `f` or empty).

    `certain` tells names that a civility or a known given name proves from mere capitals.
    """

    span: Span
    words: tuple[str, ...]
    gender: str
    civility: bool
    certain: bool

    @property
    def name(self) -> str:
        """The name as one string."""
        return " ".join(self.words).replace("' ", "'").replace("’ ", "’")


@functools.lru_cache(maxsize=8192)
def folded_words(text: str) -> tuple[str, ...]:
    """Words without case, accents and ligatures, for comparing names."""
    text = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("’", "'"))
    return tuple(regex.findall(r"[\p{L}\p{N}]++", "".join(c for c in text if not unicodedata.combining(c))))


def find_names(text: str, vocabulary: Vocabulary) -> list[NameMention]:
    """Candidate names of people in text order; places, media and organisations of the word lists are left out."""
    found = []
    for match in NAME.finditer(text):
        mention = _mention(text, match, vocabulary)
        if mention is not None and not _names_thing(text, mention):
            found.append(mention)
    return found


def _names_thing(text: str, mention: NameMention) -> bool:
    """« le lycée Simone Carrat », « l'affaire Delmas »: what is called after somebody."""
    before = LAST_WORD.search(text, max(0, mention.span.start - 30), mention.span.start)
    return before is not None and not mention.civility and plain(before["word"]) in THINGS


def _mention(text: str, match: regex.Match[str], vocabulary: Vocabulary) -> NameMention | None:
    start, end = match.span("name")
    parts = [m for m in PART.finditer(text, start, end)]
    parts = _without_openers(text, parts, vocabulary)
    civility, gender = False, ""
    while parts and (parts[0].group() in vocabulary.civilities or parts[0].group() + "." in vocabulary.civilities):
        form = parts[0].group()
        gender = vocabulary.civilities.get(form) or vocabulary.civilities.get(form + ".", "")
        civility = True
        parts = parts[1:]
    while parts and plain(parts[0].group()) in vocabulary.roles and len(parts) > 1 and not _is_given(parts[0].group(), vocabulary):
        title, parts = vocabulary.roles[plain(parts[0].group())], parts[1:]
        # « l'Ancien Régime » names nobody, « le Ministre Roux » does.
        named = text[start].isupper() and not parts[0].group().islower() and title.key not in GENERIC
        civility = civility or named
    while parts and (parts[0].group().islower() or (len(parts) > 1 and _is_people(text, parts[0], vocabulary))):
        parts = parts[1:]
    parts = _without_body(_from_given_name(parts, vocabulary), vocabulary)
    if not parts:
        return None
    words = tuple(p.group() for p in parts)
    span = Span(start if civility else parts[0].start(), parts[-1].end())
    return _judge(text, span, words, gender, civility, vocabulary)


def _without_openers(text: str, parts: list[regex.Match[str]], vocabulary: Vocabulary) -> list[regex.Match[str]]:
    while parts:
        first = parts[0]
        if ELIDED_NOUN.match(first.group()):
            parts = parts[1:]
            continue
        elided = ELIDED_OPENER.match(first.group())
        opens = SENTENCE_START.search(text, max(0, first.start() - 12), first.start())
        participle = len(parts) == 1 and opens and PARTICIPLE.match(text, first.start()) and not _is_given(first.group(), vocabulary)
        if participle or (plain(first.group()) in vocabulary.openers and (len(parts) == 1 or opens)):
            parts = parts[1:]
        elif elided:
            rest = PART.match(text, first.start() + elided.end(), first.end())
            parts = ([rest] if rest else []) + parts[1:]
            break
        else:
            break
    return parts


def _is_people(text: str, part: regex.Match[str], vocabulary: Vocabulary) -> bool:
    """« l'Allemand Albrecht », « la Kerlazienne Odile Carrat »: the name of a people, or of a town's, before a name."""
    word = part.group()
    if _is_given(word, vocabulary):
        return False
    inhabitant = INHABITANT.search(word) and ARTICLE_BEFORE.search(text, max(0, part.start() - 4), part.start())
    return bool(people_gender(plain(word), vocabulary) or inhabitant)


def _without_body(parts: list[regex.Match[str]], vocabulary: Vocabulary) -> list[regex.Match[str]]:
    """« Hugo Tessier de Radio Brec », « Léa Roux d'ACB »: without the body that somebody is of."""
    for number in range(2, len(parts)):
        of, behind = parts[number - 1].group(), parts[number].group()
        body = vocabulary.is_no_person(plain(behind)) or (behind.isupper() and len(behind) > 1)
        if number > 2 and of.islower() and body:
            return parts[: number - 1]
    return parts


def _from_given_name(parts: list[regex.Match[str]], vocabulary: Vocabulary) -> list[regex.Match[str]]:
    """« BFM Jean-Luc Thomas »: the name begins at the first known given name when a surname follows it."""
    for number, part in enumerate(parts[:-1]):
        surname = any(not behind.group().islower() for behind in parts[number + 1 :])
        if _is_given(part.group(), vocabulary) and surname:
            return parts[number:]
    if len(parts) == 2 and is_medium(parts[0].group()) and _is_given(parts[1].group(), vocabulary):
        return parts[1:]  # « raconte à l'AFP Camille »
    return parts


def _is_given(word: str, vocabulary: Vocabulary) -> bool:
    return plain(word) in vocabulary.given_names or any(plain(p) in vocabulary.given_names for p in word.split("-")[:1])


@functools.lru_cache(maxsize=8192)
def _occurs(word: str, text: str) -> bool:
    return word in text


def _judge(text: str, span: Span, words: tuple[str, ...], gender: str, civility: bool, vocabulary: Vocabulary) -> NameMention | None:
    whole = plain(" ".join(words))
    given = plain(words[0])
    known = vocabulary.given_names.get(given) or vocabulary.given_names.get(given.split("-")[0], "")
    if civility and not (len(words) == 1 and whole in vocabulary.places):
        own = gender if gender in ("m", "f") else known if known in ("m", "f") else ""
        return NameMention(span, words, own, True, True)
    if whole in vocabulary.places or whole in vocabulary.media or whole in vocabulary.demonyms:
        return None
    thing = given in vocabulary.organizations or given in vocabulary.documents or given in vocabulary.demonyms
    if thing and not (known and len(words) > 1):
        return None
    if not known and len(words) > 1 and all(w.isupper() and len(w) > 2 for w in words):
        return None  # « ÉDITO POLITIQUE »: a heading
    if len(words) == 1 and ((words[0].isupper() and len(words[0]) < 7) or plain(words[0]) in vocabulary.roles):
        return None
    others = [plain(w) for w in words[1:]]
    before = LAST_WORD.search(text, max(0, span.start - 30), span.start)
    titled = before is not None and plain(before["word"]) in vocabulary.roles
    if known and others and (titled or not any(w in vocabulary.organizations or w in vocabulary.media for w in others)):
        return NameMention(span, words, known if known in "mf" else "", False, given not in vocabulary.places)
    if len(words) > 1 and any(vocabulary.is_no_person(plain(w)) for w in words):
        return None
    if len(words) > 2 and any(INITIALS.fullmatch(w) for w in words[1:-1]):
        return NameMention(span, words, known if known in "mf" else "", False, True)
    alone = len(words) == 1 and bool(known) and not _occurs(words[0].lower(), text)
    return NameMention(span, words, known if alone and known in "mf" else "", False, alone)
