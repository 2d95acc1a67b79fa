"""The command `quotes` and its subcommands. Heavy modules are imported by the commands that need them."""

from __future__ import annotations

from typing import Annotated

import typer

from quotes.cli import db, evaluate, explain, extract, merge, models, search, show, speakers, stats

__all__ = ["app"]

app = typer.Typer(
    help="Attributed quotes and claims from French news, in one SQLite file.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from quotes import __version__

        typer.echo(f"quotes {__version__}")
        raise typer.Exit


@app.callback(epilog="Example: quotes extract articles/ --db press.db")
def main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")] = False,
) -> None:
    """Attributed quotes and claims from French news, in one SQLite file."""


app.command("extract", epilog=extract.EXAMPLE)(extract.extract_command)
app.command("merge", epilog=merge.EXAMPLE)(merge.merge_command)
app.command("search", epilog=search.EXAMPLE)(search.search_command)
app.command("speakers", epilog=speakers.EXAMPLE)(speakers.speakers_command)
app.command("show", epilog=show.EXAMPLE)(show.show_command)
app.command("explain", epilog=explain.EXAMPLE)(explain.explain_command)
app.command("stats", epilog=stats.EXAMPLE)(stats.stats_command)
app.command("evaluate", epilog=evaluate.EXAMPLE)(evaluate.evaluate_command)
app.add_typer(models.app, name="models")
app.add_typer(db.app, name="db")
