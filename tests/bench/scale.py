"""A database of any size, made of invented statements: bytes of its tables and indexes, seconds of computing that its queries take.

python -m tests.bench.scale build/scale.db --statements 2000000
"""

from __future__ import annotations

import argparse
import itertools
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from quotes.model import Article, Claim, Extraction, Mention, Quote, Span, Speaker
from quotes.store import Store
from quotes.store.choices import Choices
from quotes.store.query import open_store, search, speakers, stats

_WORDS = (
    "le pont la mairie du bac rouvre ferme lundi budget écoles région travaux digue hausse impôts grève santé hôpital riverains eau tarifs "
    "sera seront avait pour contre sans avec dans une des les plus moins nouvelle enquête projet quartier rivière marché conseil vote"
).split()
_FIRST = "Anne Hugo Paul Jeanne Yasmina Marc Odile Karim Élise Noé Lucie Omar Rose Yann Zoé".split()
_LAST = "Vidal Tessier Ostier Lormier Keller Morand Santoni Tellier Lambelet Quintal Kermarec Bensaïd".split()
# As many statements as an article has, and as long an article, as in the sample archive.
_STATEMENTS, _SENTENCES = 4, 25
_BATCH = 250


def articles(count: int, seed: int = 1) -> Iterator[Extraction]:
    """Invented articles with their statements; speakers follow a distribution with few names that are frequent."""
    chance = random.Random(seed)
    names = [f"{first} {last}{chance.choice(('', '-Roux', '-Blanc'))}" for first, last in itertools.product(_FIRST, _LAST)] * 40
    names = [name if place < 500 else f"{name} {place}" for place, name in enumerate(names)]
    for number in range(count):
        yield _article(number, chance, names)


def _article(number: int, chance: random.Random, names: list[str]) -> Extraction:
    sentences = [" ".join(chance.choices(_WORDS, k=chance.randint(8, 24))).capitalize() + "." for _ in range(_SENTENCES)]
    text = "\n".join(sentences)
    starts = list(itertools.accumulate((len(sentence) + 1 for sentence in sentences), initial=0))
    found: dict[str, Speaker] = {}
    quotes, claims, mentions = [], [], []
    for place in chance.sample(range(_SENTENCES - 1), _STATEMENTS):
        name = names[min(int(chance.paretovariate(0.6)) - 1, len(names) - 1)]
        found[name] = Speaker(name, "person", "maire")
        span, mention = Span(starts[place], starts[place] + len(sentences[place]) - 1), Span(starts[place + 1], starts[place + 1] + 5)
        mentions.append(Mention(mention, name))
        if place % 2:
            quotes.append(Quote((span,), "direct", mention, mention, name, "person", "postposed-subject-verb", (), 0.95))
        else:
            claims.append(Claim(span, mention, mention, name, "person", "que", (), 0.9))
    day = f"20{number % 24:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    article = Article(
        f"{number % 24:02}/{number:08}", text, sentences[0], day, f"Journal {number % 60}", f"https://journal.example/{number}"
    )
    return Extraction(article, tuple(quotes), tuple(claims), tuple(found.values()), tuple(mentions), len(text.split()))


def build(path: Path, statements: int) -> float:
    """Fill a database; the seconds of computing that storing took."""
    seconds = 0.0
    with Store(path) as store:
        store.start_run(["bench"], Choices(1))
        for group in _groups(articles(statements // _STATEMENTS)):
            started = time.process_time()
            store.save(group)
            seconds += time.process_time() - started
        store.finish_run("finished", {})
    return seconds


def _groups(found: Iterator[Extraction]) -> Iterator[list[Extraction]]:
    while group := list(itertools.islice(found, _BATCH)):
        yield group


def sizes(path: Path) -> list[tuple[str, int]]:
    """Bytes of every table and index, the largest first."""
    with sqlite3.connect(path) as db:
        found: list[tuple[str, int]] = db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
    db.close()
    return found


def queries(path: Path) -> Iterator[tuple[str, float]]:
    """Seconds of computing that the questions of users take, the second time each."""
    with open_store(path) as db:
        asked: dict[str, Callable[[], object]] = {
            "search: two words": lambda: search(db, "hausse impôts", limit=20),
            "search: a phrase": lambda: search(db, '"le pont du bac"', limit=20),
            "search: a word and a speaker": lambda: search(db, "pont", speaker="Vidal", limit=20),
            "search: a speaker alone": lambda: search(db, "", speaker="Vidal", limit=20),
            "speakers: the first 50": lambda: speakers(db),
            "stats": lambda: stats(db),
            "SQL: one speaker by month": lambda: list(
                db.query("SELECT substr(date, 1, 7), count(*) FROM statements WHERE speaker = 'Anne Vidal' GROUP BY 1")
            ),
            "SQL: one day": lambda: list(db.query("SELECT count(*) FROM statements WHERE date = '2003-04-04'")),
        }
        for name, ask in asked.items():
            ask()
            started = time.process_time()
            ask()
            yield name, time.process_time() - started


def main() -> None:
    """The command line: a database to make, unless it is there, and the number of statements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db", type=Path)
    parser.add_argument("--statements", type=int, default=100_000)
    given = parser.parse_args()
    if not given.db.exists():
        seconds = build(given.db, given.statements)
        print(f"{given.statements / seconds:12,.0f} statements stored a second")
    print(f"{given.db.stat().st_size / given.statements:12,.0f} bytes a statement, with its share of the article")
    for name, size in sizes(given.db)[:16]:
        print(f"{size / given.statements:12,.0f} bytes a statement in {name}")
    for name, seconds in queries(given.db):
        print(f"{seconds:12.3f} s {name}", flush=True)


if __name__ == "__main__":
    main()
