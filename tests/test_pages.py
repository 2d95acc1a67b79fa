"""HTML pages and crawls of them: the article, what the page says of it, and every mark of a quotation."""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

import pytest

from quotes.archive import Failure, Limits, Options, open_archive
from quotes.archive import html_page as html_reader
from quotes.archive.failure import Skipped
from quotes.archive.files import open_documents
from quotes.extras import MissingPackage
from quotes.model import Article

pytest.importorskip("trafilatura")

HEAD = """<!DOCTYPE html>
<html lang="fr"><head><title>Le bac rouvre lundi | Le Courrier de Brec</title><meta charset="{charset}">
<meta property="og:site_name" content="Le Courrier de Brec"><link rel="canonical" href="https://courrier.example/bac">
<meta name="author" content="Anne Vidal">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2024-02-05T18:30:00+01:00", "headline": "Le bac rouvre lundi"}}</script>
</head><body><nav><a href="/">Accueil</a> <a href="/abo">Abonnez-vous</a></nav>"""
BODY = """<article><h1>Le bac rouvre lundi</h1>
<p>Le bac de Brec rouvrira lundi, a annoncé la mairie après des semaines de travaux sur les deux rives, «\u00a0dans de bonnes
conditions\u00a0».</p>
<p>«\u202fOn <mark>attendait</mark> ça\u202f», a dit <b>Hugo</b> <i>Tessier</i>. <q>Il était <b>temps</b></q>, a-t-il ajouté sur le quai,
avant de citer sa mère : <q>Elle disait <q>patience</q> tous les matins</q>.<br>Le chantier a coûté deux millions d'euros.</p>
<h2>Un chantier long</h2>
<blockquote><p>Nous avons tenu les délais malgré la crue, et c'est l'essentiel pour les riverains des deux bords.</p></blockquote>
<p>Les travaux avaient commencé en mars 2023 ; la commune les a payés avec l'aide du département et de la région.</p>
</article><footer>Mentions légales</footer></body></html>"""


def page(charset: str = "utf-8", body: str = BODY) -> str:
    return HEAD.format(charset=charset) + body


def read(path: Path, **limits: int) -> list[Article | Failure]:
    return list(open_archive(path, Options(limits=Limits(**limits))))


def article(path: Path) -> Article:
    [found] = read(path)
    assert isinstance(found, Article)
    return found


def test_the_article_and_what_the_page_says_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page())
    found = article(tmp_path)
    assert (found.id, found.title, found.author) == ("a", "Le bac rouvre lundi", "Anne Vidal")
    assert (found.outlet, found.url, found.date) == ("Le Courrier de Brec", "https://courrier.example/bac", "2024-02-05T18:30:00+01:00")
    assert "Abonnez-vous" not in found.text and "Mentions" not in found.text
    lines = found.text.split("\n\n")
    assert lines[-5:] == [
        "«\u202fOn attendait ça\u202f», a dit Hugo Tessier. «\u00a0Il était temps\u00a0», a-t-il ajouté sur le quai, avant de citer sa mère : "
        "«\u00a0Elle disait “patience” tous les matins\u00a0».",
        "Le chantier a coûté deux millions d'euros.",
        "Un chantier long",
        "Nous avons tenu les délais malgré la crue, et c'est l'essentiel pour les riverains des deux bords.",
        "Les travaux avaient commencé en mars 2023 ; la commune les a payés avec l'aide du département et de la région.",
    ]
    assert "«\u00a0dans de bonnes conditions\u00a0»." in found.text


@pytest.mark.parametrize(
    ("charset", "codec"), [("utf-8", "utf-8"), ("iso-8859-1", "utf-8"), ("windows-1252", "cp1252"), ("utf-16", "utf-16")]
)
def test_encodings_declared_and_real(tmp_path: Path, charset: str, codec: str) -> None:
    (tmp_path / "a.html").write_bytes(page(charset).replace("\u202f", " ").encode(codec))
    assert "Nous avons tenu les délais malgré la crue" in article(tmp_path).text


def test_a_page_whatever_its_name(tmp_path: Path) -> None:
    for name in ("article", "b.txt", "c.php"):
        (tmp_path / name).write_text("\n<!-- x -->" + page())
    assert [found.id for found in read(tmp_path)] == ["article", "b", "c"]


@pytest.mark.parametrize(
    "body", ["", "<html></html>", "<html><body><nav><a href='/'>Accueil</a></nav></body></html>", "<html><script>x()</script>"]
)
def test_pages_without_an_article(tmp_path: Path, body: str) -> None:
    (tmp_path / "a.html").write_text(body)
    [failure] = read(tmp_path)
    assert isinstance(failure, Failure) and failure.reason in ("no-article", "bad-html")


def test_a_page_of_twenty_megabytes(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(body="<p>Le bac. </p>" * 1_400_000))
    [failure] = read(tmp_path)
    assert isinstance(failure, Failure)
    assert failure.message == f"{tmp_path}/a.html holds more than 10 MB, too much for one page; --max page=N allows more."


def test_mark_up_of_any_depth(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body>" + "<div>" * 5000 + BODY)
    [found] = read(tmp_path)
    assert isinstance(found, Article | Failure)


def test_caches_are_emptied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    emptied: list[bool] = []
    monkeypatch.setattr(html_reader, "_PAGES", 1)
    monkeypatch.setattr("trafilatura.meta.reset_caches", lambda: emptied.append(True))
    (tmp_path / "a.html").write_text(page())
    article(tmp_path)
    assert emptied == [True]


def test_a_missing_package_ends_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text(page())
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingPackage) as caught:
        read(tmp_path)
    assert str(caught.value) == 'Reading HTML needs: pip install "french-quotes[html]"'


# WARC


def record(kind: str, content: str, url: str = "") -> bytes:
    """A WARC record of this type."""
    data = content.encode()
    lines = ("WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", "WARC-Date: 2024-02-06T10:00:00Z", f"Content-Length: {len(data)}")
    return "\r\n".join((*lines, "", "")).encode() + data + b"\r\n\r\n"


def crawl(*pages: tuple[str, str, str, str]) -> bytes:
    """Address, status, type and content of each page as a WARC file."""
    answers = ((url, f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{content}") for url, status, kind, content in pages)
    return record("warcinfo", "software: crawler\r\n") + b"".join(record("response", answer, url) for url, answer in answers)


PAGES = (
    ("https://courrier.example/bac", "200 OK", "text/html; charset=utf-8", page()),
    ("https://courrier.example/bac.jpg", "200 OK", "image/jpeg", "x"),
    ("https://courrier.example/rien", "404 Not Found", "text/html", page()),
    ("https://courrier.example/vide", "200 OK", "text/html", "<html></html>"),
)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_warc(tmp_path: Path, name: str) -> None:
    data = crawl(*PAGES)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    documents = list(open_documents([tmp_path]))
    [found] = [document[1] for document in documents if isinstance(document, tuple)]
    assert (found.id, found.url) == ("https://courrier.example/bac",) * 2
    assert found.metadata["fetched"] == "2024-02-06T10:00:00Z"
    assert [document.kind for document in documents if isinstance(document, Skipped)] == ["image/jpeg", "answer 404"]
    [failure] = [document for document in documents if isinstance(document, Failure)]
    assert failure.reason in ("no-article", "bad-html") and failure.source == f"{tmp_path}/{name}:5"


@pytest.mark.parametrize("number", [0, 1])
def test_a_warc_with_a_wrong_length(tmp_path: Path, number: int, capfd: pytest.CaptureFixture[str]) -> None:
    """The page is cut where its record says it ends; what is left of it is told, whether another record follows or none."""
    head = record("warcinfo", "software: crawler\r\n")
    parts = [crawl(PAGES[0]).removeprefix(head)] * 2
    length = re.search(rb"Content-Length: (\d+)", parts[number])
    assert length
    parts[number] = parts[number].replace(length[1], b"%d" % (int(length[1]) - 20), 1)
    (tmp_path / "a.warc").write_bytes(b"".join(parts))
    failures = [found.reason for found in read(tmp_path / "a.warc") if isinstance(found, Failure)]
    assert "bad-warc" in failures
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("cut", [-10, -200, -1000])
def test_a_truncated_warc(tmp_path: Path, cut: int) -> None:
    (tmp_path / "a.warc").write_bytes(crawl(PAGES[0], ("https://courrier.example/2", *PAGES[0][1:]))[:cut])
    first, second = read(tmp_path)
    assert isinstance(first, Article) and isinstance(second, Failure)
    assert second.reason == "bad-warc"
    assert second.message.startswith(f"{tmp_path}/a.warc ends in the middle of its record 3.")


def test_a_truncated_warc_that_is_packed(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(crawl(*PAGES, *PAGES[:1]))[:-500])
    documents = read(tmp_path)
    assert isinstance(documents[-1], Failure) and documents[-1].reason in ("bad-warc", "bad-gzip")


@pytest.mark.parametrize("size", [40, 100, 150, 200])
def test_a_warc_of_which_only_the_beginning_is_there(tmp_path: Path, size: int) -> None:
    (tmp_path / "a.warc").write_bytes(crawl(PAGES[0])[:size])
    [failure] = read(tmp_path)
    assert isinstance(failure, Failure) and failure.reason == "bad-warc"
