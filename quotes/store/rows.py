"""From values to rows: pure functions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from quotes.archive.decode import clean
from quotes.model import Article, Claim, Extraction, Quote, Span, Speaker
from quotes.store.choices import Choices
from quotes.store.fold import fold

__all__ = ["Row", "article_row", "content_hash", "rows_of"]

Row = dict[str, Any]


def content_hash(article: Article) -> str:
    """32 hexadecimal digits that change with the article's text or anything its archive says of it."""
    # As it comes back from the database, so that a stored article has the same one.
    metadata = json.loads(_json(dict(article.metadata)))
    parts = [article.id, article.text, article.title, article.date, article.outlet, article.url, article.author, metadata]
    return hashlib.blake2b(clean(_json(parts)).encode(), digest_size=16).hexdigest()


def article_row(extraction: Extraction, choices: Choices) -> Row:
    """The row of `articles`."""
    article = extraction.article
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date,
        "outlet": article.outlet,
        "url": article.url,
        "author": article.author,
        "text": article.text,
        "words": extraction.words,
        "flags": _json(list(extraction.flags)),
        "metadata": _json(dict(article.metadata)),
        "hash": content_hash(article),
        "pipeline_version": choices.pipeline_version,
        "models": choices.models,
        "unasserted": int(choices.unasserted),
        "min_confidence": float(choices.min_confidence),
    }


def rows_of(extraction: Extraction) -> dict[str, list[Row]]:
    """The rows of the tables below `articles`, in the order in which they have to be written."""
    article = extraction.article
    quotes = [_quote_row(article, quote) for quote in extraction.quotes]
    claims = [_result_row(article, claim, "c", claim.span.of(article.text)) for claim in extraction.claims]
    _number(quotes)
    _number(claims)
    pieces = [
        {"quote_id": row["id"], "number": number, **_span(piece), "text": piece.of(article.text)}
        for row, quote in zip(quotes, extraction.quotes, strict=True)
        for number, piece in enumerate(quote.pieces, 1)
    ]
    mentions = [
        {"article_id": article.id, **_span(mention.span), "text": mention.span.of(article.text), "speaker": mention.speaker}
        for mention in extraction.mentions
    ]
    results: tuple[Quote | Claim, ...] = (*extraction.quotes, *extraction.claims)
    candidates = [row for own, result in zip((*quotes, *claims), results, strict=True) for row in _candidates(own, result)]
    speakers = [_speaker_row(article, speaker) for speaker in _speakers(extraction)]
    return {"speakers": speakers, "quotes": quotes, "pieces": pieces, "claims": claims, "candidates": candidates, "mentions": mentions}


def _speaker_row(article: Article, speaker: Speaker) -> Row:
    lists = {name: _json(list(getattr(speaker, name))) for name in ("aliases", "roles", "evidence")}
    kept = {name: getattr(speaker, name) for name in ("name", "type", "role", "gender")}
    return {"article_id": article.id, **kept, "plural": int(speaker.plural), **lists}


def _candidates(row: Row, result: Quote | Claim) -> Iterator[Row]:
    """The rows of those who were weighed for the result of a row."""
    own = {"article_id": row["article_id"], "statement_id": row["id"]}
    for rank, candidate in enumerate(result.candidates, 1):
        told = {"speaker": candidate.name, "type": candidate.type, "probability": float(candidate.probability)}
        contributions = [[fact, round(weight, 3)] for fact, weight in candidate.contributions]
        yield {**own, "rank": rank, **told, "contributions": _json(contributions)}


def _speakers(extraction: Extraction) -> Iterable[Speaker]:
    """The speakers by name, those included that only a quote, a claim or a mention names."""
    found = {speaker.name: speaker for speaker in extraction.speakers}
    results: tuple[Quote | Claim, ...] = (*extraction.quotes, *extraction.claims)
    for result in results:
        if result.speaker is not None:
            found.setdefault(result.speaker, Speaker(result.speaker, result.type))
    for mention in extraction.mentions:
        found.setdefault(mention.speaker, Speaker(mention.speaker))
    return found.values()


def _quote_row(article: Article, quote: Quote) -> Row:
    text = " ".join(piece.of(article.text) for piece in quote.pieces)
    return {**_result_row(article, quote, "q", text), "kind": quote.kind}


def _result_row(article: Article, result: Quote | Claim, letter: str, text: str) -> Row:
    return {
        "id": f"{article.id}#{letter}{result.span.start}-{result.span.end}",
        "article_id": article.id,
        "text": text,
        **_span(result.span),
        **_words("cue", result.cue, article.text),
        **_words("mention", result.mention, article.text),
        "speaker": result.speaker,
        "type": result.type,
        "rule": result.rule,
        "link": result.link,
        "confidence": result.confidence,
        "flags": _json(list(result.flags)),
        "folded": fold(text),
        **_act(result, article.text),
    }


def _act(result: Quote | Claim, text: str) -> Row:
    """The columns that say what the act of speech was."""
    return {
        "polarity": result.polarity,
        "hearsay": int(result.hearsay),
        "act": result.act,
        "medium": result.medium,
        "relay": " > ".join(span.of(text) for span in result.relay) or None,
        "relay_spans": _json([[span.start, span.end] for span in result.relay]),
        **_words("addressee", result.addressee, text),
    }


def _number(rows: list[Row]) -> None:
    """Tells results of the same span apart: the second one's id ends in `.2`."""
    seen: dict[str, int] = {}
    for row in rows:
        count = seen[row["id"]] = seen.get(row["id"], 0) + 1
        if count > 1:
            row["id"] += f".{count}"


def _span(span: Span) -> Row:
    return {"start": span.start, "end": span.end}


def _words(name: str, span: Span | None, text: str) -> Row:
    if span is None:
        return {name: None, f"{name}_start": None, f"{name}_end": None}
    return {name: span.of(text), f"{name}_start": span.start, f"{name}_end": span.end}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
