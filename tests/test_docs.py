"""The documentation says what the program does. `python -m tests.test_docs` writes the real outputs into README.md (and loads the models)."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shlex
import tempfile
import typing
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click.testing
import pytest
import regex
import typer

from quotes.archive.formats import READERS
from quotes.archive.options import LIMITS, Limits
from quotes.attribution.catalogue import load_precision, read_link
from quotes.cli.app import app
from quotes.evaluation import precision_table
from quotes.export.jsonl import extraction_to_record
from quotes.model import Article, Extraction, Polarity
from quotes.pipeline import Extractor
from quotes.store import Store
from quotes.syntax.parser import StoredParser
from quotes.text.lexicon import load_table
from quotes.text.mediums import MEDIUMS
from quotes.who.queries import QueryKind
from tests.bad_input import table
from tests.conftest import FakeExtractor, extraction
from tests.test_attribution import CASES

ROOT = Path(__file__).parents[1]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/formats.md",
    "docs/scale.md",
    "docs/schema.md",
    "docs/rules.md",
    "docs/acts.md",
    "patterns/fr/README.md",
    "tests/gold/README.md",
)
# Made by `quotes models train`; a checkout without weights lacks it.
WITH_THE_MODELS = "data/models/fr/MODEL_CARD.md"
# The heading of docs/rules.md above the counts by rule.
MEASURED = "How often a rule is right"
PICTURED = "02-college-ardoise"
FENCE = regex.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$", regex.DOTALL | regex.MULTILINE)
LINK = regex.compile(r"\]\((?P<path>[^)#\s:]*+)(?:#(?P<anchor>[^)\s]++))?\)")
SLUG = regex.compile(r"(?<=[\"'}])-?([a-zà]+(?:-[a-zà]+)*+)-?(?=[\"'{])")
# String literals of the attribution code that look like rules: ways of naming a source that no rule shows, reasons to drop a quotation.
INTERNAL = frozenset(("self-named", "no-words", "repeated-term", "known-term"))


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def fences(text: str, kind: str) -> list[str]:
    return [match["body"] for match in FENCE.finditer(text) if match["kind"] == kind]


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split(" | ")]


def rows(text: str) -> list[list[str]]:
    """The cells of all table lines that begin with a name in backticks."""
    return [cells(line) for line in text.splitlines() if line.startswith("| `")]


def sections(text: str) -> dict[str, str]:
    """The text below every heading of the second level."""
    _, *parts = regex.split(r"^## ", text, flags=regex.MULTILINE)
    return {part.partition("\n")[0].strip("`"): part.partition("\n")[2] for part in parts}


def anchors(text: str) -> set[str]:
    return {regex.sub(r"[^\w -]", "", line.lstrip("# ")).lower().replace(" ", "-") for line in text.splitlines() if line.startswith("#")}


# README and the other pages


def test_readme_names_every_command() -> None:
    commands: dict[str, Any] = vars(typer.main.get_command(app))["commands"]
    names = [*(set(commands) - {"models"}), *(f"models {name}" for name in commands["models"].commands)]
    assert [name for name in names if f"quotes {name}" not in page("README.md")] == []


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    for match in LINK.finditer(page(name)):
        target = (ROOT / name).parent / match["path"] if match["path"] else ROOT / name
        if target != ROOT / WITH_THE_MODELS:
            assert target.exists(), match[0]
        if match["anchor"]:
            assert match["anchor"] in anchors(target.read_text(encoding="utf-8")), match[0]


def test_readme_sql_runs(fresh_db: Store) -> None:
    queries = [*fences(page("README.md"), "sql"), *fences(page("docs/schema.md"), "sql")]
    assert len(queries) > 1
    for query in queries:
        assert list(fresh_db.db.query(query)) == []


def test_readme_json_is_the_contract() -> None:
    [sample] = fences(page("README.md"), "json")
    real = extraction_to_record(extraction("« Le bac rouvre », a déclaré Anne Vidal. Selon la mairie, tout va bien."))
    shown = json.loads(sample)
    assert set(shown) == set(real)
    assert set(shown["quotes"][0]) == set(real["quotes"][0]) and set(shown["claims"][0]) == set(real["claims"][0])


@pytest.mark.skipif("QUOTES_MODELS_TESTS" not in os.environ, reason="loads the models: set QUOTES_MODELS_TESTS=1")
def test_readme_json_has_the_confidence_of_its_results() -> None:
    [sample] = fences(page("README.md"), "json")
    assert sample == with_confidences(sample), "python -m tests.test_docs writes it"


class _Fake(FakeExtractor):
    def __init__(self, models: object = None) -> None: ...

    def extract(self, articles: Sequence[Article]) -> Iterator[Extraction]:
        yield from self.extract_batch(list(articles))


@pytest.mark.parametrize("code", fences(page("README.md"), "python"))
def test_readme_python_runs(code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("quotes.pipeline.Extractor", _Fake)
    monkeypatch.setattr("quotes._extractor", _Fake, raising=False)
    monkeypatch.chdir(ROOT)
    exec(code, {})
    assert capsys.readouterr().out


def test_readme_fences_have_outputs() -> None:
    text = page("README.md")
    assert all(body.startswith("$ ") and body.count("\n") > 1 for body in fences(text, "console"))
    assert len(fences(text, "text")) == len(fences(text, "python")) and all(fences(text, "text"))


# Formats


def test_formats_are_documented() -> None:
    table = {
        row[0]: row
        for row in map(cells, sections(page("docs/formats.md").replace("# What", "## What", 1))["What can be read"].splitlines())
        if len(row) == 4
    }
    assert {reader.name for reader in READERS} == set(table) - {"format", "---"}
    missing = [(reader.name, suffix) for reader in READERS for suffix in reader.suffixes if f"`{suffix}`" not in table[reader.name][1]]
    assert missing == []


def test_columns_and_limits_are_documented() -> None:
    parts = sections(page("docs/formats.md"))
    known: dict[str, list[str]] = {}
    for field, name in load_table("columns.tsv"):
        known.setdefault(field, []).append(name)
    assert {row[0].strip("`"): row[2].split(", ") for row in rows(parts["Fields"])} == known
    assert {row[0].strip("`"): int(row[1].split()[0]) for row in rows(parts["Limits"])} == {
        name: getattr(Limits(), name) // unit for name, unit in LIMITS.items()
    }


def test_reasons_of_failures_are_documented() -> None:
    code = "".join(path.read_text(encoding="utf-8") for folder in ("archive", "batch") for path in (ROOT / "quotes" / folder).glob("*.py"))
    reasons = set(regex.findall(r"""(?:BadDocument\(|failure\(\s*|\.id, |stem, )f?"([a-z]+(?:-[a-z]+)*)\"""", code))
    shown = set(regex.findall(r"`([a-z0-9-]+)`", sections(page("README.md"))["Bad input"]))
    assert len(reasons) > 20 and reasons - shown == set()


# The database


def test_schema_page_is_the_schema(fresh_db: Store) -> None:
    names = [name for name in fresh_db.db.table_names() if "_fts" not in name and not name.startswith("_")]
    pages = {name: text for name, text in sections(page("docs/schema.md")).items() if rows(text)}
    assert set(pages) == {*names, *fresh_db.db.view_names()}
    for name, text in pages.items():
        shown = [(row[0].strip("`"), row[1]) for row in rows(text)]
        real = [(column[1], column[2]) for column in fresh_db.db.execute(f"PRAGMA table_info({name})")]
        assert [column for column, _ in shown] == [column for column, _ in real], name
        assert name == "statements" or shown == real


# Rules and flags


def documented() -> dict[str, set[str]]:
    """Names in the first column of docs/rules.md by section, without the hyphen of composed ones."""
    return {title: {row[0].split("`")[1].rstrip("-+") for row in rows(text)} for title, text in sections(page("docs/rules.md")).items()}


def examples() -> list[tuple[str, str]]:
    """The sentences of docs/rules.md with the rules they give."""
    found = [row[-1].rpartition(" → ") for row in rows(page("docs/rules.md")) if " → " in row[-1]]
    return [(sentence.replace(" / ", "\n\n"), rule.strip("`")) for sentence, _, rule in found]


def in_code() -> set[str]:
    """All lower-case string literals of the attribution code, f-strings cut at their gaps; no classes of words."""
    files = sorted((ROOT / "quotes" / "attribution").glob("*.py"))
    code = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return set(SLUG.findall(regex.sub(r"""(?:word_class|alternatives)\(["'][^"']*["']""", "", code)))


def is_documented(rule: str, names: dict[str, set[str]]) -> bool:
    constructions = names["Quotes"] | names["Claims"]
    parts = [(rule[: match.start()], rule[match.end() :]) for match in regex.finditer("-", rule)]
    return rule in constructions or any(head in constructions and tail in names["Sources"] for head, tail in parts)


def test_documented_rules_are_in_the_code() -> None:
    names = documented()
    composed = {"noun-que", "noun-selon"}  # f"noun-{'selon' if ... else 'que'}"
    assert names["Quotes"] | names["Claims"] | names["Sources"] <= in_code() | composed


def test_rules_of_the_code_are_documented() -> None:
    """A new rule needs a line in docs/rules.md."""
    known = set[str]().union(*documented().values()) | INTERNAL
    assert {name for name in in_code() if "-" in name} - known == set()


def links_of_the_code() -> set[str]:
    """What the code writes into `link`: the kinds of questions, and the reasons that decide without weighing."""
    folders = (ROOT / "quotes" / "who", ROOT / "quotes" / "attribution")
    code = "\n".join(file.read_text(encoding="utf-8") for folder in folders for file in sorted(folder.glob("*.py")))
    reasons = regex.findall(r"""\bLink\((?:[^()"]|\([^()]*\))*"([^"]+)\"""", code) + regex.findall(r'\bhow=f?"([^"{]+)', code)
    sieves = regex.findall(r'(?:return|\() ?\w+, "([^"]+)"', page("quotes/who/sieves.py"))
    shared = regex.findall(r'^SHARED, CLAIM = "([^"]+)", "([^"]+)"', page("quotes/attribution/sharing.py"), regex.MULTILINE)
    return {*reasons, *sieves, *shared[0], *typing.get_args(QueryKind)}


def test_links_of_the_code_are_documented() -> None:
    """A new link needs a line in docs/rules.md, and every line there a link."""
    assert {link.rstrip("+") for link in links_of_the_code()} == documented()["Links"]


def test_links_of_results_are_documented() -> None:
    parser = StoredParser((ROOT / "tests/parses/attribution.conllu").read_text(encoding="utf-8"))
    articles = [Article(case.id, case.parsed.text) for case in CASES]
    given = {r.link for e in Extractor(parser=parser).extract(articles) for r in (*e.quotes, *e.claims)}
    assert len(given) > 10 and {link for link in given if not read_link(link)} == set()


def test_rule_examples_name_documented_rules() -> None:
    assert len(examples()) > 30
    assert [rule for _, rule in examples() if not is_documented(rule, documented())] == []


def test_values_of_acts_are_documented() -> None:
    values = set(regex.findall(r"`([a-z-]+)`", sections(page("docs/acts.md"))["Medium"]))
    assert values == MEDIUMS
    rows_of_polarity = {row[0].strip("`") for row in rows(sections(page("docs/acts.md"))["Polarity"])}
    assert rows_of_polarity == set(typing.get_args(Polarity))


def test_flags_are_documented() -> None:
    code = "".join(page(name) for name in ("quotes/text/pairing.py", "quotes/text/marks.py", "quotes/text/plain.py"))
    assert {flag for flag in documented()["Flags"] if f'"{flag}"' not in code} <= in_code()
    appended = regex.findall(r'flags(?:\.append\(| = \[)"([a-z-]+)"', code)
    assert set(appended) <= documented()["Flags"]


@pytest.mark.skipif("QUOTES_MODELS_TESTS" not in os.environ, reason="loads the models: set QUOTES_MODELS_TESTS=1")
def test_rule_examples_give_their_rules() -> None:
    articles = [Article(str(number), sentence) for number, (sentence, _) in enumerate(examples())]
    found = [{q.rule for q in x.quotes} | {c.rule for c in x.claims} for x in Extractor().extract(articles)]
    wrong = [(sentence, rule, rules) for (sentence, rule), rules in zip(examples(), found, strict=True) if rule not in rules]
    assert wrong == []


def test_every_rule_has_one_description() -> None:
    """What `quotes explain` says of a rule is what docs/rules.md says."""
    shown = {(title.lower(), row[0].split("`")[1]): row[1] for title, text in sections(page("docs/rules.md")).items() for row in rows(text)}
    known = [line.split("\t") for line in page("quotes/attribution/rules.tsv").splitlines() if not line.startswith("#")]
    described = {(part, name): description for part, name, description, *_ in known}
    assert described == {key: description for key, description in shown.items() if key[0] in ("quotes", "claims", "sources", "links")}


def test_the_table_of_precision_is_the_file() -> None:
    shown = [line for line in sections(page("docs/rules.md"))[MEASURED].splitlines() if line.startswith("|")]
    assert shown == precision_table(load_precision()), "python -m tests.test_docs writes it"


# python -m tests.test_docs


def with_precision(text: str) -> str:
    """docs/rules.md with the table of the file that `quotes evaluate --precision` writes."""
    head, tail = text.split(f"## {MEASURED}\n")
    prose = [line for line in tail.splitlines() if not line.startswith("|")]
    return f"{head}## {MEASURED}\n" + "\n".join(prose).rstrip("\n") + "\n\n" + "\n".join(precision_table(load_precision())) + "\n"


def with_bad_input(text: str) -> str:
    """README.md with the table of tests/bad_input.py."""
    head, _, rest = text.partition("| input | what happens |\n")
    return head + table() + "\n" + rest.partition("\n\n")[2]


def with_confidences(sample: str) -> str:
    """The JSON Lines sample with the links and the confidence that its results have now."""
    from quotes import extract

    [text] = regex.findall(r'extract\("(.*)"\)', fences(page("README.md"), "python")[0])
    found = extract(text)
    told = iter([(result.link, result.confidence) for result in (*found.quotes, *found.claims)])

    def current(match: regex.Match[str]) -> str:
        link, confidence = next(told)
        return f'"rule": "{match["rule"]}", "link": "{link}", "confidence": {confidence}'

    return regex.sub(r'"rule": "(?P<rule>[^"]+)", "link": "[^"]*", "confidence": [\d.]+', current, sample)


def refreshed(text: str) -> str:
    """README.md with what its commands and Python examples print now."""
    printed = [""]

    def current(match: regex.Match[str]) -> str:
        if match["kind"] == "console":
            command = match["body"].partition("\n")[0]
            return f"```console\n{command}\n{_run(command)}```"
        if match["kind"] == "json":
            return with_confidences(match[0])
        if match["kind"] == "python":
            with contextlib.redirect_stdout(io.StringIO()) as stream:
                exec(match["body"], {})
            printed.append(stream.getvalue())
        return f"```text\n{printed[-1]}```" if match["kind"] == "text" else str(match[0])

    return FENCE.sub(current, text)


def _run(command: str) -> str:
    """What a command of README.md prints, without empty lines and spaces at the ends of lines."""
    from sqlite_utils.cli import cli

    program, *arguments = shlex.split(command.removeprefix("$ "))
    environment = {"COLUMNS": "160", "NO_COLOR": "1", "TERM": "dumb"}
    main_command: Any = typer.main.get_command(app) if program == "quotes" else cli
    result = click.testing.CliRunner().invoke(main_command, arguments, env=environment)
    return "".join(f"{line.rstrip()}\n" for line in result.output.splitlines() if line.strip())


def draw_picture(db: Path, target: Path) -> None:
    """`quotes show` of one article as SVG, without fonts from elsewhere."""
    from rich._export_format import CONSOLE_SVG_FORMAT
    from rich.console import Console

    from quotes.cli.show import marked
    from quotes.store.loading import load_extraction
    from quotes.store.query import open_store

    with open_store(db) as store:
        found = load_extraction(store, PICTURED)
    assert found is not None
    console = Console(record=True, width=112, force_terminal=True, color_system="truecolor", file=io.StringIO(), highlight=False)
    console.print(marked(found))
    form = regex.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=regex.DOTALL)
    target.write_text(console.export_svg(title=f"quotes show {PICTURED}", code_format=form, unique_id="show"), encoding="utf-8")


def main() -> None:
    """Rewrites the counts in docs/rules.md, the outputs in README.md and docs/picture.svg, these two with a database made for it."""
    (ROOT / "docs" / "rules.md").write_text(with_precision(page("docs/rules.md")), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name in ("data", "tests"):
            Path(name).symlink_to(ROOT / name)
        Path("build").mkdir()
        text = with_bad_input(refreshed(page("README.md")))
        (ROOT / "README.md").write_text(text, encoding="utf-8")
        draw_picture(Path("build/demo.db"), ROOT / "docs" / "picture.svg")


if __name__ == "__main__":
    main()
