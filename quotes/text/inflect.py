"""French verb forms as the press uses them, made from the infinitive alone.

The third persons and the first ones of reporting, the participles and the infinitive: no second persons, no imperfect subjunctive,
no imperative. What a rule here gets wrong is listed form by form in the `forms` column of `patterns/fr/cues.tsv`.
"""

from __future__ import annotations

import dataclasses
import functools

import regex

__all__ = ["conjugate"]


@dataclasses.dataclass(frozen=True, slots=True)
class _Stems:
    """What all forms of a verb outside the first group follow from; `past` is the simple past without -t, -rent."""

    first: str
    third: str
    plural: str
    thirds: str
    future: str
    past: str
    participle: str
    subjunctive: str = ""


# Future and conditional, first and third persons.
FUTURE = ("ai", "a", "ons", "ont", "ais", "ait", "ions", "aient")

# Ending of the infinitive -> its replacements: je, il, nous without -ons, ils, future without -a, simple past without -t, past participle
# and, where it does not follow from « ils », the subjunctive. The longest ending that fits decides, so « connaître » wins over « naître ».
_FAMILIES = {
    ending: _Stems(*fields.split())
    for ending, fields in {
        "battre": "bats bat batt battent battr batti battu",
        "cevoir": "çois çoit cev çoivent cevr çu çu",
        "clure": "clus clut clu cluent clur clu clu",
        "connaître": "connais connaît connaiss connaissent connaîtr connu connu",
        "courir": "cours court cour courent courr couru couru",
        "crire": "cris crit criv crivent crir crivi crit",
        "croire": "crois croit croy croient croir cru cru",
        "cueillir": "cueille cueille cueill cueillent cueiller cueilli cueilli",
        "dire": "dis dit dis disent dir di dit",
        "dormir": "dors dort dorm dorment dormir dormi dormi",
        "dre": "ds d d dent dr di du",
        "faire": "fais fait fais font fer fi fait fasse",
        "frir": "fre fre fr frent frir fri fert",
        "inclure": "inclus inclut inclu incluent inclur inclu inclus",
        "indre": "ins int ign ignent indr igni int",
        "lire": "lis lit lis lisent lir lu lu",
        "maudire": "maudis maudit maudiss maudissent maudir maudi maudit",
        "mentir": "mens ment ment mentent mentir menti menti",
        "mettre": "mets met mett mettent mettr mi mis",
        "mouvoir": "meus meut mouv meuvent mouvr mu mu",
        "naître": "nais naît naiss naissent naîtr naqui né",
        "paraître": "parais paraît paraiss paraissent paraîtr paru paru",
        "partir": "pars part part partent partir parti parti",
        "prendre": "prends prend pren prennent prendr pri pris",
        "quérir": "quiers quiert quér quièrent querr qui quis",
        "repentir": "repens repent repent repentent repentir repenti repenti",
        "rire": "ris rit ri rient rir ri ri",
        "rompre": "romps rompt romp rompent rompr rompi rompu",
        "sentir": "sens sent sent sentent sentir senti senti",
        "servir": "sers sert serv servent servir servi servi",
        "sortir": "sors sort sort sortent sortir sorti sorti",
        "suivre": "suis suit suiv suivent suivr suivi suivi",
        "taire": "tais tait tais taisent tair tu tu",
        "tenir": "tiens tient ten tiennent tiendr tin tenu",
        "uire": "uis uit uis uisent uir uisi uit",
        "vaincre": "vaincs vainc vainqu vainquent vaincr vainqui vaincu",
        "valoir": "vaux vaut val valent vaudr valu valu vaille",
        "venir": "viens vient ven viennent viendr vin venu",
        "vivre": "vis vit viv vivent vivr vécu vécu",
        "voir": "vois voit voy voient verr vi vu",
        "vrir": "vre vre vr vrent vrir vri vert",
    }.items()
}
_LONGEST = max(map(len, _FAMILIES))

# Verbs in -eler and -eter: « appelle » doubles, « martèle » takes the accent, others are printed both ways since 1990.
_DOUBLING = regex.compile(r"(?:app|ép)eler$|jeter$")
_ACCENTED = regex.compile(r"(?:mart|harc|gel|cis|mod|déc|rec|p)eler$|geler$|(?:ach|hal|croch|furet)eter$")
_EITHER = regex.compile(r"(?<!e)e[lt]er$")
_GRAVE = regex.compile(r"(?<!e)(?P<vowel>[eé])(?P<consonants>(?:[bcdfglmnprstvz]|[bcdgptv][rl]|gn|ch|gu|qu)er)$")
_MUTE_Y = regex.compile(r"[aou]yer$")
_SENDING = regex.compile(r"envoyer$")


@functools.lru_cache(maxsize=4096)
def conjugate(infinitive: str) -> frozenset[str]:
    """The forms of a verb that the press reports with, the infinitive included; an infinitive of no known kind gives itself alone."""
    found = {infinitive}
    stems = _irregular(infinitive)
    if stems is not None:
        found |= _forms(stems)
    elif infinitive.endswith("er"):
        found |= _first_group(infinitive)
    elif infinitive.endswith("ir"):
        stem = infinitive[:-2]
        found |= _forms(_Stems(*(stem + e for e in ("is", "it", "iss", "issent", "ir", "i", "i"))))
    return frozenset(found)


def _irregular(infinitive: str) -> _Stems | None:
    for size in range(min(len(infinitive), _LONGEST), 2, -1):
        family = _FAMILIES.get(infinitive[-size:])
        if family:
            head = infinitive[:-size]
            return _Stems(*(head + getattr(family, f.name) if getattr(family, f.name) else "" for f in dataclasses.fields(family)))
    return None


def _forms(stems: _Stems) -> set[str]:
    """The forms of a verb outside the first group."""
    subjunctive = stems.subjunctive or stems.thirds.removesuffix("nt")
    found = {
        *(stems.first, stems.third, stems.plural + "ons", stems.thirds),
        *(stems.plural + ending for ending in ("ait", "aient", "ant")),
        *(stems.past + ending for ending in ("t", "rent")),
        *(stems.future + ending for ending in FUTURE),
        *(subjunctive, subjunctive + "nt"),
        *_agreements(stems.participle),
    }
    # « connaît » is also printed « connait » since 1990.
    return found | {form.replace("aît", "ait") for form in found}


def _agreements(participle: str) -> set[str]:
    """Masculine and feminine, singular and plural: promis, promise, promises."""
    return {participle, participle if participle.endswith("s") else participle + "s", participle + "e", participle + "es"}


def _first_group(infinitive: str) -> set[str]:
    """The forms of a verb in -er, spelling changes of its stem included."""
    stem = infinitive[:-2]
    soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
    forms = {stem + ending for ending in ("èrent", "é", "ée", "és", "ées")}
    forms |= {soft + ending for ending in ("ons", "ait", "aient", "ant", "a")}
    for strong in _strong_stems(infinitive):
        forms |= {strong + "e", strong + "ent"}
    for future in _future_stems(infinitive):
        forms |= {future + ending for ending in FUTURE}
    return forms


def _strong_stems(infinitive: str) -> tuple[str, ...]:
    """The stems before a mute e: rappell-, martèl-, espèr-, pai- and pay-, or the plain one."""
    stem = infinitive[:-2]
    if _DOUBLING.search(infinitive):
        return (stem + stem[-1],)
    accented = _GRAVE.sub(r"è\g<consonants>", infinitive)[:-2]
    if _ACCENTED.search(infinitive):
        return (accented,)
    if _EITHER.search(infinitive):
        return (accented, stem + stem[-1])
    if _MUTE_Y.search(infinitive):
        mute = stem[:-1] + "i"
        return (mute, stem) if infinitive.endswith("ayer") else (mute,)
    return (accented,)


def _future_stems(infinitive: str) -> tuple[str, ...]:
    if _SENDING.search(infinitive):
        return (infinitive.removesuffix("oyer") + "err",)
    strong = tuple(stem + "er" for stem in _strong_stems(infinitive))
    match = _GRAVE.search(infinitive)
    # « espérera » is the older spelling, « espèrera » that of 1990; « mènera » never had another.
    return (infinitive, *strong) if match and match["vowel"] == "é" else strong
