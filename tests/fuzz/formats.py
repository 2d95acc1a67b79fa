"""Damaged files of every format: what cannot be read is a failure, and the file behind it is read."""

from __future__ import annotations

import gzip
import io
import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.fuzz.archives import damage_all
from tests.fuzz.harness import Fuzzer

__all__ = ["FORMATS", "SAMPLES"]

_TEXT = "« Le bac rouvre », a déclaré Anne Vidal.\n\nSelon la mairie, tout va bien."
_PAGE = f"""<!DOCTYPE html><html lang="fr"><head><title>Le bac rouvre</title><meta charset="utf-8"><meta name="author" content="Hugo Tessier">
<meta property="article:published_time" content="2024-02-05T18:30:00+01:00"></head><body><nav><a href="/">Accueil</a></nav><article><h1>Le bac rouvre</h1>
<p>{_TEXT}</p><blockquote>Nous avons tenu les délais malgré la crue.</blockquote><p>{"Le chantier a duré six mois. " * 4}</p></article></body></html>"""
_EUROPRESSE = f"""<html><body><article><header><span class="DocPublicationName">Le Cap, no. 59</span><span class="DocHeader">mardi 6 février 2024</span>
<div class="titreArticle"><p class="titreArticleVisu">Brève</p></div></header><section><div class="docOcurrContainer"><p>{_TEXT}</p></div></section>
<footer><div class="publiC-lblNodoc">news·20240206·CAP·1</div></footer></article></body></html>"""
_FACTIVA = f"HD        Le bac rouvre\nWC        12 mots\nPD        5 février 2024\nSN        Le Cap\nLP        Brec\nTD        \n{_TEXT}\nAN\nDocument CAP0000020240205ek25\n"
_TEI = f"""<?xml version="1.0" encoding="utf-8"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Le bac</title></titleStmt>
</fileDesc></teiHeader><text><body><p>{_TEXT}</p></body></text></TEI>"""
_NITF = f"""<nitf><head><docdata><doc-id id-string="ag-7"/><date.issue norm="20240205T183000Z"/></docdata></head><body><body.head><hedline><hl1>Le bac
</hl1></hedline></body.head><body.content><p>{_TEXT}</p></body.content></body></nitf>"""
_NEWSML = f"""<newsItem guid="urn:brec:1" xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta><provider><name>Agence</name></provider></itemMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{_TEXT}</p></body></html></inlineXML></contentSet></newsItem>"""


def _records(luck: random.Random) -> list[dict[str, str]]:
    return [{"id": f"r{n}", "title": "Le bac", "date": "2024-02-05", "text": _TEXT * luck.randint(1, 3)} for n in range(luck.randint(1, 4))]


def _table(delimiter: str, luck: random.Random) -> bytes:
    rows = ['"' + f'"{delimiter}"'.join(record.values()) + '"' for record in _records(luck)]
    return "\n".join([delimiter.join(("id", "title", "date", "text")), *rows, ""]).encode(luck.choice(("utf-8", "utf-16", "cp1252")))


def _parquet(luck: random.Random) -> bytes:
    import pyarrow
    import pyarrow.parquet

    stream = io.BytesIO()
    codec = luck.choice(("none", "snappy", "zstd", "gzip"))
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(_records(luck)), stream, compression=codec)
    return stream.getvalue()


def _warc(luck: random.Random) -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{_PAGE}".encode()
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://cap.example/{}\r\nContent-Length: {}\r\n\r\n"
    return b"".join(head.format(n, len(answer)).encode() + answer + b"\r\n\r\n" for n in range(luck.randint(1, 3)))


def _written(text: str) -> Callable[[random.Random], bytes]:
    return lambda luck: text.encode(luck.choice(("utf-8", "utf-8", "utf-16", "cp1252")))


# A format by its suffix: what makes a sound file of it. A new reader is one more line here.
SAMPLES: Mapping[str, Callable[[random.Random], bytes]] = {
    ".txt": _written(_TEXT),
    ".json": lambda luck: json.dumps(_records(luck)).encode(),
    ".csv": lambda luck: _table(luck.choice((",", ";")), luck),
    ".tsv": lambda luck: _table("\t", luck),
    ".parquet": _parquet,
    ".page.html": _written(_PAGE),
    ".europresse.html": _written(_EUROPRESSE),
    ".factiva.txt": _written(_FACTIVA),
    ".tei.xml": _written(_TEI),
    ".nitf.xml": _written(_NITF),
    ".newsml.xml": _written(_NEWSML),
    ".warc": _warc,
    ".warc.gz": lambda luck: gzip.compress(_warc(luck)),
}


def _one(seed: int, number: int, folder: Path) -> list[str]:
    """One damaged file of each format, before a file that is sound."""
    return damage_all(SAMPLES, seed, number, folder)


FORMATS = Fuzzer("formats", _one, 25, 5_000)
