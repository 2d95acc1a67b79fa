"""Folding for search: text and query alike lose case, accents, ligatures, apostrophes and inflection."""

from __future__ import annotations

import functools
import unicodedata

import regex

from quotes.text.words import RUN

__all__ = ["fold", "fold_name", "match_expression", "stem"]

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "\u00ad": None})
_ELISION = regex.compile(r"\b(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?+qu)['’ʼ](?=\p{L})")
_PHRASE = regex.compile(r'"([^"]*)"|«\s*+([^»]*)»|“([^”]*)”|([^\s"]++)')

# Irregular verbs that the endings below would leave apart: infinitive -> its forms, beyond those that share its stem.
_VERBS = {
    "aller": "va vais vont ira iront irait iraient aille aillent alle",
    "avoir": "a ai as ont avait avaient aura auront aurait auraient eu eue eues ait aient ayant avons avez",
    "devoir": "doit doivent doive du due dus dues dut devait devaient devra devront devrait devraient devant devons",
    "dire": "dit dite dites dits disent disait disaient disant dira diront dirait diraient dise disons",
    "etre": "est sont etait etaient ete sera seront serait seraient fut furent soit soient etant suis sommes",
    "faire": "fait faite faites faits font faisait faisaient fera feront ferait feraient fasse fassent faisant faisons fit",
    "mettre": "met mis mise mises mettent mettait mettaient mettra mettront mettrait mette mettant mettons",
    "pouvoir": "peut peuvent pouvait pouvaient pourra pourront pourrait pourraient puisse puissent pu pouvant pouvons",
    "prendre": "prend prennent pris prise prises prenait prenaient prendra prendront prendrait prenne prenant prenons prit",
    "savoir": "sait savent savait savaient saura sauront saurait sache sachent su sachant savons",
    "tenir": "tient tiennent tenu tenue tenus tenues tenait tenaient tiendra tiendront tiendrait tienne tenant tenons",
    "venir": "vient viennent venu venue venus venues venait venaient viendra viendront viendrait vienne venant venons",
    "voir": "voit voient vu vue vus vues voyait voyaient verra verront verrait verraient voie voyant voyons",
    "vouloir": "veut veulent voulait voulaient voudra voudront voudrait voudraient veuille voulu voulue voulant voulons",
    "oeil": "yeux",
    "travail": "travaux",
    "nouveau": "nouvel nouvelle nouvelles nouveaux",
    "beau": "bel belle belles beaux",
    "vieux": "vieil vieille vieilles",
}
_FORMS = {form: verb for verb, forms in _VERBS.items() for form in (verb, *forms.split())}

# What stands in the place of an ending -> the endings. The longest that fits goes; a stem keeps at least three letters.
_REPLACED = {
    "i": "issaient issait issant issante issantes issants issements issement issent issons iraient irait iront irent ira ir it its "
    "iere ieres ier iers",
    "": "eraient erait erons eront erent aient ait ant ante antes ants ent ents ente entes ons ees ee es er ez era e s x a",
    "eu": "euse euses eux",
    "if": "ive ives ifs",
    "teur": "trice trices teurs",
    "al": "aux ale ales als",
    "eau": "eaux",
    "ion": "ions",
}
_ENDINGS = {ending: replacement for replacement, endings in _REPLACED.items() for ending in endings.split()}
_BY_LENGTH = sorted(_ENDINGS, key=len, reverse=True)
# ouvrir, offrir and their kind: a present like « aimer », the rest like « finir », a participle of their own.
_OPENING = regex.compile(r"(\p{L}*?(?:ou(?=v)|[ou]f(?=f)))([vf])(?:r(?:ir|ira|iront|irait|iraient|it|irent)|erte?s?)")


def fold(text: str) -> str:
    """The stems of the words without elided articles and pronouns, separated by spaces: what the search index holds."""
    return " ".join(stem(word) for word in RUN.findall(_ELISION.sub(" ", _plain(text))))


def fold_name(text: str) -> str:
    """A name without case, accents and punctuation, its words kept whole: « Mme Éloïse Le-Guen » -> « mme eloise le guen »."""
    return " ".join(RUN.findall(_plain(text)))


def match_expression(query: str) -> str:
    """The query as an FTS5 expression: all words, and what stands in quotation marks as a phrase. Empty when it holds no word."""
    phrases = (fold(next(group for group in match.groups() if group is not None)) for match in _PHRASE.finditer(query))
    return " ".join(f'"{phrase}"' for phrase in phrases if phrase)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """What the inflected forms of a folded word have in common; no word of the language, and the same for some unrelated words."""
    if word in _FORMS:
        return _FORMS[word]
    if match := _OPENING.fullmatch(word):
        return f"{match[1]}{match[2]}r"
    for ending in _BY_LENGTH:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: len(word) - len(ending)] + _ENDINGS[ending]
            break
    # europeen / europeenne, annuel / annuelle
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1].isalpha() else word
