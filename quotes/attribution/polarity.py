"""Whether reporting is affirmed, denied, asked or supposed, and whether the conditional marks it as hearsay."""

from __future__ import annotations

import regex

from quotes.attribution.cues import CueHit
from quotes.attribution.reading import Reading
from quotes.model import Polarity
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class
from quotes.text.lexicon import load_lexicon

__all__ = ["is_content_hearsay", "is_hearsay", "polarity_of"]

NEGATIONS = word_class("negation")
NE = word_class("ne")
EVEN = word_class("scalar-adverb") | word_class("comparison")
ON = word_class("general-pronoun")
IF_WORDS = word_class("condition")
# « n'a cessé de dire », « n'hésite pas à dire », « ne cache pas que »: all but a denial.
ASSENTING = word_class("assenting-negation")
# « a refusé de dire », « s'est gardé de dire »: nothing was said.
NEGATIVE = word_class("negative-word")
QUE = word_class("complementizer")
REFUSING = word_class("refusing-verb")
POSSIBILITY = word_class("possibility-verb")
# The conditional of these tempers, it is not hearsay: « devrait », « il faudrait ».
TEMPERED = word_class("tempered-verb")
EST_CE_QUE = regex.compile(r"(?i)\best-ce\squ(?:e\b|')")
VERBAL = frozenset(("VERB", "AUX"))


def polarity_of(reading: Reading, hit: CueHit | None, incised: bool = False) -> Polarity:
    """How a cue's reporting is put. A source without verb (« selon X ») affirms, and so does an incise whatever its word order."""
    if hit is None or hit.head.upos == "NOUN":
        return "affirmed"
    tree = reading.tree
    chain = (hit.head, *_governing(tree, hit.head))
    if not any(verb.lemma in ASSENTING for verb in chain) and (_is_negated(tree, chain) or _is_refused(tree, hit, chain)):
        return "denied"
    supposed = _if_word(tree, chain)
    if supposed is not None:
        return _supposed(tree, chain[-1], supposed)
    if not incised and _is_asked(reading, hit):
        return "questioned"
    return "hypothetical" if _is_possible(tree, hit, chain) else "affirmed"


def _governing(tree: Tree, word: Word) -> tuple[Word, ...]:
    """Verbs above an infinitive whose negation reaches it."""
    found: list[Word] = []
    current: Word | None = word
    while current is not None and current.relation in ("xcomp", "aux") and not current.form.lower().endswith("ant"):
        current = tree.head(current)
        if current is not None and current.upos in VERBAL:
            found.append(current)
    return tuple(found)


def _is_negated(tree: Tree, chain: tuple[Word, ...]) -> bool:
    """*Ne* denies with *pas*, *rien* and the like; alone it denies above the cue (« n'ose dire »), not in « plus qu'on ne le croit »."""
    for verb in chain:
        words = [c for c in tree.children(verb) if c.form.lower() in NEGATIONS and _stands_at(c, verb)]
        whole = any(w.form.lower() not in NE for w in words) or any(w.form.lower() in NEGATIVE for w in _around(tree, verb))
        if words and (whole or (verb.index != chain[0].index and not _only(tree, verb))):
            return True
    return False


def _around(tree: Tree, verb: Word) -> list[Word]:
    """Complements of a verb and their determiners: « rien n'indique », « aucun élu n'a dit »."""
    near = tree.children(verb, "nsubj", "obj", "advmod")
    return [*near, *(d for w in near for d in tree.children(w, "det"))]


def _stands_at(word: Word, verb: Word) -> bool:
    return word.index < verb.index or (word.index == verb.index + 1 and word.form.lower() not in NE)


def _only(tree: Tree, verb: Word) -> bool:
    """« ne fait que dire »: *ne … que* restricts and denies nothing."""
    return any(w.form.lower() in QUE for w in tree.words[verb.index : verb.index + 2])


def _is_refused(tree: Tree, hit: CueHit, chain: tuple[Word, ...]) -> bool:
    """« a refusé de dire », « sans dire », « nie avoir dit »."""
    if any(verb.lemma in REFUSING or _denies(verb) for verb in chain[1:]):
        return True
    before = [w for w in tree.words[: hit.head.index - 1] if w.index >= hit.head.index - 4]
    return hit.head.feats.get("VerbForm") == "Inf" and any(w.form.lower() == "sans" and w.head == hit.head.index for w in before)


def _denies(verb: Word) -> bool:
    cues = load_lexicon().verbs.get(verb.lemma, ())
    return any(cue.act == "deny" and "inf" in cue.takes and not cue.rest for cue in cues)


def _if_word(tree: Tree, chain: tuple[Word, ...]) -> Word | None:
    """The *si* over a cue: not that of « même si », nor a « si » that compares."""
    for verb in chain:
        for child in tree.children(verb, "mark", "advmod"):
            even = child.index > 1 and tree.word(child.index - 1).form.lower() in EVEN
            if child.form.lower() in IF_WORDS and child.index < verb.index and not even and child.upos != "PRON":
                return child
    return None


def _supposed(tree: Tree, verb: Word, mark: Word) -> Polarity:
    """« demande si X a dit » asks, « s'il disait » supposes, « si X dit que A, Y dit que B » only contrasts."""
    head = tree.head(verb)
    if verb.relation in ("ccomp", "obj") and head is not None and head.index < mark.index:
        return "questioned"
    below = (verb, *tree.children(verb, "aux", "cop"))
    imperfect = any(w.feats.get("Tense") == "Imp" and w.feats.get("Mood") == "Ind" for w in below)
    main = (head, *tree.children(head, "aux", "cop")) if head is not None else ()
    later = any(w.feats.get("Tense") == "Fut" or w.feats.get("Mood") == "Cnd" for w in main)
    return "hypothetical" if imperfect or later else "affirmed"


def _is_asked(reading: Reading, hit: CueHit) -> bool:
    """« a-t-elle dit que … ? », « est-ce que X dit que … ? »"""
    tree = reading.tree
    if tree.words[-1].form != "?":
        return False
    verbs = (hit.head, *_governing(tree, hit.head))
    clitics = (c for verb in verbs for c in tree.children(verb))
    inverted = any(c.form.startswith("-") and c.upos == "PRON" for c in clitics)
    return (inverted and verbs[-1].relation == "root") or EST_CE_QUE.search(reading.frame.text, 0, hit.head.start) is not None


def _is_possible(tree: Tree, hit: CueHit, chain: tuple[Word, ...]) -> bool:
    """« pourrait dire que », « on dirait que », « s'il était là, il dirait que »."""
    for verb in chain[1:]:
        if verb.lemma in POSSIBILITY and any(w.feats.get("Mood") == "Cnd" for w in (verb, *tree.children(verb, "aux"))):
            return True
    if hit.head.feats.get("Mood") == "Imp" and not tree.children(hit.head, "nsubj", "obj"):
        return True
    if hit.head.feats.get("Mood") != "Cnd":
        return False
    children = tree.children(hit.head)
    generic = any(c.form.lower().lstrip("-").removeprefix("t-") in ON for c in children)
    return generic or any(c.relation == "advcl" and _if_word(tree, (c,)) is not None for c in children)


def is_hearsay(tree: Tree, hit: CueHit | None) -> bool:
    """Whether the reporting is in the hearsay conditional: « aurait déclaré », « assurerait »."""
    if hit is None or hit.head.upos == "NOUN":
        return False
    conditional = [w for w in hit.words if w.feats.get("Mood") == "Cnd" and w.lemma not in POSSIBILITY]
    chain = (hit.head, *_governing(tree, hit.head))
    tempered = any(verb.lemma in TEMPERED for verb in chain)
    later = any(c.form.lower() in QUE for c in tree.children(hit.head, "mark")) and hit.head.feats.get("Mood") == "Cnd"
    return bool(conditional) and not tempered and not later and not _is_possible(tree, hit, chain)


def is_content_hearsay(tree: Tree, hit: CueHit | None, content: tuple[Word, ...], later: bool = False) -> bool:
    """Whether what is reported is in it: « selon X, il aurait fui »; « a dit qu'il viendrait » is only the future of the past.

    `later`: the cue tells what is to come, whatever its tense.
    """
    inside = {w.index for w in content}
    top = next((w for w in content if w.head not in inside and w.upos != "PUNCT" and _verbs_of(tree, w)), None)
    if top is None:
        return False
    verbs = _verbs_of(tree, top)
    conditional = [w for w in verbs if w.feats.get("Mood") == "Cnd" and w.index in inside]
    if not conditional or any(v.lemma in TEMPERED for v in (top, *conditional)) or any(_supposes(w) for w in content):
        return False
    compound = any(w.relation == "aux" and (w.lemma == "avoir" or w.deprel != "aux:pass") for w in conditional)
    return compound or hit is None or not (later or _is_past(tree, hit))


def _verbs_of(tree: Tree, word: Word) -> tuple[Word, ...]:
    return tuple(w for w in (word, *tree.children(word, "aux", "cop")) if w.upos in VERBAL)


def _supposes(word: Word) -> bool:
    """« … s'il avait plu »: the conditional of a condition."""
    return word.form.lower() in IF_WORDS and word.upos == "SCONJ"


def _is_past(tree: Tree, hit: CueHit) -> bool:
    """Whether a cue stands in the past, or has no tense of its own."""
    finite = [w for w in (*hit.words, *_governing(tree, hit.head)) if w.feats.get("VerbForm") == "Fin"]
    if not finite or hit.head.upos == "NOUN":
        return True
    compound = hit.head.feats.get("Tense") == "Past" and hit.head.feats.get("VerbForm") == "Part" and not hit.passive
    return compound or any(w.feats.get("Tense") in ("Past", "Imp") for w in finite)
