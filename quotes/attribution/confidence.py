"""How probable it is that a result is right, words and speaker: a logistic model over named facts, with the weights of `confidence.tsv`.

It was fitted to articles of outlets that neither the linker's weights nor the model itself had seen (`quotes models link`).
"""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Iterator, Mapping
from typing import TypeVar

from quotes.attribution.catalogue import read_rule
from quotes.model import THRESHOLD, Candidate, Claim, Extraction, Quote
from quotes.text.lexicon import load_table
from quotes.text.words import WORD

__all__ = ["THRESHOLD", "UNSURE", "certainty_facts", "probability", "with_confidence"]

Result = TypeVar("Result", Quote, Claim)
UNSURE = "unsure"
# So many candidates a result tells at most.
MOST = 5
# Bands of the linker's probability, and of the length of what is said, in words.
BANDS = (0.35, 0.5, 0.65, 0.8, 0.9, 0.97)
LENGTHS = (1, 3, 6, 12, 30)


def with_confidence(extraction: Extraction, threshold: float = THRESHOLD) -> Extraction:
    """The extraction with the confidence of each result; a speaker that is less sure than `threshold` is not named (flag `unsure`)."""
    text = extraction.article.text
    return dataclasses.replace(
        extraction,
        quotes=tuple(_told(q, probability("quotes", q, text), threshold) for q in extraction.quotes),
        claims=tuple(_told(c, probability("claims", c, text), threshold) for c in extraction.claims),
    )


def _told(result: Result, sure: float, threshold: float) -> Result:
    if result.speaker is None or sure >= threshold:
        return dataclasses.replace(result, confidence=sure)
    flags = (*result.flags, UNSURE)
    rivals: tuple[Candidate, ...] = result.candidates
    if not rivals or rivals[0].name != result.speaker:
        # Nothing was weighed, or something else decided: the guess is kept all the same.
        rivals = (Candidate(result.speaker, result.type, 1.0), *rivals)[:MOST]
    return dataclasses.replace(result, confidence=sure, speaker=None, type="unknown", flags=flags, candidates=rivals)


def probability(part: str, result: Quote | Claim, text: str) -> float:
    """The probability (0 to 1, three decimals) that a result of `quotes` or `claims` is right."""
    weights = _weights()
    score = sum(weights.get(f"{part}\t{fact}", 0.0) for fact in certainty_facts(part, result, text))
    return round(1 / (1 + math.exp(-score)), 3)


def certainty_facts(part: str, result: Quote | Claim, text: str) -> Iterator[str]:
    """The facts about a result that tell how sure it is."""
    rule = read_rule(part, result.rule)
    yield "any"
    yield f"family:{rule.family}"
    yield f"rule:{result.rule}"
    yield f"link:{result.link}"
    best = result.candidates[0].probability if result.candidates else 1.0
    yield f"probability:{sum(best > bound for bound in BANDS)}"
    yield f"{'ranked' if result.candidates else 'sieve'}:{'none' if result.mention is None else 'mention'}"
    yield f"speaker:{'nobody' if result.speaker is None else 'name' if result.speaker[:1].isupper() else 'phrase'}"
    yield f"type:{result.type}"
    yield f"cue:{int(result.cue is not None)}"
    yield from (f"flag:{flag}" for flag in result.flags)
    spans = result.pieces if isinstance(result, Quote) else (result.span,)
    length = sum(len(WORD.findall(span.of(text))) for span in spans)
    yield f"words:{sum(length > bound for bound in LENGTHS)}"
    if isinstance(result, Quote):
        yield f"kind:{result.kind}"
        yield f"kind:{result.kind}-words:{sum(length > bound for bound in LENGTHS)}"
        yield f"kind:{result.kind}-cue:{int(result.cue is not None)}"


@functools.cache
def _weights(language: str = "fr") -> Mapping[str, float]:
    return {f"{part}\t{fact}": float(weight) for part, fact, weight in load_table("confidence.tsv", language)}
