"""`quotes evaluate`: scores against annotated articles, or the recall of annotated cues."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotes.cli.common import errors_as_sentences, fail, output
from quotes.cli.terminal import say, shown

if TYPE_CHECKING:
    from rich.table import Table as Grid

    from quotes.evaluation import Table
    from quotes.evaluation.bootstrap import Pair
    from quotes.evaluation.cues import CueOutcome
    from quotes.pipeline import Extractor

__all__ = ["EXAMPLE", "evaluate_command"]

EXAMPLE = "Example: quotes evaluate tests/gold/gold.jsonl"


class By(str, Enum):
    """What scores can be broken down by."""

    kind = "kind"
    mention = "mention"
    type = "type"
    rule = "rule"
    link = "link"


Gold = Annotated[
    list[Path],
    typer.Argument(help="Annotated articles (id, text, quotes, claims) or cues (id, text, frames), JSON Lines.", show_default=False),
]
Models = Annotated[str | None, typer.Option("--models", help="A folder of models, or official.")]
Precision = Annotated[Path | None, typer.Option("--precision", help="File of counts by rule to bring up to date.", show_default=False)]
ByWhat = Annotated[By | None, typer.Option("--by", help="Show this breakdown only.", show_default="all")]
Markdown = Annotated[bool, typer.Option("--table", help="Print the counts by rule as docs/rules.md shows them, nothing else.")]


@errors_as_sentences
def evaluate_command(gold: Gold, models: Models = None, by: ByWhat = None, precision: Precision = None, table: Markdown = False) -> None:
    """Extract annotated articles and print how much is found, and found with the right speaker: all, by mention, type, rule and link."""
    from quotes.attribution.catalogue import load_precision
    from quotes.batch.work import load_extractor
    from quotes.evaluation import articles, counted, evaluate, is_cue_file, merged, precision_table, read_gold, write_precision
    from quotes.targets import refuse_clash

    if precision:
        refuse_clash("--precision", precision, gold)
    cues = [path for path in gold if is_cue_file(path)]
    if cues and (precision or table):
        fail(f"{cues[0]} holds cues, which tell nothing about the precision of rules: leave it out, or --precision and --table.", 2)
    annotated = {path: read_gold(path) for path in gold if path not in cues}
    extractor = load_extractor(models)
    rows = []
    for path, items in annotated.items():
        scores = evaluate(items, extractor.extract(articles(items)))
        rows += counted(path.stem, scores)
        if not table:
            _print_scores(f"{path}\n" if len(gold) > 1 else "", scores, by.value if by else None)
    for path in cues:
        _print_cues(f"{path}\n" if len(gold) > 1 else "", _cue_outcomes(path, extractor))
    if precision:
        write_precision(precision, merged(load_precision(precision), rows))
    if table:
        for line in precision_table(rows):
            say(line)


def _print_scores(heading: str, table: Table, by: str | None) -> None:
    """One line a part, then what is found by group, then how often each rule and link is right; or only one of the breakdowns."""
    from quotes.evaluation.scores import PREDICTED

    console = output()
    console.print(shown(heading, lines=True), end="")
    for line in _totals(table):
        console.print(line)
    fired = (_fired(table, dimension) for dimension in PREDICTED if by in (None, dimension))
    for grid in (_groups(table, by), *fired):
        if grid.row_count:
            console.print()
            console.print(grid)


def _totals(table: Table) -> Iterator[str]:
    for part in table.parts:
        score = table.total(part)
        low, high = table.interval(part)
        yield (
            f"{part}: {score.gold} annotated, {score.predicted} predicted, found F1 {score.f1(score.found):.3f}, "
            f"attributed F1 {score.f1(score.attributed):.3f} (95 % interval {low:.3f} to {high:.3f})"
        )


def _groups(table: Table, by: str | None) -> Grid:
    """Recall and precision by kind, mention and speaker type, or by one of them."""
    from quotes.evaluation.scores import DIMENSIONS

    grid = _grid("part", "by", "group", "annotated", "found", "attributed", "predicted", "right")
    for part in table.parts:
        for dimension in (d for d in DIMENSIONS if by in (None, d)):
            keys = [key for key in table.groups if key[:2] == (part, dimension)]
            for key in sorted(keys, key=lambda k: (-sum(s.gold + s.predicted for s in table.groups[k]), k)):
                scores = table.groups[key]
                found = _share([(s.found, s.gold) for s in scores])
                attributed = _share([(s.attributed, s.gold) for s in scores])
                right = _share([(s.right, s.predicted) for s in scores])
                annotated, predicted = (str(sum(getattr(s, name) for s in scores)) for name in ("gold", "predicted"))
                grid.add_row(*(shown(part) for part in key), annotated, found, attributed, predicted, right)
    return grid


def _fired(table: Table, dimension: str) -> Grid:
    """How often each rule or link fired and was right."""
    grid = _grid("part", dimension, "fires", "found", "right", "precision")
    ordered = sorted(table.fired(dimension).items(), key=lambda item: (item[0][0] != "quotes", -item[1][0], item[0][1]))
    for (part, value), counts in ordered:
        precision = _share([(s.right, s.predicted) for s in table.groups[part, dimension, value]])
        grid.add_row(shown(part), shown(value), *(str(count) for count in counts), precision)
    return grid


def _grid(*titles: str) -> Grid:
    from rich.table import Table as Grid

    grid = Grid(box=None, header_style="bold")
    for title in titles:
        grid.add_column(title, justify="left" if title in ("part", "by", "group", "rule", "link") else "right")
    return grid


def _share(pairs: list[Pair]) -> str:
    """« 0.91 (0.85 to 0.96) »: a share with its 95 % interval, « - » when there is nothing to count."""
    from quotes.evaluation.bootstrap import interval, ratio

    if not sum(pair[1] for pair in pairs):
        return "-"
    low, high = interval(pairs)
    return f"{ratio(pairs):.2f} ({low:.2f} to {high:.2f})"


def _cue_outcomes(path: Path, extractor: Extractor) -> list[CueOutcome]:
    from quotes.evaluation import cue_articles, evaluate_cues, read_cues

    sentences = read_cues(path)
    return evaluate_cues(sentences, extractor.extract(cue_articles(sentences)), extractor.parser.parse([s.text for s in sentences]))


def _print_cues(heading: str, outcomes: list[CueOutcome]) -> None:
    """The counts in one line, then what is missed or has another speaker."""
    from quotes.evaluation import cue_score

    score = cue_score(outcomes)
    console = output()
    console.print(shown(heading, lines=True), end="")
    console.print(f"{score.annotated} annotated cues, {score.counted} verbs with a clause or quotation")
    found, right = [(int(o.found), 1) for o in outcomes if o.counts], [(int(o.right), 1) for o in outcomes if o.counts and o.found]
    console.print(f"message found {score.found}: {_share(found)}, of these with the right speaker {score.right}: {_share(right)}")
    for outcome in outcomes:
        if outcome.counts and not outcome.right:
            sentence = outcome.sentence
            what = f"speaker {outcome.answer.speaker}" if outcome.found and outcome.answer else "missed"
            console.print(shown(f"{sentence.id}, {outcome.cue.cue.of(sentence.text)}, {what}: {sentence.text}"))
