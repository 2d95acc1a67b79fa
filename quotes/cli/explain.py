"""`quotes explain`: why a quote or claim is what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.common import Db, errors_as_sentences, fail, output
from quotes.cli.terminal import shown

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from quotes.attribution.explain import Explanation
    from quotes.model import Claim, Extraction, Quote, Span
    from quotes.syntax.tree import Tree

__all__ = ["EXAMPLE", "explain_command"]

EXAMPLE = "Example: quotes explain article-12#q972-1041 --db press.db"

_ID = re.compile(r"(?P<article>.+)#(?P<letter>[qc])(?P<start>\d+)-(?P<end>\d+)(?:\.(?P<number>\d+))?", re.DOTALL)


@errors_as_sentences
def explain_command(
    id: Annotated[str, typer.Argument(help="The id of a quote or claim, as quotes search prints it.", show_default=False)], db: Db
) -> None:
    """Show the rule that decided, the rules that lost, how the speaker was found, who else was weighed, and the parse of the sentence."""
    from quotes.attribution.explain import explain
    from quotes.batch.work import load_extractor
    from quotes.store.loading import load_extraction
    from quotes.store.query import models_of, open_store

    match = _ID.fullmatch(id)
    if match is None:
        fail(f"{id} is no id of a quote or claim: quotes search prints them in brackets, such as article-12#q972-1041.", 2)
    with open_store(db) as store:
        extraction = load_extraction(store, match["article"])
        if extraction is None:
            fail(f"There is no article {match['article']} in {db}.")
        models = models_of(store, match["article"])
    result = _recorded(extraction, match)
    if result is None:
        fail(f"There is no {id} in {db}: quotes search prints the ids of what it finds in brackets.")
    extractor = load_extractor(None if models == "embedded" else models)
    found = explain(extraction, result, extractor.parser, extractor.lexicon)
    if found is None:
        fail(f"The rules of this version no longer give {id}: run quotes extract on its archive again to renew {db}.")
    _print(id, found)


def _recorded(extraction: Extraction, match: re.Match[str]) -> Quote | Claim | None:
    """The stored result that an id names, None when there is none."""
    results: Sequence[Quote | Claim] = extraction.quotes if match["letter"] == "q" else extraction.claims
    alike = [r for r in results if (r.span.start, r.span.end) == (int(match["start"]), int(match["end"]))]
    number = int(match["number"] or 1)
    return alike[number - 1] if 1 <= number <= len(alike) else None


def _print(id: str, found: Explanation) -> None:
    """The result, then a table for each thing that spoke for or against it."""
    from quotes.syntax.tree import Tree

    console = output()
    console.print(_heading(id, found), end="\n\n")
    console.print(_facts(found))
    tables = (_candidates(found), _antecedents(found), _parse(found.tree or Tree(())))
    for title, table in zip(_titles(found), tables, strict=True):
        if table.row_count:
            console.print("\n" + shown(title), style="bold")
            console.print(table)


def _titles(found: Explanation) -> tuple[str, str, str]:
    rules = "Rules that answered, in their order" if found.candidates and found.candidates[0].name else "Cues of the sentence"
    return rules, "Who could be meant", f"Parse of: {found.frame}"


def _heading(id: str, found: Explanation) -> Text:
    """The sentence with the passage in brackets."""
    from rich.text import Text

    text, span = found.article.text, found.result.span
    sentence = found.sentence or span
    start, end = min(sentence.start, span.start), max(sentence.end, span.end)
    before, passage, behind = (shown(part, lines=True) for part in (text[start : span.start], span.of(text), text[span.end : end]))
    return Text.assemble((shown(id), "bold"), "\n", before, (f"[{passage}]", "bold green"), behind)


def _facts(found: Explanation) -> Table:
    result, rule = found.result, found.rule
    text = found.article.text
    kind = getattr(result, "kind", "claim")
    described = " ".join(part for part in (rule.description, rule.source_description) if part) or "not described"
    share = "the probability that words and speaker are right, as calibrated on annotated articles"
    sure = "not measured" if result.confidence is None else f"{result.confidence:.3f}, {share}"
    resolved = f"{result.link}: {found.link or 'not described'}" if result.link else "not recorded"
    speaker = f"{result.speaker or '?'} ({result.type}{f', {found.role}' if found.role else ''})"
    table = _table("", "")
    for name, value in (
        ("kind", kind),
        ("rule", f"{result.rule}: {described}"),
        ("confidence", sure),
        ("cue", _words(text, result.cue)),
        ("mention", _words(text, result.mention)),
        ("speaker", speaker),
        ("resolved", resolved),
        ("flags", ", ".join(result.flags) or "none"),
    ):
        table.add_row(name, shown(value))
    return table


def _candidates(found: Explanation) -> Table:
    named = any(candidate.name for candidate in found.candidates)
    table = _table(*(["rule"] if named else []), "cue", "source", "what became of it")
    for candidate in found.candidates:
        words = (_words(found.article.text, span) for span in (candidate.cue, candidate.source))
        table.add_row(*([candidate.name] if named else []), *words, shown(candidate.verdict))
    return table


def _antecedents(found: Explanation) -> Table:
    """Whoever was weighed, with what spoke for and against, the weightiest facts first."""
    table = _table("who", "probability", "for", "against")
    for candidate in found.result.candidates:
        told = candidate.contributions
        sides = ([pair for pair in told if pair[1] > 0], [pair for pair in told if pair[1] < 0])
        weighed = (", ".join(f"{fact} {abs(weight):.2f}" for fact, weight in side) or "-" for side in sides)
        table.add_row(shown(candidate.name or "nobody"), f"{candidate.probability:.3f}", *(shown(cell) for cell in weighed))
    return table


def _parse(tree: Tree) -> Table:
    table = _table("word", "form", "part of speech", "head", "relation")
    for word in tree:
        head = tree.head(word)
        table.add_row(str(word.index), shown(word.form), word.upos, shown(f"{word.head} {head.form}") if head else "0", word.deprel)
    return table


def _words(text: str, span: Span | None) -> str:
    return "-" if span is None else shown(" ".join(span.of(text).split()))


def _table(*titles: str) -> Table:
    """A table without lines whose cells show the text as it is."""
    from rich.table import Table

    table = Table(box=None, show_header=any(titles), header_style="dim")
    for title in titles:
        table.add_column(title, overflow="fold")
    return table
