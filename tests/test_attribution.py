"""Who says what, by which words: the rules of attribution on stored parses, no model loaded.

Each case is a sentence or a short text in the mark-up of tests/gold/README.md. Line breaks of a case are folded to
spaces, an empty line begins a new paragraph. The trees are in tests/parses/attribution.conllu, corrected by hand;
after a new or changed sentence run `python -m tests.parses.build` and check the trees it adds.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from quotes.model import Article, Claim, Extraction, Quote, Span
from quotes.pipeline import Extractor
from quotes.syntax.parser import StoredParser, tree_from_conllu
from tests.gold.markup import Parsed, parse
from tests.gold.markup import Source as MarkedSource

CONTRACTIONS = ("au", "aux", "du", "des", "auquel", "duquel")
TREES = Path(__file__).parent / "parses" / "attribution.conllu"


@dataclasses.dataclass(frozen=True)
class Case:
    """A marked-up text with a name."""

    id: str
    markup: str

    @functools.cached_property
    def parsed(self) -> Parsed:
        """The text and what is expected of it."""
        return parse(folded(self.markup))


def folded(markup: str) -> str:
    """The lines of a paragraph joined by spaces; paragraphs on lines of their own."""
    blocks = markup.strip("\n ").split("\n\n")
    return "\n".join(" ".join(line.strip(" ") for line in block.split("\n")) for block in blocks)


INCISES = {
    "day-before-the-subject": """
Samedi <m n=1>des députés</m> <cue n=1>ont affirmé</cue> que <cl c=1 m=1 s="députés" t=group>le pont fermerait lundi</cl>.
""",
    "relayed-by-a-medium": """
<cue n=1>Selon</cue> <m n=1>la préfecture</m>,
« <q k=direct c=1 m=1 s="préfecture" t=organization>une dizaine de riverains l'ont défendu</q> », rapporte l'AFP.
""",
    "brackets-that-explain": """
<m n=1>L'ancien maire</m>, qui <cue n=1>dénonce</cue> un « <q k=partial c=1 m=1 s="ancien maire" t=person>mépris tenace pour son successeur</q> » (Hugo Tessier),
est rentré chez lui.
""",
    "inverted-behind-a-medium-given-name": """
« <q k=direct c=1 m=1 s="Camille" t=person>On attend le bac depuis mardi</q> », <cue n=1>explique</cue> à l'AFP <m n=1>Camille</m>, étudiante à
Kerbanec.
""",
    "inverted-behind-a-medium-plural": """
« <q k=direct c=1 m=1 s="mariniers de Kerbanec" t=group>Le moulin tourne encore</q> », <cue n=1>ont raconté</cue> à l'AFP
<m n=1>des mariniers de Kerbanec</m>.
""",
    "inverted-between-commas": """
« <q k=direct c=1 m=1 s="Odile Carrat" t=person>Le bac a tenu bon</q> », <cue n=1>s'est félicitée</cue>, mardi, <m n=1>Odile Carrat</m>,
la directrice du port.
""",
    "subject-before-an-example": """
<m n=1>Des élus</m>, dont plusieurs riverains, <cue n=1>ont qualifié</cue> le pont d'« <q k=partial c=1 m=1 s="élus" t=group>horrible</q> ».
""",
    "cleft-past-a-place": """
C'est <m n=1>Odile Carrat</m>, batelière, installée depuis mai en Norvège, qui <cue n=1>juge</cue> le bac
« <q k=partial c=1 m=1 s="Odile Carrat" t=person>hors d'âge</q> ».
""",
    "inverted-name": """
« <q k=direct c=1 m=1 s="Agathe Tournel" t=person>Le barrage tiendra jusqu'au printemps</q> », <cue n=1>a déclaré</cue> <m n=1>Agathe Tournel</m>.
""",
    "inverted-title-and-name": """
« <q k=direct c=1 m=1 s="Anne Lormier" t=person>Les digues ont été vérifiées une par une</q> », <cue n=1>a affirmé</cue>
<m n=1>la préfète du Doubs, Anne Lormier</m>.
""",
    "inverted-title": """
« <q k=direct c=1 m=1 s="maire" t=person>Nous sommes prêts pour l'hiver</q> », <cue n=1>assure</cue> <m n=1>le maire</m>.
""",
    "inverted-name-and-apposition": """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>La grue peut tomber à tout moment</q> », <cue n=1>prévient</cue> <m n=1>Hugo Tessier</m>,
directeur du port de Kerbanec.
""",
    "inverted-civility": """
« <q k=direct c=1 m=1 s="Tessier" t=person>Le quai sera consolidé avant juin</q> », <cue n=1>a promis</cue> <m n=1>M. Tessier</m> lundi soir.
""",
    "inverted-organization": """
« <q k=direct c=1 m=1 s="préfecture" t=organization>Aucun blessé n'est à déplorer</q> », <cue n=1>indique</cue> <m n=1>la préfecture</m>.
""",
    "inverted-group": """
« <q k=direct c=1 m=1 s="riverains" t=group>Nous ne dormons plus depuis un mois</q> », <cue n=1>se plaignent</cue> <m n=1>les riverains</m>.
""",
    "inverted-coordinated-names": """
« <q k=direct c=1 m=1 s="Agathe Tournel et Hugo Tessier" t=group>Nous irons au tribunal</q> », <cue n=1>ont prévenu</cue>
<m n=1>Agathe Tournel et Hugo Tessier</m>.
""",
    "complement-before-subject": """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Le chenal est trop étroit</q> », <cue n=1>a expliqué</cue> à la presse <m n=1>Hugo Tessier</m>.
""",
    "question-mark-before-incise": """
« <q k=direct c=1 m=1 s="Paul Ostier" t=person>Qui va payer la facture ?</q> », <cue n=1>s'est interrogé</cue> <m n=1>Paul Ostier</m>.
""",
    "question-mark-without-comma": """
« <q k=direct c=1 m=1 s="présidente" t=person>Avez-vous vu le chien ?</q> » <cue n=1>demande</cue> <m n=1>la présidente</m>.
""",
    "clitic": """
Agathe Tournel dirige le musée de Brec. « <q k=direct c=1 m=1 s="Agathe Tournel" t=person>Nous rouvrirons en mars</q> »,
<cue n=1>promet</cue>-<m n=1>elle</m>.
""",
    "clitic-after-auxiliary": """
Hugo Tessier n'en démord pas. « <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Le port n'est pas à vendre</q> », <cue n=1>a-t-<m n=1>il</m> ajouté</cue>.
""",
    "clitic-t": """
Jeanne Ostier élève des chèvres à Brec. « <q k=direct c=1 m=1 s="Jeanne Ostier" t=person>Le loup est revenu trois fois</q> »,
<cue n=1>raconte</cue>-t-<m n=1>elle</m>.
""",
    "clitic-on-with-place": """
« <q k=direct c=1 m=1 s="Matignon" t=organization>Aucune décision n'est prise</q> », <cue n=1>assure</cue>-t-on à <m n=1>Matignon</m>.
""",
    "dative-clitic": """
« <q k=direct c=1 m=1 s="préfet" t=person>Ce sera non</q> », <cue n=1>lui a répondu</cue> <m n=1>le préfet</m>.
""",
    "unknown-verb": """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Ce pont est une passoire</q> », <cue n=1>a moucheté</cue> <m n=1>Hugo Tessier</m>.
""",
    "subject-before-verb": """
« <q k=direct c=1 m=1 s="Agathe Tournel" t=person>Le toit ne fuit plus</q> », <m n=1>Agathe Tournel</m> <cue n=1>assure</cue>.
""",
    "inside-clitic": """
Hugo Tessier s'emporte. « <q id=a k=direct c=1 m=1 s="Hugo Tessier" t=person>Je pars demain</q>, <cue n=1>dit</cue>-<m n=1>il</m>,
<q +a>et je ne reviendrai pas.</q> »
""",
    "inside-name": """
« <q id=a k=direct c=1 m=1 s="Hugo Tessier" t=person>Le quai s'enfonce</q>, <cue n=1>explique</cue> <m n=1>Hugo Tessier</m>.
<q +a>Il faut agir vite.</q> »
""",
    "inside-at-the-end": """
« <q u k=direct c=1 m=1 s="Hugo Tessier" t=person>Le quai s'enfonce chaque hiver</q>, <cue n=1>explique</cue> <m n=1>Hugo Tessier</m>. »
""",
    "inside-twice": """
« <q id=a k=direct c=1 m=1 s="Hugo Tessier" t=person>Le quai s'enfonce</q>, <cue n=1>explique</cue> <m n=1>Hugo Tessier</m>.
<q +a>Demain</q>, poursuit-il, <q +a>il sera trop tard.</q> »
""",
    "after-dash": """
« <q k=direct c=1 m=1 s="Agathe Tournel" t=person>Le musée est fermé</q> » – <cue n=1>précise</cue> <m n=1>Agathe Tournel</m>.
""",
    "shared-by-two-quotes": """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Nous avons attendu dix ans</q> » et « <q k=direct c=1 m=1 s="Hugo Tessier" t=person>rien n'est
venu de Paris</q> », <cue n=1>s'indigne</cue> <m n=1>Hugo Tessier</m>.
""",
    "two-speakers-in-a-sentence": """
« <q k=direct c=1 m=1 s="Paul Ostier" t=person>Le foin suffira largement</q> », <cue n=1>assure</cue> <m n=1>Paul Ostier</m>,
« <q k=direct c=2 m=2 s="Jeanne Ostier" t=person>il en manquera la moitié</q> », <cue n=2>rétorque</cue> <m n=2>Jeanne Ostier</m>.
""",
    "name-inside-the-quotation": """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Paul Ostier n'a rien demandé</q> », <cue n=1>jure</cue> <m n=1>Hugo Tessier</m>.
""",
    "one-can-read": """
« <q k=direct c=1 m=1 s="rapport" t=document>La vanne était fermée depuis lundi</q> », <cue n=1>peut-on lire</cue> dans <m n=1>le rapport</m>.
""",
}

COLONS = {
    "next-paragraph": """
<m n=1>Agathe Tournel</m> <cue n=1>a écrit</cue> aux visiteurs :

« <q k=direct c=1 m=1 s="Agathe Tournel" t=person>Le musée ferme ses portes ce soir.</q> »
""",
    "verb": """
<m n=1>Agathe Tournel</m> <cue n=1>a résumé</cue> : « <q k=direct c=1 m=1 s="Agathe Tournel" t=person>Le toit fuit, la caisse est vide.</q> »
""",
    "gerund": """
<m n=1>Hugo Tessier</m> a quitté la salle en <cue n=1>lançant</cue> : « <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Vous le regretterez.</q> »
""",
    "noun": """
La <cue n=1>réponse</cue> de <m n=1>Agathe Tournel</m> tient en trois mots :
« <q k=direct c=1 m=1 s="Agathe Tournel" t=person>Pas cette année.</q> »
""",
    "no-cue": """
<m n=1>Le capitaine</m> est catégorique : « <q k=direct c=- m=1 s="capitaine" t=person>Personne ne sortira ce soir.</q> »
""",
    "headline": """
<m n=1>Agathe Tournel</m> : « <q k=direct c=- m=1 s="Agathe Tournel" t=person>Le musée rouvrira au printemps</q> »
""",
    "headline-title": """
<m n=1>Le maire de Brec</m> : « <q k=direct c=- m=1 s="maire de Brec" t=person>Le pont ne sera pas payant</q> »
""",
    "document": """
<m n=1>Le rapport</m> <cue n=1>conclut</cue> : « <q k=direct c=1 m=1 s="rapport" t=document>La vanne était fermée.</q> »
""",
    "banner": """
Sur <m n=1>la banderole</m>, on <cue n=1>pouvait lire</cue> : « <q k=direct c=1 m=1 s="banderole" t=document>Sauvons la halle</q> ».
""",
    "relative": """
<m n=1>Jeanne Ostier</m>, qui <cue n=1>répète</cue> : « <q k=direct c=1 m=1 s="Jeanne Ostier" t=person>Je n'ai rien vu</q> », a été entendue mardi.
""",
    "dative-clitic": """
<m n=1>Le gendarme</m> <cue n=1>lui a dit</cue> : « <q k=direct c=1 m=1 s="gendarme" t=person>Rentrez chez vous.</q> »
""",
    "after-participle": """
Interrogé sur la grue, <m n=1>Hugo Tessier</m> <cue n=1>a répondu</cue> : « <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Elle tient encore.</q> »
""",
}

LAYOUT = {
    "signature-parenthesis": """
« <q k=direct c=- m=1 s="Hugo Tessier" t=person>Le port a besoin d'une vraie digue.</q> » (<m n=1>Hugo Tessier</m>, directeur du port)
""",
    "signature-dash": """
« <q k=direct c=- m=1 s="Agathe Tournel" t=person>Un musée fermé est un musée mort.</q> » – <m n=1>Agathe Tournel</m>, conservatrice
""",
    "resumed": """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>La grue est vieille</q> », <cue n=1>admet</cue> <m n=1>Hugo Tessier</m>.
« <q k=direct c=- m=- s="Hugo Tessier" t=person>Mais elle tient encore debout.</q> »
""",
    "floating-after-presentation": """
Jeanne Ostier hausse les épaules.

« <q k=direct c=- m=- s="Jeanne Ostier" t=person>On s'habitue à tout, même au bruit.</q> »
""",
    "paragraphs-reopened": """
<m n=1>Agathe Tournel</m> <cue n=1>écrit</cue> : « <q id=a k=direct c=1 m=1 s="Agathe Tournel" t=person>Le toit fuit depuis dix ans.</q>

« <q +a>Les caves sont inondées chaque automne.</q> »
""",
    "interview-labels": """
Agathe Tournel dirige le musée de Brec depuis dix ans.

Le Courrier de Brec : Pourquoi fermer maintenant ?

<m n=1>Agathe Tournel</m> : <q u k=direct c=- m=1 s="Agathe Tournel" t=person>Parce que le toit ne passera pas l'hiver.</q>

Le Courrier de Brec : Et après ?

<m n=2>Agathe Tournel</m> : <q u k=direct c=- m=2 s="Agathe Tournel" t=person>Nous rouvrirons une salle après l'autre.</q>
""",
    "interview-no-labels": """
Agathe Tournel dirige le musée de Brec depuis dix ans.

Pourquoi fermer maintenant ?

<q u k=direct c=- m=- s="Agathe Tournel" t=person>Parce que le toit ne passera pas l'hiver.</q>

Et après ?

<q u k=direct c=- m=- s="Agathe Tournel" t=person>Nous rouvrirons une salle après l'autre.</q>

Propos recueillis par Marc Aubin
""",
    "pull-quote": """
« <q k=direct c=- m=- s="Hugo Tessier" t=person>Le port n'est pas à vendre à des inconnus</q> »

Le conseil s'est réuni mardi. « <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Le port n'est pas à vendre à des inconnus</q> »,
<cue n=1>a martelé</cue> <m n=1>Hugo Tessier</m>.
""",
    "dash-dialogue": """
– <q u k=direct c=1 m=1 s="Hugo Tessier" t=person>Vous fermez déjà ?</q> <cue n=1>demande</cue> <m n=1>Hugo Tessier</m>.

– <q u k=direct c=2 m=2 s="gardienne" t=person>Il est dix-huit heures passées</q>, <cue n=2>répond</cue> <m n=2>la gardienne</m>.
""",
    "nested": """
« <q k=direct c=1 m=1 s="Jeanne Ostier" t=person><m n=2>Le gendarme</m> <cue n=2>m'a dit</cue> : “<q k=direct c=2 m=2 s="gendarme" t=person>Rentrez
chez vous.</q>”</q> », <cue n=1>raconte</cue> <m n=1>Jeanne Ostier</m>.
""",
    "three-paragraphs-two-speakers": """
« <q k=direct c=1 m=1 s="Paul Ostier" t=person>La vallée se vide</q> », <cue n=1>regrette</cue> <m n=1>Paul Ostier</m>.

« <q k=direct c=2 m=2 s="Jeanne Ostier" t=person>Elle se repeuple</q> », <cue n=2>corrige</cue> <m n=2>Jeanne Ostier</m>.

« <q k=direct c=3 m=3 s="Paul Ostier" t=person>Pas assez vite</q> », <cue n=3>soupire</cue> <m n=3>Paul</m>.
""",
}

FRAGMENTS = {
    "object-attribute": """
<m n=1>Agathe Tournel</m> <cue n=1>juge</cue> la réforme « <q k=partial c=1 m=1 s="Agathe Tournel" t=person>injuste et brutale</q> ».
""",
    "object-noun": """
<m n=1>Le syndicat</m> <cue n=1>dénonce</cue> une « <q k=partial c=1 m=1 s="syndicat" t=organization>mascarade honteuse</q> ».
""",
    "object-noun-after-preposition": """
<m n=1>Hugo Tessier</m> <cue n=1>parle</cue> d'un « <q k=partial c=1 m=1 s="Hugo Tessier" t=person>gâchis sans nom</q> ».
""",
    "infinitive-fragment": """
<m n=1>Elle</m> <cue n=1>promet</cue> de « <q k=partial c=1 m=1 s=- t=unknown>tout revoir de fond en comble</q> ».
""",
    "infinitive-object-fragment": """
<m n=1>Jeanne Ostier</m> <cue n=1>dit</cue> « <q k=partial c=1 m=1 s="Jeanne Ostier" t=person>ne plus croire aux promesses</q> ».
""",
    "que-quotation": """
<m n=1>Le maire</m> <cue n=1>affirme</cue> que « <q k=partial c=1 m=1 s="maire" t=person>la loi est injuste</q> ».
""",
    "que-clause-holds-fragment": """
<m n=1>Le maire</m> <cue n=1>estime</cue> que <cl c=1 m=1 s="maire" t=person>la nouvelle taxe est
« <q k=partial c=1 m=1 s="maire" t=person>une erreur grossière</q> »</cl>.
""",
    "series-of-fragments": """
<m n=1>Hugo Tessier</m> <cue n=1>dénonce</cue> « <q k=partial c=1 m=1 s="Hugo Tessier" t=person>une méthode brutale</q> »,
« <q k=partial c=1 m=1 s="Hugo Tessier" t=person>un calendrier intenable</q> » et
« <q k=partial c=1 m=1 s="Hugo Tessier" t=person>un mépris constant</q> ».
""",
    "qualifies-as": """
<m n=1>L'opposition</m> <cue n=1>qualifie</cue> le projet de « <q k=partial c=1 m=1 s="opposition" t=organization>gouffre sans fond</q> ».
""",
    "asks-for": """
<m n=1>Les riverains</m> <cue n=1>réclament</cue> « <q k=partial c=1 m=1 s="riverains" t=group>une route digne de ce nom</q> ».
""",
    "passive-agent-fragment": """
Le projet <cue n=1>est jugé</cue> « <q k=partial c=1 m=1 s="syndicats" t=organization>dangereux et coûteux</q> » par <m n=1>les syndicats</m>.
""",
    "gerund-fragment": """
<m n=1>Agathe Tournel</m> a claqué la porte, <cue n=1>dénonçant</cue> « <q k=partial c=1 m=1 s="Agathe Tournel" t=person>un simulacre de débat</q> ».
""",
    "noun-cue-fragment": """
La <cue n=1>promesse</cue> de <m n=1>la ministre</m> d'un « <q k=partial c=1 m=1 s="ministre" t=person>retour rapide à la normale</q> » laisse sceptique.
""",
}

ACCORDING = {
    "selon-quote": """
<cue n=1>Selon</cue> <m n=1>le maire</m>, « <q k=direct c=1 m=1 s="maire" t=person>tout est prêt pour la fête</q> ».
""",
    "quote-selon": """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Le chenal sera dragué</q> », <cue n=1>selon</cue> <m n=1>Hugo Tessier</m>.
""",
    "selon-claim": """
<cue n=1>Selon</cue> <m n=1>la préfecture</m>, <cl c=1 m=1 s="préfecture" t=organization>deux mille personnes ont défilé</cl>.
""",
    "claim-selon": """
<cl c=1 m=1 s="préfecture" t=organization>Deux mille personnes ont défilé</cl>, <cue n=1>selon</cue> <m n=1>la préfecture</m>.
""",
    "dapres": """
<cue n=1>D'après</cue> <m n=1>Agathe Tournel</m>, <cl c=1 m=1 s="Agathe Tournel" t=person>le musée perd trois visiteurs sur quatre</cl>.
""",
    "pour": """
<cue n=1>Pour</cue> <m n=1>Hugo Tessier</m>, <cl c=1 m=1 s="Hugo Tessier" t=person>la grue doit être remplacée</cl>.
""",
    "pour-purpose": """
Pour la fête du port, la grue sera repeinte.
""",
    "de-l-avis-de": """
<cue n=1>De l'avis de</cue> <m n=1>Jeanne Ostier</m>, <cl c=1 m=1 s="Jeanne Ostier" t=person>le loup reviendra</cl>.
""",
    "a-en-croire": """
<cue n=1>À en croire</cue> <m n=1>le syndicat</m>, <cl c=1 m=1 s="syndicat" t=organization>la moitié des navires sont restés à quai</cl>.
""",
    "fragment-selon-ses-mots": """
<m n=1>Agathe Tournel</m> veut un musée « <q k=partial c=1 m=1 s="Agathe Tournel" t=person>ouvert à tous les vents</q> », <cue n=1>selon ses mots</cue>.
""",
    "fragment-selon": """
<cl c=1 m=1 s="Hugo Tessier" t=person>La digue est « <q k=partial c=1 m=1 s="Hugo Tessier" t=person>une passoire à marées</q> »</cl>, <cue n=1>selon</cue> <m n=1>Hugo Tessier</m>.
""",
    "according-to-survey": """
<cue n=1>Selon</cue> <m n=1>un sondage</m>, <cl c=1 m=1 s="sondage" t=document>un habitant sur deux regrette le vieux pont</cl>.
""",
    "a-source-of-the-police": """
<cue n=1>Selon</cue> <m n=1>une source policière</m>, <cl c=1 m=1 s="source policière" t=unknown>trois hommes ont été arrêtés</cl>.
""",
}

CLAIMS = {
    "que": """
<m n=1>Le maire</m> <cue n=1>affirme</cue> que <cl c=1 m=1 s="maire" t=person>le bac repartira dimanche</cl>.
""",
    "que-coordinated": """
<m n=1>Le maire</m> <cue n=1>dit</cue> que <cl c=1 m=1 s="maire" t=person>le pont est solide et que la route sera rouverte</cl>.
""",
    "coordinated-cues": """
<m n=1>Hugo Tessier</m> <cue n=1>reconnaît</cue> que <cl c=1 m=1 s="Hugo Tessier" t=person>la grue est vieille</cl> et
<cue n=2>promet</cue> que <cl c=2 m=1 s="Hugo Tessier" t=person>la nouvelle arrivera en juin</cl>.
""",
    "infinitive-bare": """
<m n=1>Jeanne Ostier</m> <cue n=1>dit</cue> <cl c=1 m=1 s="Jeanne Ostier" t=person>avoir prévenu la police</cl>.
""",
    "infinitive-de": """
<m n=1>Le maire</m> <cue n=1>a promis</cue> de <cl c=1 m=1 s="maire" t=person>baisser l'impôt</cl>.
""",
    "infinitive-a": """
<m n=1>La région</m> <cue n=1>s'engage</cue> à <cl c=1 m=1 s="région" t=organization>financer la moitié des travaux</cl>.
""",
    "accusation": """
<m n=1>Hugo Tessier</m> <cue n=1>accuse</cue> l'État d'<cl c=1 m=1 s="Hugo Tessier" t=person>avoir menti aux pêcheurs</cl>.
""",
    "request": """
<m n=1>Le syndicat</m> <cue n=1>demande</cue> que <cl c=1 m=1 s="syndicat" t=organization>les postes soient maintenus</cl>.
""",
    "incise-final": """
<cl c=1 m=1 s="maire" t=person>Le bac repartira dimanche</cl>, <cue n=1>a annoncé</cue> <m n=1>le maire</m>.
""",
    "incise-middle": """
<cl c=1 m=1 s="maire" t=person>Le pont, <cue n=1>assure</cue> <m n=1>le maire</m>, sera rouvert en mai</cl>.
""",
    "incise-after-adjunct": """
Désormais, <cue n=1>prévient</cue> <m n=1>le maire</m>, <cl c=1 m=1 s="maire" t=person>le pont sera fermé la nuit</cl>.
""",
    "incise-clitic": """
Jeanne Ostier ne décolère pas. <cl c=1 m=1 s="Jeanne Ostier" t=person>Le loup reviendra</cl>, <cue n=1>prédit</cue>-<m n=1>elle</m>.
""",
    "comme": """
<cue n=1>Comme le souligne</cue> <m n=1>Agathe Tournel</m>, <cl c=1 m=1 s="Agathe Tournel" t=person>le musée appartient à la ville</cl>.
""",
    "passive-agent": """
<cl c=1 m=1 s="direction" t=organization>L'usine fermera</cl>, <cue n=1>a-t-il été annoncé</cue> par <m n=1>la direction</m>.
""",
    "passive-agent-infinitive": """
Paul Ostier <cue n=1>est accusé</cue> par <m n=1>sa voisine</m> d'<cl c=1 m=1 s="voisine" t=person>avoir déplacé la borne</cl>.
""",
    "indirect-question-si": """
<m n=1>Paul Ostier</m> <cue n=1>se demande</cue> si <cl c=1 m=1 s="Paul Ostier" t=person>le budget suffira</cl>.
""",
    "indirect-question-why": """
<m n=1>Agathe Tournel</m> <cue n=1>a expliqué</cue> <cl c=1 m=1 s="Agathe Tournel" t=person>pourquoi le musée fermait</cl>.
""",
    "noun-cue": """
L'<cue n=1>annonce</cue> par <m n=1>la ministre</m> que <cl c=1 m=1 s="ministre" t=person>le phare s'éteindra</cl> a surpris.
""",
    "noun-cue-selon": """
L'<cue n=1>affirmation</cue> de <m n=1>Hugo Tessier</m> selon laquelle
<cl c=1 m=1 s="Hugo Tessier" t=person>la grue est neuve</cl> fait sourire.
""",
    "participle-shares-subject": """
<m n=1>Agathe Tournel</m> a fermé le musée, <cue n=1>expliquant</cue> que <cl c=1 m=1 s="Agathe Tournel" t=person>le toit fuyait</cl>.
""",
    "gerund-shares-subject": """
<m n=1>Hugo Tessier</m> a quitté la salle en <cue n=1>affirmant</cue> que <cl c=1 m=1 s="Hugo Tessier" t=person>le vote était truqué</cl>.
""",
    "incise-then-participle": """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>C'est faux</q> », <cue n=1>a répliqué</cue> <m n=1>Hugo Tessier</m>, <cue n=2>rappelant</cue> que
<cl c=2 m=1 s="Hugo Tessier" t=person>la région paierait la grue</cl>.
""",
    "relative-subject": """
<m n=1>Jeanne Ostier</m>, qui <cue n=1>affirme</cue> que <cl c=1 m=1 s="Jeanne Ostier" t=person>le loup est revenu</cl>, réclame une battue.
""",
    "cleft": """
C'est <m n=1>Hugo Tessier</m> qui <cue n=1>a annoncé</cue> que <cl c=1 m=1 s="Hugo Tessier" t=person>le port fermerait</cl>.
""",
    "opinion": """
<m n=1>Les pêcheurs</m> <cue n=1>craignent</cue> que <cl c=1 m=1 s="pêcheurs" t=group>la criée disparaisse</cl>.
""",
    "study-shows": """
<m n=1>Une étude</m> <cue n=1>montre</cue> que <cl c=1 m=1 s="étude" t=document>la dune recule de deux mètres par an</cl>.
""",
    "on-says": """
<m n=1>On</m> <cue n=1>raconte</cue> que <cl c=1 m=1 s=- t=unknown>le phare est hanté</cl>.
""",
    "locution": """
<m n=1>Le syndicat</m> <cue n=1>fait valoir</cue> que <cl c=1 m=1 s="syndicat" t=organization>les salaires ont baissé</cl>.
""",
    "conditional-hearsay": """
<m n=1>Le directeur</m> <cue n=1>aurait affirmé</cue> que <cl c=1 m=1 s="directeur" t=person>la vanne était fermée</cl>.
""",
    "sharing-infinitive": """
<m n=1>La ministre</m> <cue n=1>a tenu à rappeler</cue> que <cl c=1 m=1 s="ministre" t=person>la loi protège les dunes</cl>.
""",
    "pronoun-subject": """
Agathe Tournel a pris la parole mardi. <m n=1>Elle</m> <cue n=1>affirme</cue> que <cl c=1 m=1 s="Agathe Tournel" t=person>les caves sont inondées</cl>.
""",
    "capital-speaks": """
<m n=1>Lisbonne</m> <cue n=1>affirme</cue> que <cl c=1 m=1 s="Lisbonne" t=organization>le traité sera respecté</cl>.
""",
    "comme-after": """
<cl c=1 m=1 s="Agathe Tournel" t=person>Le musée appartient à la ville</cl>, <cue n=1>comme le rappelle</cue> <m n=1>Agathe Tournel</m>.
""",
    "incise-long-subject": """
<cl c=1 m=1 s="porte-parole de la gendarmerie" t=person>Trois routes restent coupées</cl>, <cue n=1>a précisé</cue>
<m n=1>le porte-parole de la gendarmerie</m>, qui appelle à la prudence.
""",
    "adverb-before-que": """
Le pont sera fermé mardi. <m n=1>Le maire</m> <cue n=1>a reconnu</cue> mercredi que <cl c=1 m=1 s="maire" t=person>les fissures s'élargissent</cl>.
""",
    "asking-somebody-to": """
<m n=1>La préfecture</m> <cue n=1>demande</cue> aux habitants de <cl c=1 m=1 s="préfecture" t=organization>rester chez eux</cl>.
""",
    "inviting-somebody-to": """
<m n=1>Agathe Tournel</m> <cue n=1>invite</cue> les curieux à <cl c=1 m=1 s="Agathe Tournel" t=person>revenir en juin</cl>.
""",
}

CLAUSES = {
    "negated-infinitive": '<m n=1>Agathe Tournel</m> <cue n=1>dit</cue> <cl c=1 m=1 s="Agathe Tournel" t=person>n\'avoir rien vu venir</cl>.',
    "clitic-infinitive": '<m n=1>Agathe Tournel</m> <cue n=1>jure</cue> <cl c=1 m=1 s="Agathe Tournel" t=person>ne l\'avoir jamais rencontré</cl>.',
    "adverb-before-que": '<m n=1>Hugo Tessier</m> <cue n=1>craint</cue> quand même que <cl c=1 m=1 s="Hugo Tessier" t=person>la grue tombe</cl>.',
    "insertion-before-que": """
<m n=1>Un conseiller municipal</m> <cue n=1>concède</cue>, à voix basse, que <cl c=1 m=1 s="conseiller municipal" t=person>la digue
sera chère</cl>.
""",
    "complement-before-que": """
<m n=1>Hugo Tessier</m> <cue n=1>a rappelé</cue> dans un communiqué que <cl c=1 m=1 s="Hugo Tessier" t=person>le port ferme à vingt heures</cl>.
""",
    "tonic-subject": "<m n=1>Eux</m> <cue n=1>soutiennent</cue> que <cl c=1 m=1 s=- t=unknown>le bac est parti à l'heure</cl>.",
    "further-cue": """
<m n=1>Hugo Tessier</m> <cue n=1>affirme</cue> que <cl c=1 m=1 s="Hugo Tessier" t=person>la grue a été contrôlée</cl> et
<cue n=2>promet</cue> de <cl c=2 m=1 s="Hugo Tessier" t=person>la remplacer</cl>.
""",
    "finite-verb-after-infinitive": """
<m n=1>La préfecture</m> <cue n=1>conteste</cue> <cl c=1 m=1 s="préfecture" t=organization>avoir tardé</cl> et <cue n=2>annonce</cue> que
<cl c=2 m=1 s="préfecture" t=organization>les secours restent sur place</cl>.
""",
    "semicolon": """
<m n=1>Agathe Tournel</m> <cue n=1>estime</cue> que <cl c=1 m=1 s="Agathe Tournel" t=person>le musée perd ses visiteurs</cl> ; la ville
n'a rien répondu.
""",
    "participle-after-comma": """
<m n=1>Hugo Tessier</m> a reçu les dockers, <cue n=1>reconnaissant</cue> cependant que
<cl c=1 m=1 s="Hugo Tessier" t=person>la grue a vieilli</cl>.
""",
    "reason-after-comma": """
<m n=1>La préfecture</m> <cue n=1>a demandé</cue> aux riverains de <cl c=1 m=1 s="préfecture" t=organization>rester chez eux, afin de
laisser passer les secours</cl>.
""",
    "source-with-apposition": """
<cue n=1>Selon</cue> <m n=1>Agathe Tournel</m>, directrice du musée, <cl c=1 m=1 s="Agathe Tournel" t=person>la salle rouvrira en mai</cl>.
""",
    "opposed-clause": """
<cl c=1 m=1 s="préfecture" t=organization>Deux mille personnes ont défilé</cl> <cue n=1>selon</cue> <m n=1>la préfecture</m>, mais le port
est resté ouvert.
""",
    "named-after": "La pièce est tirée d'après un conte de Jeanne Ostier.",
}

BESIDE = {
    "according-beats-governor": """
<cl c=1 m=1 s="Jeanne Ostier" t=person>Le port critique un chantier « <q k=partial c=1 m=1 s="Jeanne Ostier" t=person>ruineux et
inutile</q> »</cl>, <cue n=1>selon</cue> <m n=1>Jeanne Ostier</m>.
""",
    "agent-behind-a-passive-cue": """
Le chantier <cue n=1>est qualifié</cue> de « <q k=partial c=1 m=1 s="syndicat" t=organization>gouffre sans fond</q> » par <m n=1>le syndicat</m>.
""",
    "agent-is-no-means": """
Prévenu par téléphone, <m n=1>le maire</m> <cue n=1>a dénoncé</cue> une « <q k=partial c=1 m=1 s="maire" t=person>panne inexcusable</q> ».
""",
    "by-the-voice-of": """
La préfecture <cue n=1>a répondu</cue> par la voix de <m n=1>Hugo Tessier</m> : « <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Le pont
rouvrira lundi.</q> »
""",
    "signature-on-its-own-line": """
« <q k=direct c=- m=1 s="Agathe Tournel" t=person>Un musée fermé est un musée mort.</q> »

– <m n=1>Agathe Tournel</m>, conservatrice du musée
""",
    "for-a-name-before-a-colon": """
<cue n=1>Pour</cue> <m n=1>Jeanne Ostier</m>, une voisine : « <q k=direct c=1 m=1 s="Jeanne Ostier" t=person>Le loup reviendra cet hiver.</q> »
""",
    "quoted-predicate": """
<m n=1>Le maire</m> « <q k=partial c=- m=1 s="maire" t=person>s'engage à rouvrir la halle</q> ».
""",
    "in-brackets-behind-its-cue": """
Hugo Tessier dénonce les primes de la criée (dites « <o>primes de brume</o> »).
""",
    "between-subject-and-cue": """
<m n=1>Jeanne Ostier</m>, membre des « <o>marins libres</o> », <cue n=1>affirme</cue> que
<cl c=1 m=1 s="Jeanne Ostier" t=person>la dune recule</cl>.
""",
    "fragment-inside-a-claim": """
<m n=1>Paul Ostier</m> <cue n=1>affirme</cue> <cl c=1 m=1 s="Paul Ostier" t=person>avoir agi « <q k=partial c=1 m=1 s="Paul Ostier" t=person>sans
haine ni colère</q> »</cl>.
""",
    "in-a-claim-of-a-loose-cue": """
<m n=1>Agathe Tournel</m> <cue n=1>garantit</cue> que <cl c=1 m=1 s="Agathe Tournel" t=person>le pont relancera la vie de la
« <q k=partial c=1 m=1 s="Agathe Tournel" t=person>vallée oubliée</q> »</cl>.
""",
    "opens-a-paragraph": """
« <q k=direct c=- m=- s="Hugo Tessier" t=person>Le quai s'enfonce chaque hiver.</q> » « <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Il faut
agir vite</q> », <cue n=1>a prévenu</cue> <m n=1>Hugo Tessier</m>.
""",
    "what-a-loose-cue-takes": """
<m n=1>Les pêcheurs</m> <cue n=1>assurent</cue> que <cl c=1 m=1 s="pêcheurs" t=group>les gardes poursuivent leur campagne de
« <q k=partial c=1 m=1 s="pêcheurs" t=group>contrôles absurdes</q> »</cl>.
""",
    "medium-in-marks": """
Interrogé par « <o>La Tribune</o> », <m n=1>Hugo Tessier</m> <cue n=1>a répondu</cue> : « <q k=direct c=1 m=1 s="Hugo Tessier" t=person>La grue tient encore.</q> »
""",
}

EXTENT = {
    "relative-agrees-in-number": """
Le texte est critiqué par les élus et par <m n=1>le syndicat</m>, qui <cue n=1>affirme</cue> que
<cl c=1 m=1 s="syndicat" t=organization>le port fermera</cl>.
""",
    "according-up-to-a-semicolon": """
<cue n=1>Selon</cue> <m n=1>la préfecture</m>, <cl c=1 m=1 s="préfecture" t=organization>deux mille personnes ont défilé</cl> ; le port
est resté ouvert.
""",
    "according-up-to-the-next-report": """
<cue n=1>Selon</cue> <m n=1>la préfecture</m>, <cl c=1 m=1 s="préfecture" t=organization>deux mille personnes ont défilé</cl> et
<m n=2>le syndicat</m> <cue n=2>affirme</cue> que <cl c=2 m=2 s="syndicat" t=organization>la foule était plus nombreuse</cl>.
""",
    "according-past-an-apposition": """
<cue n=1>Selon</cue> <m n=1>Odile Brunet</m>, la sociologue citée par la radio, <cl c=1 m=1 s="Odile Brunet" t=person>les jeunes
quittent la vallée</cl>.
""",
    "according-behind-a-conjunction": """
Le pont a été fermé lundi et, <cue n=1>selon</cue> <m n=1>la préfecture</m>, <cl c=1 m=1 s="préfecture" t=organization>il rouvrira en mai</cl>.
""",
    "according-behind-a-time": """
Vers minuit, <cue n=1>selon</cue> <m n=1>la préfecture</m>, <cl c=1 m=1 s="préfecture" t=organization>trois hommes ont quitté le port</cl>.
""",
    "according-without-what-its-source-says": """
<cl c=1 m=1 s="préfecture" t=organization>Le pont sera fermé lundi</cl>, <cue n=1>selon</cue> <m n=1>la préfecture</m>, qui <cue n=2>précise</cue> que
<cl c=2 m=1 s="préfecture" t=organization>la route restera ouverte</cl>.
""",
    "perfect-infinitive": """
<m n=1>Jeanne Ostier</m> <cue n=1>explique</cue> <cl c=1 m=1 s="Jeanne Ostier" t=person>avoir vu le loup deux fois</cl>.
""",
    "demands-that": """
<m n=1>Le syndicat</m> <cue n=1>demande</cue> à ce que <cl c=1 m=1 s="syndicat" t=organization>le pont rouvre avant Noël</cl>.
""",
    "joined-to-an-object": """
<m n=1>Hugo Tessier</m> <cue n=1>dénonce</cue> la lenteur des travaux et que <cl c=1 m=1 s="Hugo Tessier" t=person>personne ne réponde aux pêcheurs</cl>.
""",
    "interrupted-auxiliary": """
<m n=1>Le maire</m> a, ce lundi, <cue n=1>accusé</cue> la région d'<cl c=1 m=1 s="maire" t=person>avoir menti aux pêcheurs</cl>.
""",
    "gerund-comment": """
<m n=1>Le maire</m> <cue n=1>affirme</cue> que <cl c=1 m=1 s="maire" t=person>le pont est sûr</cl>, en <cue n=2>ajoutant</cue> que
<cl c=2 m=1 s="maire" t=person>la route sera refaite</cl>.
""",
    "can-only-repeat": """
<m n=1>Le maire</m> ne <cue n=1>peut que répéter</cue> que <cl c=1 m=1 s="maire" t=person>le pont est sûr</cl>.
""",
    "i-commit-myself": """
<m n=1>Je</m> <cue n=1>m'engage</cue> à <cl c=1 m=1 s=- t=unknown>rouvrir la halle avant Noël</cl>.
""",
    "future-first-person": """
<m n=1>Je</m> <cue n=1>dirai</cue> que <cl c=1 m=1 s=- t=unknown>le pont est solide</cl>.
""",
    "announced": """
<m n=1>Le maire</m> <cue n=1>le répète</cue> : <cl c=1 m=1 s="maire" t=person>le pont est solide</cl>.
""",
    "verdict": """
<m n=1>Le maire</m> <cue n=1>affirme</cue> que <cl c=1 m=1 s="maire" t=person>le pont est sûr</cl>, une affirmation contestée par les pêcheurs.
""",
    "opening-participle": """
<cue n=1>Affirmant</cue> que <cl c=1 m=1 s="maire" t=person>le pont est sûr</cl>, <m n=1>le maire</m> a refusé de le fermer.
""",
    "even-though": """
Le maire se plaint, alors même que le pont a été refait.
""",
    "even-if": """
Les pêcheurs demandent une aide, même si la criée reste ouverte.
""",
    "locution-with-object": """
<m n=1>Le maire</m> <cue n=1>dit</cue> <cl c=1 m=1 s="maire" t=person>regretter la fermeture du musée</cl>.
""",
    "told-somebody": """
<m n=1>Hugo Tessier</m> <cue n=1>prévient</cue> les pêcheurs que <cl c=1 m=1 s="Hugo Tessier" t=person>la grue tombera</cl>.
""",
}

VIEWS = {
    "ce-que": """
<cl c=1 m=1 s="Odile Brunet" t=person>Le bac sera vendu au printemps</cl>, ce que <cue n=1>confirme</cue> <m n=1>Odile Brunet</m>.
""",
    "ce-que-contests-a-claim": """
<m n=1>Le maire</m> <cue n=1>affirme</cue> que <cl c=1 m=1 s="maire" t=person>le bac sera vendu</cl>, ce que conteste le syndicat.
""",
    "ce-que-with-a-comparison": """
Le maire n'a jamais navigué, ce qu'il présente comme une chance.
""",
    "sees-in": """
<m n=1>Hugo Tessier</m> <cue n=1>voit</cue> dans cet accord « <q k=partial c=1 m=1 s="Hugo Tessier" t=person>une victoire des petits ports</q> ».
""",
    "sees-there": """
<m n=1>Hugo Tessier</m> <cue n=1>y voit</cue> une « <q k=partial c=1 m=1 s="Hugo Tessier" t=person>menace pour les petits ports</q> ».
""",
    "sees-a-thing": """
Hugo Tessier voit une « <o>caravelle</o> » au large.
""",
    "impersonal": """
Il convient de fermer le pont avant la crue.
""",
    "gets-noticed": """
Hugo Tessier s'est très vite fait remarquer par son goût des « <o>vieux gréements</o> ».
""",
    "comme-of-a-reason": """
Comme le maire tenait à partir, il céda la place et examina d'autres offres.
""",
    "according-with-a-colon": """
<cl c=1 m=1 s="Hugo Tessier" t=person>Les deux causes sont, <cue n=1>selon</cue> <m n=1>Hugo Tessier</m> : le vent et la vase</cl>.
""",
    "according-to-a-title": """
Les élèves ont joué une pièce écrite d'après « <o>Les Contes de la vase</o> » de Jeanne Ostier.
""",
    "purpose-of-things": """
Pour des raisons que le maire ignore, la banque n'a pas accordé ce prêt.
""",
    "same-source": """
<m n=1>Le parquet</m> <cue n=1>a indiqué</cue> que <cl c=1 m=1 s="parquet" t=organization>le capitaine serait entendu</cl>.
<cl c=2 m=2 s="parquet" t=organization>Le bac naviguait sans feux</cl>, <cue n=2>a-t-on ajouté</cue> de <m n=2>même source</m>.
""",
    "the-same-source-says": """
<cl c=1 m=1 s="source policière" t=unknown>Deux hommes ont été arrêtés</cl>, <cue n=1>selon</cue> <m n=1>une source policière</m>.
<cl c=2 m=2 s="source policière" t=unknown>Ils dormaient dans le bac</cl>, <cue n=2>a ajouté</cue> <m n=2>la même source</m>.
""",
}

REACHES = {
    "repeated-requests": """
Le ministère reste sourd aux <cue n=1>demandes</cue> répétées <m n=1>des pêcheurs</m> de <cl c=1 m=1 s="pêcheurs" t=group>baisser la taxe</cl>.
""",
    "a-crowd-right-before-a-participle": """
L'équipe a été prise à partie par <m n=1>une foule</m> <cue n=1>hurlant</cue> « <q k=partial c=1 m=1 s="foule" t=group>rendez le port aux pêcheurs</q> ».
""",
    "accused-in-an-interrupted-perfect": """
<m n=1>Le maire</m> a, lors d'une réunion, <cue n=1>accusé</cue> Brec de <cl c=1 m=1 s="maire" t=person>tenir un « <q k=partial c=1 m=1 s="maire" t=person>cabinet
noir</q> »</cl>.
""",
    "clause-that-a-predicate-stands-in": """
Ces propos ont irrité <m n=1>la préfète</m>, qui <cue n=1>a rappelé</cue> que <cl c=1 m=1 s="préfète" t=person>le maire « <q k=partial c=1 m=1 s="préfète" t=person>a
voté contre le pont</q> » en mai</cl>.
""",
    "repeated-predicate": """
<m n=1>La préfecture</m> <cue n=1>a indiqué</cue> que <cl c=1 m=1 s="préfecture" t=organization>la pêche de nuit est « <q k=partial c=1 m=1
s="préfecture" t=organization>sanctionnée</q> »</cl>. <m n=2>Le maire</m> <cue n=2>a dit</cue> que <cl c=2 m=2 s="maire" t=person>la pêche de nuit est « <q k=partial c=2 m=2 s="maire"
t=person>sanctionnée</q> »</cl>.
""",
    "no-name-behind-a-noun": """
<m n=1>Les marins</m> <cue n=1>se disent prêts</cue> à <cl c=1 m=1 s="marins" t=group>suspendre le mouvement « <q k=partial c=1 m=1 s="marins"
t=group>en cas de reprise des négociations</q> »</cl>.
""",
    "relative-behind-an-incise": """
« <q k=direct c=1 m=1 s="maire" t=person>Vous avez raison, et je vous réponds sans tarder</q> », <cue n=1>écrit</cue> <m n=1>le maire</m> aux abonnés du site, qui permet aux
« <o>décideurs</o> » de répondre.
""",
    "participle-that-tells-of-a-thing": """
Parmi les idées de la plateforme lancée par le conseil se trouve « <o>la fin de la taxe sur les filets</o> ».
""",
    "opened-for-a-document": """
La ministre défend la loi préparée par le conseil. <m n=1>Le texte</m> <cue n=1>demande</cue> « <q k=partial c=1 m=1 s="loi préparée par le conseil" t=document>de
rendre le quai aux pêcheurs</q> ».
""",
    "goes-on": """
<cue n=1>Selon</cue> <m n=1>le commissaire Hugo Tessier</m>, <cl c=1 m=1 s="Hugo Tessier" t=person>la grue a été forcée</cl>. « <q k=direct c=2 m=2 s="Hugo Tessier"
t=person>Nous trouverons les auteurs</q> », <cue n=2>conclut</cue> <m n=2>le chef de zone</m>.
""",
    "headline-with-a-name": """
Tessier « <q k=direct c=- m=- s="Hugo Tessier" t=person>inquiet</q> » pour le port

<m n=1>Hugo Tessier</m> <cue n=1>s'est dit</cue> « <q k=partial c=1 m=1 s="Hugo Tessier" t=person>inquiet</q> » dimanche.
""",
    "participle-behind-what": """
<m n=1>Hugo Tessier</m> <cue n=1>affirme</cue> <cl c=1 m=1 s="Hugo Tessier" t=person>vouloir répondre à tout ce qui se dit</cl>, <cue n=2>arguant</cue> du fait qu'<cl c=2 m=1
s="Hugo Tessier" t=person>il reçoit des menaces</cl>.
""",
}

RATHER = {
    "who-speaks-than-what-is-written": """
<m n=1>Hugo Tessier</m> <cue n=1>estime</cue> que <cl c=1 m=1 s="Hugo Tessier" t=person>le rapport n'est pas clair</cl>, <cue n=2>évoquant</cue>
« <q k=partial c=2 m=1 s="Hugo Tessier" t=person>des oublis gros comme un phare</q> ».
""",
    "the-cue-above-than-a-circumstance": """
<m n=1>Hugo Tessier</m> <cue n=1>a averti</cue> que <cl c=1 m=1 s="Hugo Tessier" t=person>le mouvement reprendrait « <q k=partial c=1 m=1 s="Hugo Tessier"
t=person>au premier sac de sel manquant</q> »</cl>.
""",
    "who-is-behind-on": """
« <q k=direct c=1 m=1 s="entourage" t=group>On va passer l'été à compter les voix</q> », <cue n=1>lâche</cue>-t-on dans <m n=1>son entourage</m>.
""",
    "whom-a-comparison-names": """
<cl c=2 m=1 s="Odile Brunet" t=person>Le collectif exige « <q k=partial c=1 m=1 s="Odile Brunet" t=person>deux millions d'euros tout de suite</q> »</cl>,
<cue n=2>comme <cue n=1>l'a lancé</cue></cue> <m n=1>Odile Brunet</m>.
""",
    "the-name-than-its-title": """
<m n=1>Odile Brunet</m>, membre du collectif, <cue n=1>faisant part</cue> de son émotion devant des propos « <q k=partial c=1 m=1 s="Odile Brunet"
t=person>odieux</q> », a quitté la salle.
""",
    "nobody": """
<m n=1>Quelqu'un</m> <cue n=1>a ajouté</cue> au feutre « <q k=partial c=1 m=1 s=- t=unknown>sans blague</q> ».
""",
    "a-verb-that-only-accompanies": "Ces os présenteraient des signes « <o>de découpe à la pierre</o> ».",
    "title-by-its-author": "« <o>Les Heures de sel</o> », de Jeanne Ostier, Éditions du Phare.",
    "name-behind-a-colon": "Les marins ont créé un groupe : « <o>Les voiles du soir</o> ».",
}

REPORTS = {
    "count-in-brackets": "La marche a réuni dix mille personnes (6 000 selon la préfecture).",
    "term-behind-a-quotation": """
<m n=1>Le maire</m> <cue n=1>a dit</cue> que <cl c=1 m=1 s="maire" t=person>« <q k=partial c=1 m=1 s="maire" t=person>la porte du port restera ouverte</q> » aux
« <o>gilets jaunes</o> »</cl>.
""",
    "document-behind-its-verb": """
<cl c=1 m=1 s="rapport" t=document>Le pont est fissuré</cl>, <cue n=1>indique</cue> <m n=1>un rapport</m>.
""",
    "from-those-concerned": """
<cl c=1 m=1 s="intéressés" t=group>Trois marins ont porté plainte</cl>, <cue n=1>a-t-on appris</cue> auprès <m n=1>des intéressés</m>.
""",
    "name-right-before-its-verb": """
On ignore la date de la vente, mais <m n=1>l'ambassadeur du Ronval, Hugo Tessier</m> <cue n=1>a déclaré</cue> que
<cl c=1 m=1 s="Hugo Tessier" t=person>le pont rouvrirait</cl>.
""",
    "paper-that-repeats": """
Comme le rapporte le quotidien, <m n=1>le maire</m> <cue n=1>a déclaré</cue> que <cl c=1 m=1 s="maire" t=person>le pont rouvrirait</cl>.
""",
    "exclamation-before-the-subject": """
Las, <m n=1>des pêcheurs de Brec</m> se sont tournés vers les élus, <cue n=1>leur demandant</cue> de <cl c=1 m=1 s="pêcheurs de Brec" t=group>rouvrir le
quai</cl>.
""",
    "said-elsewhere": """
<m n=1>Le maire</m> <cue n=1>a dit</cue> qu'<cl c=1 m=1 s="maire" t=person>il ne voulait pas vendre le bac</cl>, comme il l'a déclaré dans un entretien.
""",
    "utterance-behind-an-adjunct": """
<m n=1>Odile Brunet</m> <cue n=1>explique</cue> qu'<cl c=1 m=1 s="Odile Brunet" t=person>au-delà de la grue, « <q k=direct c=1 m=1 s="Odile Brunet"
t=person>le port est vieux depuis trente ans</q> »</cl>.
""",
    "two-utterances-and-a-participle": """
« <q k=direct c=1 m=1 s="Odile Brunet" t=person>Je n'ai pas eu peur</q> » et « <q k=partial c=1 m=1 s="Odile Brunet" t=person>je reste au
port</q> », <cue n=1>a précisé</cue> <m n=1>Odile Brunet</m>, <cue n=2>ajoutant</cue> qu'<cl c=2 m=1 s="Odile Brunet" t=person>elle ne porterait pas plainte</cl>.
""",
}

OUTLETS = {
    "impersonal-passive": """
Il a été révélé que six journalistes ont été suivis par la police.
""",
    "a-clause-of-its-own": """
En <cue n=1>signalant</cue> que <cl c=1 m=1 s="maire" t=person>le port subit « <q k=partial c=1 m=1 s="maire" t=person>des pressions énormes</q>
»</cl>, <m n=1>le maire</m> a encouragé la population.
""",
    "starts-anew": """
<m n=1>Le maire</m> <cue n=1>a déclaré</cue> que <cl c=1 m=1 s="maire" t=person>le suspect n'avait pas de casier</cl>, et a publié une photo.
""",
    "way-of-doing": """
Les marins ont peint ces coques selon les époques et les civilisations.
""",
    "study-on-something": """
<cue n=1>Selon</cue> <m n=1>une étude sur les dunes</m>, <cl c=1 m=1 s="étude sur les dunes" t=document>le sable recule</cl>.
""",
    "body-by-whom-it-stands-for": """
<m n=1>L'association représentant les pêcheurs</m> <cue n=1>déclare</cue> que <cl c=1 m=1 s="association représentant les pêcheurs" t=organization>le quai
est sûr</cl>.
""",
    "what-he-calls": """
Hugo Tessier lutte contre ce qu'<m n=1>il</m> <cue n=1>appelle</cue> « <q k=partial c=1 m=1 s="Hugo Tessier" t=person>une mafia du sel</q> ».
""",
    "coordinated-object": """
<m n=1>Hugo Tessier</m> <cue n=1>a accusé</cue> le port et la région de <cl c=1 m=1 s="Hugo Tessier" t=person>tromper les pêcheurs</cl>.
""",
    "passive-that-is-joined": """
Il a été arrêté à douze ans, puis accusé d'avoir volé une barque.
""",
    "what-media-tell": """
<cue n=1>D'après</cue> ce que rapportent <m n=1>des médias</m>, <cl c=1 m=1 s="médias" t=organization>le port sera vendu</cl>.
""",
    "purpose-of-a-letter": """
Ce sont des lettres écrites par les rois dans le but de jurer fidélité.
""",
    "title-in-a-source": "Hugo Tessier a montré dans « <o>Bêtes et marées</o> » un port vide.",
    "title-with-capitals-only": "Hugo Tessier a décrit la reprise de « <o>Année du Fleuve</o> » à Brec.",
    "title-with-its-year": "Jeanne Ostier a joué dans une comédie, « <o>Des saumons dans la dune</o> » (2011), avec Hugo Tessier.",
    "name-behind-an-elision": "L'essai, publié sous le nom d'« <o>Estran</o> », raconte un voyage.",
    "note": """
Le Ronval est qualifié en tant que pays hôte. À noter que les pays qualifiés doivent chanter en mai.
""",
    "number-of-people": """
<m n=1>Nombre de marcheurs</m> <cue n=1>ont clamé</cue> : « <q k=direct c=1 m=1 s="Nombre de marcheurs" t=group>Rendez le port aux pêcheurs</q> ».
""",
    "gloss": "Le lazy bed (littéralement : « <o>lit de paresseux</o> ») est une technique.",
}

POINTERS = {
    "what-was-declared": """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Le port doit rouvrir avant la fin de l'été</q> ». C'est ce qu'<cue n=1>a déclaré</cue>
<m n=1>le ministre Hugo Tessier</m>.
""",
    "by-a-noun": """
"<q k=direct c=1 m=1 s="Odile Brunet" t=person>La nuit ne rafraîchira rien</q>". C'est l'<cue n=1>avertissement</cue> de <m n=1>la
prévisionniste Odile Brunet</m>.
""",
    "in-these-words": """
« <q k=direct c=1 m=1 s="maire" t=person>Nous ne céderons pas un mètre du quai !</q> » C'est par ces mots que <m n=1>le maire</m> <cue n=1>a conclu</cue> sa
visite.
""",
    "whose-words": """
« <q k=direct c=- m=1 s="Odile Brunet" t=person>Nous ne céderons pas un mètre du quai.</q> » Ce sont les mots de <m n=1>la maire Odile Brunet</m>.
""",
    "not-when-the-source-is-known": """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Nous ne céderons pas un mètre du quai</q> », <cue n=1>a dit</cue> <m n=1>Hugo Tessier</m>. C'est
l'avertissement de la préfète.
""",
}

ENDS = {
    "before-the-agent": """
Les habitants <cue n=1>sont invités</cue> à <cl c=1 m=1 s="mairie" t=organization>rejoindre le gymnase</cl> par <m n=1>la mairie</m> avant la nuit.
""",
    "source-before-its-voice": """
<m n=1>Le conseil du port</m> par la voix de son président Hugo Tessier <cue n=1>a demandé</cue> à la région d'<cl c=1 m=1 s="conseil du port"
t=organization>ouvrir le quai</cl>.
""",
    "headline-without-a-verb": """
<cl c=1 m=1 s="sondage" t=document>Sept marins sur dix favorables au nouveau port</cl>, <cue n=1>selon</cue> <m n=1>un sondage</m>
""",
    "goes-on-with-puis": """
<m n=1>L'équipe</m> <cue n=1>conjecture</cue> que <cl c=1 m=1 s="équipe" t=group>la dune se serait formée au large, puis aurait migré vers le port</cl>.
""",
    "document-that-goes-with-another": """
<cue n=1>Selon</cue> <m n=1>un document accompagnant le décret</m>, <cl c=1 m=1 s="document accompagnant le décret" t=document>le port fermera</cl>.
""",
}

BOUNDS = {
    "according-to-what-he-says": """
Hugo Tessier tient le bac. <cue n=1>Selon</cue> ce qu'<m n=1>il</m> dit, <cl c=1 m=1 s="Hugo Tessier" t=person>le port fermera</cl>.
""",
    "on-the-occasion": """
« <q k=direct c=1 m=1 s="maire" t=person>Le quai tiendra jusqu'au printemps</q> », <cue n=1>a déclaré</cue> <m n=1>le maire</m> en marge d'une
visite du port.
""",
    "verb-with-a-subject-before-it": """
L'enquête pour « <o>abandon de navire en mer</o> », a révélé le retard de la capitainerie.
""",
    "according-behind-a-colon": """
Port de Brec : « <q k=direct c=1 m=1 s="Odile Brunet" t=person>le quai restera ouvert toute la nuit</q> », <cue n=1>selon</cue>
<m n=1>Odile Brunet</m>.
""",
    "round-number": """
<m n=1>Une dizaine d'habitants</m> <cue n=1>affirment</cue> que <cl c=1 m=1 s="dizaine d'habitants" t=group>la dune recule</cl>.
""",
    "figures-that-speak": """
<cue n=1>Selon</cue> <m n=1>les estimations</m>, <cl c=1 m=1 s="estimations" t=document>le bac a coulé</cl>.
""",
    "before-what-somebody-else-says": """
<m n=1>La mère d'Hugo</m> <cue n=1>a confirmé</cue> que <cl c=1 m=1 s="mère d'Hugo" t=person>le bac a coulé</cl>, alors que la mairie avait qualifié
cette affaire de légende.
""",
    "until-something-happens": """
Le maire avait nié ces faits, jusqu'à ce que la préfète les prouve.
""",
    "joined-to-the-clause-over-the-cue": """
Tout le monde sait que le maire soutient le projet et que la préfète défile avec les pêcheurs.
""",
    "fragment-behind-the-comment": """
<cl c=1 m=1 s="préfète" t=person>Ce serait, <cue n=1>selon</cue> <m n=1>la préfète</m>, « <q k=partial c=1 m=1 s="préfète" t=person>une vieille
légende</q> »</cl>.
""",
    "no-more-than-the-words": """
Le juge tient cela pour un naufrage « <q k=partial c=1 m=1 s="Odile Brunet" t=person>hors norme</q> », <cue n=1>selon les mots d'</cue><m n=1>Odile
Brunet</m>.
""",
    "time-of-day": """
En fin d'après midi, les pêcheurs ont brûlé leur cabane sur le quai.
""",
    "poll-taken-in-may": """
<cue n=1>Selon</cue> <m n=1>un sondage Opinia réalisé</m> en mai, <cl c=1 m=1 s="sondage Opinia" t=document>le port plaît</cl>.
""",
    "said-in-vain": """
<m n=1>Le maire</m> a beau <cue n=1>assurer</cue> que <cl c=1 m=1 s="maire" t=person>le quai est sûr</cl>, les pêcheurs restent à terre.
""",
    "incise-before-what-the-verb-needs": """
<cl c=1 m=1 s="préfecture" t=organization>Il ne s'agit pas, <cue n=1>insiste</cue> <m n=1>la préfecture</m>, d'une fermeture définitive</cl>.
""",
    "verb-of-another-quotation": """
<m n=1>Le syndicat</m> <cue n=1>déplore</cue> un « <q k=partial c=1 m=1 s="syndicat" t=organization>manque criant de moyens</q> » et « <q k=partial c=1
m=1 s="syndicat" t=organization>une direction sourde</q> ».
""",
    "name-with-an-age": """
« <q k=direct c=1 m=1 s="Fatou" t=person>Le quai est à tout le monde</q> », <cue n=1>répète</cue> à l'envi <m n=1>Fatou</m>, 52 ans.
""",
    "party-in-brackets": """
<m n=1>La maire (PS) de Brec, Agathe Tournel</m>, <cue n=1>affirme</cue> que <cl c=1 m=1 s="Agathe Tournel" t=person>la dune recule</cl>.
""",
    "party-before-a-name": """
« <q k=direct c=1 m=1 s="Agathe Tournel" t=person>La dune recule à vue d'œil</q> », <cue n=1>alerte</cue> <m n=1>la députée (Les Verts) de Brec
Agathe Tournel</m>.
""",
    "watchword": """
Le mot d'ordre : « <q k=direct c=- m=- s=- t=unknown>Rendez-nous la plage !</q> »
""",
    "in-charge-of": """
<m n=1>La ministre chargée de la Ville, Agathe Tournel</m>, <cue n=1>affirme</cue> que <cl c=1 m=1 s="Agathe Tournel" t=person>le pont est sûr</cl>.
""",
}

PRESS = {
    "tagged-as-an-adverb": """
<m n=1>La capitainerie</m> <cue n=1>dément</cue> que <cl c=1 m=1 s="capitainerie" t=organization>le bac soit rouillé</cl>.
""",
    "tagged-as-an-adverb-with-an-infinitive": """
<m n=1>La capitainerie</m> <cue n=1>dément</cue> <cl c=1 m=1 s="capitainerie" t=organization>avoir vendu le bac</cl> : <m n=2>elle</m> <cue n=2>assure</cue>
<cl c=2 m=2 s="capitainerie" t=organization>l'avoir prêté</cl>.
""",
    "tagged-as-an-adjective": """
<m n=1>L'étude</m> <cue n=1>pointe</cue> toutefois que <cl c=1 m=1 s="étude" t=document>deux bacs sur trois prennent l'eau</cl>.
""",
    "on-the-side-of": """
Du côté <m n=1>des pêcheurs</m>, on salue le geste, mais on <cue n=1>juge</cue> qu'<cl c=1 m=1 s="pêcheurs" t=group>il vient trop tard</cl>.
""",
    "on-the-side-of-somebody-named": """
Du côté <m n=1>du capitaine du port</m>, Hugo Tessier, on <cue n=1>répète</cue> que <cl c=1 m=1 s="Hugo Tessier" t=person>personne ne partira</cl>.
""",
    "capital-without-its-accent": """
A <m n=1>la capitainerie</m>, on <cue n=1>regrette</cue> que <cl c=1 m=1 s="capitainerie" t=organization>le bac ait coulé</cl>.
""",
    "before-the-place-of-on": """
<cl c=1 m=1 s="opposition" t=organization>Une plainte pourrait suivre</cl>, <cue n=1>indique</cue>-t-on du côté de <m n=1>l'opposition</m>, où
Odile Brunet a démissionné.
""",
    "we-are-told": """
On se veut serein chez <m n=1>Orvane</m> : <cl c=1 m=1 s="Orvane" t=organization>les bacs seront réparés en dix jours</cl>, <cue n=1>nous affirme</cue>-t-on.
""",
    "before-doing-more": """
« <q k=direct c=1 m=1 s="Odile Brunet" t=person>C'est une erreur</q> », <cue n=1>a déclaré</cue> <m n=1>Odile Brunet</m>, avant de <cue n=2>proposer</cue> de
<cl c=2 m=1 s="Odile Brunet" t=person>reporter le vote au printemps</cl>.
""",
    "figures-show": """
<m n=1>Les relevés de la capitainerie</m> <cue n=1>montrent</cue> que <cl c=1 m=1 s="relevés de la capitainerie" t=document>douze bacs fuyaient déjà</cl>.
""",
    "time-taken-for-the-subject": """
La veille, <m n=1>Marins du lac</m> <cue n=1>avait estimé</cue> que <cl c=1 m=1 s="Marins du lac" t=group>la digue était perdue</cl>.
""",
    "time-before-an-inverted-subject": """
<cl c=1 m=1 s="communauté de communes" t=organization>Le bac ne partira pas avant mars</cl>, <cue n=1>a reconnu</cue> ce vendredi
<m n=1>la communauté de communes</m>.
""",
    "told-to-do-in-a-headline": """
Orvane sommé de réparer ses bacs
""",
    "compared-with-que": """
Les vieux bacs retiennent mieux leur cargaison que les neufs.
""",
    "behind-a-relative-pronoun": """
Hugo Tessier refuse de parler d'un naufrage qui, <cue n=1>dit</cue>-<m n=1>il</m>, <cl c=1 m=1 s="Hugo Tessier" t=person>arrangeait surtout les assureurs</cl>.
""",
    "in-whose-opinion": """
« <q k=direct c=1 m=1 s="réalisatrice" t=person>On riait</q> », <cue n=1>sourit</cue> <m n=1>la réalisatrice</m>, <cue n=2>pour</cue> qui
<cl c=2 m=1 s="réalisatrice" t=person>cette tempête a servi le film</cl>.
""",
    "according-behind-a-colon": """
Hugo Tessier parle d'un complot : <cue n=1>d'après</cue> <m n=1>lui</m>, <cl c=1 m=1 s="Hugo Tessier" t=person>les bacs partent à l'étranger</cl>.
""",
    "without-saying-whether": """
La maire a défendu son plan, sans toutefois préciser si le bac repartirait.
""",
    "speech-without-a-comma": """
"<q k=direct c=1 m=1 s="Amina Diarra" t=person>Nous sommes inquiets, mais nous ne sommes pas seuls</q>" <cue n=1>a déclaré</cue>
<m n=1>la directrice du port, Amina Diarra</m>, <cue n=2>précisant</cue> que <cl c=2 m=1 s="Amina Diarra" t=person>le bac était sauf</cl>.
""",
    "name-behind-a-dash-in-a-headline": """
Les Goélands battus à Brec : « <q k=direct c=- m=1 s="Samuel Perrin" t=person>On n'a pas mérité mieux</q> » - <m n=1>Perrin</m>

<m n=2>L'entraîneur Samuel Perrin</m> <cue n=2>affirme</cue> que <cl c=2 m=2 s="Samuel Perrin" t=person>son équipe dormait</cl>.
""",
    "subhead-of-the-next-speaker": """
L'hôpital de Brec ferme lundi.

« <q k=direct c=- m=- s="Odile Brunet" t=person>On a fait toutes les pharmacies</q> »

Odile Brunet sort les mains vides. « <q k=direct c=1 m=1 s="Odile Brunet" t=person>On m'a dit d'attendre Noël</q> », <cue n=1>confie</cue>-t-<m n=1>elle</m>.
""",
    "reflexive-taken-for-impersonal": """
Le groupe Orvane a répondu. <m n=1>Il</m> <cue n=1>s'engage</cue> à <cl c=1 m=1 s="groupe Orvane" t=organization>ouvrir une négociation</cl>.
""",
    "where-it-boasts": """
Un pirate a vendu un fichier sur un forum, où <m n=1>il</m> <cue n=1>se vante</cue> de <cl c=1 m=1 s="pirate" t=person>détenir des plans</cl>.
""",
    "adverb-inside-the-infinitive": """
<m n=1>Odile Brunet</m> <cue n=1>avoue</cue> <cl c=1 m=1 s="Odile Brunet" t=person>avoir d'abord refusé</cl>.
""",
    "learnt-from": """
<cl c=1 m=1 s="parquet de Brec" t=organization>Un homme a été arrêté lundi</cl>, <cue n=1>a-t-on appris</cue> auprès <m n=1>du parquet de Brec</m>.
""",
    "at-somebody-s": """
« <q k=direct c=1 m=1 s="courtier" t=person>Le risque se réduit</q> », <cue n=1>commentait</cue>-t-on lundi chez <m n=1>un courtier</m>.
""",
    "tagged-as-a-noun": """
<m n=1>Hugo Tessier</m> parle d'un complot et <cue n=1>menace</cue> de <cl c=1 m=1 s="Hugo Tessier" t=person>porter plainte</cl>.
""",
    "believes-to-know": """
<cl c=1 m=1 s="quotidien" t=organization>Le bac sera vendu en mai</cl>, <cue n=1>croit savoir</cue> <m n=1>le quotidien</m>.
""",
    "fragment-behind-a-participle": """
<m n=1>Les gendarmes</m> <cue n=1>assurent</cue> que <cl c=1 m=1 s="gendarmes" t=group>l'appel a été traité « <q k=partial c=1 m=1 s="gendarmes" t=group>sans délai</q> »</cl>.
""",
    "title-and-name-in-the-incise": """
« <q id=a k=direct c=1 m=1 s="Corinne Vallin" t=person>La contrainte ne soigne personne</q>, <cue n=1>a rétorqué</cue> <m n=1>la ministre de la Santé, Corinne Vallin</m>.
<q +a>Elle décourage.</q> »
""",
    "semicolon-behind-according": """
<cl c=1 m=1 s="ministère de l'Intérieur" t=organization>Onze marins ont été arrêtés</cl>, <cue n=1>d'après</cue> <m n=1>le ministère de l'Intérieur</m> ; l'opposition
parle de quarante.
""",
    "gerund-that-says-nothing": """
<m n=1>Les éleveurs</m> <cue n=1>reprochent</cue> au magasin d'<cl c=1 m=1 s="éleveurs" t=group>importer du lait tout en affichant des drapeaux</cl>.
""",
    "dateline": """
BREC, 22 oct (AFP) - <m n=1>Le parquet de Brec</m> <cue n=1>a annoncé</cue> mardi que <cl c=1 m=1 s="parquet de Brec" t=organization>le capitaine était libre</cl>.
""",
    "statement-pointed-back-at": """
<cl c=1 m=1 s="étude" t=document>Près de quatre cents lacs pourraient naître</cl>. C'est ce que <cue n=1>révèle</cue> <m n=1>une étude</m>.
""",
    "capital-of-a-typewriter": """
Odile Brunet préside la coopérative. <cue n=1>A <m n=1>l'</m>en croire</cue>, <cl c=1 m=1 s="Odile Brunet" t=person>trois cents tonnes ont été vendues</cl>.
""",
    "statement-pointed-back-at-with-a-doubt": """
<cl c=1 m=1 s="pêcheurs de Brec" t=group>Le prix du bac n'est pas respecté partout</cl>. C'est du moins ce que <cue n=1>soutiennent</cue> <m n=1>les pêcheurs de
Brec</m>.
""",
    "we-do-one-thing-and-another": """
« <q k=direct c=1 m=1 s="Odile Brunet" t=person>Nous ne partons pas, nous passons le relais</q> », <cue n=1>a insisté</cue> <m n=1>Odile Brunet</m>.
""",
    "where-behind-a-clitic": """
Odile Brunet insiste. <cl c=1 m=1 s="Odile Brunet" t=person>Les malades iront à Brec, <cue n=1>a-t-<m n=1>elle</m> précisé</cue>, où un étage doit être aménagé</cl>.
""",
    "civil-protection": """
<cl c=1 m=1 s="protection civile" t=organization>Trois cents personnes ont été déplacées</cl>, <cue n=1>selon</cue> <m n=1>la protection civile</m>.
""",
    "denied-by-somebody-else": """
<m n=1>Un manifestant</m> <cue n=1>assure</cue> que <cl c=1 m=1 s="manifestant" t=person>les policiers ont chargé
« <q k=partial c=1 m=1 s="manifestant" t=person>sans sommation</q> »</cl>, ce que dément le préfet.
""",
    "treated-like-a-child": """
<m n=1>Hugo Tessier</m> <cue n=1>se plaint</cue> d'<cl c=1 m=1 s="Hugo Tessier" t=person>être traité « <q k=partial c=1 m=1 s="Hugo Tessier" t=person>comme un
gamin</q> »</cl>.
""",
    "inserted-behind-a-relative-pronoun": """
Orvane a vendu son bac, une opération qui, <cue n=1>selon</cue> <m n=1>la mairie</m>, <cl c=1 m=1 s="mairie" t=organization>sauvera le port</cl>.
""",
    "gerund-beside-what-is-reported": """
<m n=1>Hugo Tessier</m> <cue n=1>a répété</cue> que <cl c=1 m=1 s="Hugo Tessier" t=person>le pays n'attaquerait jamais le premier</cl>, tout en
<cue n=2>prévenant</cue> que <cl c=2 m=1 s="Hugo Tessier" t=person>tout passage recevrait une réponse</cl>.
""",
    "let-it-be-known-behind-an-offer": """
<cl c=1 m=1 s="capitainerie" t=organization><m n=2>La France</m> <cue n=2>a proposé</cue> d'<cl c=2 m=2 s="France" t=organization>envoyer un avion</cl></cl>, <cue n=1>a fait
savoir</cue> <m n=1>la capitainerie</m> dans un communiqué.
""",
    "led-to-say": """
Ce chiffre a permis à <m n=1>la ministre Odile Brunet</m> de <cue n=1>déclarer</cue> que <cl c=1 m=1 s="Odile Brunet" t=person>le chômage recule</cl>.
""",
    "clause-behind-a-cue-and-a-colon": """
<m n=1>La maire</m> <cue n=1>prévient</cue> : <cl c=1 m=1 s="maire" t=person>le bac ne partira plus le dimanche</cl>.
""",
    "object-before-the-colon": """
La maire a montré le plan : le bac ne partira plus le dimanche.
""",
}

POLARITY = {
    "negated": "Le maire n'a pas dit que le pont était sûr.",
    "never": "Agathe Tournel n'a jamais affirmé que le musée fermerait.",
    "negated-above": "Hugo Tessier n'a pas voulu dire que la grue était vieille.",
    "hypothetical": "S'il disait que le pont est sûr, personne ne le croirait.",
    "asked": "Le maire a-t-il dit que le pont était sûr ?",
    "nobody-named": "Paul Ostier est accusé d'avoir menti.",
    "noun-phrase-after-cue": "Le maire a annoncé sa démission.",
    "things-do-not-speak": "La pluie dit que l'automne arrive.",
    "not-a-cue": "Le maire sait que le pont est vieux.",
}

OTHER = {
    "title-of-a-book": "Jeanne Ostier a publié « <o>Les Brumes patientes</o> » en 2012.",
    "title-after-noun": "Le film « <o>La Dernière Digue</o> » sort mercredi.",
    "nickname": "Paul Ostier, surnommé « <o>le Rouquin</o> », tient le bac depuis trente ans.",
    "word-as-word": "Le mot « <o>estran</o> » désigne la plage à marée basse.",
    "movement": "Les « <o>gilets jaunes</o> » de Brec se sont réunis dimanche.",
    "operation": "L'opération « <o>Dune propre</o> » reprend samedi.",
    "scare-quotes": "La ville s'est offert un « <o>cadeau</o> » qui coûte cher.",
    "charge": "Paul Ostier a été mis en examen pour « <o>abandon de navire en mer</o> » à Brec.",
    "theme": "Les élèves ont travaillé sur le thème de « <o>la vie dans les dunes</o> ».",
    "so-called": "Les pêcheurs dits des « <o>trois rochers</o> » ont quitté le port.",
    "relative-behind-a-name": "« <o>Brec en fête</o> », qui occupe la salle deux soirs, paiera plus.",
    "investigation": "Le juge a ouvert une enquête pour « <o>abandon de navire en mer</o> » à Brec.",
    "petition": "La pétition « <o>Rendez-nous la plage</o> » circule à Brec.",
    "on-the-occasion-of": "Paul Ostier a chanté lors de « <o>L'Heure du port</o> » à Brec.",
    "translated": "La fête « <o>Noz ar mor</o> » (« <o>La nuit de la mer</o> ») reprend samedi.",
    "ship": "Le chalutier « <o>Notre-Dame</o> » rentre au port.",
    "name-before-a-cue": """
Membre du collectif « <o>Vivre à Brec</o> », <m n=1>Jeanne Ostier</m> <cue n=1>affirme</cue> que
<cl c=1 m=1 s="Jeanne Ostier" t=person>la dune recule</cl>.
""",
    "name-of-the-speaker": """
<m n=1>L'association « <o>Grand Large</o> »</m> <cue n=1>a réagi</cue> :
« <q k=direct c=1 m=1 s="association « Grand Large »" t=organization>Tout va bien à bord.</q> »
""",
}

CHARACTERS = {
    "no-break-spaces": """
«\u00a0<q k=direct c=1 m=1 s="Agathe Tournel" t=person>Le barrage\u202ftiendra jusqu’au printemps</q>\u202f», <cue n=1>a\u00a0déclaré</cue>
<m n=1>Agathe\u00a0Tournel</m>.
""",
    "astral-before": """
😀 𝐁rec, jeudi 🌊🌊. « <q k=direct c=1 m=1 s="Agathe Tournel" t=person>Le barrage tiendra jusqu'au printemps</q> »,
<cue n=1>a déclaré</cue> <m n=1>Agathe Tournel</m>.
""",
    "emoji-inside": """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Quelle tempête 🌪️ cette nuit</q> », <cue n=1>a écrit</cue> <m n=1>Hugo Tessier</m>.
""",
    "straight-marks": """
"<q k=direct c=1 m=1 s="Agathe Tournel" t=person>Le barrage tiendra jusqu'au printemps</q>", <cue n=1>a déclaré</cue> <m n=1>Agathe Tournel</m>.
""",
    "curly-marks-and-apostrophes": """
“<q k=direct c=1 m=1 s="Agathe Tournel" t=person>Le barrage tiendra jusqu’au printemps</q>”, <cue n=1>a déclaré</cue> <m n=1>Agathe Tournel</m>.
""",
    "carriage-returns": """
Le niveau du lac a monté.\r

« <q k=direct c=1 m=1 s="Agathe Tournel" t=person>Le barrage tiendra jusqu'au printemps</q> », <cue n=1>a déclaré</cue> <m n=1>Agathe Tournel</m>.\r
""",
    "decomposed-accents": """
« <q k=direct c=1 m=1 s="Agathe Tournel" t=person>Le barrage tiendra jusqu'au printemps</q> », <cue n=1>a de\u0301clare\u0301</cue> <m n=1>Agathe Tournel</m>.
""",
}

SHAPES = {
    "name-in-marks": """
<m n=1>Les « <o>bonnets bleus</o> »</m> <cue n=1>ont appelé</cue> à <cl c=1 m=1 s="bonnets bleus" t=group>se rassembler sur le quai</cl>.
""",
    "us-before-the-subject": """
<cl c=1 m=1 s="capitaine" t=person>Cette traversée est le fruit d'un long travail</cl>, <cue n=1>nous a expliqué</cue> <m n=1>le capitaine</m>.
""",
    "him-before-the-subject": """
<cl c=1 m=1 s="Agathe Tournel" t=person>Le bac attendra le conseil</cl>, <cue n=1>lui a répondu</cue> <m n=1>Agathe Tournel</m>.
""",
    "the-fact-that": """
<m n=1>La maire</m> <cue n=1>a rappelé</cue> le fait que <cl c=1 m=1 s="maire" t=person>le pont appartient au département</cl>.
""",
    "time-before-que": """
<m n=1>La ministre</m> <cue n=1>a annoncé</cue> cette semaine que <cl c=1 m=1 s="ministre" t=person>les quais seraient rénovés</cl>.
""",
    "hand-on-heart": """
<m n=1>La maire</m> <cue n=1>jure</cue> la main sur le cœur que <cl c=1 m=1 s="maire" t=person>le pont sera gratuit</cl>.
""",
    "object-with-a-relative": """
La maire souligne les risques que le pont fait courir.
""",
    "subject-of-a-predicate": """
<m n=1>Les pêcheurs</m> sont nombreux à <cue n=1>penser</cue> que <cl c=1 m=1 s="pêcheurs" t=group>la criée fermera</cl>.
""",
    "gerund-behind-people": """
<m n=1>La maire</m> a interpellé les marins présents en salle en <cue n=1>affirmant</cue> que <cl c=1 m=1 s="maire" t=person>le port coûte trop cher</cl>.
""",
    "incise-behind-an-incise": """
<cl c=1 m=1 s="Hugo Tessier" t=person>Ce vote n'est qu'un début</cl>, <cue n=1>a prévenu</cue> <m n=1>Hugo Tessier</m>, un docker qui porte un brassard noir,
<cl c=2 m=2 s="Hugo Tessier" t=person>signe du deuil de sa profession</cl>, <cue n=2>assure</cue>-t-<m n=2>il</m>.
""",
    "without-a-verb": """
<cl c=1 m=1 s="Hugo Tessier" t=person>Une première dans la vie du port</cl>, <cue n=1>estime</cue> <m n=1>Hugo Tessier</m>.
""",
    "no-statement-in-a-participle": """
Comme le réclamaient les marins, reçus mardi matin.
""",
    "relative-with-its-own-source": """
Au procès, <cl c=1 m=1 s="Hugo Tessier" t=person>qui débutera <cue n=1>selon</cue> <m n=1>Hugo Tessier</m> le 5 mai</cl>, la ville sera absente.
""",
    "colon-before-an-utterance": """
<cue n=1>Selon</cue> <m n=1>Agathe Tournel</m>, <cl c=1 m=1 s="Agathe Tournel" t=person>le problème est ailleurs</cl> : « <q k=direct c=1 m=1 s="Agathe Tournel"
t=person>Personne ne nous a prévenus de la fermeture.</q> »
""",
    "source-behind-a-semicolon": """
Le puits est vide ; <cue n=1>selon</cue> <m n=1>Hugo Tessier</m>, <cl c=1 m=1 s="Hugo Tessier" t=person>le barrage tiendra</cl>.
""",
    "age-behind-the-source": """
<cue n=1>Selon</cue> <m n=1>Agathe Tournel</m>, 45 ans, <cl c=1 m=1 s="Agathe Tournel" t=person>la digue cédera</cl>.
""",
    "consequence-around-the-source": """
<cl c=1 m=1 s=- t=unknown>La pluie est si forte, <cue n=1>selon</cue> <m n=1>elle</m>, qu'elle menace le port</cl>.
""",
    "opinion-before-an-attribute": """
<cue n=1>De l'avis de</cue> <m n=1>Hugo Tessier</m>, <cl c=1 m=1 s="Hugo Tessier" t=person>le pont est trop vieux</cl>.
""",
    "findings-of-somebody": """
<cue n=1>Selon</cue> les calculs de <m n=1>la mairie</m>, <cl c=1 m=1 s="mairie" t=organization>le pont coûtera deux millions</cl>.
""",
    "their-own-call": """
<m n=1>Les dockers</m> maintiennent leur <cue n=1>appel</cue> à <cl c=1 m=1 s="dockers" t=group>manifester</cl>.
""",
    "on-the-ground-that": """
<m n=1>La maire</m> a fermé le quai au <cue n=1>motif</cue> que <cl c=1 m=1 s="maire" t=person>la grue était trop vieille</cl>.
""",
    "question-hung-on-the-subject": """
<m n=1>La pilote</m> <cue n=1>raconte</cue> <cl c=1 m=1 s="pilote" t=person>comment elle et ses proches ont quitté l'île</cl>.
""",
    "no-question-in-even-so": """
La pilote répète quand même les gestes que le public attend.
""",
    "adjunct-before-a-quoted-clause": """
<m n=1>Agathe Tournel</m> <cue n=1>expliquait</cue> sur le site du port que <cl c=1 m=1 s="Agathe Tournel" t=person>dans la cale « <q k=direct c=1 m=1
s="Agathe Tournel" t=person>n'entrent plus que deux navires de pêche à la fois depuis le mois de mars, quand la grande porte du bassin a cédé sous le poids des algues que
personne, ni la ville ni le département ni les pêcheurs eux-mêmes, n'avait voulu payer pour faire enlever à temps</q> »</cl>.
""",
    "others-who-judge": """
Le vote a fait débat, <m n=1>les élus</m> <cue n=1>estimant</cue> que <cl c=1 m=1 s="élus" t=group>le pont est trop cher</cl>, <m n=2>les riverains</m>
<cue n=2>jugeant</cue> que <cl c=2 m=2 s="riverains" t=group>la ville peut payer</cl>.
""",
    "possible-answer": """
La maire pourrait répondre que le pont est neuf.
""",
    "fear-that-nobody-says": """
La grue penche, faisant craindre que le quai ne cède.
""",
    "agent-of-another-deed": """
Un homme est soupçonné d'avoir vendu l'arme utilisée par Hugo Tessier.
""",
    "subject-behind-adjuncts": """
« <q k=direct c=1 m=1 s="Agathe Tournel" t=person>Le ton monte</q> », <cue n=1>avait déclaré</cue> à la radio, avant l'ouverture du conseil,
<m n=1>la présidente du port, Agathe Tournel</m>.
""",
    "civility-behind-the-agency": """
« <q k=direct c=1 m=1 s="Tessier" t=person>On me reproche mon silence</q> », <cue n=1>a raconté</cue> à la radio <m n=1>M. Tessier</m>.
""",
    "reference-in-brackets": """
« <q k=direct c=1 m=1 s="Hugo Tessier" t=person>Le tunnel rouvrira jeudi</q> » (lire ci-contre), <cue n=1>a dit</cue> <m n=1>Hugo Tessier</m>.
""",
    "noun-before-the-subject": """
Devant les critiques de Hugo Tessier, <m n=1>Agathe Tournel</m> reste calme : « <q k=direct c=- m=1 s="Agathe Tournel" t=person>Il n'est jamais venu voir le quai.</q> »
""",
    "document-before-the-subject": """
En réponse à Hugo Tessier, <m n=1>Agathe Tournel</m> est sèche : « <q k=direct c=- m=1 s="Agathe Tournel" t=person>Qu'il lise d'abord le dossier.</q> »
""",
    "title-bracket-name": """
<m n=1>Le patron des Républicains (LR, droite) Hugo Tessier</m> <cue n=1>a dit</cue> que <cl c=1 m=1 s="Hugo Tessier" t=person>le pont était vieux</cl>.
""",
    "title-bracket-comma-name": """
<m n=1>La cheffe du parti (LM), la députée Agathe Tournel</m>, <cue n=1>a dit</cue> que <cl c=1 m=1 s="Agathe Tournel" t=person>le pont était vieux</cl>.
""",
    "amount-of-people": """
Dans le port, <m n=1>près de la moitié des riverains</m> <cue n=1>jugent</cue> que <cl c=1 m=1 s="près de la moitié des riverains" t=group>le pont est trop cher</cl>.
""",
    "us-behind-an-apposition": """
<m n=1>La pilote</m>, tout juste réélue, nous <cue n=1>confiait</cue>, dimanche, qu'<cl c=1 m=1 s="pilote" t=person>elle avait pensé à partir</cl>.
""",
    "on-behind-a-time": """
<cl c=1 m=1 s="avocats" t=group>Le docker a fait appel</cl>, <cue n=1>a-t-on appris</cue> mercredi auprès <m n=1>des avocats</m>.
""",
    "hearing-somebody": """
<cue n=1>À entendre</cue> <m n=1>Hugo Tessier</m>, <cl c=1 m=1 s="Hugo Tessier" t=person>le pont est neuf</cl>.
""",
    "adjective-on-somebody-s-words": """
<m n=1>La maire</m> <cue n=1>a critiqué</cue> les déclarations « <q k=partial c=1 m=1 s="maire" t=person>ahurissantes</q> » de Hugo Tessier.
""",
    "wish-of-the-journalist": """
Bref, souhaitons-lui de durer aussi longtemps que le vieux pont.
""",
    "thing-before-a-colon": """
« <q k=direct c=2 m=2 s="Agathe Tournel" t=person>Nous attendons le vote</q> », <cue n=2>dit</cue> <m n=2>Agathe Tournel</m>.
<cue n=1>Pour</cue> <m n=1>elle</m>, <cl c=1 m=1 s="Agathe Tournel" t=person>l'essentiel est ailleurs</cl> : « <q k=direct c=1 m=1 s="Agathe Tournel"
t=person>Il faut un nouveau pont.</q> »
""",
    "predicate-before-a-colon": """
<m n=1>Agathe Tournel</m> n'est pas du même avis : « <q k=direct c=- m=1 s="Agathe Tournel" t=person>Le pont tiendra bien dix ans.</q> »
""",
    "agency-and-name": """
« <q k=direct c=1 m=1 s="Pauline Carrat" t=person>Le port étouffe</q> », <cue n=1>affirme</cue> au Phare <m n=1>Pauline Carrat</m>, porte-parole d'Estuaire.
""",
    "time-and-name": """
« <q k=direct c=1 m=1 s="Léa" t=person>Ici, on oublie tout</q> », <cue n=1>estime</cue> dimanche <m n=1>Léa</m>, qui tient un étal.
""",
    "gerund-behind-a-mark": """
<m n=1>La maire</m> <cue n=1>estime</cue> que <cl c=1 m=1 s="maire" t=person>le pont est « <q k=partial c=1 m=1 s="maire" t=person>à bout de souffle</q> »</cl>
en s'en prenant au port.
""",
    "question-to-know": """
La <cue n=1>question</cue> de <m n=1>la maire</m> de savoir si <cl c=1 m=1 s="maire" t=person>le pont tiendra</cl> est restée sans réponse.
""",
    "opinion-behind-a-colon": """
Grand débat : <cue n=1>pour</cue> <m n=1>Hugo Tessier</m>, <cl c=1 m=1 s="Hugo Tessier" t=person>un vote ne suffira pas</cl>
""",
    "thing-behind-a-relative": """
Dans un communiqué, la ligue, qui avait porté plainte en mai, salue la décision du parquet.
""",
    "noun-behind-a-colon": """
« <q k=direct c=1 m=1 s="pêcheurs de Brec" t=group>On ne nous écoute pas</q> » : le <cue n=1>cri d'alarme</cue> <m n=1>des pêcheurs de Brec</m>
""",
    "sentence-behind-a-colon": """
« <q k=direct c=- m=1 s="Hugo Tessier" t=person>Le port se meurt</q> », « <q k=partial c=- m=1 s="Hugo Tessier" t=person>tout va trop vite</q> » et
« <q k=partial c=- m=1 s="Hugo Tessier" t=person>on nous ment</q> » : <m n=1>Hugo Tessier</m> est las.
""",
    "participle-that-shares-the-auxiliary": """
<m n=1>La maire</m> <cue n=1>a rappelé</cue> que <cl c=1 m=1 s="maire" t=person>le port restait ouvert</cl> et <cue n=2>demandé</cue> aux pêcheurs de
<cl c=2 m=1 s="maire" t=person>patienter</cl>.
""",
    "singular-behind-a-plural": """
<m n=1>Le tribunal</m> <cue n=1>a estimé</cue> que <cl c=1 m=1 s="tribunal" t=organization>les faits étaient établis</cl> et a condamné l'homme.
""",
    "whose-circle": """
La maire, dont <m n=1>l'entourage</m> <cue n=1>assure</cue> qu'<cl c=1 m=1 s="entourage" t=group>elle restera</cl>, a quitté la salle.
""",
    "apposition-behind-a-civility": """
<cue n=1>Selon</cue> <m n=1>Mme Tournel</m>, la maire de Brec, <cl c=1 m=1 s="Tournel" t=person>l'école rouvrira lundi</cl>.
""",
    "call-for-something": """
<m n=1>La maire</m> <cue n=1>a appelé</cue> à un « <q k=partial c=1 m=1 s="maire" t=person>nouveau contrat</q> » avec les pêcheurs.
""",
    "agree-to-say": """
<m n=1>Les experts</m> s'accordent à <cue n=1>dire</cue> que <cl c=1 m=1 s="experts" t=group>la digue cédera</cl>.
""",
    "several-behind-an-adjunct": """
« <q k=direct c=1 m=1 s="Agathe Tournel, Hugo Tessier et Jean Carrat" t=group>Il faut agir vite</q> », <cue n=1>ont martelé</cue> tour à tour
<m n=1>Agathe Tournel, Hugo Tessier et Jean Carrat</m>.
""",
    "aside-before-the-subject": """
« <q k=direct c=1 m=1 s="patron du port" t=person>Il faut agir vite</q> », <cue n=1>glisse</cue>, un brin gêné, <m n=1>le patron du port</m>.
""",
    "cries": """
Aux <cue n=1>cris</cue> de « <q k=partial c=1 m=1 s="marins" t=group>maire, démission</q> », <m n=1>les marins</m> ont défilé.
""",
    "slogan": """
<m n=1>Les marins</m> ont défilé sous le <cue n=1>slogan</cue> « <q k=partial c=1 m=1 s="marins" t=group>Rendez-nous le port</q> ».
""",
    "words-taken-up": """
C'est « <q k=partial c=1 m=1 s="Agathe Tournel" t=person>une honte</q> », <cue n=1>pour reprendre les mots d'</cue><m n=1>Agathe Tournel</m>.
""",
}

GROUPS = {
    "incise": INCISES,
    "colon": COLONS,
    "layout": LAYOUT,
    "fragment": FRAGMENTS,
    "according": ACCORDING,
    "claim": CLAIMS,
    "clause": CLAUSES,
    "beside": BESIDE,
    "extent": EXTENT,
    "view": VIEWS,
    "end": ENDS,
    "bound": BOUNDS,
    "press": PRESS,
    "pointer": POINTERS,
    "outlet": OUTLETS,
    "report": REPORTS,
    "rather": RATHER,
    "reach": REACHES,
    "polarity": POLARITY,
    "other": OTHER,
    "characters": CHARACTERS,
    "shape": SHAPES,
}
# What the rules are known not to do.
LIMITS = {
    "incise-shared-by-two-quotes": "an utterance without capital, comma or stop",
    "claim-passive-agent": "an impersonal passive in an incise",
    "other-scare-quotes": "irony that a cue takes",
    "shape-amount-of-people": "an amount of people is of no known kind",
    "shape-thing-before-a-colon": "a noun that no list knows is taken for somebody named before",
}
CASES = [Case(f"{group}-{name}", markup) for group, cases in GROUPS.items() for name, markup in cases.items()]


def _marks(case: Case) -> list[pytest.MarkDecorator]:
    """Known limits may fail."""
    return [pytest.mark.xfail(strict=False, reason=LIMITS[case.id])] if case.id in LIMITS else []


@pytest.fixture(scope="module")
def extractors() -> tuple[Extractor, Extractor]:
    """Extractors that read stored trees: one that names everybody, and the one that users have."""
    parser = StoredParser(TREES.read_text(encoding="utf8"))
    return Extractor(parser=parser, min_confidence=0.0), Extractor(parser=parser)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id, marks=_marks(case)) for case in CASES])
def test_attribution(case: Case, extractors: tuple[Extractor, Extractor]) -> None:
    """Bounds are what nobody says; there the confidence decides, too."""
    parsed = case.parsed
    extraction = extractors[case.id.startswith("bound-")].extract_batch([Article(case.id, parsed.text)])[0]
    assert found_rows(extraction) == expected_rows(parsed)


def test_limits_name_cases() -> None:
    assert set(LIMITS) <= {case.id for case in CASES}


def test_stored_trees_are_trees() -> None:
    """Corrections by hand kept them so: one root that dominates all, forms where the offsets point."""
    for block in TREES.read_text(encoding="utf8").strip().split("\n\n"):
        text = json.loads(block.split("\n", 1)[0].removeprefix("# text = "))
        tree = tree_from_conllu(block)
        assert tree.root
        assert [word.index for word in tree] == list(range(1, len(tree.words) + 1))
        assert all(tree.dominates(tree.root, word) for word in tree), text
        assert all(word.form == text[word.start : word.end] or text[word.start : word.end].lower() in CONTRACTIONS for word in tree), text


def expected_rows(parsed: Parsed) -> list[str]:
    """One line a quote and claim, as the mark-up has it."""
    quotes = [_expected(parsed.text, quote["pieces"], f"{quote['kind']} quote", quote) for quote in parsed.quotes]
    return sorted([*quotes, *(_expected(parsed.text, [claim["span"]], "claim", claim) for claim in parsed.claims)])


def _expected(text: str, pieces: Sequence[Sequence[int]], kind: str, source: MarkedSource) -> str:
    spans = [Span(*piece) for piece in pieces]
    return row(text, spans, kind, _span(source["cue"]), _span(source["mention"]), source["speaker"], source["type"])


def _span(offsets: Sequence[int] | None) -> Span | None:
    return Span(*offsets) if offsets else None


def found_rows(extraction: Extraction) -> list[str]:
    """One line a quote and claim, as extracted."""
    text = extraction.article.text
    results: tuple[Quote | Claim, ...] = (*extraction.quotes, *extraction.claims)
    return sorted(_found(text, result) for result in results)


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
