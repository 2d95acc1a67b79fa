"""How a mention was resolved, told step by step: the way that answered and the candidates that lost."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from quotes.model import Span
from quotes.text.nominals import read_nominal
from quotes.text.vocabulary import plain
from quotes.who.focus import EXACT
from quotes.who.referent import Referent, agrees, person_referent
from quotes.who.resolve import DEMONSTRATIVE, LATEST, PERSONAL, PRONOUNS, Resolver

__all__ = ["Antecedent", "Resolution", "account_floating", "account_mention"]


@dataclasses.dataclass(frozen=True, slots=True)
class Antecedent:
    """Somebody a pronoun or a quotation without source could mean. `salience` counts how much in focus (None where order decides)."""

    name: str
    salience: float | None
    verdict: str


@dataclasses.dataclass(frozen=True, slots=True)
class Resolution:
    """How a speaker was found: one line, and who else was considered, the most in focus first."""

    how: str
    antecedents: tuple[Antecedent, ...] = ()


def account_mention(resolver: Resolver, span: Span) -> Resolution:
    """How `resolver`, as it stands, resolves the words of a span."""
    phrase = plain(span.of(resolver.text)).strip(" -,").removeprefix("t-")
    referent = resolver.resolve(span)
    if phrase in PRONOUNS:
        return _pronoun(resolver, span, phrase, referent)
    if referent is None:
        return Resolution("The words name nobody in particular.")
    if any(person.name in referent.name for person in resolver.people.touching(span)):
        return Resolution("The mention has the name; its fullest form in the article counts.")
    nominal = read_nominal(span.of(resolver.text), resolver.vocabulary)
    known = any(person.name == referent.name for person in resolver.people.persons)
    if DEMONSTRATIVE.match(phrase) and referent.type == "person" and referent.name != nominal.name:
        return _pronoun(resolver, span, phrase, referent)
    if known:
        return Resolution(f"The article gives this title to {referent.name}, or has nobody else in focus whom it fits.")
    if referent.name.lower() != nominal.name.lower():
        return Resolution("The article has a fuller name for this noun, or somebody in focus whom it fits.")
    return Resolution("The article names nobody whom this description means: it stands for itself.")


def _pronoun(resolver: Resolver, span: Span, phrase: str, referent: Referent | None) -> Resolution:
    gender, plural = PRONOUNS.get(phrase, (read_nominal(phrase, resolver.vocabulary).gender, False))
    if plural:
        return Resolution("A plural pronoun means the plural speaker or noun for people named last.")
    if phrase in LATEST:
        people = (person_referent(p) for p in resolver.people.last_before(span.start))
        chosen = referent.name if referent else ""
        others = tuple(Antecedent(p.name, None, _order(p, gender, chosen)) for p in people)
        return Resolution("It means whoever was named last and agrees in gender.", others)
    incised = resolver.text[span.start - 1 : span.start] == "-"
    found = resolver.focus._in_focus(span.start, incised)
    return Resolution(
        "A pronoun means whoever is most in focus and agrees with it.",
        _ranked(found, gender, phrase in PERSONAL, referent.name if referent else ""),
    )


def _order(candidate: Referent, gender: str, chosen: str) -> str:
    if candidate.name == chosen:
        return "chosen"
    return "named earlier" if agrees(candidate.gender, gender) else "other gender"


def _ranked(found: Iterable[tuple[float, Referent]], gender: str, personal: bool, chosen: str) -> tuple[Antecedent, ...]:
    """Candidates by salience, each once where it is most in focus; a gender that is known to agree counts more."""
    best: dict[str, tuple[float, Referent]] = {}
    for score, referent in found:
        score += EXACT if gender and referent.gender == gender else 0
        if referent.name not in best or score > best[referent.name][0]:
            best[referent.name] = score, referent
    ordered = sorted(best.values(), key=lambda pair: -pair[0])
    return tuple(Antecedent(r.name, round(score, 2), _verdict(r, gender, personal, chosen)) for score, r in ordered)


def _verdict(candidate: Referent, gender: str, personal: bool, chosen: str) -> str:
    if candidate.name == chosen:
        return "chosen"
    if not agrees(candidate.gender, gender):
        return "other gender"
    if candidate.plural:
        return "plural"
    return "no person" if personal and candidate.type != "person" else "less in focus"


def account_floating(resolver: Resolver, position: int, referent: Referent | None) -> Resolution:
    """How a quotation at `position` whose sentence names no source got its speaker."""
    last = resolver.focus.last_speaker(position)
    candidates = _ranked(resolver.focus._in_focus(position, False), "", False, referent.name if referent else "")
    if referent is None:
        return Resolution("The sentence names no source and nobody spoke before.", candidates)
    if last is not None and last[1].name == referent.name:
        return Resolution("The sentence names no source: whoever spoke last goes on.", candidates)
    return Resolution("The sentence names no source: whoever opens the sentence before, or takes turns in a dialogue.", candidates)
