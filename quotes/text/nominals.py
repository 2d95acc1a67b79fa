"""What kind of source a noun phrase names, and how it is called without its article."""

from __future__ import annotations

import dataclasses
import functools

import regex

from quotes.model import SpeakerType
from quotes.text.grammar import word_class
from quotes.text.vocabulary import Vocabulary, is_medium, plain

__all__ = ["Nominal", "read_nominal"]

DETERMINERS = word_class("determiner")
OF = word_class("phrase-of")
PLURALS = word_class("plural")
DEFINITE = word_class("definite")
QUANTITIES = word_class("quantity")
FEMININE = word_class("feminine")
MASCULINE = word_class("masculine")
ELIDED = word_class("elided-article")
TIMES = word_class("time")
SOURCES = word_class("on-source")
# « un sondage réalisé en mai »
ISSUED = word_class("issued-participle")
BY = word_class("agent-preposition")
# « ce premier rendez-vous »: adjectives that are nouns for people where no noun follows.
ORDINALS = word_class("anaphoric-adjective")
WORD = regex.compile(r"(?:[lLdD]|[qQ]u)['’]|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*+(?:[-'’&.][\p{L}\p{N}]++)*+\.?(?=\W|$)|[\p{L}\p{N}]++")
# « la maire (PS) de Brec »
PARTY = regex.compile(r"\s\(\p{Lu}[^()]{0,40}+\)(?=\s)")
CAPITALISED = regex.compile(r"\p{Lu}")


@dataclasses.dataclass(frozen=True, slots=True)
class Nominal:
    """A noun phrase read: `name` without determiner, its head noun (lower case), type, number and gender as far as they show.

    `known` tells whether the word lists have its head as something that can speak.
    """

    name: str
    head: str
    type: SpeakerType
    plural: bool
    gender: str
    definite: bool
    proper: bool
    known: bool


@functools.lru_cache(maxsize=8192)
def read_nominal(phrase: str, vocabulary: Vocabulary) -> Nominal:
    """Read a mention such as « le ministre de l'Intérieur », « plusieurs élus », « Washington »."""
    phrase = PARTY.sub("", phrase)
    found = list(WORD.finditer(phrase))
    words = [m.group() for m in found]
    folded = [plain(w) for w in words]
    start = 0
    while start < len(words) - 1 and folded[start] in DETERMINERS:
        start += 1
    plural = any(w in PLURALS for w in folded[: start + 1])
    feminine = any(w in FEMININE for w in folded[: start + 1])
    masculine = any(w in MASCULINE for w in folded[: start + 1])
    head, kind, gender = _head(words[start:], folded[start:], vocabulary)
    # « le Français »: the names of peoples end in *s* in the singular too.
    single = feminine or masculine or any(w in ELIDED for w in folded[:start])
    plural = plural or kind.endswith("+") or (head.endswith("s") and (kind == "group" or (kind == "demonym" and not single)))
    position = found[start].start() if found else 0
    name = _before_issue(phrase[position:]) if _kind(head, vocabulary) == "document" else phrase[position:]
    return Nominal(
        " ".join(name.strip(" ,;:»”" if phrase[:position].rstrip()[-1:] in ("«", "“") else " ,;:").split()),
        head,
        _type(head, kind, plural, words[start:], start == 0, vocabulary),
        plural,
        gender or ("f" if feminine else "m" if masculine else ""),
        any(w in DEFINITE for w in folded[:start]),
        bool(words) and bool(CAPITALISED.match(words[start])) and start == 0,
        bool(kind) and kind.rstrip("+") != "inanimate",
    )


def _before_issue(phrase: str) -> str:
    """« sondage Opinia réalisé en mai »: a document's name without how it came out, where something else tells which it is."""
    words = [(plain(m.group()), m.start()) for m in WORD.finditer(phrase)]
    for number, (word, start) in enumerate(words):
        if number > 1 and word in ISSUED and words[number : number + 2][-1][0] not in BY:
            return phrase[:start]
    return phrase


def _head(words: list[str], folded: list[str], vocabulary: Vocabulary) -> tuple[str, str, str]:
    """The noun that heads the phrase: the first of its first words that a list knows."""
    if words and CAPITALISED.match(words[0]) and is_medium(" ".join(words)):
        return folded[0], "organization", ""
    if folded and folded[0] in SOURCES:
        return folded[0], "source", "f"
    for number, form in enumerate(folded[:4]):
        if form in OF and number:
            if folded[0] in QUANTITIES:
                continue
            break
        if (number and form.isdigit()) or (form in ORDINALS and number + 1 < len(folded)):
            continue
        for candidate in (form, form.removesuffix("s"), form.removesuffix("x")):
            kind = _kind(candidate, vocabulary)
            if kind:
                role = vocabulary.roles.get(candidate)
                plural = "+" if candidate != form else ""
                return form, kind + plural, role.gender if role and role.gender in ("m", "f") else ""
    return (folded[0] if folded else ""), "", ""


def _kind(form: str, vocabulary: Vocabulary) -> str:
    if form in vocabulary.groups:
        return "group"
    if form in vocabulary.organizations or form in vocabulary.media:
        return "organization"
    if form in vocabulary.documents:
        return "document"
    if form in vocabulary.roles:
        return "person"
    if form in vocabulary.places:
        return "organization"
    if form in vocabulary.demonyms:
        return "demonym"
    if form in vocabulary.inanimate or form in TIMES or form.isdigit():
        return "inanimate"
    return ""


def _type(head: str, kind: str, plural: bool, words: list[str], bare: bool, vocabulary: Vocabulary) -> SpeakerType:
    base = kind.rstrip("+")
    if base == "person":
        return "group" if plural or kind.endswith("+") else "person"
    if base in ("group", "organization", "document"):
        return base  # type: ignore[return-value]
    if base == "demonym":
        return "group" if plural else "person"
    if words and CAPITALISED.match(words[0]):
        return "person" if bare and _is_full_name(words, vocabulary) else "organization"
    if head in ("source", "sources"):
        return "unknown"
    return "group" if plural else "unknown"


def _is_full_name(words: list[str], vocabulary: Vocabulary) -> bool:
    """A given name alone, or two or three capitalised words without article that no list knows: given name and surname."""
    if len(words) == 1 and plain(words[0]) in vocabulary.given_names:
        return True
    return len(words) in (2, 3) and all(w.istitle() and not vocabulary.is_no_person(plain(w)) for w in words)
