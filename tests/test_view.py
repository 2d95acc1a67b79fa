"""Views of texts: what the rules read for what archives have, and the way back to it."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.model import Claim, Quote, Span
from quotes.text.marks import find_quotations
from quotes.text.plain import read_view
from quotes.text.view import View, spans_in_source

BODY = "Le bac est à quai. Il ne part plus. La mairie attend des pièces."
DOUBLED = {
    'Irène a dit que ""le bac tient"" et ""la digue aussi"".': 'Irène a dit que "le bac tient" et "la digue aussi".',
    '"Irène a dit que ""le bac tient"" lundi. Odile rit."': 'Irène a dit que "le bac tient" lundi. Odile rit.',
    '"Irène : ""Le bac tient"""\n\n"Elle rit. ""Vite"", dit-elle."': 'Irène : "Le bac tient"\n\nElle rit. "Vite", dit-elle.',
    'Le bac\n\n"Elle rit.\n\nIrène est là :""Vite"", dit-elle."': 'Le bac\n\nElle rit.\n\nIrène est là :"Vite", dit-elle.',
    f'"{BODY}"': BODY,
    f'Le bac à quai\n\n"{BODY}"\n': f"Le bac à quai\n\n{BODY}\n",
    '"Irène rit. ""Vite"", dit-elle. ""Bien"", dit Odile. Le bac': 'Irène rit. "Vite", dit-elle. "Bien", dit Odile. Le bac',
    'Irène : "" Le bac tient "", dit-elle.': 'Irène : " Le bac tient ", dit-elle.',
    'Elle rit. """Nous partons""", dit-elle.': 'Elle rit. "Nous partons", dit-elle.',
    # Nothing is doubled here.
    '"Le bac tient."\n\n"La digue aussi."': '"Le bac tient."\n\n"La digue aussi."',
    'Irène est venue.\n\n"Le bac tient."': 'Irène est venue.\n\n"Le bac tient."',
    f'Irène est venue.\nElle a parlé.\n"{BODY}"': f'Irène est venue.\nElle a parlé.\n"{BODY}"',
    'La réponse est "".': 'La réponse est "".',
    'a """ b': 'a """ b',
}
GLUED = {
    "Le bac est fermé.Le maire rit.": "Le bac est fermé. Le maire rit.",
    "Le bac est fermé ?L'été passe !Odile rit…Vite.": "Le bac est fermé ? L'été passe ! Odile rit… Vite.",
    "Il dit « non ».Face à lui, rien.": "Il dit « non ». Face à lui, rien.",
    "Il dit «non».« Oui », dit-elle.": "Il dit «non». « Oui », dit-elle.",
    "« Non »a dit Odile.": "« Non » a dit Odile.",
    "“Non”a dit Odile.": "“Non” a dit Odile.",
    '"Non"a dit Odile, "oui"a dit Irène.': '"Non" a dit Odile, "oui" a dit Irène.',
    "« Non »,a dit Odile.": "« Non », a dit Odile.",
    "Le bac part,a dit Odile,l'échevine.": "Le bac part, a dit Odile, l'échevine.",
    # No blank got lost here.
    "www.Bac.Example.org, odile@Bac.Example.org, M. A.-M. Roy, la S.N.C.F., 12.30 ou 12,5": None,
    "»Non«, dit Odile, »non«.": None,
    'Il dit "non" et l\'"oui" d\'Odile.': None,
}
CHARACTERS = {
    "La mairie a de\u0301cide\u0301": "La mairie a décidé",
    "Odile aﬃrme, conﬁrme et ﬂatte": "Odile affirme, confirme et flatte",
    "la bou\u00adlan\u00adge\u00adrie af\u200bfirme\ufeff": "la boulangerie affirme",
    "la boulan\u00ad\nge\u00adrie": "la boulangerie",
    "Jean\u2011Marc a\u2010t\u2011il dit": "Jean-Marc a-t-il dit",
    "qu‘il s´exclame, l`eau d′Odile, l´ eau": "qu'il s'exclame, l'eau d'Odile, l'eau",
    "qu´il dit l’été": "qu’il dit l’été",
    "l' eau d’ Odile": "l'eau d’Odile",
    "‚Le bac‘ et ‚la digue‘": "‚Le bac‘ et ‚la digue‘",
    "'La mairie n'a rien dit', dit Odile. Il voit 'la mer'.": "‘La mairie n'a rien dit’, dit Odile. Il voit ‘la mer’.",
    "les années '70, rock 'n' roll, « l'eau 'bleue' »": "les années '70, rock 'n' roll, « l'eau 'bleue' »",
    "Odile  Carrat,\tmaire\u2009de\u00a0Brec": "Odile Carrat, maire de Brec",
    "“Il a dit ‘au large’ ”, 👩\u200d🚒": "“Il a dit ‘au large’ ”, 👩\u200d🚒",
}
LEFTOVERS = {
    "Andr&eacute; dit qu&#39;il l&amp;rsquo;a&nbsp;su &laquo; hier &raquo;": "André dit qu'il l’a su « hier »",
    "R&D, AT&T; &inconnu; x < 3 > y": "R&D, AT&T; &inconnu; x < 3 > y",
    "« <em>Oui</em> », dit <a href='/x?q=«y»' title=\"a>b\">Odile</a>.": "« Oui », dit Odile.",
    "Odile dit : <q>Oui</q>": "Odile dit : “Oui”",
    "<p>Un.</p><p>Odile : </p><blockquote>Deux.</blockquote>": "\nUn.\n\nOdile : \n\n“Deux.”\n",
    "Un<!-- « non » -->.<script>x = '« y »'</script> Deux.<br/>Trois.": "Un. Deux.\nTrois.",
    r"« Un. »\n\nOdile a dit \"oui\", \u00e9t\u00e9": '« Un. »\n\nOdile a dit "oui", été',
    r"C:\notes\temp": r"C:\notes\temp",
}
SIGNS = {
    "« Oui »[1], a dit Odile.": "« Oui », a dit Odile.",
    "« Oui » (1), a dit Odile. « Non »¹ ; « Bon »* !": "« Oui », a dit Odile. « Non » ; « Bon » !",
    "« Oui » (voir page 3), a dit Odile.[2] « Non » (lire ci-contre).": "« Oui », a dit Odile. « Non ».",
    "« Oui » (2024), a dit Odile (71 ans), m² et 10³ [sic].": None,
}
LINES = {
    "La boulan-\ngerie et Ludovic Per-\r\nnelle": "La boulangerie et Ludovic Pernelle",
    "La boulan¬\ngerie": "La boulangerie",
    "Odile a-t-\nelle vu la porte-\nparole, Jean-\nMarc, celle-\nci ?": "Odile a-t-elle vu la porte-parole, Jean-Marc, celle-ci ?",
    "« Oui »,\na dit\nRosa Timmer\n, qui part": "« Oui », a dit Rosa Timmer, qui part",
    "« Oui »\na expliqué\nRosa Timmer\n.": "« Oui » a expliqué Rosa Timmer.",
    "Le budget est voté. Selon\nla mairie de Brec\n, rien ne change.": "Le budget est voté. Selon la mairie de Brec, rien ne change.",
    "«\nOui\n», dit Odile.": "« Oui », dit Odile.",
    "Le quai est fermé, a dit mardi Agnès\r\nMiquet, la maire.": "Le quai est fermé, a dit mardi Agnès Miquet, la maire.",
    "Le quai est fermé\nSelon la mairie, rien ne change.": None,
    "pommes\npoires\nprunes": None,
    "- du pain\n- du lait": None,
    "Chère Odile,\nJe pars.": None,
    "Odile a écrit : « Un.\n» Deux. »": None,
    "« Oui », dit Odile.\n\nRien ne bouge.": None,
}
CAPITALS = {
    "ÉLODIE FARGES A DÉCLARÉ QUE LE TOIT FUYAIT.": "Élodie Farges a déclaré que le toit fuyait.",
    "« LE TOIT FUIT », A DÉCLARÉ M. VERLAC, LE GARDIEN. « OUI ? » DEMANDE ODILE.": "« Le toit fuit », a déclaré M. Verlac, le gardien. « Oui ? » demande Odile.",
    "ME SALOMÉ FERRAT ME DIT : « LE PONT TIENT. » C'EST UN « GOUFFRE ».": "Me Salomé Ferrat me dit : « Le pont tient. » C'est un « gouffre ».",
    "JEAN-MARC ROBINEAU, DE LA CGT, A-T-IL VU LA VICE-PRÉSIDENTE DE L'ONU ?": "Jean-Marc Robineau, de la CGT, a-t-il vu la vice-présidente de l'ONU ?",
    "ELODIE FARGES A DECLARE QUE LA HALLE ETAIT FERMEE.": "Élodie Farges a déclaré que la halle était fermée.",
    "LE BAC EST À QUAI\nLe bac de Vorn est à quai, dit le MOP de Vorn.": "Le bac est à quai\nLe bac de Vorn est à quai, dit le MOP de Vorn.",
    "LE MOP QUITTE VORN ET SON BAC\nLe bac de Vorn est à quai, dit le MOP.": "Le MOP quitte Vorn et son bac\nLe bac de Vorn est à quai, dit le MOP.",
    "L'OTAN, l'ONU et la CGT se taisent.": None,
}
BARE = {
    "Elodie Farges a declare que le toit fuyait.": "Élodie Farges a déclaré que le toit fuyait.",
    "A la mairie, on a repondu mardi que l'ete serait sec.": "À la mairie, on a répondu mardi que l'été serait sec.",
    "Le prefet declare qu'il n'a pas ete prevenu. A-t-il menti ?": "Le préfet déclare qu'il n'a pas été prévenu. A-t-il menti ?",
    "Le maire a fait valoir a Brest que l'ecole a ferme.": "Le maire a fait valoir à Brest que l'école a fermé.",
    "Le maire dit que le pont est sur.": None,
    "The mayor declared that the school, which is closed, was never general property.": None,
}
PLAIN = "« L'été dernier », a déclaré Élodie à l'échevine : ça ira, où ?"


@pytest.mark.parametrize("read_as", ["cp1252", "latin-1"])
@pytest.mark.parametrize("written_in", ["utf-8", "mac_roman", "cp850"])
def test_wrong_encodings(written_in: str, read_as: str) -> None:
    stored = PLAIN.encode(written_in).decode(read_as, "ignore")
    view = read_view(stored)
    assert view.flags == ("mojibake",)
    # What Windows-1252 has no sign for is lost.
    assert view.text == PLAIN or (
        read_as == "cp1252"
        and written_in != "utf-8"
        and view.text
        == PLAIN.encode(written_in)
        .decode(written_in)
        .translate({ord(char): None for char in PLAIN if not char.encode(written_in).decode("cp1252", "ignore")})
    )
    assert read_view(PLAIN) == View(PLAIN)


def test_an_encoding_that_nothing_explains_is_flagged_only() -> None:
    assert read_view("L\ufffdt\ufffd est l\ufffd.") == View("L\ufffdt\ufffd est l\ufffd.", flags=("mojibake",))
    assert read_view("Le Škoda de Dvořák, 12 °C, les candidat·e·s, Ångström, l’œuf").flags == ()


@pytest.mark.parametrize("text", CAPITALS)
def test_capitals(text: str) -> None:
    assert read_view(text).text == (CAPITALS[text] or text)


@pytest.mark.parametrize("text", BARE)
def test_missing_accents(text: str) -> None:
    assert read_view(text).text == (BARE[text] or text)


@pytest.mark.parametrize("text", CHARACTERS)
def test_characters(text: str) -> None:
    assert read_view(text).text == CHARACTERS[text]


@pytest.mark.parametrize("text", LEFTOVERS)
def test_leftovers(text: str) -> None:
    assert read_view(text).text == LEFTOVERS[text]


@pytest.mark.parametrize("text", SIGNS)
def test_signs(text: str) -> None:
    assert read_view(text).text == (SIGNS[text] or text)


@pytest.mark.parametrize("text", LINES)
def test_lines(text: str) -> None:
    assert read_view(text).text == (LINES[text] or text)


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    first = "Le syndicat des eaux du plateau a confirmé mardi que la conduite\nposée avant la guerre serait remplacée, quartier par quartier. Les\n"
    first += "Riverains du haut seront servis les premiers, ceux du bas devront\npatienter."
    second = "Une réunion aura lieu vendredi dans la salle des fêtes, ouverte à\ntous."
    assert read_view(f"{first}\n{second}").text == first.replace("\n", " ") + "\n" + second.replace("\n", " ")


def test_a_whole_page_is_said_to_be_one() -> None:
    assert read_view("<!DOCTYPE html><html><body><p>Un.</p></body></html>").flags == ("page",)
    assert read_view("<p>Un.</p>").flags == ()


@pytest.mark.parametrize("text", DOUBLED)
def test_doubled_marks(text: str) -> None:
    assert read_view(text).text == DOUBLED[text]


@pytest.mark.parametrize("text", GLUED)
def test_lost_blanks(text: str) -> None:
    assert read_view(text).text == (GLUED[text] or text)


def test_a_text_without_oddities_is_its_own_view() -> None:
    text = "« Le bac part », a dit Odile. L’été passe."
    assert read_view(text) == View(text)
    assert read_view("« Le bac\u202fpart »") == View("« Le bac part »")


def test_spans_lead_back_to_what_the_text_has() -> None:
    text = '"Irène a dit que ""le bac tient"" lundi.Odile rit."'
    view = read_view(text)
    (quotation,) = find_quotations(view.text)
    assert view.origin(quotation.pieces[0]).of(text) == "le bac tient"
    assert view.origin(quotation.outer).of(text) == '""le bac tient""'
    start = view.text.index("Odile")
    assert view.origin(Span(start, start + 5)).of(text) == "Odile"
    assert view.origin(Span(0, 5)).of(text) == "Irène"


def test_every_span_of_a_value_is_led_back() -> None:
    view = View("xab").edited([(0, 1, "")])
    claim = Claim(Span(0, 1), cue=Span(1, 2), relay=(Span(0, 2),), speaker="a")
    quote = Quote((Span(0, 1), Span(1, 2)), "direct", addressee=Span(0, 1))
    assert spans_in_source(claim, view) == Claim(Span(1, 2), cue=Span(2, 3), relay=(Span(1, 3),), speaker="a")
    assert spans_in_source(quote, view) == dataclasses.replace(quote, pieces=(Span(1, 2), Span(2, 3)), addressee=Span(1, 2))


EDITS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.text("xyz", max_size=3)), max_size=6)


def placed(text: str, wanted: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Edits of a text in order, out of gaps, lengths and replacements."""
    edits: list[tuple[int, int, str]] = []
    for skip, length, new in wanted:
        start = (edits[-1][1] if edits else 0) + skip
        if start + length <= len(text):
            edits.append((start, start + length, new))
    return edits


@given(st.text("abcdef", max_size=30), EDITS)
@settings(deadline=None)
def test_a_layer_leads_back_character_by_character(text: str, wanted: list[tuple[int, int, str]]) -> None:
    edits, origins, position = placed(text, wanted), [], 0
    for start, end, new in edits:
        origins += [Span(at, at + 1) for at in range(position, start)] + [Span(start, end)] * len(new)
        position = end
    origins += [Span(at, at + 1) for at in range(position, len(text))]
    view = View(text).edited(edits)
    assert [view.origin(Span(at, at + 1)) for at in range(len(view.text))] == origins


@given(st.text("abcdef", max_size=30), st.lists(EDITS, max_size=4))
@settings(deadline=None, max_examples=500)
def test_spans_of_many_layers_stay_in_order_and_inside(text: str, layers: list[list[tuple[int, int, str]]]) -> None:
    view = View(text)
    for wanted in layers:
        view = view.edited(placed(view.text, wanted))
    origins = [view.origin(Span(at, at + 1)) for at in range(len(view.text))]
    assert [span.start for span in origins] == sorted(span.start for span in origins)
    assert all(0 <= span.start <= span.end <= len(text) for span in origins)
