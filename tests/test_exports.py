"""Exports of press databases, TEI and agency formats: invented articles in real mark-up; the real mark-up itself where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.archive import Failure, open_archive
from quotes.archive.exports import clean_publication
from quotes.model import Article

pytest.importorskip("lxml")

REAL = Path(__file__).parents[2] / "shared" / "exports"


def read(path: Path) -> list[Article | Failure]:
    return list(open_archive(path))


def articles(path: Path) -> list[Article]:
    documents = read(path)
    assert [document for document in documents if isinstance(document, Failure)] == []
    return [document for document in documents if isinstance(document, Article)]


def write(folder: Path, name: str, text: str, codec: str = "utf-8") -> Path:
    (folder / name).write_bytes(text.encode(codec))
    return folder / name


# Europresse

TODAY = """<!DOCTYPE html> <html> <head> <meta charset="utf-8"> <title></title> <style>.DocPublicationName{color:#83724e}</style></head> <body>
<article> <header> <div class="rdp__DocPublicationName"> <span class="DocPublicationName">Le Courrier de Brec (site web)   </span> </div>
<div> <span class="DocHeader">Région, lundi 5 février 2024 - 18:30 UTC +01:00, p. 4</span> </div>
<div class="titreArticle"> <p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Le <mark>bac</mark> rouvre</p>
<p class="sm-margin-TopNews rdp__subtitle">Fin du chantier</p> <p class="sm-margin-bottomNews">Anne Vidal</p> </div> </header>
<section> <div class="DocText clearfix"> <div class='docOcurrContainer'> <p>« Le <mark>bac</mark> <b>rouvre</b>
<i>lundi</i> », a déclaré <span>Hugo Tessier</span>.</p><p>Selon la mairie, tout va bien.</p><p>Lire aussi : Le pont ferme</p> </div> </div> </section>
<aside> <p><b>Illustration(s) : </b></p> <p>Le quai.</p> </aside>
<footer> <small>© 2024 Le Courrier. Tous droits réservés.</small> <p>Numéro de document : news·20240205·CB·0412</p>
<div class="publiC-lblNodoc">news·20240205·CB·0412</div> </footer> </article>
<article> <header> <span class="DocPublicationName">Le Cap, no. 5968</span> <span class="DocHeader">mardi 6 février 2024</span>
<div class="titreArticle"> <p class="titreArticleVisu">Brève</p> </div> <div>Paul Ostier</div> </header>
<section> <p>Un <em>mot</em>.</p> </div> </div> </section> </article>
</body> </html>"""
BEFORE = """<html xmlns:n1="http://www.cedrom-sni.com/schema/newsv1.xsd"><head>
<META http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"></head><body>
<table><tr><td><table id="tbHeaderImages"><tr><td><br></td></tr></table><span class="DocPublicationName">Le Cap, no. 12</span><br>
<span class="DocHeader">Région, </span><span class="DocHeader">jeudi </span><span class="DocHeader">4 octobre 2012</span><span class="DocHeader">, p. 03</span><br><br>
<span class="TitreArticleVisu">Le <span style="color:red; font-weight:bold">bac</span> rouvre</span><br><br>Anne Vidal<br><p></p>« Le
<span style="color:red">bac</span> rouvre », a déclaré Hugo.<font style="font-weight:bold;"> Selon la mairie, tout va bien.</font><p></p>Fin.<p></p>
<b><i>© 2012 Le Cap. Tous droits réservés.</i></b><p></p>Numéro de document : news·20121004·CAP·1<br></td></tr></table>
<table><tr><td><table id="tbHeaderImages"></table><span class="DocPublicationName">Le Cap</span><span class="DocHeader">5 octobre 2012</span><br>
<span class="TitreArticleVisu">Suite</span><br><br>Le pont ferme.<p></p>Fin.<p></p><b><i>© 2012 Le Cap. Tous droits réservés.</i></b></td></tr></table>
</body></html>"""


def test_europresse_of_today(tmp_path: Path) -> None:
    first, second = articles(write(tmp_path, "a.HTML", TODAY))
    assert first == Article(
        "news·20240205·CB·0412",
        "« Le bac rouvre lundi », a déclaré Hugo Tessier.\n\nSelon la mairie, tout va bien.\n\nLire aussi : Le pont ferme",
        "Le bac rouvre", "2024-02-05T18:30:00+01:00", "Le Courrier de Brec", author="Anne Vidal",
        metadata={"publication": "Le Courrier de Brec (site web)", "section": "Région", "page": "4", "subtitle": "Fin du chantier"},
    )  # fmt: skip
    assert (second.id, second.text, second.outlet, second.author) == ("a:2", "Un mot.", "Le Cap", "Paul Ostier")


@pytest.mark.parametrize("codec", ["utf-8", "iso-8859-1", "cp1252"])
def test_europresse_of_before_whatever_it_declares(tmp_path: Path, codec: str) -> None:
    first, second = articles(write(tmp_path, "a.html", BEFORE.replace("·", "." if codec != "utf-8" else "·"), codec))
    assert (first.title, first.date, first.outlet, first.author) == ("Le bac rouvre", "2012-10-04", "Le Cap", "Anne Vidal")
    assert first.text == "« Le bac rouvre », a déclaré Hugo. Selon la mairie, tout va bien.\n\nFin."
    assert first.metadata["page"] == "03"
    assert (second.text, second.author) == ("Le pont ferme.\n\nFin.", None)


def test_one_document_twice_and_one_broken(tmp_path: Path) -> None:
    start = TODAY.index("<article")
    end = TODAY.index("</article>") + len("</article>")
    twice = TODAY[:end] + TODAY[start:end] + "<article></article>" + TODAY[end:]
    documents = read(write(tmp_path, "a.html", twice))
    assert [document.reason for document in documents if isinstance(document, Failure)] == ["duplicate", "empty"]
    assert [document.title for document in documents if isinstance(document, Article)] == ["Le bac rouvre", "Brève"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Magazine 1, no. 5968", "Magazine 1"),
        ("Le Cap, no 12 (site web)", "Le Cap"),
        ("Le Cap (site web réf.)", "Le Cap"),
        ("Le Cap, la revue", "Le Cap, la revue"),
    ],
)
def test_names_of_publications(written: str, name: str) -> None:
    assert clean_publication(written) == name


# Factiva

ROW = '<tr><td align="right" valign="top" class="index"><b>{}</b>&nbsp;</td><td>{}</td></tr>'
CODED = (
    "<html><head><title>Factiva</title></head><body><div id='contentLeft'>"
    + "".join(
        f'<div class="article frArticle"><table>{"".join(ROW.format(code, cell) for code, cell in rows)}</table><br/></div>'
        for rows in (
            [
                ("SE", "Région"), ("HD", "<b class='frHeadline'>Le <b>bac</b> rouvre</b>"), ("BY", "Par Anne Vidal"), ("WC", "295 mots"), ("PD", "5 février 2024"), ("ET", "18:30"),
                ("SN", "Le Courrier"), ("LA", "Français"), ("LP", "<p class='articleParagraph'>« Le <span>bac</span> rouvre », a déclaré Hugo.</p><p>Oui.</p>"),
                ("TD", "<p>Selon la mairie, tout va bien.</p>"), ("NS", "gpol : Domestic Politics"), ("AN", "Document COUR000020240205e7ct0001r"),
            ],
            [("HD", "Rien"), ("PD", "6 février 2024"), ("SN", "Le Cap"), ("LP", "<p>Le pont ferme.</p>"), ("AN", "Document CAP0000020240206e7ct0002s")],
        )
    )
    + "</div></body></html>"
)  # fmt: skip
UNCODED = """<html><head><title>Dow Jones Factiva</title></head><body><div class="article frArticle"><div id="hd"><span class='frHeadline'>Le bac rouvre</span></div>
<div class="author">Anne Vidal</div><div>295 mots</div><div>5 février 2024</div><div>18:30</div><div>Le Courrier</div><div>COUR</div><div>Français</div>
<div>(c) 2024 Le Courrier.</div><p class="articleParagraph frarticleParagraph">« Le bac rouvre », a déclaré Hugo.</p>
<p class="articleParagraph frarticleParagraph">Selon la mairie, tout va bien.</p><p>Document COUR000020240205e7ct0001r</p></div></body></html>"""
CODED_TEXT = """HD        Le bac rouvre
BY        Par Anne Vidal
WC        295 mots
PD        5 février 2024
ET        18:30
SN        Le Courrier
LA        Français
CY        (c) 2024 Le Courrier.

LP
« Le bac
rouvre », a déclaré Hugo.

Oui.

TD

Selon la mairie, tout va bien.
LA FIN

NS
gpol : Domestic Politics

AN
Document COUR000020240205e7ct0001r

HD
Rien
WC
12 words
PD
6 February 2024
SN
Le Cap
LP
Le pont ferme.
AN
Document CAP0000020240206e7ct0002s
"""
UNCODED_TEXT = """Le bac rouvre

Anne Vidal
295 mots
5 février 2024
18:30
Le Courrier
COUR
Français
(c) 2024 Le Courrier.

« Le bac rouvre », a déclaré Hugo.

Selon la mairie, tout va bien.

Document COUR000020240205e7ct0001r
"""


def test_factiva_with_codes(tmp_path: Path) -> None:
    first, second = articles(write(tmp_path, "a.html", CODED))
    assert first == Article(
        "COUR000020240205e7ct0001r", "« Le bac rouvre », a déclaré Hugo.\n\nOui.\n\nSelon la mairie, tout va bien.", "Le bac rouvre",
        "2024-02-05T18:30:00", "Le Courrier", author="Anne Vidal", metadata={"section": "Région", "language": "Français", "subjects": "gpol : Domestic Politics"},
    )  # fmt: skip
    assert (second.text, second.date) == ("Le pont ferme.", "2024-02-06")


def test_factiva_text_with_codes(tmp_path: Path) -> None:
    first, second = articles(write(tmp_path, "a.txt", CODED_TEXT.replace("\n", "\r\n"), "cp1252"))
    assert first.text == "« Le bac rouvre », a déclaré Hugo.\n\nOui.\n\nSelon la mairie, tout va bien. LA FIN"
    assert (first.id, first.title, first.author, first.date) == (
        "COUR000020240205e7ct0001r",
        "Le bac rouvre",
        "Anne Vidal",
        "2024-02-05T18:30:00",
    )
    assert (second.id, second.outlet, second.date, second.text) == ("CAP0000020240206e7ct0002s", "Le Cap", "2024-02-06", "Le pont ferme.")


@pytest.mark.parametrize(("name", "text"), [("a.html", UNCODED), ("a.txt", UNCODED_TEXT)])
def test_factiva_without_codes(tmp_path: Path, name: str, text: str) -> None:
    [article] = articles(write(tmp_path, name, text))
    assert article == Article(
        "COUR000020240205e7ct0001r", "« Le bac rouvre », a déclaré Hugo.\n\nSelon la mairie, tout va bien.", "Le bac rouvre",
        "2024-02-05T18:30:00", "Le Courrier", author="Anne Vidal",
    )  # fmt: skip


FACTIVA_XML = """\ufeff<?xml version="1.0" encoding="utf-8"?>
<PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet count="2">
<ppsarticle><article><accessionNo>COUR0001</accessionNo><baseLanguage>FR</baseLanguage><byline>Par Anne Vidal</byline>
<headline><paragraph display="Proportional">Le <hlt>bac</hlt> rouvre</paragraph></headline>
<leadParagraph><paragraph>« Le
  <hlt>bac</hlt> rouvre », a déclaré Hugo.</paragraph><paragraph>Oui.</paragraph></leadParagraph>
<publicationDate><dateTime>2024-02-05T18:30:00Z</dateTime></publicationDate><sourceName>Le Courrier, no. 3</sourceName>
<tailParagraphs><paragraph>Selon la mairie, tout va bien.</paragraph></tailParagraphs></article></ppsarticle>
<ppsarticle><article><accessionNo>COUR0002</accessionNo><leadParagraph><paragraph>Le pont.</paragraph></leadParagraph></article></ppsarticle>
</ppsarticleResultSet></ppsArticleResponse></PPSResponse>"""


def test_factiva_xml(tmp_path: Path) -> None:
    first, second = articles(write(tmp_path, "a.xml", FACTIVA_XML))
    assert first == Article(
        "COUR0001", "« Le bac rouvre », a déclaré Hugo.\n\nOui.\n\nSelon la mairie, tout va bien.", "Le bac rouvre", "2024-02-05T18:30:00Z",
        "Le Courrier", author="Anne Vidal", metadata={"language": "FR"},
    )  # fmt: skip
    assert second == Article("COUR0002", "Le pont.")


# TEI

TEI = """<?xml version="1.0" encoding="{codec}"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Le bac rouvre</title><author>Anne Vidal</author></titleStmt>
<publicationStmt><date when="2020">2020</date></publicationStmt>
<sourceDesc><bibl><title level="j">Le Courrier</title><date when="2024-02-05">lundi</date><ref target="https://courrier.example/bac"/></bibl></sourceDesc>
</fileDesc></teiHeader><text><front><head>Hors texte</head></front><body><head>Le bac rouvre</head>
<div><p><said who="#hugo">Le <hi>bac</hi> ro<lb break="no"/>uvre</said>, a déclaré Hugo<note>maire</note>.<pb n="2"/> <q>« Oui »</q>, dit-il.</p>
<p>Selon la <choice><sic>mairrie</sic><corr>mairie</corr></choice>, tout va bien.</p><quote><p>Enfin !</p></quote></div></body></text></TEI>"""


@pytest.mark.parametrize("codec", ["utf-8", "iso-8859-1", "utf-16"])
def test_tei(tmp_path: Path, codec: str) -> None:
    [article] = articles(write(tmp_path, "a.xml", TEI.format(codec=codec), codec))
    assert article.text == (
        "Le bac rouvre\n\n«\u00a0Le bac rouvre\u00a0», a déclaré Hugo. « Oui », dit-il.\n\nSelon la mairie, tout va bien.\n\nEnfin !"
    )
    assert (article.id, article.title, article.author, article.date) == ("a", "Le bac rouvre", "Anne Vidal", "2024-02-05")
    assert (article.outlet, article.url) == ("Le Courrier", "https://courrier.example/bac")


def test_a_corpus_of_tei(tmp_path: Path) -> None:
    one = TEI.format(codec="utf-8").partition("\n")[2]
    other = one.replace("<TEI ", '<TEI xml:id="b7" ').replace("Selon", "Pour")
    corpus = f'<?xml version="1.0"?>\n<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>{one}{other}</teiCorpus>'
    assert [article.id for article in articles(write(tmp_path, "a.xml", corpus))] == ["a:1", "b7"]


# Agencies

NITF = """<!DOCTYPE nitf SYSTEM "nitf-3-5.dtd"><nitf><head><title>x</title><docdata><doc-id id-string="ag-7"/><date.issue norm="20240205T183000Z"/></docdata>
<pubdata name="Agence de Brec"/></head><body><body.head><hedline><hl1>Le bac rouvre</hl1></hedline><byline>Anne Vidal</byline></body.head>
<body.content><p>&laquo; Le bac rouvre &raquo;, a d&eacute;clar&eacute; Hugo.</p><media><media-caption>Le quai</media-caption></media>
<bq><p>Tout va bien.</p></bq></body.content></body></nitf>"""
G2 = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{}</itemSet></newsMessage>"""
ITEM = """<newsItem guid="urn:brec:{n}" xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta><provider><name>Agence de Brec</name></provider><firstCreated>2024-02-05T18:30:00Z</firstCreated></itemMeta>
<contentMeta><by>Anne Vidal</by><headline>Le bac rouvre</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>« Le bac rouvre », a déclaré Hugo.</p><p>Fin {n}.</p></body></html></inlineXML></contentSet></newsItem>"""
NEWSML1 = """<?xml version="1.0"?><NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>brec.example</ProviderId><DateId>20240205</DateId>
<PublicIdentifier>urn:newsml:brec:1</PublicIdentifier></NewsIdentifier></Identification><NewsManagement><FirstCreated>20240205T183000Z</FirstCreated></NewsManagement>
<NewsComponent><NewsLines><HeadLine>Le bac rouvre</HeadLine><ByLine>Anne Vidal</ByLine></NewsLines><ContentItem><DataContent>
<p>« Le bac rouvre », a déclaré Hugo.</p><p>Fin.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"""


def test_nitf(tmp_path: Path) -> None:
    [article] = articles(write(tmp_path, "a.xml", NITF))
    text = "« Le bac rouvre », a déclaré Hugo.\n\nTout va bien."
    assert article == Article("ag-7", text, "Le bac rouvre", "2024-02-05T18:30:00Z", "Agence de Brec", author="Anne Vidal")


def test_newsml(tmp_path: Path) -> None:
    first, second = articles(write(tmp_path, "a.xml", G2.format(ITEM.format(n=1) + ITEM.format(n=2))))
    text = "« Le bac rouvre », a déclaré Hugo.\n\nFin 1."
    assert first == Article("urn:brec:1", text, "Le bac rouvre", "2024-02-05T18:30:00Z", "Agence de Brec", author="Anne Vidal")
    assert second.id == "urn:brec:2"
    [old] = articles(write(tmp_path, "b.xml", NEWSML1))
    assert (old.id, old.date, old.outlet, old.author) == ("urn:newsml:brec:1", "2024-02-05T18:30:00Z", "brec.example", "Anne Vidal")
    assert old.text == "« Le bac rouvre », a déclaré Hugo.\n\nFin."


# Bad input


def test_xml_of_another_kind_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, "pom.xml", "<project/>")
    assert read(tmp_path) == []


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    entities = '<!ENTITY e0 "bac">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    [failure] = read(write(tmp_path, "a.xml", f"<!DOCTYPE TEI [{entities}]><TEI><text><body><p>&e9;</p></body></text></TEI>"))
    assert isinstance(failure, Failure) and failure.reason == "bad-xml"
    assert failure.message.startswith(f"{tmp_path}/a.xml is no XML from some point on: Maximum entity amplification factor exceeded")


def test_entities_that_fetch_are_refused(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.pdf", "SECRET")
    head = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret.as_uri()}"> <!ENTITY y "bac">]>'
    write(tmp_path, "a.xml", f"{head}<TEI><text><body><p>Le &y; &x;</p></body></text></TEI>")
    write(tmp_path, "b.xml", f"{head}<TEI><text><body><p>Le &y;</p></body></text></TEI>")
    first, second = read(tmp_path)
    assert isinstance(first, Failure) and first.reason == "bad-xml"
    assert isinstance(second, Article) and second.text == "Le bac"


@pytest.mark.parametrize(
    ("text", "end"), [(FACTIVA_XML, "Le pont."), (CODED, "Le pont ferme."), (TODAY, "Un <em>"), (CODED_TEXT, "Le pont ferme.")]
)
def test_what_comes_before_the_end_of_a_truncated_export_is_read(tmp_path: Path, text: str, end: str) -> None:
    documents = read(write(tmp_path, "a.export", text[: text.rindex(end)]))
    found = documents[0]
    assert isinstance(found, Article) and found.title == "Le bac rouvre"


# The real mark-up


@pytest.mark.skipif(not REAL.is_dir(), reason="the samples of real mark-up are not here")
@pytest.mark.parametrize(
    ("name", "count", "dates"),
    [
        ("europresse_test1.html", 3, ["2013-10-05", "2012-10-03", "2012-10-04"]),
        ("europresse_test2.html", 4, ["2006-03-14", "2006-03-14", "2006-03-13", "2006-03-13"]),
        ("factiva_test.html", 2, ["2011-12-29T15:32:00", "2011-12-29"]),
        ("factiva_test.xml", 3, ["2012-01-09T01:35:58Z", "2012-01-06T01:05:06Z", "2012-05-06T01:07:06Z"]),
    ],
)
def test_real_mark_up(name: str, count: int, dates: list[str]) -> None:
    found = articles(REAL / name)
    assert len(found) == count and [article.date for article in found] == dates
    for article in found:
        assert article.title and article.outlet and article.text and ":" not in article.id
        assert "droits" not in article.text and "�" not in article.text
