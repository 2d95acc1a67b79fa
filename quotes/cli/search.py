"""`quotes search`: statements by their words."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.common import Db, Limit, errors_as_sentences, fail, output
from quotes.cli.terminal import say, shown

if TYPE_CHECKING:
    from rich.text import Text

    from quotes.store.query import Statement

__all__ = ["EXAMPLE", "search_command"]

EXAMPLE = 'Example: quotes search "pouvoir d\'achat" --db press.db --speaker Martin --kind quote'


class Kind(str, Enum):
    """Which statements to show; `quote` is direct and partial."""

    quote = "quote"
    direct = "direct"
    partial = "partial"
    claim = "claim"


class Polarity(str, Enum):
    """How the reporting is put."""

    affirmed = "affirmed"
    denied = "denied"
    questioned = "questioned"
    hypothetical = "hypothetical"


@errors_as_sentences
def search_command(
    text: Annotated[str, typer.Argument(help="Words to find, all of them; a phrase in quotation marks.", show_default=False)],
    db: Db,
    speaker: Annotated[str | None, typer.Option("--speaker", help="Only sources with these words in the name.", show_default=False)] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="Only this kind.", show_default=False)] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option("--min-confidence", min=0, max=1, help="Only rules that were right at least so often (0 to 1).", show_default=False),
    ] = None,
    act: Annotated[
        str | None, typer.Option("--act", help="Only this kind of act: accuse, ask, deny, promise ...", show_default=False)
    ] = None,
    medium: Annotated[
        str | None, typer.Option("--medium", help="Only what was said there: interview, social ...", show_default=False)
    ] = None,
    polarity: Annotated[Polarity, typer.Option("--polarity", help="Whether the article says that it was said.")] = Polarity.affirmed,
    limit: Limit = 20,
) -> None:
    """Find quotes and claims by their words; accents, case and inflection do not count."""
    from quotes.store.query import open_store, search
    from quotes.text.lexicon import ACTS
    from quotes.text.mediums import MEDIUMS

    _check("act", act, ACTS)
    _check("medium", medium, MEDIUMS)
    with open_store(db) as store:
        found = search(
            store,
            text,
            speaker=speaker,
            kind=kind.value if kind else None,
            act=act,
            medium=medium,
            polarity=polarity.value,
            min_confidence=min_confidence,
            limit=limit,
        )
    console = output()
    for statement in found:
        console.print(_styled(statement), end="\n\n")
    say(f"{len(found)} found" + (f" (the best {limit}; --limit shows more)" if len(found) == limit else ""), err=True)


def _check(name: str, value: str | None, known: frozenset[str]) -> None:
    """End with one sentence when a value is none of those in the database."""
    if value is not None and value not in known:
        fail(f"There is no {name} {value}: use one of {', '.join(sorted(known))}.", 2)


def _styled(statement: Statement) -> Text:
    """A statement on two lines: who and what, then where."""
    from rich.text import Text

    words = shown(statement.text if statement.kind == "claim" else f"« {statement.text} »", lines=True)
    speaker = shown(statement.speaker or "?")
    role = shown(f", {statement.role}") if statement.role else ""
    where = ", ".join(part for part in (statement.title, statement.outlet, statement.date) if part)
    place = (shown(f"{where} [{statement.id}]".strip()), "dim")
    return Text.assemble((speaker, "bold cyan"), role, f" ({statement.kind}): ", (words, "green"), "\n  ", place)
