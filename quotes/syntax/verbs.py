"""Tags put right from the lemmatizer's dictionary: « le ministère dément », which the tagger takes for an adverb, is a verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import regex

from quotes.text.grammar import word_class
from quotes.text.lexicon import load_lexicon

__all__ = ["known_verbs", "mend_verbs"]

# Tags that the tagger gives to verbs it has not met.
DOUBTFUL = frozenset(("ADJ", "ADV", "INTJ", "NOUN"))
# Participles are adjectives as well.
PARTICIPLE = regex.compile(r"(?:é|i|u|ant|is|us)e?s?$")
# Endings that only verbs have.
ENDING = regex.compile(r"(?:ront|aient|èrent)$")
FINITE = "Mood=Ind|Number={number}|Person=3|Tense=Pres|VerbForm=Fin"
QUE = word_class("complementizer")
OF = word_class("of")


def mend_verbs(words: Sequence[Any], dictionary: Mapping[str, Mapping[str, str]]) -> None:
    """Put the tags of a sentence's words right (`text`, `upos`, `feats` as Stanza names them), by `dictionary` (lemmas by tag and form).

    A finite form that can be a cue, or has an ending of verbs alone, is a verb when the dictionary has it for verbs and not for the tag
    found; so is an adjective right before *que* that can be a cue, or a noun between *et* and *de* with an infinitive.
    """
    for place, word in enumerate(words):
        if word.upos in DOUBTFUL and _is_verb(words, place, dictionary):
            word.upos = "VERB"
            word.feats = FINITE.format(number="Plur" if _is_plural(word.text, dictionary) else "Sing")


def known_verbs(tag: Callable[[Any], Any], dictionary: Mapping[str, Mapping[str, str]]) -> Callable[[Any], Any]:
    """A tagger of Stanza documents like `tag`, put right by `mend_verbs`."""

    def tagged(document: Any) -> Any:
        document = tag(document)
        for sentence in document.sentences:
            mend_verbs(sentence.words, dictionary)
        return document

    return tagged


def _is_verb(words: Sequence[Any], place: int, dictionary: Mapping[str, Mapping[str, str]]) -> bool:
    form, found = words[place].text, words[place].upos
    if form not in dictionary.get("VERB", ()) or not form.islower() or PARTICIPLE.search(form) is not None:
        return False
    unknown = form not in dictionary.get(found, ()) and (form in load_lexicon().by_form or ENDING.search(form) is not None)
    return unknown or (found == "ADJ" and _governs(words, place)) or (found == "NOUN" and _is_joined(words, place))


def _governs(words: Sequence[Any], place: int) -> bool:
    """« le maire pointe (toutefois) que », not « plus grave que » or « une terre commune qu'il »."""
    if not load_lexicon().form_takes(words[place].text, "que"):
        return False
    link = place + 1
    while link < len(words) and words[link].upos == "ADV":
        link += 1
    conjunction = link < len(words) and words[link].upos == "SCONJ" and words[link].text.lower() in QUE
    return conjunction and place > 0 and words[place - 1].upos in ("NOUN", "PROPN", "PRON")


def _is_joined(words: Sequence[Any], place: int) -> bool:
    """« il parle et menace de partir »: a noun without article between *et* and *de* with an infinitive."""
    before, behind = words[max(0, place - 1) : place], words[place + 1 : place + 3]
    joined = bool(before) and before[0].upos == "CCONJ" and len(behind) == 2
    return joined and behind[0].text.lower() in OF and behind[1].upos == "VERB" and "VerbForm=Inf" in (behind[1].feats or "")


def _is_plural(form: str, dictionary: Mapping[str, Mapping[str, str]]) -> bool:
    """« affirment » beside « affirme », but not « dément »."""
    return form.endswith("ent") and (form[:-2] in dictionary["VERB"] or not form.endswith("ment"))
