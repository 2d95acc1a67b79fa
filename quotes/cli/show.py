"""`quotes show`: an article's text with its quotes, claims, cues and speakers marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.common import Db, counted, errors_as_sentences, fail, output
from quotes.cli.terminal import shown, shown_with_places

if TYPE_CHECKING:
    from rich.text import Text

    from quotes.model import Claim, Extraction, Quote

__all__ = ["EXAMPLE", "show_command"]

EXAMPLE = "Example: quotes show article-12 --db press.db"

_STYLES = {"claim": "blue", "quote": "bold green", "mention": "underline", "cue": "yellow"}


@errors_as_sentences
def show_command(article: Annotated[str, typer.Argument(help="The article's id.", show_default=False)], db: Db) -> None:
    """Show an article with its quotes and claims marked, each followed by its kind and speaker."""
    from quotes.store.loading import load_extraction
    from quotes.store.query import open_store

    with open_store(db) as store:
        extraction = load_extraction(store, article)
        if extraction is None:
            some = [row[0] for row in store.execute("SELECT id FROM articles ORDER BY id LIMIT 3")]
            fail(f"There is no article {article} in {db}" + (f"; it holds {', '.join(some)} ..." if some else ": it is empty."))
    console = output()
    console.print(_heading(extraction), marked(extraction), sep="\n")


def _heading(extraction: Extraction) -> Text:
    """Title, outlet and date, then the counts."""
    from rich.text import Text

    article = extraction.article
    about = ", ".join(part for part in (article.outlet, article.date, article.author, article.url) if part)
    found = ((extraction.quotes, "quote"), (extraction.claims, "claim"), (extraction.speakers, "speaker"))
    counts = ", ".join(counted(len(results), noun) for results, noun in found)
    return Text.assemble((shown(article.title or article.id), "bold"), "\n", (f"{shown(about)}\n" if about else ""), (counts, "dim"), "\n")


def marked(extraction: Extraction) -> Text:
    """The text with its styles and, after each quote and claim, the speaker in brackets."""
    from rich.text import Text

    plain, places = shown_with_places(extraction.article.text)
    text = Text(plain)
    labels: list[tuple[int, str]] = []
    for claim in extraction.claims:
        text.stylize(_STYLES["claim"], places[claim.span.start], places[claim.span.end])
        labels.append((places[claim.span.end], _label("claim", claim)))
    for quote in extraction.quotes:
        for piece in quote.pieces:
            text.stylize(_STYLES["quote"], places[piece.start], places[piece.end])
        labels.append((places[quote.span.end], _label(quote.kind, quote)))
    results: tuple[Quote | Claim, ...] = (*extraction.quotes, *extraction.claims)
    for result in results:
        for name, span in (("cue", result.cue), ("mention", result.mention)):
            if span:
                text.stylize(_STYLES[name], places[span.start], places[span.end])
    return _with_labels(text, labels)


def _label(kind: str, result: Quote | Claim) -> str:
    polarity = "" if result.asserted else f", {result.polarity}"
    return f" [{kind}{polarity}: {shown(result.speaker or '?')}]"


def _with_labels(text: Text, labels: list[tuple[int, str]]) -> Text:
    """The text cut at the labels' places and put together again with them."""
    from rich.text import Text

    places = sorted(labels, key=lambda label: label[0])
    parts = text.divide([place for place, _ in places]) if places else [text]
    result = Text()
    for number, part in enumerate(parts):
        result.append_text(part)
        if number < len(places):
            result.append(places[number][1], "bold cyan")
    return result
