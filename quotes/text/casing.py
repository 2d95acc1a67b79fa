"""Lines in capitals as they would be written otherwise: words small, names with their capitals."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

import regex

from quotes.text.frequency import bare, bare_forms, frequencies
from quotes.text.grammar import word_class
from quotes.text.lexicon import load_lexicon, load_table, load_words
from quotes.text.lines import lines
from quotes.text.words import LETTERS

__all__ = ["ordinary_case"]

# Where a sentence starts; behind an opening mark only when one starts before it.
_STARTS = regex.compile(r"(?r)(?:^|\n|[.!?…][»”\")]?\s|:\s?(?=[«“\"]))(?:[«“\"–—-]\s?)?")
# A line with so many capitals, and hardly a small letter, is written in capitals; a shorter one may be an acronym.
_CAPITALS = 12
_SMALL_SHARE = 0.1
# A word that is no name is found so often.
_COMMON, _FREQUENT = 40, 1000
# A civility of more letters is a word like others: « madame Vidal ».
_CIVILITY = 4
_LISTS = ("places", "organizations", "media")


def ordinary_case(text: str) -> str:
    """The text with its lines in capitals in ordinary case, code point for code point; itself when it has none."""
    if text.islower() or not regex.search(r"\p{Lu}{4}", text):
        return text
    shouted = [span for span in lines(text) if _is_shouted(span.of(text))]
    if not shouted:
        return text
    letters, written = list(text), _written_elsewhere(text, len(shouted))
    for span in shouted:
        for start, new in _words(text, span.start, span.end, written):
            letters[start : start + len(new)] = new
    return "".join(letters)


def _is_shouted(line: str) -> bool:
    capitals = sum(char.isupper() for char in line)
    return capitals >= _CAPITALS and " " in line and sum(char.islower() for char in line) <= _SMALL_SHARE * capitals


def _written_elsewhere(text: str, shouted: int) -> Mapping[str, str]:
    """How the other lines of the text write a word: in small letters, with a capital or as an acronym."""
    forms: dict[str, Counter[str]] = {}
    for span in lines(text) if shouted else []:
        if not _is_shouted(span.of(text)):
            for match in LETTERS.finditer(text, span.start, span.end):
                if not _starts_sentence(text, match.start()):
                    forms.setdefault(match.group().lower(), Counter())[match.group()] += 1
    return {word: count.most_common(1)[0][0] for word, count in forms.items()}


def _starts_sentence(text: str, at: int) -> bool:
    return _STARTS.match(text, max(0, at - 6), at) is not None


def _is_first(text: str, at: int, small: str) -> bool:
    """Whether a word begins a sentence; « ? demande la maire » does not."""
    asked = text[max(0, at - 3) : at].strip('»”" ')[-1:] in ("?", "!", "…") and small in load_lexicon().by_form
    return not asked and _starts_sentence(text, at)


def _words(text: str, start: int, end: int, written: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Start and new form of each word of a line in capitals."""
    before: _Before = _Before("", "", False)
    words = list(LETTERS.finditer(text, start, end))
    for number, match in enumerate(words):
        word = match.group()
        small = word.lower()
        if len(small) != len(word):
            continue
        after = text[match.end() : words[number + 1].end()] if number + 1 < len(words) else text[match.end() : end]
        new = written.get(small) or _form(word, before, after)
        named = new[0].isupper() or (before.named and small in word_class("name-particle"))
        before = _Before(small, after[:1], (named and not regex.match(r"\s?[,;:!?»”\"()]|\.\s", after)) or _is_civility(small, after))
        yield match.start(), new.capitalize() if new == small and _is_first(text, match.start(), small) else new


@dataclasses.dataclass(frozen=True, slots=True)
class _Before:
    """The word before one, the sign between the two, and whether a name may go on behind it."""

    word: str
    sign: str
    named: bool


def _form(word: str, before: _Before, after: str) -> str:
    """A word in ordinary case: civilities, given names and what follows them, names of the lists, words that no dictionary has."""
    small = word.lower()
    if _is_civility(small, after):
        return _civilities()[small]
    if small in _function_words() or before.sign == after[:1] == "-":
        return small
    if small in _given_names() and _is_given(small, before, after):
        return _given_names()[small]
    if small in _listed():
        return _listed()[small]
    if before.named and (_may_be_surname(small) or after.startswith("-")):
        return word.capitalize()
    if small.endswith(_demonym_endings()) and not before.named:
        return small
    return small if before.sign == "-" or _is_known(small) else _unknown(word)


def _is_civility(small: str, after: str) -> bool:
    """« M. », « Mme Vidal »; « me » the pronoun stands before a verb."""
    following = after.lstrip(". ").lower()
    return small in _civilities() and (after.startswith(".") or (small not in frequencies()) or not _is_known(following))


def _is_given(small: str, before: _Before, after: str) -> bool:
    """Whether a given name is one here: a word that is also frequent otherwise has another name before or behind it."""
    if frequencies().get(small, 0) < _FREQUENT:
        return before.word not in word_class("determiner") or not _is_common(small)
    following = after.lstrip(" -").lower()
    return (before.named and before.sign in "- ") or following in _given_names() or not (following and _is_known(following))


def _may_be_surname(small: str) -> bool:
    """Whether a word behind a given name can be the surname: no verb that reports, and no very frequent word."""
    return small not in load_lexicon().by_form and frequencies().get(small, 0) < _FREQUENT * 5


def _unknown(word: str) -> str:
    """An acronym when it cannot be spoken as a word, else a name."""
    return word if len(word) < 3 or not regex.search(r"[AEIOUYÀ-Ý]", word) else word.capitalize()


def _is_known(small: str) -> bool:
    return small in frequencies() or small in bare_forms() or small in load_lexicon().by_form or small in _vocabulary()


def _is_common(small: str) -> bool:
    return frequencies().get(small, 0) >= _COMMON


@cache
def _function_words() -> frozenset[str]:
    classes = (
        "determiner",
        "preposition",
        "auxiliary",
        "linker",
        "relative",
        "open-context",
        "inverted-pronoun",
        "dative-clitic",
        "incise-clitic",
    )
    return frozenset(word.rstrip("'") for name in classes for word in word_class(name))


@cache
def _demonym_endings() -> tuple[str, ...]:
    return tuple(word_class("demonym-ending"))


@cache
def _civilities() -> Mapping[str, str]:
    forms = (row[0].rstrip(".") for row in load_table("civilities"))
    return {form.lower(): form for form in forms if form[0].isupper() and len(form) <= _CIVILITY}


@cache
def _given_names() -> Mapping[str, str]:
    return {form.lower(): form for name, _ in load_table("given_names") for form in (bare(name), name)}


@cache
def _listed() -> Mapping[str, str]:
    """Single words of the lists that have a capital: places, organisations, media."""
    names = {name for file in _LISTS for name in load_words(file) if " " not in name and name[0].isupper()}
    return {name.lower(): name for name in sorted(names) if not _is_common(name.lower()) or name.isupper() or len(name) <= 3}


@cache
def _vocabulary() -> frozenset[str]:
    """Small words of titles, groups and documents, which a dictionary may lack."""
    files = ("groups", "documents", "inanimate", "organizations")
    words = {word for file in files for entry in load_words(file) for word in entry.split()}
    words |= {word for row in load_table("roles") for word in row[0].split()}
    return frozenset(word for word in words if word.islower())
