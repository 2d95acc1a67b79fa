"""Clauses under a cue verb: que-clauses, infinitives, indirect questions."""

from __future__ import annotations

from quotes.attribution.cues import CueHit
from quotes.attribution.phrases import can_speak, case_of
from quotes.attribution.reading import Reading
from quotes.attribution.reports import QUE, SI, first_word
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class

__all__ = ["find_clauses", "is_asked_for", "is_finite", "is_infinitive", "opening_words"]

QUESTION = word_class("interrogative")
ADVERBIAL = word_class("adverbial-subordinator")
# « alors même que »
EVEN = word_class("scalar-adverb")
OF = word_class("of")
TO = word_class("to")
CIRCUMSTANCES = word_class("circumstance")
CARRYING = word_class("carrying-pronoun")
# What a complement between a cue and its *que* consists of.
COMPLEMENT = frozenset(("ADP", "DET", "NOUN", "PROPN", "ADJ", "NUM", "ADV"))
DEGREES = word_class("degree")
TIMES = word_class("time")
# « le fait que »
CARRIERS = word_class("fact-noun")
# How far behind its cue, in words, a *que* may stand.
REACH = 12
CLAUSAL = frozenset(("ccomp", "xcomp", "obj", "obl", "advcl", "csubj", "acl", "nmod", "dep", "iobj", "parataxis"))


def find_clauses(reading: Reading, hit: CueHit, owner: Word | None = None) -> list[tuple[Word, str]]:
    """The clauses a cue governs, with the construction each realises; with `owner`, those the parser hung on whose words a noun means."""
    tree = reading.tree
    governors = (owner,) if owner is not None else (w for w in hit.words if w.index >= hit.head.index)
    below = (c for word in governors for c in tree.children(word) if c not in hit.words)
    clauses = [(c, rule) for c in below if (rule := _clause_rule(tree, hit, c))]
    if owner is not None:
        return clauses
    if hit.head.upos == "NOUN":
        return clauses or _right_behind(tree, hit)
    return clauses or _below_object(tree, hit) or _joined(tree, hit) or _misplaced(tree, hit) or _asked(tree, hit)


def _right_behind(tree: Tree, hit: CueHit) -> list[tuple[Word, str]]:
    """« maintiennent leur appel à manifester »: the infinitive right behind a noun, though the parser hung it on the verb."""
    link = tree.word(hit.words[-1].index + 1) if hit.words[-1].index < len(tree.words) else None
    child = tree.head(link) if link is not None and link.relation in ("mark", "case") else None
    if child is None or link is None or child.index < link.index or child.relation not in CLAUSAL or not is_infinitive(tree, child):
        return []
    rule = _infinitive_rule(hit, frozenset((link.form.lower(),)))
    return [(child, rule)] if rule else []


def _infinitive_rule(hit: CueHit, linkers: frozenset[str]) -> str:
    """Which infinitive with a preposition a cue takes, empty when none."""
    if linkers & OF:
        return "de-infinitive" if "de_inf" in hit.takes else ""
    return "à-infinitive" if linkers & TO and "à_inf" in hit.takes else ""


def _joined(tree: Tree, hit: CueHit) -> list[tuple[Word, str]]:
    """« dénonce la lenteur des travaux et que personne ne réponde »: a que-clause joined to the object.

    Not « sait que l'un soutient le maire et que l'autre doute », where it is joined to the *que* over the cue.
    """
    objects = tree.children(hit.head, "obj")
    if "que" not in hit.takes or not objects:
        return []
    heads = objects if _is_under_que(tree, hit.head) else (hit.head, *objects)
    joined = (c for word in heads for c in tree.children(word, "conj") if c.index > word.index)
    return [(c, "que") for c in joined if _is_under_que(tree, c) and is_finite(tree, c)]


def _is_under_que(tree: Tree, verb: Word) -> bool:
    return any(m.form.lower() in QUE for m in tree.children(verb, "mark"))


def is_asked_for(reading: Reading, hit: CueHit) -> bool:
    """« a demandé au syndicat de préciser que »: whether a cue is an infinitive that tells what another cue asks for."""
    finite = any(w.feats.get("VerbForm") == "Fin" for w in hit.words)  # « a fait savoir »
    if finite or hit.head.feats.get("VerbForm") != "Inf" or hit.head.relation not in ("xcomp", "acl", "advcl", "obl"):
        return False
    up = [hit.head.index, *(w.index for w in reading.tree.ancestors(hit.head))][:3]
    asking = (h for h in reading.verbs if h.head.index in up[1:] and h.takes & {"de_inf", "à_inf"})
    return any(rule.endswith("-infinitive") and clause.index in up for h in asking for clause, rule in find_clauses(reading, h))


def _below_object(tree: Tree, hit: CueHit) -> list[tuple[Word, str]]:
    """« accuse l'État d'avoir menti », « met en garde contre le fait que » attached to the object by the parser."""
    found = []
    named = (c for c in tree.children(hit.head, "xcomp") if c.upos in ("NOUN", "PROPN"))
    own = [o for o in tree.children(hit.head, "obj", "iobj", "obl") if case_of(tree, o) not in CIRCUMSTANCES | ADVERBIAL]
    objects = [*own, *named]
    for obj in (*objects, *(c for o in objects for c in tree.children(o, "conj"))):
        below = tree.children(obj, "acl", "xcomp", "ccomp", "nmod")
        further = (c for b in below if b.feats.get("Tense") == "Past" for c in tree.children(b, "advcl", "xcomp"))
        for child in (*below, *further):
            rule = "que" if _opens_with_ce(tree, hit, obj) else _clause_rule(tree, hit, child)
            if rule and (rule != "infinitive"):
                found.append((child, rule))
    return found


def _opens_with_ce(tree: Tree, hit: CueHit, word: Word) -> bool:
    """« demande à ce que le pont rouvre »: *ce* is no object, it only carries the clause."""
    asking = "que" in hit.takes and hit.takes & {"de_inf", "à_inf"}
    following = tree.word(word.index + 1) if word.index < len(tree.words) else word
    return bool(asking) and word.form.lower() in CARRYING and following.form.lower() in QUE and bool(tree.children(word, "case"))


def _misplaced(tree: Tree, hit: CueHit) -> list[tuple[Word, str]]:
    """A que-clause that the parser hung elsewhere: the *que* follows the cue with nothing but an insertion between."""
    link = _que_after(tree, hit) if "que" in hit.takes else None
    if link is None:
        return []
    top = link
    while (head := tree.head(top)) is not None and (head.index > link.index or top.index <= link.index) and head.index != hit.head.index:
        top = head
    inside = top.index > link.index and not any(w.index == top.index for w in hit.words)
    return [(top, "que")] if inside and is_finite(tree, top) else []


def _asked(tree: Tree, hit: CueHit) -> list[tuple[Word, str]]:
    """« raconte comment elle et les siens ont fui »: the verb behind a question word that follows its cue, wherever the parser hung it."""
    last = hit.words[-1].index
    if "si" not in hit.takes or last + 1 >= len(tree.words) or tree.word(last + 1).form.lower() not in QUESTION:
        return []
    if tree.word(last + 2).form.lower() in EVEN:
        return []  # « quand même »
    below = (w for w in tree.words[last + 1 :] if w.relation in ("conj", *CLAUSAL) and is_finite(tree, w) and tree.dominates(hit.head, w))
    verb = next(below, None)
    return [(verb, "indirect-question")] if verb is not None else []


def _que_after(tree: Tree, hit: CueHit) -> Word | None:
    """The *que* behind a cue, with adverbs, a complement or an insertion between: « craint, dit-on, que », « dit à la radio que »."""
    inserted = phrase = bare = False
    for word in tree.words[hit.words[-1].index : hit.words[-1].index + REACH]:
        form = word.form.lower()
        if form in QUE:
            carried = tree.word(word.index - 1).form.lower() in CARRIERS
            conjunction = word.upos != "PRON" and (word.relation == "mark" or carried)
            return word if conjunction and not inserted and not bare else None
        if form == ",":
            inserted = not inserted
        elif form in DEGREES or not (inserted or word.upos in COMPLEMENT or form in ADVERBIAL):
            return None  # « une telle hausse que »
        phrase = phrase or word.upos == "ADP"
        bare = not phrase and (bare or (word.upos == "NOUN" and form not in TIMES | CARRIERS))  # « lit les lettres qu'il reçoit »
    return None


def is_finite(tree: Tree, verb: Word) -> bool:
    return any(w.feats.get("VerbForm") == "Fin" for w in (verb, *tree.children(verb, "aux", "cop")))


def _clause_rule(tree: Tree, hit: CueHit, child: Word) -> str:
    """Which of the cue's constructions a dependent realises, empty when none."""
    copular = child.relation == "advmod" and any(c.feats.get("VerbForm") == "Inf" for c in tree.children(child, "cop"))  # « dit être là »
    if not (child.relation in CLAUSAL or copular) or (child.index < hit.head.index and child.relation != "csubj"):
        return ""
    openers = opening_words(tree, child)
    linkers = frozenset(w.form.lower() for w in openers)
    opening = first_word(tree.subtree(child), child)
    compared = any(w.form.lower() in QUE and w.relation == "case" for w in openers) and not is_finite(tree, child)
    if linkers & QUE and "que" in hit.takes and not compared and (child.deprel != "acl:relcl" or _is_told(tree, child, openers)):
        return "" if _is_adverbial(tree, openers, hit) else "que"
    even = any(w.form.lower() in SI and w.index > 1 and tree.word(w.index - 1).form.lower() in EVEN for w in openers)
    apart = opening.index > 1 and tree.word(opening.index - 1).form == ","  # « à Brec, où le bac attend »
    if "si" in hit.takes and not even and (linkers & SI or (_asks(opening, hit, child) and not apart)) and is_finite(tree, child):
        return "indirect-question"
    if not is_infinitive(tree, child):
        return ""
    if linkers & (OF | TO):
        return _infinitive_rule(hit, linkers)
    first = _first_infinitive(tree, child)
    bare = all(w.upos == "ADV" for w in openers if w.index < first.index) and not linkers & QUESTION
    told = "inf" in hit.takes or ("que" in hit.takes and first.upos == "AUX")
    return "infinitive" if bare and told and (copular or child.relation in ("xcomp", "ccomp", "obj", "advcl", "obl")) else ""


def _is_told(tree: Tree, child: Word, openers: tuple[Word, ...]) -> bool:
    """« prévient sa famille qu'elle arrive »: what somebody is told, though the parser took it for a relative clause."""
    told = tree.head(child)
    conjunction = any(w.form.lower() in QUE and w.upos == "SCONJ" for w in openers)
    return conjunction and told is not None and told.upos == "NOUN" and can_speak(told)


def opening_words(tree: Tree, child: Word) -> tuple[Word, ...]:
    """What links a clause to its cue: its marks, and the small words it begins with, whatever they hang on."""
    marks = {c.index: c for c in tree.children(child, "mark", "case", "advmod", "fixed") if c.index < child.index}
    for word in tree.subtree(child):
        carried = word.form.lower() in QUE and word.index > 1 and tree.word(word.index - 1).form.lower() in CARRYING
        if word.index >= child.index or not (carried or word.upos in ("ADP", "SCONJ", "ADV", "PUNCT")):
            break
        if word.upos != "PUNCT":
            marks[word.index] = word
    # Not the « d' » of « avoir d'abord refusé ».
    first = _first_infinitive(tree, child).index if is_infinitive(tree, child) else child.index
    return tuple(marks[index] for index in sorted(marks) if index < first)


def is_infinitive(tree: Tree, child: Word) -> bool:
    """Whether the first verb of a clause is an infinitive: « reculer », « avoir reculé »."""
    return _first_infinitive(tree, child).feats.get("VerbForm") == "Inf"


def _first_infinitive(tree: Tree, child: Word) -> Word:
    """The infinitive before or at the head of a clause (« *avoir* reculé », « *être* en grève »), the head itself when it has none."""
    verbs = (w for w in tree.subtree(child) if w.index == child.index or (w.upos == "AUX" and w.index < child.index))
    return next((w for w in verbs if w.feats.get("VerbForm") == "Inf"), child)


def _is_adverbial(tree: Tree, openers: tuple[Word, ...], hit: CueHit) -> bool:
    """« alors que », « avant que »: a circumstance, not what was said."""
    mark = next(w for w in openers if w.form.lower() in QUE)
    if mark.index < 2:
        return False
    before = mark.index - 1
    if before > 1 and tree.word(before).form.lower() in EVEN:
        before -= 1
    return tree.word(before).form.lower() in ADVERBIAL and before - 1 != hit.words[-1].index


def _asks(opening: Word, hit: CueHit, child: Word) -> bool:
    return child.relation in ("ccomp", "obj", "advcl") and opening.form.lower() in QUESTION and opening.index > hit.head.index
