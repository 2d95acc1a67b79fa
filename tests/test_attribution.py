"""Who says what, by which words: the rules of attribution on stored parses, no model loaded.

Each case is a sentence or a short text in the mark-up of tests/gold/README.md. Line breaks of a case are folded to
spaces, an empty line begins a new paragraph. The trees are in tests/parses/attribution.conllu, corrected by hand;
after a new or changed sentence run `python -m tests.parses.build` and check the trees it adds.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from pathlib import Path

import pytest

from quotes.model import Article, Claim, Extraction, Quote, Span
from quotes.pipeline import Extractor
from quotes.syntax.parser import StoredParser
from tests.gold.markup import Parsed, parse
from tests.gold.markup import Source as MarkedSource

TREES = Path(__file__).parent / "parses" / "attribution.conllu"


@dataclasses.dataclass(frozen=True)
class Case:
    """A marked-up text with a name; `limit` says why the rules are known to fail on it."""

    id: str
    markup: str
    limit: str = ""

    @functools.cached_property
    def parsed(self) -> Parsed:
        """The text and what is expected of it."""
        return parse(folded(self.markup))


def folded(markup: str) -> str:
    """The lines of a paragraph joined by spaces; paragraphs on lines of their own."""
    blocks = markup.strip("\n ").split("\n\n")
    return "\n".join(" ".join(line.strip(" ") for line in block.split("\n")) for block in blocks)


def case(id: str, markup: str, limit: str = "") -> Case:
    """A case; short for the lists below."""
    return Case(id, markup, limit)


INCISES = [
    case(
        "inverted-name",
        """
« <q k=direct c=1 m=1 s="Claire Vasseur" t=person>Le barrage tiendra jusqu'au printemps</q> », <cue n=1>a déclaré</cue> <m n=1>Claire Vasseur</m>.
""",
    ),
    case(
        "inverted-title-and-name",
        """
« <q k=direct c=1 m=1 s="Anne Lormier" t=person>Les digues ont été vérifiées une par une</q> », <cue n=1>a affirmé</cue>
<m n=1>la préfète du Doubs, Anne Lormier</m>.
""",
    ),
    case(
        "inverted-title",
        """
« <q k=direct c=1 m=1 s="maire" t=person>Nous sommes prêts pour l'hiver</q> », <cue n=1>assure</cue> <m n=1>le maire</m>.
""",
    ),
    case(
        "inverted-name-and-apposition",
        """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>La grue peut tomber à tout moment</q> », <cue n=1>prévient</cue> <m n=1>Hugo Tessier</m>,
directeur du port de Kerbanec.
""",
    ),
    case(
        "inverted-civility",
        """
« <q k=direct c=1 m=1 s="Tessier" t=person>Le quai sera consolidé avant juin</q> », <cue n=1>a promis</cue> <m n=1>M. Tessier</m> lundi soir.
""",
    ),
    case(
        "inverted-organization",
        """
« <q k=direct c=1 m=1 s="préfecture" t=organization>Aucun blessé n'est à déplorer</q> », <cue n=1>indique</cue> <m n=1>la préfecture</m>.
""",
    ),
    case(
        "inverted-group",
        """
« <q k=direct c=1 m=1 s="riverains" t=group>Nous ne dormons plus depuis un mois</q> », <cue n=1>se plaignent</cue> <m n=1>les riverains</m>.
""",
    ),
    case(
        "inverted-coordinated-names",
        """
« <q k=direct c=1 m=1 s="Claire Vasseur et Hugo Tessier" t=group>Nous irons au tribunal</q> », <cue n=1>ont prévenu</cue>
<m n=1>Claire Vasseur et Hugo Tessier</m>.
""",
    ),
    case(
        "complement-before-subject",
        """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Le chenal est trop étroit</q> », <cue n=1>a expliqué</cue> à la presse <m n=1>Hugo Tessier</m>.
""",
    ),
    case(
        "question-mark-before-incise",
        """
« <q k=direct c=1 m=1 s="Paul Delmas" t=person>Qui va payer la facture ?</q> », <cue n=1>s'est interrogé</cue> <m n=1>Paul Delmas</m>.
""",
    ),
    case(
        "question-mark-without-comma",
        """
« <q k=direct c=1 m=1 s="présidente" t=person>Avez-vous vu le chien ?</q> » <cue n=1>demande</cue> <m n=1>la présidente</m>.
""",
    ),
    case(
        "clitic",
        """
Claire Vasseur dirige le musée de Brec. « <q k=direct c=1 m=1 s="Claire Vasseur" t=person>Nous rouvrirons en mars</q> »,
<cue n=1>promet</cue>-<m n=1>elle</m>.
""",
    ),
    case(
        "clitic-after-auxiliary",
        """
Hugo Tessier n'en démord pas. « <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Le port n'est pas à vendre</q> », <cue n=1>a-t-<m n=1>il</m> ajouté</cue>.
""",
    ),
    case(
        "clitic-t",
        """
Jeanne Delmas élève des chèvres à Brec. « <q k=direct c=1 m=1 s="Jeanne Delmas" t=person>Le loup est revenu trois fois</q> »,
<cue n=1>raconte</cue>-t-<m n=1>elle</m>.
""",
    ),
    case(
        "clitic-on-with-place",
        """
« <q k=direct c=1 m=1 s="Matignon" t=organization>Aucune décision n'est prise</q> », <cue n=1>assure</cue>-t-on à <m n=1>Matignon</m>.
""",
    ),
    case(
        "dative-clitic",
        """
« <q k=direct c=1 m=1 s="préfet" t=person>Ce sera non</q> », <cue n=1>lui a répondu</cue> <m n=1>le préfet</m>.
""",
    ),
    case(
        "unknown-verb",
        """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Ce pont est une passoire</q> », <cue n=1>a moucheté</cue> <m n=1>Hugo Tessier</m>.
""",
    ),
    case(
        "subject-before-verb",
        """
« <q k=direct c=1 m=1 s="Claire Vasseur" t=person>Le toit ne fuit plus</q> », <m n=1>Claire Vasseur</m> <cue n=1>assure</cue>.
""",
    ),
    case(
        "inside-clitic",
        """
Hugo Tessier s'emporte. « <q id=a k=direct c=1 m=1 s="Hugo Tessier" t=person>Je pars demain</q>, <cue n=1>dit</cue>-<m n=1>il</m>,
<q +a>et je ne reviendrai pas.</q> »
""",
    ),
    case(
        "inside-name",
        """
« <q id=a k=direct c=1 m=1 s="Hugo Tessier" t=person>Le quai s'enfonce</q>, <cue n=1>explique</cue> <m n=1>Hugo Tessier</m>.
<q +a>Il faut agir vite.</q> »
""",
    ),
    case(
        "inside-at-the-end",
        """
« <q u k=direct c=1 m=1 s="Hugo Tessier" t=person>Le quai s'enfonce chaque hiver</q>, <cue n=1>explique</cue> <m n=1>Hugo Tessier</m>. »
""",
    ),
    case(
        "inside-twice",
        """
« <q id=a k=direct c=1 m=1 s="Hugo Tessier" t=person>Le quai s'enfonce</q>, <cue n=1>explique</cue> <m n=1>Hugo Tessier</m>.
<q +a>Demain</q>, poursuit-il, <q +a>il sera trop tard.</q> »
""",
    ),
    case(
        "after-dash",
        """
« <q k=direct c=1 m=1 s="Claire Vasseur" t=person>Le musée est fermé</q> » – <cue n=1>précise</cue> <m n=1>Claire Vasseur</m>.
""",
    ),
    case(
        "shared-by-two-quotes",
        """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Nous avons attendu dix ans</q> » et « <q k=direct c=1 m=1 s="Hugo Tessier" t=person>rien n'est
venu de Paris</q> », <cue n=1>s'indigne</cue> <m n=1>Hugo Tessier</m>.
""",
        limit="an utterance without capital, comma or stop",
    ),
]

COLONS = [
    case(
        "colon-verb",
        """
<m n=1>Claire Vasseur</m> <cue n=1>a résumé</cue> : « <q k=direct c=1 m=1 s="Claire Vasseur" t=person>Le toit fuit, la caisse est vide.</q> »
""",
    ),
    case(
        "colon-gerund",
        """
<m n=1>Hugo Tessier</m> a quitté la salle en <cue n=1>lançant</cue> : « <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Vous le regretterez.</q> »
""",
    ),
    case(
        "colon-noun",
        """
La <cue n=1>réponse</cue> de <m n=1>Claire Vasseur</m> tient en trois mots :
« <q k=direct c=1 m=1 s="Claire Vasseur" t=person>Pas cette année.</q> »
""",
    ),
    case(
        "colon-no-cue",
        """
<m n=1>Le capitaine</m> est catégorique : « <q k=direct c=- m=1 s="capitaine" t=person>Personne ne sortira ce soir.</q> »
""",
    ),
    case(
        "colon-headline",
        """
<m n=1>Claire Vasseur</m> : « <q k=direct c=- m=1 s="Claire Vasseur" t=person>Le musée rouvrira au printemps</q> »
""",
    ),
    case(
        "colon-headline-title",
        """
<m n=1>Le maire de Brec</m> : « <q k=direct c=- m=1 s="maire de Brec" t=person>Le pont ne sera pas payant</q> »
""",
    ),
    case(
        "colon-document",
        """
<m n=1>Le rapport</m> <cue n=1>conclut</cue> : « <q k=direct c=1 m=1 s="rapport" t=document>La vanne était fermée.</q> »
""",
    ),
    case(
        "colon-banner",
        """
Sur <m n=1>la banderole</m>, on pouvait <cue n=1>lire</cue> : « <q k=direct c=1 m=1 s="banderole" t=document>Sauvons la halle</q> ».
""",
    ),
    case(
        "colon-relative",
        """
<m n=1>Jeanne Delmas</m>, qui <cue n=1>répète</cue> : « <q k=direct c=1 m=1 s="Jeanne Delmas" t=person>Je n'ai rien vu</q> », a été entendue mardi.
""",
    ),
    case(
        "colon-dative-clitic",
        """
<m n=1>Le gendarme</m> <cue n=1>lui a dit</cue> : « <q k=direct c=1 m=1 s="gendarme" t=person>Rentrez chez vous.</q> »
""",
    ),
]

LAYOUT = [
    case(
        "signature-parenthesis",
        """
« <q k=direct c=- m=1 s="Hugo Tessier" t=person>Le port a besoin d'une vraie digue.</q> » (<m n=1>Hugo Tessier</m>, directeur du port)
""",
    ),
    case(
        "signature-dash",
        """
« <q k=direct c=- m=1 s="Claire Vasseur" t=person>Un musée fermé est un musée mort.</q> » – <m n=1>Claire Vasseur</m>, conservatrice
""",
    ),
    case(
        "resumed",
        """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>La grue est vieille</q> », <cue n=1>admet</cue> <m n=1>Hugo Tessier</m>.
« <q k=direct c=- m=- s="Hugo Tessier" t=person>Mais elle tient encore debout.</q> »
""",
    ),
    case(
        "floating-after-presentation",
        """
Jeanne Delmas hausse les épaules.

« <q k=direct c=- m=- s="Jeanne Delmas" t=person>On s'habitue à tout, même au bruit.</q> »
""",
    ),
    case(
        "paragraphs-reopened",
        """
<m n=1>Claire Vasseur</m> <cue n=1>écrit</cue> : « <q id=a k=direct c=1 m=1 s="Claire Vasseur" t=person>Le toit fuit depuis dix ans.</q>

« <q +a>Les caves sont inondées chaque automne.</q> »
""",
    ),
    case(
        "interview-labels",
        """
Claire Vasseur dirige le musée de Brec depuis dix ans.

Le Courrier de Brec : Pourquoi fermer maintenant ?

<m n=1>Claire Vasseur</m> : <q u k=direct c=- m=1 s="Claire Vasseur" t=person>Parce que le toit ne passera pas l'hiver.</q>

Le Courrier de Brec : Et après ?

<m n=2>Claire Vasseur</m> : <q u k=direct c=- m=2 s="Claire Vasseur" t=person>Nous rouvrirons une salle après l'autre.</q>
""",
    ),
    case(
        "interview-no-labels",
        """
Claire Vasseur dirige le musée de Brec depuis dix ans.

Pourquoi fermer maintenant ?

<q u k=direct c=- m=- s="Claire Vasseur" t=person>Parce que le toit ne passera pas l'hiver.</q>

Et après ?

<q u k=direct c=- m=- s="Claire Vasseur" t=person>Nous rouvrirons une salle après l'autre.</q>

Propos recueillis par Marc Aubin
""",
    ),
    case(
        "pull-quote",
        """
« <q k=direct c=- m=- s="Hugo Tessier" t=person>Le port n'est pas à vendre à des inconnus</q> »

Le conseil s'est réuni mardi. « <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Le port n'est pas à vendre à des inconnus</q> »,
<cue n=1>a martelé</cue> <m n=1>Hugo Tessier</m>.
""",
    ),
    case(
        "dash-dialogue",
        """
– <q u k=direct c=1 m=1 s="Hugo Tessier" t=person>Vous fermez déjà ?</q> <cue n=1>demande</cue> <m n=1>Hugo Tessier</m>.

– <q u k=direct c=2 m=2 s="gardienne" t=person>Il est dix-huit heures passées</q>, <cue n=2>répond</cue> <m n=2>la gardienne</m>.
""",
    ),
    case(
        "nested",
        """
« <q k=direct c=1 m=1 s="Jeanne Delmas" t=person><m n=2>Le gendarme</m> <cue n=2>m'a dit</cue> : “<q k=direct c=2 m=2 s="gendarme" t=person>Rentrez
chez vous.</q>”</q> », <cue n=1>raconte</cue> <m n=1>Jeanne Delmas</m>.
""",
    ),
    case(
        "three-paragraphs-two-speakers",
        """
« <q k=direct c=1 m=1 s="Paul Delmas" t=person>La vallée se vide</q> », <cue n=1>regrette</cue> <m n=1>Paul Delmas</m>.

« <q k=direct c=2 m=2 s="Jeanne Delmas" t=person>Elle se repeuple</q> », <cue n=2>corrige</cue> <m n=2>Jeanne Delmas</m>.

« <q k=direct c=3 m=3 s="Paul Delmas" t=person>Pas assez vite</q> », <cue n=3>soupire</cue> <m n=3>Paul</m>.
""",
    ),
]

FRAGMENTS = [
    case(
        "object-attribute",
        """
<m n=1>Claire Vasseur</m> <cue n=1>juge</cue> la réforme « <q k=partial c=1 m=1 s="Claire Vasseur" t=person>injuste et brutale</q> ».
""",
    ),
    case(
        "object-noun",
        """
<m n=1>Le syndicat</m> <cue n=1>dénonce</cue> une « <q k=partial c=1 m=1 s="syndicat" t=organization>mascarade honteuse</q> ».
""",
    ),
    case(
        "object-noun-after-preposition",
        """
<m n=1>Hugo Tessier</m> <cue n=1>parle</cue> d'un « <q k=partial c=1 m=1 s="Hugo Tessier" t=person>gâchis sans nom</q> ».
""",
    ),
    case(
        "infinitive-fragment",
        """
<m n=1>Elle</m> <cue n=1>promet</cue> de « <q k=partial c=1 m=1 s=- t=unknown>tout revoir de fond en comble</q> ».
""",
    ),
    case(
        "infinitive-object-fragment",
        """
<m n=1>Jeanne Delmas</m> <cue n=1>dit</cue> « <q k=partial c=1 m=1 s="Jeanne Delmas" t=person>ne plus croire aux promesses</q> ».
""",
    ),
    case(
        "que-quotation",
        """
<m n=1>Le maire</m> <cue n=1>affirme</cue> que « <q k=partial c=1 m=1 s="maire" t=person>la loi est injuste</q> ».
""",
    ),
    case(
        "que-clause-holds-fragment",
        """
<m n=1>Le maire</m> <cue n=1>estime</cue> que <cl c=1 m=1 s="maire" t=person>la nouvelle taxe est
« <q k=partial c=1 m=1 s="maire" t=person>une erreur grossière</q> »</cl>.
""",
    ),
    case(
        "series-of-fragments",
        """
<m n=1>Hugo Tessier</m> <cue n=1>dénonce</cue> « <q k=partial c=1 m=1 s="Hugo Tessier" t=person>une méthode brutale</q> »,
« <q k=partial c=1 m=1 s="Hugo Tessier" t=person>un calendrier intenable</q> » et
« <q k=partial c=1 m=1 s="Hugo Tessier" t=person>un mépris constant</q> ».
""",
    ),
    case(
        "qualifies-as",
        """
<m n=1>L'opposition</m> <cue n=1>qualifie</cue> le projet de « <q k=partial c=1 m=1 s="opposition" t=organization>gouffre sans fond</q> ».
""",
    ),
    case(
        "asks-for",
        """
<m n=1>Les riverains</m> <cue n=1>réclament</cue> « <q k=partial c=1 m=1 s="riverains" t=group>une route digne de ce nom</q> ».
""",
    ),
    case(
        "passive-agent-fragment",
        """
Le projet <cue n=1>est jugé</cue> « <q k=partial c=1 m=1 s="syndicats" t=organization>dangereux et coûteux</q> » par <m n=1>les syndicats</m>.
""",
    ),
    case(
        "gerund-fragment",
        """
<m n=1>Claire Vasseur</m> a claqué la porte, <cue n=1>dénonçant</cue> « <q k=partial c=1 m=1 s="Claire Vasseur" t=person>un simulacre de débat</q> ».
""",
    ),
    case(
        "noun-cue-fragment",
        """
La <cue n=1>promesse</cue> de <m n=1>la ministre</m> d'un « <q k=partial c=1 m=1 s="ministre" t=person>retour rapide à la normale</q> » laisse sceptique.
""",
    ),
]

ACCORDING = [
    case(
        "selon-quote",
        """
<cue n=1>Selon</cue> <m n=1>le maire</m>, « <q k=direct c=1 m=1 s="maire" t=person>tout est prêt pour la fête</q> ».
""",
    ),
    case(
        "quote-selon",
        """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Le chenal sera dragué</q> », <cue n=1>selon</cue> <m n=1>Hugo Tessier</m>.
""",
    ),
    case(
        "selon-claim",
        """
<cue n=1>Selon</cue> <m n=1>la préfecture</m>, <cl c=1 m=1 s="préfecture" t=organization>deux mille personnes ont défilé</cl>.
""",
    ),
    case(
        "claim-selon",
        """
<cl c=1 m=1 s="préfecture" t=organization>Deux mille personnes ont défilé</cl>, <cue n=1>selon</cue> <m n=1>la préfecture</m>.
""",
    ),
    case(
        "dapres",
        """
<cue n=1>D'après</cue> <m n=1>Claire Vasseur</m>, <cl c=1 m=1 s="Claire Vasseur" t=person>le musée perd trois visiteurs sur quatre</cl>.
""",
    ),
    case(
        "pour",
        """
<cue n=1>Pour</cue> <m n=1>Hugo Tessier</m>, <cl c=1 m=1 s="Hugo Tessier" t=person>la grue doit être remplacée</cl>.
""",
    ),
    case(
        "pour-purpose",
        """
Pour la fête du port, la grue sera repeinte.
""",
    ),
    case(
        "de-l-avis-de",
        """
<cue n=1>De l'avis de</cue> <m n=1>Jeanne Delmas</m>, <cl c=1 m=1 s="Jeanne Delmas" t=person>le loup reviendra</cl>.
""",
    ),
    case(
        "a-en-croire",
        """
<cue n=1>À en croire</cue> <m n=1>le syndicat</m>, <cl c=1 m=1 s="syndicat" t=organization>la moitié des navires sont restés à quai</cl>.
""",
    ),
    case(
        "fragment-selon-ses-mots",
        """
<m n=1>Claire Vasseur</m> veut un musée « <q k=partial c=1 m=1 s="Claire Vasseur" t=person>ouvert à tous les vents</q> », <cue n=1>selon ses mots</cue>.
""",
    ),
    case(
        "fragment-selon",
        """
<cl c=1 m=1 s="Hugo Tessier" t=person>La digue est « <q k=partial c=1 m=1 s="Hugo Tessier" t=person>une passoire à marées</q> »</cl>, <cue n=1>selon</cue> <m n=1>Hugo Tessier</m>.
""",
    ),
    case(
        "according-to-survey",
        """
<cue n=1>Selon</cue> <m n=1>un sondage</m>, <cl c=1 m=1 s="sondage" t=document>un habitant sur deux regrette le vieux pont</cl>.
""",
    ),
    case(
        "a-source-of-the-police",
        """
<cue n=1>Selon</cue> <m n=1>une source policière</m>, <cl c=1 m=1 s="source policière" t=unknown>trois hommes ont été arrêtés</cl>.
""",
    ),
]

CLAIMS = [
    case(
        "que",
        """
<m n=1>Le maire</m> <cue n=1>affirme</cue> que <cl c=1 m=1 s="maire" t=person>le pont sera rouvert en mai</cl>.
""",
    ),
    case(
        "que-coordinated",
        """
<m n=1>Le maire</m> <cue n=1>dit</cue> que <cl c=1 m=1 s="maire" t=person>le pont est solide et que la route sera rouverte</cl>.
""",
    ),
    case(
        "coordinated-cues",
        """
<m n=1>Hugo Tessier</m> <cue n=1>reconnaît</cue> que <cl c=1 m=1 s="Hugo Tessier" t=person>la grue est vieille</cl> et
<cue n=2>promet</cue> que <cl c=2 m=1 s="Hugo Tessier" t=person>la nouvelle arrivera en juin</cl>.
""",
    ),
    case(
        "infinitive-bare",
        """
<m n=1>Jeanne Delmas</m> <cue n=1>dit</cue> <cl c=1 m=1 s="Jeanne Delmas" t=person>avoir prévenu la police</cl>.
""",
    ),
    case(
        "infinitive-de",
        """
<m n=1>Le maire</m> <cue n=1>a promis</cue> de <cl c=1 m=1 s="maire" t=person>baisser l'impôt</cl>.
""",
    ),
    case(
        "infinitive-a",
        """
<m n=1>La région</m> <cue n=1>s'engage</cue> à <cl c=1 m=1 s="région" t=organization>financer la moitié des travaux</cl>.
""",
    ),
    case(
        "accusation",
        """
<m n=1>Hugo Tessier</m> <cue n=1>accuse</cue> l'État d'<cl c=1 m=1 s="Hugo Tessier" t=person>avoir menti aux pêcheurs</cl>.
""",
    ),
    case(
        "request",
        """
<m n=1>Le syndicat</m> <cue n=1>demande</cue> que <cl c=1 m=1 s="syndicat" t=organization>les postes soient maintenus</cl>.
""",
    ),
    case(
        "incise-final",
        """
<cl c=1 m=1 s="maire" t=person>Le pont sera rouvert en mai</cl>, <cue n=1>a annoncé</cue> <m n=1>le maire</m>.
""",
    ),
    case(
        "incise-middle",
        """
<cl c=1 m=1 s="maire" t=person>Le pont, <cue n=1>assure</cue> <m n=1>le maire</m>, sera rouvert en mai</cl>.
""",
    ),
    case(
        "incise-after-adjunct",
        """
Désormais, <cue n=1>prévient</cue> <m n=1>le maire</m>, <cl c=1 m=1 s="maire" t=person>le pont sera fermé la nuit</cl>.
""",
    ),
    case(
        "incise-clitic",
        """
Jeanne Delmas ne décolère pas. <cl c=1 m=1 s="Jeanne Delmas" t=person>Le loup reviendra</cl>, <cue n=1>prédit</cue>-<m n=1>elle</m>.
""",
    ),
    case(
        "comme",
        """
<cue n=1>Comme le souligne</cue> <m n=1>Claire Vasseur</m>, <cl c=1 m=1 s="Claire Vasseur" t=person>le musée appartient à la ville</cl>.
""",
    ),
    case(
        "passive-agent",
        """
<cl c=1 m=1 s="direction" t=organization>L'usine fermera</cl>, <cue n=1>a-t-il été annoncé</cue> par <m n=1>la direction</m>.
""",
        limit="an impersonal passive in an incise",
    ),
    case(
        "passive-agent-infinitive",
        """
Paul Delmas <cue n=1>est accusé</cue> par <m n=1>sa voisine</m> d'<cl c=1 m=1 s="voisine" t=person>avoir déplacé la borne</cl>.
""",
    ),
    case(
        "indirect-question-si",
        """
<m n=1>Paul Delmas</m> <cue n=1>se demande</cue> si <cl c=1 m=1 s="Paul Delmas" t=person>le budget suffira</cl>.
""",
    ),
    case(
        "indirect-question-why",
        """
<m n=1>Claire Vasseur</m> <cue n=1>a expliqué</cue> <cl c=1 m=1 s="Claire Vasseur" t=person>pourquoi le musée fermait</cl>.
""",
    ),
    case(
        "noun-cue",
        """
L'<cue n=1>annonce</cue> par <m n=1>la ministre</m> que <cl c=1 m=1 s="ministre" t=person>la ligne fermera</cl> a surpris.
""",
    ),
    case(
        "noun-cue-selon",
        """
L'<cue n=1>affirmation</cue> de <m n=1>Hugo Tessier</m> selon laquelle
<cl c=1 m=1 s="Hugo Tessier" t=person>la grue est neuve</cl> fait sourire.
""",
    ),
    case(
        "participle-shares-subject",
        """
<m n=1>Claire Vasseur</m> a fermé le musée, <cue n=1>expliquant</cue> que <cl c=1 m=1 s="Claire Vasseur" t=person>le toit fuyait</cl>.
""",
    ),
    case(
        "gerund-shares-subject",
        """
<m n=1>Hugo Tessier</m> a quitté la salle en <cue n=1>affirmant</cue> que <cl c=1 m=1 s="Hugo Tessier" t=person>le vote était truqué</cl>.
""",
    ),
    case(
        "incise-then-participle",
        """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>C'est faux</q> », <cue n=1>a répliqué</cue> <m n=1>Hugo Tessier</m>, <cue n=2>rappelant</cue> que
<cl c=2 m=1 s="Hugo Tessier" t=person>la région paierait la grue</cl>.
""",
    ),
    case(
        "relative-subject",
        """
<m n=1>Jeanne Delmas</m>, qui <cue n=1>affirme</cue> que <cl c=1 m=1 s="Jeanne Delmas" t=person>le loup est revenu</cl>, réclame une battue.
""",
    ),
    case(
        "cleft",
        """
C'est <m n=1>Hugo Tessier</m> qui <cue n=1>a annoncé</cue> que <cl c=1 m=1 s="Hugo Tessier" t=person>le port fermerait</cl>.
""",
    ),
    case(
        "opinion",
        """
<m n=1>Les pêcheurs</m> <cue n=1>craignent</cue> que <cl c=1 m=1 s="pêcheurs" t=group>la criée disparaisse</cl>.
""",
    ),
    case(
        "study-shows",
        """
<m n=1>Une étude</m> <cue n=1>montre</cue> que <cl c=1 m=1 s="étude" t=document>la dune recule de deux mètres par an</cl>.
""",
    ),
    case(
        "on-says",
        """
<m n=1>On</m> <cue n=1>raconte</cue> que <cl c=1 m=1 s=- t=unknown>le phare est hanté</cl>.
""",
    ),
    case(
        "locution",
        """
<m n=1>Le syndicat</m> <cue n=1>fait valoir</cue> que <cl c=1 m=1 s="syndicat" t=organization>les salaires ont baissé</cl>.
""",
    ),
    case(
        "conditional-hearsay",
        """
<m n=1>Le directeur</m> <cue n=1>aurait affirmé</cue> que <cl c=1 m=1 s="directeur" t=person>la vanne était fermée</cl>.
""",
    ),
    case(
        "sharing-infinitive",
        """
<m n=1>La ministre</m> <cue n=1>a tenu à rappeler</cue> que <cl c=1 m=1 s="ministre" t=person>la loi protège les dunes</cl>.
""",
    ),
    case(
        "pronoun-subject",
        """
Claire Vasseur a pris la parole mardi. <m n=1>Elle</m> <cue n=1>affirme</cue> que <cl c=1 m=1 s="Claire Vasseur" t=person>les caves sont inondées</cl>.
""",
    ),
    case(
        "capital-speaks",
        """
<m n=1>Lisbonne</m> <cue n=1>affirme</cue> que <cl c=1 m=1 s="Lisbonne" t=organization>le traité sera respecté</cl>.
""",
    ),
]

POLARITY = [
    case("negated", "Le maire n'a pas dit que le pont était sûr."),
    case("never", "Claire Vasseur n'a jamais affirmé que le musée fermerait."),
    case("negated-above", "Hugo Tessier n'a pas voulu dire que la grue était vieille."),
    case("hypothetical", "S'il disait que le pont est sûr, personne ne le croirait."),
    case("asked", "Le maire a-t-il dit que le pont était sûr ?"),
    case("nobody-named", "Paul Delmas est accusé d'avoir menti."),
    case("noun-phrase-after-cue", "Le maire a annoncé sa démission."),
    case("things-do-not-speak", "La pluie dit que l'automne arrive."),
    case("not-a-cue", "Le maire sait que le pont est vieux."),
]

OTHER = [
    case("title-of-a-book", "Jeanne Delmas a publié « <o>Les Marées immobiles</o> » en 2012.", limit="a cue takes the title"),
    case("title-after-noun", "Le film « <o>La Dernière Digue</o> » sort mercredi."),
    case("nickname", "Paul Delmas, surnommé « <o>le Rouquin</o> », tient le bac depuis trente ans."),
    case("word-as-word", "Le mot « <o>estran</o> » désigne la plage à marée basse."),
    case("movement", "Les « <o>gilets jaunes</o> » de Brec se sont réunis dimanche."),
    case("operation", "L'opération « <o>Dune propre</o> » reprend samedi."),
    case("scare-quotes", "La ville s'est offert un « <o>cadeau</o> » qui coûte cher.", limit="irony that a cue takes"),
    case("ship", "Le chalutier « <o>Notre-Dame</o> » rentre au port."),
    case(
        "name-before-a-cue",
        """
Membre du collectif « <o>Vivre à Brec</o> », <m n=1>Jeanne Delmas</m> <cue n=1>affirme</cue> que
<cl c=1 m=1 s="Jeanne Delmas" t=person>la dune recule</cl>.
""",
    ),
    case(
        "name-of-the-speaker",
        """
<m n=1>L'association « <o>Grand Large</o> »</m> <cue n=1>a réagi</cue> :
« <q k=direct c=1 m=1 s="association « Grand Large »" t=organization>Tout va bien à bord.</q> »
""",
    ),
]

CHARACTERS = [
    case(
        "no-break-spaces",
        """
«\u00a0<q k=direct c=1 m=1 s="Claire Vasseur" t=person>Le barrage\u202ftiendra jusqu’au printemps</q>\u202f», <cue n=1>a\u00a0déclaré</cue>
<m n=1>Claire\u00a0Vasseur</m>.
""",
    ),
    case(
        "astral-before",
        """
😀 𝐁rec, jeudi 🌊🌊. « <q k=direct c=1 m=1 s="Claire Vasseur" t=person>Le barrage tiendra jusqu'au printemps</q> »,
<cue n=1>a déclaré</cue> <m n=1>Claire Vasseur</m>.
""",
    ),
    case(
        "emoji-inside",
        """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Quelle tempête 🌪️ cette nuit</q> », <cue n=1>a écrit</cue> <m n=1>Hugo Tessier</m>.
""",
    ),
    case(
        "straight-marks",
        """
"<q k=direct c=1 m=1 s="Claire Vasseur" t=person>Le barrage tiendra jusqu'au printemps</q>", <cue n=1>a déclaré</cue> <m n=1>Claire Vasseur</m>.
""",
    ),
    case(
        "curly-marks-and-apostrophes",
        """
“<q k=direct c=1 m=1 s="Claire Vasseur" t=person>Le barrage tiendra jusqu’au printemps</q>”, <cue n=1>a déclaré</cue> <m n=1>Claire Vasseur</m>.
""",
    ),
    case(
        "carriage-returns",
        """
Le niveau du lac a monté.\r

« <q k=direct c=1 m=1 s="Claire Vasseur" t=person>Le barrage tiendra jusqu'au printemps</q> », <cue n=1>a déclaré</cue> <m n=1>Claire Vasseur</m>.\r
""",
    ),
    case(
        "decomposed-accents",
        """
« <q k=direct c=1 m=1 s="Claire Vasseur" t=person>Le barrage tiendra jusqu'au printemps</q> », <cue n=1>a de\u0301clare\u0301</cue> <m n=1>Claire Vasseur</m>.
""",
    ),
]

GROUPS = {
    "incise": INCISES, "colon": COLONS, "layout": LAYOUT, "fragment": FRAGMENTS, "according": ACCORDING,
    "claim": CLAIMS, "polarity": POLARITY, "other": OTHER, "characters": CHARACTERS,
}  # fmt: skip
CASES = [dataclasses.replace(each, id=f"{group}-{each.id}") for group, cases in GROUPS.items() for each in cases]


def parameters() -> list[object]:
    """The cases for pytest; known limits may fail."""
    return [
        pytest.param(each, id=each.id, marks=pytest.mark.xfail(strict=False, reason=each.limit) if each.limit else ()) for each in CASES
    ]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """An extractor that reads stored trees."""
    return Extractor(parser=StoredParser(TREES.read_text(encoding="utf8")))


@pytest.mark.parametrize("each", parameters())
def test_attribution(each: Case, extractor: Extractor) -> None:
    parsed = each.parsed
    extraction = extractor.extract_batch([Article(each.id, parsed.text)])[0]
    assert found_rows(extraction) == expected_rows(parsed)


def test_ids_are_unique() -> None:
    assert len({each.id for each in CASES}) == len(CASES)


def expected_rows(parsed: Parsed) -> list[str]:
    """One line a quote and claim, as the mark-up has it."""
    quotes = [(q["pieces"], f"{q['kind']} quote", q) for q in parsed.quotes]
    claims = [([c["span"]], "claim", c) for c in parsed.claims]
    return sorted(_expected(parsed.text, pieces, kind, source) for pieces, kind, source in (*quotes, *claims))


def _expected(text: str, pieces: Sequence[Sequence[int]], kind: str, source: MarkedSource) -> str:
    cue, mention = (None if source[key] is None else Span(*source[key]) for key in ("cue", "mention"))
    return row(text, [Span(*piece) for piece in pieces], kind, cue, mention, source["speaker"], source["type"])


def found_rows(extraction: Extraction) -> list[str]:
    """One line a quote and claim, as extracted."""
    text = extraction.article.text
    return sorted(_found(text, result) for result in (*extraction.quotes, *extraction.claims))


def _found(text: str, result: Quote | Claim) -> str:
    pieces, kind = (result.pieces, f"{result.kind} quote") if isinstance(result, Quote) else ((result.span,), "claim")
    return row(text, pieces, kind, result.cue, result.mention, result.speaker, result.type)


def row(text: str, pieces: Sequence[Span], kind: str, cue: Span | None, mention: Span | None, speaker: str | None, type: str) -> str:
    """A result on one line, in the order of its place in the text."""
    content = " | ".join(shown(text, piece) for piece in pieces)
    return f"{pieces[0].start:04} {kind}: {content} — cue {shown(text, cue)} — mention {shown(text, mention)} — {speaker} ({type})"


def shown(text: str, span: Span | None) -> str:
    """The words of a span and where they begin."""
    return "none" if span is None else f"[{span.of(text)}]@{span.start}"
