"""The mark-up parser, and the annotated articles it reads."""

import json
import re
from pathlib import Path

import pytest

from tests.gold.build import Article, outputs, read_all, read_article, show
from tests.gold.markup import MarkupError, parse

ARTICLES = read_all()
MARKS = re.compile(r'[«“‹"]|<<')
SOURCE = 'c=1 m=1 s="Anne Martin" t=person'
NONE = "c=- m=- s=- t=unknown"


def test_parse_direct_quote() -> None:
    parsed = parse(f"« <q k=direct {SOURCE}>Nous partons</q> », <cue n=1>a dit</cue> <m n=1>Anne Martin</m>.")
    assert parsed.text == "« Nous partons », a dit Anne Martin."
    assert parsed.quotes == [
        {
            "id": "Q1",
            "kind": "direct",
            "pieces": [[2, 14]],
            "mention": [24, 35],
            "cue": [18, 23],
            "speaker": "Anne Martin",
            "type": "person",
        }
    ]
    assert parsed.claims == [] and parsed.others == []


def test_parse_quote_cut_by_an_incise() -> None:
    parsed = parse(f"« <q id=a k=direct {SOURCE}>Je pars</q>, <cue n=1>dit</cue>-<m n=1>elle</m>, <q +a>et voilà.</q> »")
    assert [[parsed.text[start:end] for start, end in quote["pieces"]] for quote in parsed.quotes] == [["Je pars", "et voilà."]]


def test_parse_claim_with_its_incise_and_a_partial_quote() -> None:
    parsed = parse(f"<cl {SOURCE}>Le pont, <cue n=1>juge</cue> <m n=1>elle</m>, est « <q k=partial {SOURCE}>sûr</q> »</cl>.")
    assert parsed.text == "Le pont, juge elle, est « sûr »."
    assert parsed.claims[0]["span"] == [0, 31]
    assert parsed.quotes[0]["pieces"] == [[26, 29]]


def test_parse_unknown_source_and_other() -> None:
    parsed = parse(f"« <q k=direct {NONE}>Oui</q> ». Les « <o>gilets jaunes</o> ».")
    assert (parsed.quotes[0]["cue"], parsed.quotes[0]["mention"], parsed.quotes[0]["speaker"]) == (None, None, None)
    assert [parsed.text[start:end] for start, end in parsed.others] == ["gilets jaunes"]


def test_parse_counts_characters_not_bytes_and_unescapes() -> None:
    parsed = parse(f"R&amp;D 🙂 &lt;&lt; <q k=direct {NONE}>Ça</q> &gt;&gt;")
    assert parsed.text == "R&D 🙂 << Ça >>"
    assert parsed.quotes[0]["pieces"] == [[9, 11]]


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("a\n<b>x</b>", "line 2: malformed tag or bare < > & (write &lt; &gt; &amp;): '<b>x</b>'"),
        ("a & b", "line 1: malformed tag or bare < > & (write &lt; &gt; &amp;): '& b'"),
        ("« <o>x", "line 1: <o> is never closed"),
        ("x</o>", "line 1: </o> closes nothing"),
        ("« <o>x <m n=1>y</o></m> »", "line 1: </o> found where </m> is due"),
        ("« <o>x</o n=1> »", "line 1: </o> takes no attribute"),
        (f"« <q k=maybe {NONE}>x</q> »", "line 1: <q>: k=maybe is none of direct, partial"),
        ("« <q k=direct c=- m=- s=->x</q> »", "line 1: <q>: missing t"),
        (f"« <q k=direct {NONE} z=1>x</q> »", "line 1: <q>: unknown z"),
        (f"« <q k=direct k=direct {NONE}>x</q> »", "line 1: <q>: k is given twice"),
        ('<cl c=- m=- s="" t=unknown>x</cl>', "line 1: <cl>: s has no value"),
        ("<cl c=1 m=- s=- t=unknown>x</cl>", "line 1: <cl>: there is no cue 1"),
        ("<m n=1>x</m>", "line 1: <m n=1> serves no quote and no claim"),
        ("<cue n=1>x</cue>\n<cue n=1>y</cue>", "line 2: <cue n=1> is numbered twice"),
        (f"<cl {NONE}>x </cl>", "line 1: <cl> is empty or has a space at its edge: 'x '"),
        (f"<cl {NONE}>x.</cl>", "line 1: a claim leaves out its final full stop: 'x.'"),
        (f"« <q k=direct {NONE}>x <cl {NONE}>y</cl></q> »", "line 1: a claim cannot stand inside a quote"),
        (f"<q k=direct {NONE}>x</q> »", "line 1: no mark before 'x': add u if the text has none"),
        (f"« <q k=direct {NONE}>x</q>.", "line 1: no mark after 'x': add u if the text has none"),
        (f"« <q id=a k=direct {NONE}>x</q> »", "line 1: <q id=a> is never continued"),
        ("« <q +a>x</q> »", "line 1: <q +a> continues no quote before it"),
    ],
)
def test_parse_refuses(markup: str, message: str) -> None:
    with pytest.raises(MarkupError) as error:
        parse(markup)
    assert str(error.value) == message


def test_read_article_reports_the_line_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "01-x.txt"
    file.write_text("title: T\ndate: 2020-01-01\noutlet: O\nurl: https://o.example/\ngenre: g\n\nT\n\n<o>x", encoding="utf8")
    with pytest.raises(MarkupError, match="line 9: <o> is never closed"):
        read_article(file)


def test_built_files_are_up_to_date() -> None:
    stale = [path.name for path, content in outputs(ARTICLES).items() if not path.exists() or path.read_bytes() != content]
    assert not stale, "run: python -m tests.gold.build"


def test_archive_holds_no_other_file() -> None:
    paths = outputs(ARTICLES)
    archive = next(path.parent for path in paths if path.name == "depeches.jsonl")
    assert {path for path in archive.iterdir() if path.suffix in {".txt", ".jsonl", ".zip"}} == {
        path for path in paths if path.parent == archive
    }


def test_gold_follows_the_contract() -> None:
    gold = next(content for path, content in outputs(ARTICLES).items() if path.name == "gold.jsonl")
    records = [json.loads(line) for line in gold.decode().splitlines()]
    assert [sorted(record) for record in records] == [["claims", "id", "other", "quotes", "text"]] * len(ARTICLES)
    assert len({record["id"] for record in records}) == len(records) == 46


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_no_quotation_mark_is_left_out(article: Article) -> None:
    text = article.body.text
    inside = [piece for quote in article.body.quotes for piece in quote["pieces"]] + article.body.others
    starts, ends = {start for start, _ in inside}, {end for _, end in inside}
    for match in MARKS.finditer(text):
        after = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
        closes = match[0] == '"' and len(text[: match.start()].rstrip(" .")) <= max(
            (end for end in ends if end <= match.start()), default=-1
        )
        assert after in starts or closes, text[match.start() - 20 : match.end() + 20]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_speakers_are_named_as_in_the_article(article: Article) -> None:
    words = set(re.findall(r"\w+", article.body.text.casefold()))
    for record in (*article.body.quotes, *article.body.claims):
        speaker = record["speaker"] or ""
        named = set(re.findall(r"\w+", speaker.casefold()))
        assert len(named & words) * 2 >= len(named), speaker
        if record["type"] == "person" and speaker[:1].isupper():
            assert named <= words, speaker


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_mentions_and_cues_stand_outside_their_own_quote(article: Article) -> None:
    for quote in article.body.quotes:
        for span in (quote["mention"], quote["cue"]):
            assert span is None or all(span[1] <= start or span[0] >= end for start, end in quote["pieces"]), quote


def test_articles_vary() -> None:
    assert len({article.header["genre"] for article in ARTICLES}) >= 20
    assert all(120 <= len(article.body.text.split()) <= 420 for article in ARTICLES)
    assert all(".example/" in article.header["url"] for article in ARTICLES)


def test_show_lists_every_annotation() -> None:
    article = ARTICLES[0]
    lines = show(article).splitlines()
    assert len(lines) == 1 + len(article.body.quotes) + len(article.body.claims) + len(article.body.others)
