"""Where things are said and written: `patterns/fr/mediums.tsv`, and the outlets of `media.txt`."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from quotes.syntax.words import CONTRACTIONS, tokenize
from quotes.text.grammar import word_class
from quotes.text.lexicon import fold, load_table, load_words

__all__ = ["MEDIUMS", "WRITTEN", "Channel", "load_channels"]

MEDIUMS = frozenset((
    "agency", "book", "broadcast", "court", "document", "interview", "letter", "meeting", "message", "newspaper", "parliament", "phone",
    "police", "press-conference", "press-release", "report", "sign", "social", "speech", "statement", "video", "website",
))  # fmt: skip
# Of these, documents that are sources themselves: « le rapport affirme que ».
WRITTEN = frozenset((
    "book", "document", "letter", "message", "press-release", "report", "sign", "social", "statement", "video", "website",
))  # fmt: skip
# What stands in the third column instead of prepositions.
OUTLET, CUE, ALONE = "outlet", "cue", "-"
FUSED = {"au": ("à", "le"), "aux": ("à", "les"), "du": ("de", "le"), "des": ("de", "les")}
ARTICLES = frozenset(("le", "la", "les", "l'"))


@dataclasses.dataclass(frozen=True, slots=True)
class Channel:
    """A phrase of mediums.tsv as the parser cuts it: `before` are the words that have to stand before it, none when it stands alone."""

    words: tuple[str, ...]
    medium: str
    before: frozenset[str]
    outlet: bool = False
    cue: bool = False

    def matches(self, forms: Sequence[str]) -> bool:
        """Whether these words are the phrase: names as they are written but for their article, other words in either case and number."""
        return len(forms) == len(self.words) and all(_same(form, word) for form, word in zip(forms, self.words, strict=True))


def _same(form: str, word: str) -> bool:
    form = fold(form)
    if word.lower() in ARTICLES:
        return form.lower() == word.lower()
    if word != word.lower():
        return form == word
    return form.lower() in (word, f"{word}s", f"{word}x")


@functools.cache
def load_channels(language: str = "fr") -> Mapping[str, tuple[Channel, ...]]:
    """The phrases by the forms in small letters of their first words, the longest first; behind an article by the first two.

    An outlet not in mediums.tsv is a newspaper.
    """
    found: dict[str, list[Channel]] = {}
    for channel in _channels(language):
        first = channel.words[0].lower()
        if first in ARTICLES and len(channel.words) > 1:
            first = f"{first} {channel.words[1].lower()}"
        for form in (first,) if channel.outlet or channel.cue else (first, f"{first}s", f"{first}x"):
            found.setdefault(form, []).append(channel)
    return MappingProxyType({form: tuple(sorted(channels, key=lambda c: -len(c.words))) for form, channels in found.items()})


def _channels(language: str) -> Iterator[Channel]:
    outlets = word_class("outlet-preposition")
    named = set()
    for phrase, medium, before in load_table("mediums.tsv", language):
        named.add(phrase)
        listed = outlets if before == OUTLET else frozenset(before.split()) - {CUE, ALONE}
        yield Channel(_cut(phrase), medium, listed, before == OUTLET, before == CUE)
    for name in sorted(load_words("media.txt", language) - named):
        yield Channel(_cut(name), "newspaper", outlets, outlet=True)


def _cut(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as the parser cuts them, contractions in two."""
    words = [fold(phrase[start:end]) for start, end in tokenize(phrase)]
    return tuple(part for word in words for part in (FUSED[word] if word in CONTRACTIONS and word in FUSED else (word,)))
