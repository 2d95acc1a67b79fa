"""Shared fixtures: a fresh database and an extractor without models."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import regex

from quotes.model import Article, Claim, Extraction, Mention, Quote, Span, Speaker
from quotes.store import Store
from quotes.store.choices import Choices

_QUOTE = regex.compile(r"«\s*+(.+?)\s*+»(?:,\s(a\sdéclaré)\s((?:\p{Lu}[\p{L}-]*+\s?)+))?", regex.DOTALL)
_CLAIM = regex.compile(r"(?:Selon|D'après) (la \p{L}+), ([^.]+)")
_INCISE = regex.compile(r", dit-il, ")


class FakeExtractor:
    """Finds « quotes », a déclaré Name, and « Selon la mairie, claims ». Words in the text make it fail, die or pause."""

    def extract_batch(self, articles: Sequence[Article]) -> list[Extraction]:
        """One extraction an article."""
        return [_extraction(article) for article in articles]


def _extraction(article: Article) -> Extraction:
    if "BOUM" in article.text:
        raise ValueError("boum")
    if "MOURIR" in article.text:
        os._exit(9)
    if "DORMIR" in article.text:
        time.sleep(60)
    quotes = tuple(_quote(match) for match in _QUOTE.finditer(article.text))
    claims = tuple(_claim(match) for match in _CLAIM.finditer(article.text))
    found: tuple[Quote | Claim, ...] = (*quotes, *claims)
    speakers = {result.speaker: Speaker(result.speaker, result.type) for result in found if result.speaker}
    mentions = tuple(Mention(result.mention, result.speaker) for result in found if result.mention and result.speaker)
    return Extraction(article, quotes, claims, tuple(speakers.values()), mentions, words=len(article.text.split()))


def _quote(match: regex.Match[str]) -> Quote:
    start, end = match.span(1)
    incise = _INCISE.search(match.string, start, end)
    pieces = (Span(start, end),) if incise is None else (Span(start, incise.start()), Span(incise.end(), end))
    if match[2] is None:
        return Quote(pieces, "partial", rule="fake", flags=("no-speaker",))
    name = match[3].rstrip()
    mention = Span(match.start(3), match.start(3) + len(name))
    return Quote(pieces, "direct", cue=Span(*match.span(2)), mention=mention, speaker=name, type="person", rule="fake")


def _claim(match: regex.Match[str]) -> Claim:
    name = match[1].removeprefix("la ")
    return Claim(Span(*match.span(2)), mention=Span(*match.span(1)), speaker=name, type="organization", rule="fake")


def fake_extractor() -> FakeExtractor:
    """The factory that workers are given."""
    return FakeExtractor()


def dying_factory() -> FakeExtractor:
    """A factory whose process dies, as when the memory does not suffice for the models."""
    os._exit(9)


def refusing_factory() -> FakeExtractor:
    """A factory that fails with an error."""
    raise OSError("depparse.pt is damaged")


def extraction(text: str, id: str = "a", **fields: object) -> Extraction:
    """The fake extraction of an article made of these values."""
    return _extraction(Article(id=id, text=text, **fields))  # type: ignore[arg-type]


@pytest.fixture
def fresh_db(tmp_path: Path) -> Iterator[Store]:
    """An empty store with a run begun."""
    with Store(tmp_path / "fresh.db") as store:
        store.start_run(["archive"], Choices(1))
        yield store


@pytest.fixture
def no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """The runner and the command line extract with `FakeExtractor`."""
    monkeypatch.setattr("quotes.batch.runner.default_extractor", _without_models)


def _without_models(*choices: object) -> FakeExtractor:
    return FakeExtractor()
