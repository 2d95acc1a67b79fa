"""Writes gold.jsonl and the sample archive from the annotated articles: `python -m tests.gold.build` (`--show NAME` prints one)."""

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.gold.markup import MarkupError, Offsets, Parsed, Source, parse

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ARTICLES = HERE / "articles"
KEYS = ("title", "date", "outlet", "url", "author", "genre")
TEXT_FILES, RECORDS, ZIPPED = slice(0, 20), slice(20, 30), slice(30, 34)
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class Article(NamedTuple):
    """An annotated article: its id (the file's stem), metadata and parsed body."""

    id: str
    header: dict[str, str]
    body: Parsed


def read_article(path: Path) -> Article:
    """Read one article file: `key: value` lines, an empty line, the body in mark-up."""
    head, gap, body = path.read_text(encoding="utf8").partition("\n\n")
    header: dict[str, str] = {}
    for number, line in enumerate(head.split("\n"), 1):
        key, colon, value = line.partition(": ")
        if not colon or key not in KEYS or key in header:
            raise MarkupError(number, f"{path.name}: expected one of {', '.join(KEYS)} once, found {line!r}")
        header[key] = value.strip()
    missing = [key for key in KEYS if key not in header and key != "author"]
    if missing or not gap:
        raise MarkupError(1, f"{path.name}: no {', '.join(missing) or 'body'}")
    try:
        return Article(path.stem, header, parse(body.rstrip("\n"), first_line=head.count("\n") + 3))
    except MarkupError as error:
        error.add_note(path.name)
        raise


def read_all(folder: Path = ARTICLES) -> list[Article]:
    """All articles in the order of their file names."""
    return [read_article(path) for path in sorted(folder.glob("*.txt"))]


def outputs(articles: list[Article]) -> dict[Path, bytes]:
    """What the builder writes, path by path."""
    texts = {article.id: article.body.text + "\n" for article in articles}
    archive = ROOT / "data" / "archive"
    files = {archive / f"{article.id}.txt": texts[article.id].encode() for article in articles[TEXT_FILES]}
    files[archive / "depeches.jsonl"] = _lines(_record(article) for article in articles[RECORDS])
    files[archive / "magazine.zip"] = _zip({f"{article.id}.txt": texts[article.id] for article in articles[ZIPPED]})
    files[HERE / "gold.jsonl"] = _lines(_gold(article) for article in articles)
    return files


def _record(article: Article) -> dict[str, str]:
    fields = {key: value for key, value in article.header.items() if key != "genre"}
    return {"id": article.id, **fields, "text": article.body.text}


def _gold(article: Article) -> dict[str, object]:
    body = article.body
    return {"id": article.id, "text": body.text, "quotes": body.quotes, "claims": body.claims, "other": body.others}


def _lines(records: Iterator[dict[str, str]] | Iterator[dict[str, object]]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def _zip(texts: dict[str, str]) -> bytes:
    """A zip file that is the same byte for byte each time: stored, with a fixed date."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as file:
        for name, text in texts.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            file.writestr(entry, text.encode())
    return target.getvalue()


def show(article: Article) -> str:
    """The annotations of an article in plain lines, for rereading."""
    body = article.body
    quotes = [f"Q {quote['kind']:7} {_words(body.text, *quote['pieces'])} {_source(body.text, quote)}" for quote in body.quotes]
    claims = [f"C {_words(body.text, claim['span'])} {_source(body.text, claim)}" for claim in body.claims]
    return "\n".join([f"== {article.id}", *quotes, *claims, *(f"O {_words(body.text, span)}" for span in body.others)])


def _words(text: str, *spans: Offsets | None) -> str:
    return "[" + " // ".join("-" if span is None else text[span[0] : span[1]] for span in spans) + "]"


def _source(text: str, record: Source) -> str:
    return f"{_words(text, record['cue'])} {_words(text, record['mention'])} {record['speaker']} ({record['type']})"


def main(arguments: list[str]) -> None:
    """Write the files, or show the articles whose name starts with the argument."""
    if arguments[:1] == ["--show"]:
        shown = [show(read_article(path)) for path in sorted(ARTICLES.glob("".join(arguments[1:2]) + "*.txt"))]
        sys.stdout.write("\n\n".join(shown) + "\n")
        return
    for path, content in outputs(read_all()).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1:])
