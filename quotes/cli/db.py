"""`quotes db`: whether a database is sound, and a damaged one made anew."""

from __future__ import annotations

import typer

from quotes.cli.account import closing, progress
from quotes.cli.common import Db, errors_as_sentences, fail
from quotes.cli.extract import MinConfidence, Models, Unasserted, Workers
from quotes.cli.terminal import say
from quotes.model import THRESHOLD

__all__ = ["app"]

app = typer.Typer(help="Check a database, make a damaged one anew.", no_args_is_help=True, epilog="Example: quotes db check --db press.db")


@app.command("check", epilog="Example: quotes db check --db press.db")
@errors_as_sentences
def check_command(db: Db) -> None:
    """Check that every page can be read and every row agrees with the text it was made from."""
    from quotes.store.check import check

    findings = check(db)
    for finding in findings:
        say(finding)
    if findings:
        fail(f"{db} is damaged: quotes db rebuild --db {db} makes it anew from the texts it still holds.")
    say(f"{db} is sound.")


@app.command("rebuild", epilog="Example: quotes db rebuild --db press.db")
@errors_as_sentences
def rebuild_command(
    db: Db, workers: Workers = None, models: Models = None, unasserted: Unasserted = False, min_confidence: MinConfidence = THRESHOLD
) -> None:
    """Extract the texts that a damaged database still holds into a new one, which takes its place. The old file is kept beside it."""
    from quotes.batch.rebuild import rebuild

    with progress() as watch:
        summary, old = rebuild(db, workers=workers, models=models, unasserted=unasserted, min_confidence=min_confidence, watch=watch)
    for line in closing(summary, stored=True):
        say(line, err=True)
    if summary.interrupted:
        fail(f"Interrupted: {db} is as it was; run the same command again to go on.", 130)
    say(f"{db} was made anew; what it was is in {old}.", err=True)
