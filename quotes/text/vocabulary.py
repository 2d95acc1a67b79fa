"""The word lists of `patterns/` that naming and resolving people needs, loaded once."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping

from quotes.text.grammar import word_class
from quotes.text.lexicon import fold, load_table, load_words

__all__ = ["Role", "Vocabulary", "is_medium", "load_vocabulary", "people_gender", "plain"]

# « L'Opinion » is listed with its article.
TITLE_ARTICLES = ("", *(word if word.endswith("'") else f"{word} " for word in sorted(word_class("definite"))))


@dataclasses.dataclass(frozen=True, slots=True)
class Role:
    """A noun for people: grammatical gender (`m`, `f` or `e` for either), and the key its variants share."""

    gender: str
    key: str


@dataclasses.dataclass(frozen=True, eq=False)
class Vocabulary:
    """Lower-case forms unless said otherwise."""

    roles: Mapping[str, Role]
    callings: Mapping[str, str]
    civilities: Mapping[str, str]
    given_names: Mapping[str, str]
    groups: frozenset[str]
    organizations: frozenset[str]
    documents: frozenset[str]
    places: frozenset[str]
    demonyms: frozenset[str]
    media: frozenset[str]
    inanimate: frozenset[str]
    openers: frozenset[str]

    def is_no_person(self, form: str) -> bool:
        """Whether a form names a place, an organisation or a medium."""
        return form in self.places or form in self.organizations or form in self.media


def plain(text: str) -> str:
    """Lower case with straight apostrophes, the form in which word lists are compared."""
    return fold(text).lower()


def people_gender(form: str, vocabulary: Vocabulary) -> str:
    """The gender (`m`, `f`) of one of a people, such as « italienne »; empty when the form names none."""
    if form in vocabulary.demonyms or f"{form}s" in vocabulary.demonyms:
        return "m"
    stems = (form.removesuffix("e"), form.removesuffix("ne")) if form.endswith("e") else ()
    return "f" if any(s in vocabulary.demonyms or f"{s}s" in vocabulary.demonyms for s in stems) else ""


@functools.cache
def load_vocabulary(language: str = "fr") -> Vocabulary:
    """The vocabulary of a language folder; raises `PatternError` for a malformed file."""
    return Vocabulary(
        roles={plain(row[0]): Role(row[1], row[3] if len(row) > 3 else plain(row[0])) for row in load_table("roles.tsv")},
        civilities={row[0]: row[1] for row in load_table("civilities.tsv")},
        callings={row[0]: plain(row[1]) for row in load_table("callings.tsv")},
        given_names={plain(row[0]): row[1] for row in load_table("given_names.tsv")},
        groups=_words("groups.txt"),
        organizations=_words("organizations.txt"),
        documents=_words("documents.txt"),
        places=_words("places.txt"),
        demonyms=_words("demonyms.txt"),
        media=_words("media.txt"),
        inanimate=_words("inanimate.txt"),
        openers=_words("openers.txt"),
    )


def is_medium(name: str) -> bool:
    """Whether a name is that of a newspaper, an agency or a channel, with its article or without."""
    media, form = load_vocabulary().media, plain(name)
    return any(f"{article}{form}" in media for article in TITLE_ARTICLES)


def _words(name: str) -> frozenset[str]:
    return frozenset(plain(word) for word in load_words(name))
