"""The way through the house: articles in, extractions out, parsed in batches across articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from quotes.attribution.article import Settings, finish, prepare
from quotes.model import THRESHOLD, Article, Extraction
from quotes.sizes import batch_sizes
from quotes.syntax.parser import Parser
from quotes.text.lexicon import load_lexicon
from quotes.who.ranker import Weights

__all__ = ["PIPELINE_VERSION", "Extractor"]

# Raised with every change of rules, patterns or models that changes results: stored articles of an older version are redone.
PIPELINE_VERSION = 7


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
        self._parser = parser
        self.lexicon = load_lexicon()

    @property
    def parser(self) -> Parser:
        """The parser, its models loaded when first asked for."""
        if self._parser is None:
            from quotes.syntax.direct import load_parser

            self._parser = load_parser(self._models)
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
        return [finish(draft, [trees[frame.text] for frame in draft.frames], self.lexicon, self.settings) for draft in drafts]
