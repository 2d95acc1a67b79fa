"""The way through the house: articles in, extractions out, parsed in batches across articles."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from quotes.attribution.article import Draft, Settings, finish, prepare
from quotes.attribution.confidence import THRESHOLD
from quotes.model import Article, Claim, Extraction, Quote, Span
from quotes.sizes import batch_sizes
from quotes.syntax.parser import Parser
from quotes.syntax.parts import PartParser, is_long
from quotes.text.lexicon import load_lexicon
from quotes.who.ranker import Weights

__all__ = ["PIPELINE_VERSION", "Extractor"]

# Raised with every change of rules, patterns or models that changes results: stored articles of an older version are redone.
PIPELINE_VERSION = 5
Result = TypeVar("Result", Quote, Claim)
# The flag of what stands in a sentence that is parsed in parts.
LONG = "long-sentence"


class Extractor:
    """Extracts quotes and claims. Holds the models (loaded at the first use) and no state between articles."""

    def __init__(
        self,
        models: str | Path | None = None,
        parser: Parser | None = None,
        *,
        unasserted: bool = False,
        min_confidence: float = THRESHOLD,
        weights: Weights | None = None,
    ) -> None:
        """`models`: a folder, `"official"`, or None for the embedded ones; or give a `parser` of your own.

        `unasserted` adds claims that the article does not say were made (« n'a pas dit que », « s'il disait que »), with their polarity.
        Speakers less sure than `min_confidence` (0 to 1) are not named. `weights` are those of the linker, None for the embedded ones.
        """
        self.settings = Settings(unasserted, min_confidence, weights)
        self._models = models
        self._parser: Parser | None = PartParser(parser) if parser is not None else None
        self.lexicon = load_lexicon()

    @property
    def parser(self) -> Parser:
        """The parser, its models loaded when first asked for."""
        if self._parser is None:
            from quotes.syntax.direct import load_parser

            self._parser = PartParser(load_parser(self._models))
        return self._parser

    def extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """One extraction an article, in order; articles are read as needed, about 20,000 words ahead."""
        batch: list[Article] = []
        sizes = batch_sizes()
        size, most = 0, next(sizes)
        for article in articles:
            batch.append(article)
            size += len(article.text) // 6
            if size >= most:
                yield from self.extract_batch(batch)
                batch, size, most = [], 0, next(sizes)
        if batch:
            yield from self.extract_batch(batch)

    def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]:
        """Extractions of a list of articles whose sentences are parsed together."""
        drafts = [prepare(article, self.lexicon) for article in articles]
        texts = [frame.text for draft in drafts for frame in draft.frames]
        unique = list(dict.fromkeys(texts))
        trees = dict(zip(unique, self.parser.parse(unique), strict=True))
        found = (finish(draft, [trees[frame.text] for frame in draft.frames], self.lexicon, self.settings) for draft in drafts)
        long = {text for text in unique if is_long(text)}
        return [_flagged(extraction, draft, long) for extraction, draft in zip(found, drafts, strict=True)]


def _flagged(extraction: Extraction, draft: Draft, long: Collection[str]) -> Extraction:
    """The extraction, what stands in sentences that were parsed in parts flagged `long-sentence`."""
    sentences = [frame.sentence for frame in draft.frames if frame.text in long]
    if not sentences:
        return extraction
    quotes = tuple(_with_flag(quote, sentences) for quote in extraction.quotes)
    claims = tuple(_with_flag(claim, sentences) for claim in extraction.claims)
    return dataclasses.replace(extraction, quotes=quotes, claims=claims, flags=(*extraction.flags, LONG))


def _with_flag(result: Result, sentences: Iterable[Span]) -> Result:
    inside = any(result.span.overlaps(sentence) for sentence in sentences)
    return dataclasses.replace(result, flags=(*result.flags, LONG)) if inside else result
