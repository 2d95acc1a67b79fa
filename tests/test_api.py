"""What `import quotes` promises."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import quotes
from quotes.model import Article
from tests.conftest import FakeExtractor


def test_every_public_name_is_there() -> None:
    assert all(hasattr(quotes, name) for name in quotes.__all__)
    with pytest.raises(AttributeError, match="module 'quotes' has no attribute 'nothing'"):
        _ = quotes.nothing


def test_importing_is_light() -> None:
    code = "import sys, quotes; print({'torch', 'stanza', 'sqlite_utils', 'typer'} & set(sys.modules))"
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert found.stdout == "set()\n"


def test_extract(monkeypatch: pytest.MonkeyPatch) -> None:
    class WithExtract(FakeExtractor):
        def extract(self, articles: list[Article]) -> list[quotes.Extraction]:
            return self.extract_batch(articles)

    monkeypatch.setattr(quotes, "_extractor", WithExtract)
    found = quotes.extract("« Oui », a déclaré Anne Vidal.")
    assert [quote.speaker for quote in found.quotes] == ["Anne Vidal"]
    articles = [Article("a", "Rien."), Article("b", "« Non »")]
    assert [extraction.article.id for extraction in quotes.extract(articles)] == ["a", "b"]
