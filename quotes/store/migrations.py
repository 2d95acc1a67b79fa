"""The tables, as numbered migrations: what each made is never changed, a new one follows."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

__all__ = ["migrations"]

migrations = Migrations("quotes")

# `key` is an alias of the rowid: without one, VACUUM renumbers the rows and the search index points astray.
_TABLES = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,      -- ISO 8601, UTC
    ended TEXT,
    status TEXT NOT NULL CHECK (status IN ('running', 'finished', 'interrupted', 'failed')),
    pipeline_version INTEGER NOT NULL,
    models TEXT NOT NULL,       -- 'embedded', 'official' or a folder
    paths TEXT NOT NULL,        -- JSON list
    articles INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    quotes INTEGER NOT NULL DEFAULT 0,
    claims INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    words INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE articles (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT,
    date TEXT,                  -- ISO 8601 where it could be read
    outlet TEXT,
    url TEXT,
    author TEXT,
    text TEXT NOT NULL,
    words INTEGER NOT NULL,
    flags TEXT NOT NULL,        -- JSON list
    metadata TEXT NOT NULL,     -- JSON object
    hash TEXT NOT NULL,         -- of the text and everything the archive says of it
    pipeline_version INTEGER NOT NULL,
    models TEXT NOT NULL
) STRICT;

CREATE TABLE speakers (
    article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('person', 'group', 'organization', 'document', 'unknown')),
    role TEXT,
    PRIMARY KEY (article_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE quotes (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,    -- article_id#q<start>-<end>
    article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('direct', 'partial')),
    text TEXT NOT NULL,         -- the pieces, joined by a space
    start INTEGER NOT NULL,     -- code points of articles.text
    "end" INTEGER NOT NULL,
    cue TEXT, cue_start INTEGER, cue_end INTEGER,
    mention TEXT, mention_start INTEGER, mention_end INTEGER,
    speaker TEXT,
    type TEXT NOT NULL,
    rule TEXT NOT NULL,
    flags TEXT NOT NULL,        -- JSON list
    folded TEXT NOT NULL,       -- what search looks at
    FOREIGN KEY (article_id, speaker) REFERENCES speakers(article_id, name)
) STRICT;

CREATE TABLE pieces (
    quote_id TEXT NOT NULL REFERENCES quotes(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,    -- from 1
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (quote_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE claims (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,    -- article_id#c<start>-<end>
    article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    cue TEXT, cue_start INTEGER, cue_end INTEGER,
    mention TEXT, mention_start INTEGER, mention_end INTEGER,
    speaker TEXT,
    type TEXT NOT NULL,
    rule TEXT NOT NULL,
    flags TEXT NOT NULL,
    folded TEXT NOT NULL,
    FOREIGN KEY (article_id, speaker) REFERENCES speakers(article_id, name)
) STRICT;

CREATE TABLE mentions (
    article_id TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    speaker TEXT NOT NULL,
    text TEXT NOT NULL,         -- last: SQLite 3.40 takes a table WITHOUT ROWID for damaged when its key columns are not the first ones
    PRIMARY KEY (article_id, start, "end", speaker),
    FOREIGN KEY (article_id, speaker) REFERENCES speakers(article_id, name) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE failures (
    source TEXT NOT NULL,       -- file, or file:line
    id TEXT NOT NULL,           -- of the article, as far as it is known
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (source, id, reason)
) STRICT, WITHOUT ROWID;
"""

_INDEXES = {
    "articles": [["date"], ["outlet"]],
    "speakers": [["name", "type"]],
    "quotes": [["article_id", "speaker"], ["speaker"], ["rule"]],
    "claims": [["article_id", "speaker"], ["speaker"], ["rule"]],
    "mentions": [["article_id", "speaker"]],
    "failures": [["id"], ["reason"]],
}

_STATEMENT = """
SELECT s.id, {kind} AS kind, s.text, s.speaker, s.type, p.role, s.cue, s.mention, a.title, a.outlet, a.date, a.url, a.author,
       s.rule, s.flags, s.article_id, s.start, s."end"
FROM {table} s JOIN articles a ON a.id = s.article_id
LEFT JOIN speakers p ON p.article_id = s.article_id AND p.name = s.speaker
"""


def _create_view(db: Database, name: str, select: str, **more: str) -> None:
    """A view over quotes and claims together, each by the same `select`."""
    quotes = select.format(kind="s.kind", table="quotes", **more)
    claims = select.format(kind="'claim'", table="claims", **more)
    db.create_view(name, f"{quotes} UNION ALL {claims}")


@migrations()
def m001_initial(db: Database) -> None:
    """Tables, indexes, the search index over quotes and claims, the view `statements`."""
    db.executescript(_TABLES)
    for name, indexes in _INDEXES.items():
        for columns in indexes:
            db.table(name).create_index(columns)
    for name in ("quotes", "claims"):
        db.table(name).enable_fts(["folded"], tokenize="unicode61 remove_diacritics 2", create_triggers=True)
    _create_view(db, "statements", _STATEMENT)


@migrations()
def m002_confidence(db: Database) -> None:
    """How sure a result is."""
    for table in ("quotes", "claims"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN confidence REAL")


_ACT_COLUMNS = (
    "polarity TEXT NOT NULL DEFAULT 'affirmed' CHECK (polarity IN ('affirmed', 'denied', 'questioned', 'hypothetical'))",
    "hearsay INTEGER NOT NULL DEFAULT 0 CHECK (hearsay IN (0, 1))",
    "act TEXT",
    "medium TEXT",
    "relay TEXT",
    "relay_spans TEXT NOT NULL DEFAULT '[]'",
    "addressee TEXT",
    "addressee_start INTEGER",
    "addressee_end INTEGER",
)

_POLARITIES = {"statements": "= 'affirmed'", "unasserted": "<> 'affirmed'"}

_SAID = """
SELECT s.id, {kind} AS kind, s.text, s.speaker, s.type, p.role, s.cue, s.mention,
       s.act, s.medium, s.addressee, s.relay, s.hearsay, s.polarity, a.title, a.outlet, a.date, a.url, a.author,
       s.rule, s.confidence, s.flags, s.article_id, s.start, s."end"
FROM {table} s JOIN articles a ON a.id = s.article_id
LEFT JOIN speakers p ON p.article_id = s.article_id AND p.name = s.speaker
WHERE s.polarity {polarity}
"""


@migrations()
def m003_acts(db: Database) -> None:
    """What the act of speech was: new columns of quotes and claims; `statements` holds what is affirmed, `unasserted` the rest."""
    db.execute("ALTER TABLE articles ADD COLUMN unasserted INTEGER NOT NULL DEFAULT 0 CHECK (unasserted IN (0, 1))")
    for table in ("quotes", "claims"):
        for column in _ACT_COLUMNS:
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
        for column in ("act", "medium"):
            db.table(table).create_index([column])
    db.execute("DROP VIEW statements")
    for name, polarity in _POLARITIES.items():
        _create_view(db, name, _SAID, polarity=polarity)


_SPEAKER_COLUMNS = (
    "gender TEXT NOT NULL DEFAULT '' CHECK (gender IN ('', 'm', 'f'))",
    "plural INTEGER NOT NULL DEFAULT 0 CHECK (plural IN (0, 1))",
    "aliases TEXT NOT NULL DEFAULT '[]'",
    "roles TEXT NOT NULL DEFAULT '[]'",
    "evidence TEXT NOT NULL DEFAULT '[]'",
)

# A statement is a quote or a claim; with its article all of this goes. The key columns come first, as in `mentions`.
_CANDIDATES = """
CREATE TABLE candidates (
    statement_id TEXT NOT NULL,
    rank INTEGER NOT NULL,      -- from 1
    article_id TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    speaker TEXT,               -- NULL: nobody in particular
    type TEXT NOT NULL,
    probability REAL NOT NULL,
    contributions TEXT NOT NULL, -- JSON list of [fact, weight]
    PRIMARY KEY (statement_id, rank)
) STRICT, WITHOUT ROWID
"""

_LINKED = """
SELECT s.id, {kind} AS kind, s.text, s.speaker, s.type, p.gender, p.role, s.cue, s.mention,
       s.act, s.medium, s.addressee, s.relay, s.hearsay, s.polarity, a.title, a.outlet, a.date, a.url, a.author,
       s.rule, s.link, s.confidence, s.flags, s.article_id, s.start, s."end"
FROM {table} s JOIN articles a ON a.id = s.article_id
LEFT JOIN speakers p ON p.article_id = s.article_id AND p.name = s.speaker
WHERE s.polarity {polarity}
"""


@migrations()
def m004_links(db: Database) -> None:
    """How the speaker was found, who else was weighed, and what the article tells of its speakers."""
    db.execute("ALTER TABLE articles ADD COLUMN min_confidence REAL NOT NULL DEFAULT 0")
    for column in _SPEAKER_COLUMNS:
        db.execute(f"ALTER TABLE speakers ADD COLUMN {column}")
    for table in ("quotes", "claims"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN link TEXT NOT NULL DEFAULT ''")
    db.execute(_CANDIDATES)
    db.table("candidates").create_index(["article_id"])
    for name, polarity in _POLARITIES.items():
        db.execute(f"DROP VIEW {name}")
        _create_view(db, name, _LINKED, polarity=polarity)


@migrations()
def m005_tried(db: Database) -> None:
    """Which text a failure is about, and what tried to extract it: it is not tried again unless that is asked for."""
    for column in ("hash TEXT", "pipeline_version INTEGER", "models TEXT"):
        db.execute(f"ALTER TABLE failures ADD COLUMN {column}")
