"""Accents of a text that has none: speech recognition, old wires, typewriters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from quotes.text.frequency import bare, bare_forms, frequencies, known_share
from quotes.text.grammar import word_class
from quotes.text.lexicon import load_lexicon, load_table
from quotes.text.words import LETTERS

__all__ = ["restore_accents"]

_ACCENTED = regex.compile(r"[\u00c0-\u024f]")
# A text is French when most of its words are, and lacks its accents when a word of it is none without them.
_FRENCH = 0.6
_LOOK = 400
_SHORTEST = 4
# How far before a participle its auxiliary stands, in words.
_REACH = 3


def restore_accents(text: str) -> str:
    """The text with its accents, code point for code point; itself when it has any, or is not French."""
    if _ACCENTED.search(text):
        return text
    words = list(LETTERS.finditer(text))
    if not _lacks_accents([match.group() for match in words[:_LOOK]]):
        return text
    letters = list(text)
    for index, match in enumerate(words):
        letters[match.start() : match.end()] = _written(text, words, index)
    return "".join(letters)


def _lacks_accents(words: Sequence[str]) -> bool:
    known = frequencies() if words else {}
    small = [word.lower() for word in words]
    proof = (len(word) >= _SHORTEST and word not in known and word in bare_forms() for word in words if word.islower())
    return any(proof) and known_share(small) >= _FRENCH


def _written(text: str, words: Sequence[regex.Match[str]], index: int) -> str:
    """The word with its accents, its capitals kept."""
    word = words[index].group()
    if word[0].isupper() and (name := _names().get(word.lower())):
        return name
    forms = bare_forms().get(word.lower(), ())
    if not forms or (word[0].isupper() and word.lower() in frequencies() and word != "A"):
        return word
    form = _a(text, words, index) if word.lower() == "a" else _form(text, words, index, forms)
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, form, strict=True))


@cache
def _names() -> dict[str, str]:
    """Given names without their accents, in small letters."""
    return {bare(name).lower(): name for name, _ in load_table("given_names") if not name.isascii() and len(bare(name)) == len(name)}


def _form(text: str, words: Sequence[regex.Match[str]], index: int, forms: tuple[str, ...]) -> str:
    """The form that the place asks for: a participle behind its auxiliary, else a present that can report, else the most frequent one."""
    participle = next((form for form in forms if _is_participle(form)), None)
    if participle is None or len(forms) < 2:
        return forms[0]
    if any(words[before].group().lower() in _auxiliaries() for before in _before(text, words, index)):
        return participle
    finite = next((form for form in forms if not _is_participle(form)), participle)
    return finite if finite in load_lexicon().by_form else forms[0]


def _before(text: str, words: Sequence[regex.Match[str]], index: int) -> Iterator[int]:
    """The few words before one in its clause, the nearest first."""
    for before in range(index - 1, max(-1, index - 1 - _REACH), -1):
        if any(sign in '.,;:!?«»"\n' for sign in text[words[before].end() : words[before + 1].start()]):
            return
        yield before


def _is_participle(form: str) -> bool:
    return form.endswith(("é", "ée", "és", "ées"))


@cache
def _auxiliaries() -> frozenset[str]:
    return frozenset(map(bare, word_class("auxiliary") | word_class("passive-auxiliary")))


def _a(text: str, words: Sequence[regex.Match[str]], index: int) -> str:
    """« a » the verb: before its inverted subject or a participle, behind its subject; else the preposition."""
    after = words[index + 1].group().lower() if index + 1 < len(words) else ""
    before = words[index - 1].group().lower() if index else ""
    if text[words[index].end() : words[index].end() + 1] == "-" or before in word_class("auxiliary-subject"):
        return "a"
    if after in word_class("auxiliary-adverb") and index + 2 < len(words):
        after = words[index + 2].group().lower()
    return "a" if _may_be_participle(after) else "à"


def _may_be_participle(word: str) -> bool:
    """Whether a bare form can be a participle: of a verb that reports, or one with an accent that it lost."""
    forms = bare_forms().get(word, ())
    return any(_is_participle(form) for form in forms[:2]) or word in _irregular()


@cache
def _irregular() -> frozenset[str]:
    return frozenset(map(bare, word_class("irregular-participle")))
