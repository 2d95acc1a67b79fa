"""Verb forms as the press prints them."""

from __future__ import annotations

import pytest

from quotes.text.inflect import conjugate


@pytest.mark.parametrize(
    ("infinitive", "forms"),
    [
        (
            "annoncer",
            "annonce annoncent annonçait annonçaient annonça annoncèrent annoncera annoncerait annonçant annoncé annoncées annonçons",
        ),
        ("exiger", "exige exigent exigeait exigea exigèrent exigeant exigeons exigé exigera"),
        ("rappeler", "rappelle rappellent rappelait rappela rappellera rappelé rappelant rappelons"),
        ("rejeter", "rejette rejettent rejetait rejeta rejettera rejeté rejetées"),
        ("marteler", "martèle martèlent martelait martela martèlera martelé martelant"),
        ("interpeller", "interpelle interpellent interpellait interpella interpellé"),
        ("espérer", "espère espèrent espérait espéra espérera espèrera espéré"),
        ("suggérer", "suggère suggèrent suggérait suggéra suggérera suggéré"),
        ("alléguer", "allègue allèguent alléguait allégua allégué"),
        ("asséner", "assène assènent assénait asséna asséné"),
        ("célébrer", "célèbre célébrait célébré"),
        ("relever", "relève relèvent relevait releva relèvera relevé"),
        ("enlever", "enlèvera enlèverait"),
        ("essayer", "essaie essaye essaient essayent essayait essaya essaiera essayera essayé"),
        ("appuyer", "appuie appuient appuyait appuya appuiera appuyé"),
        ("renvoyer", "renvoie renvoyait renverra renverrait renvoyé"),
        ("tweeter", "tweete tweetent tweetait tweeta tweetera tweeté"),
        ("nier", "nie nient niait nia niera nié niant"),
        ("créer", "crée créent créait créa créera créé créée"),
        ("avertir", "avertit avertissent avertissait avertirent avertira averti averties avertissant avertisse"),
        ("réjouir", "réjouit réjouissent réjouissait réjouie réjouies réjouis"),
        ("garantir", "garantit garantissent garantissait garanti"),
        ("démentir", "dément démentent démentait démentit démentira démenti démente"),
        ("prévenir", "prévient préviennent prévenait prévint prévinrent préviendra prévenu prévenue prévienne"),
        ("soutenir", "soutient soutiennent soutenait soutint soutiendra soutenu soutenant"),
        ("craindre", "craint craignent craignait craignit craindra craignant craigne craignons"),
        ("enjoindre", "enjoint enjoignent enjoignait enjoignit enjoint"),
        ("écrire", "écrit écrivent écrivait écrivit écrivirent écrira écrirait écrivant écrite écrive"),
        ("prescrire", "prescrit prescrivent prescrivait prescrivit prescrira"),
        ("promettre", "promet promettent promettait promit promirent promettra promis promise promises promette"),
        ("dire", "dit disent disait dirent dira dirait disant dite dites dise dis disons"),
        ("contredire", "contredit contredisent contredisait contredira"),
        ("maudire", "maudit maudissent maudissait maudira"),
        ("faire", "fait font faisait fit firent fera ferait faisant fasse fassent fais faisons"),
        ("répondre", "répond répondent répondait répondit répondra répondu réponde"),
        ("prendre", "prend prennent prenait prit prirent prendra pris prenne prenant"),
        ("apprendre", "apprend apprennent apprit apprendra appris apprenant"),
        ("reconnaître", "reconnaît reconnait reconnaissent reconnaissait reconnut reconnaîtra reconnaitra reconnu reconnaisse"),
        ("conclure", "conclut concluent concluait conclurent conclura conclu concluant"),
        ("exclure", "exclut excluent excluait exclura exclu exclue"),
        ("poursuivre", "poursuit poursuivent poursuivait poursuivit poursuivra poursuivi"),
        ("offrir", "offre offrent offrait offrit offrira offert offerte"),
        ("croire", "croit croient croyait crut crurent croira cru croyant croie"),
        ("requérir", "requiert requièrent requérait requit requerra requis requise"),
        ("sourire", "sourit sourient souriait sourira souriant sourirent"),
        ("redire", "redit redisent redisait redira"),
        ("sous-entendre", "sous-entend sous-entendent sous-entendait sous-entendu"),
        ("battre", "bat battent battait battit battra battu"),
        ("convaincre", "convainc convainquent convainquait convaincra convaincu"),
        ("émouvoir", "émeut émeuvent émouvait émut ému émus"),
    ],
)
def test_forms_are_made(infinitive: str, forms: str) -> None:
    assert set(forms.split()) <= conjugate(infinitive)


@pytest.mark.parametrize(
    ("infinitive", "wrong"),
    [
        ("annoncer", "annoncait annoncant"),
        ("rappeler", "rapèle rappele rappèle"),
        ("marteler", "martelle martele"),
        ("espérer", "espére"),
        ("confesser", "confèsse"),
        ("écrire", "écrirra écrisent"),
        ("reconnaître", "reconné reconnaissu"),
        ("apprendre", "apprendent"),
        ("craindre", "craindent"),
        ("promettre", "promettu"),
        ("avertir", "avertent"),
    ],
)
def test_wrong_forms_are_not_made(infinitive: str, wrong: str) -> None:
    assert not set(wrong.split()) & conjugate(infinitive)


def test_an_unknown_kind_of_word_gives_itself() -> None:
    assert conjugate("dixit") == {"dixit"}


@pytest.mark.parametrize("infinitive", ["dire", "annoncer", "finir", "prévenir", "craindre"])
def test_the_infinitive_is_a_form(infinitive: str) -> None:
    assert infinitive in conjugate(infinitive)
