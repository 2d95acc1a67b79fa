"""Organisations by their full names: « la Ligue », « la CGT » as the article spells them out."""

from __future__ import annotations

import functools

import regex

from quotes.text.grammar import alternatives, word_class
from quotes.text.lexicon import fold, load_lexicon
from quotes.text.nominals import Nominal
from quotes.text.vocabulary import load_vocabulary, plain
from quotes.who.names import folded_words

__all__ = ["full_title", "fuller_name"]

TITLE_BREAK = word_class("title-break")
SMALL = word_class("title-small")
SMALL_WORDS = "|".join(sorted(SMALL))
ACCENTED = {"A": "AÀÂ", "C": "CÇ", "E": "EÉÈÊ", "I": "IÎ", "O": "OÔ", "U": "UÛÙ"}
# What may follow a proper name inside it: « Marins sans frontières ».
TAILS = alternatives("name-tail")
AND = word_class("coordinator")
OCCASIONS = word_class("occasion")
TITLE_OPENING = word_class("title-link")


# No noun has more letters; a pattern of a longer one would take time for nothing.
LONGEST_NOUN = 60


@functools.lru_cache(maxsize=1024)
def fuller_name(text: str, nominal: Nominal) -> str:
    """A bare head noun or acronym by its proper name when the article spells it out."""
    if nominal.plural or len(folded_words(nominal.name)) != 1 or nominal.type not in ("organization", "document"):
        return nominal.name
    spelled = _spelled_out(text, nominal.name) or _by_initials(text, nominal.name) if nominal.name.isupper() else None
    if spelled:
        return spelled
    name = regex.escape(nominal.name)
    longer = rf"(?<![\p{{L}}-])((?i:{name})(?:\s\p{{Lu}}[\p{{L}}'’-]++){{1,4}}(?:\s(?:{TAILS})\s?\p{{L}}++)?)"
    found = regex.search(longer, text)
    # A name is brought in whole: « Orvane … les Orvane Papers » are two.
    bare = regex.search(rf"(?<![\p{{L}}-]){name}(?![\p{{L}}'’-])", text) if nominal.name[:1].isupper() else None
    if found and (bare is None or bare.start() == found.start()):
        return " ".join(found[1].split())
    return nominal.name


@functools.lru_cache(maxsize=1024)
def full_title(text: str, head: str) -> str | None:
    """« la Ligue » by the full title that begins with this noun: Ligue de football professionnel."""
    if len(head) > LONGEST_NOUN:
        return None
    start = regex.escape(head[:1].upper() + head[1:])
    for match in regex.finditer(rf"(?<![\p{{L}}-]){start}(?P<rest>(?:\s(?:[ld]['’])?[\p{{L}}-]++){{2,8}})", fold(text)):
        words = match["rest"].split()
        stop = next((i for i in range(len(words)) if _ends_title(words, i)), len(words))
        # « la Nasa et l'Agence spatiale » are two.
        opens = words[0] in TITLE_OPENING - AND and plain(words[1]) not in OCCASIONS
        if opens and stop > 1 and words[stop - 1] not in TITLE_OPENING:
            return " ".join([match.group()[: len(head)], *words[:stop]])
    return None


def _ends_title(words: list[str], place: int) -> bool:
    """Whether a title ends before a word: a verb, or a small word that tells more behind a proper name."""
    word = plain(words[place])
    behind_name = place > 0 and words[place - 1][:1].isupper() and words[place].islower() and word not in SMALL
    return word in TITLE_BREAK or word in load_lexicon().by_form or behind_name


def _spelled_out(text: str, acronym: str) -> str | None:
    """The words before « (CGT) » whose initials it abbreviates."""
    match = regex.search(rf"(?P<words>(?:[\p{{L}}'’-]++\s){{1,12}})\(\s?{regex.escape(acronym)}\s?\)", text)
    glossed = regex.search(rf"{regex.escape(acronym)}\s?[\[(]\s?(?P<words>\p{{L}}[^\])]{{4,80}})[\])]", text)
    if match is None and glossed is not None and _abbreviates(acronym, glossed["words"]):
        return " ".join(glossed["words"].split())
    words = match["words"].split() if match else []
    for start in range(len(words) - 1, -1, -1):
        if plain(words[start]) in SMALL:
            continue
        candidate = " ".join(words[start:])
        initials = [w[0] for w in folded_words(candidate) if len(w) > 3 or w[0].isupper()]
        first = regex.sub(r"^[lLdD]['’]", "", words[start])
        if first[:1].upper() == acronym[0].upper() and len(initials) >= min(len(acronym), 4) - 1 and len(initials) > 1:
            return regex.sub(r"^[lLdD]['’]", "", candidate)
    return None


@functools.lru_cache(maxsize=1024)
def _by_initials(text: str, acronym: str) -> str | None:
    """A name whose words begin with the letters of an acronym of three to six: « Inspection générale des ports » for IGP.

    It begins with a capital or with a noun for organisations.
    """
    if not 3 <= len(acronym) <= 6 or not acronym.isalpha():
        return None
    first, *others = (ACCENTED.get(letter, letter) for letter in acronym.upper())
    tail = "".join(rf"(?:\s(?:{SMALL_WORDS})(?!\p{{L}}))*+\s(?:[dl]['’])?[{letters}{letters.lower()}]\p{{Ll}}{{2,}}+" for letters in others)
    pattern = rf"(?<![\p{{L}}-])(?P<noun>[{first}{first.lower()}]\p{{Ll}}{{2,}}+){tail}(?![\p{{L}}-])"
    known = load_vocabulary().organizations
    return next((m.group() for m in regex.finditer(pattern, text) if m["noun"][0].isupper() or plain(m["noun"]) in known), None)


def _abbreviates(acronym: str, words: str) -> bool:
    """Whether the acronym's letters are the initials of the long words, in order."""
    initials = "".join(word[0] for word in folded_words(words) if len(word) > 3)
    return initials.startswith(acronym.lower()[:2]) and len(initials) >= len(acronym) - 1
