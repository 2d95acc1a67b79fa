"""Reporting cues in a tree: verbs, nouns and locutions of the lexicon, with their polarity and mood."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable

from quotes.attribution.phrases import can_speak, case_of
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class
from quotes.text.lexicon import Cue, Lexicon

__all__ = ["CueHit", "find_nouns", "find_verbs", "is_tonic_subject"]

CLITICS = word_class("clitic")
REFLEXIVE = word_class("reflexive-clitic")
NEGATIONS = word_class("negation")
NE = word_class("ne")
TONIC = word_class("tonic-pronoun")
MODALS = word_class("modal")
# Verbs that take things as well as words: with a reflexive pronoun they are another verb (« se trouver »).
LOOSE = word_class("loose-cue")
QUE = word_class("complementizer")
IF_WORDS = word_class("condition")
# Verbs of seeing that give an opinion of what stands behind a preposition or *y*.
VIEWING = word_class("viewing-verb")
VIEWED = word_class("viewing-preposition")
PLACE_CLITIC = word_class("place-clitic")
# The auxiliary of the active perfect; an insertion between commas can part it from its participle: « a, ce lundi, accusé ».
HAVE = "avoir"
CAUSE = "faire"
REFLEXIVE_PAIRS = frozenset(tuple(pair.split()) for pair in word_class("reflexive-pair"))
# « nous » and « vous » are subjects as well as objects.
PLURAL_SUBJECTS = word_class("subject-or-object")
VERBAL = frozenset(("VERB", "AUX"))


@dataclasses.dataclass(frozen=True, slots=True)
class CueHit:
    """A cue found in a tree: its head word, all its words (auxiliaries and adjacent clitics too) and how it is asserted."""

    head: Word
    words: tuple[Word, ...]
    cues: tuple[Cue, ...]
    passive: bool = False
    denied: bool = False
    hearsay: bool = False

    @property
    def takes(self) -> frozenset[str]:
        """All constructions the cue's readings allow."""
        return frozenset().union(*(cue.takes for cue in self.cues))


def find_verbs(tree: Tree, lexicon: Lexicon, quoted: frozenset[int] = frozenset()) -> list[CueHit]:
    """Cue verbs in text order; a locution does not run into a quotation (`quoted` word indexes)."""
    hits = []
    for word in tree:
        cues = _readings(tree, word, lexicon, quoted)
        if cues:
            hits.append(_hit(tree, word, cues))
    return hits


def _readings(tree: Tree, word: Word, lexicon: Lexicon, quoted: frozenset[int]) -> tuple[Cue, ...]:
    lemmas = lexicon.by_form.get(word.form.lower(), frozenset())
    if not lemmas or not _is_verbal(tree, word):
        return ()
    reflexive = _is_reflexive(tree, word)
    if lemmas & VIEWING and not _is_view(tree, word):
        lemmas -= VIEWING
    caused = any(c.deprel == "aux:caus" for c in tree.children(word))
    causing = word.index > 1 and word.feats.get("VerbForm") == "Inf" and tree.word(word.index - 1).lemma == CAUSE
    if (reflexive and caused) or causing:
        return ()  # « s'est fait remarquer », « fait craindre que »: nobody says anything
    found = [
        (cue, lemma == word.lemma)
        for lemma in sorted(lemmas)
        for cue in lexicon.verbs.get(lemma, ())
        if _has_rest(tree, word, cue.rest, quoted) and (cue.reflexive == reflexive or not (cue.reflexive or lemma in LOOSE))
    ]
    # « dit regretter que » is one act, « dit regretter ces morts » reports the regret.
    found = [(cue, same) for cue, same in found if not (cue.rest and _has_object(tree, word, cue.rest))] or found
    longest = _longest_rest(cue for cue, _ in found)
    found = [(cue, same) for cue, same in found if len(cue.rest) == longest]
    if reflexive and any(cue.reflexive for cue, _ in found):
        found = [(cue, same) for cue, same in found if cue.reflexive]
    return tuple(cue for cue, _ in found)


def _longest_rest(cues: Iterable[Cue]) -> int:
    """How many words the longest of some cues has behind its first: « mot d'ordre » before « mot »."""
    return max((len(cue.rest) for cue in cues), default=0)


def _is_view(tree: Tree, verb: Word) -> bool:
    """« y voit », « voit dans ce vote une « victoire » »: an opinion, where « voit une voiture » is none."""
    clitic = any(w.form.lower() in PLACE_CLITIC for w in _before(tree, verb, 3))
    return clitic or any(case_of(tree, c) in VIEWED for c in tree.children(verb, "obl"))


def _is_verbal(tree: Tree, word: Word) -> bool:
    if word.upos in VERBAL:
        return True
    # A verb that the tagger took for a noun or adjective still has a subject clitic or an auxiliary.
    following = tree.word(word.index + 1) if word.index < len(tree.words) else None
    if following is not None and following.form.startswith("-") and following.upos == "PRON":
        return True
    if _stands_in_incise(tree, word) or _is_reflexive_participle(tree, word):
        return True
    if tree.children(word, "aux", "nsubj") and not tree.children(word, "det", "cop", "case"):
        return True
    return word.upos == "ADJ" and word.form.lower().endswith("e") and _lacks_verb(tree, word)


def _is_reflexive_participle(tree: Tree, word: Word) -> bool:
    """« s'étonnant que », which the tagger may take for an adjective."""
    return word.form.lower().endswith("ant") and word.index > 1 and tree.word(word.index - 1).form.lower() in REFLEXIVE


def _stands_in_incise(tree: Tree, word: Word) -> bool:
    """« …, nuance Odile Carrat »: after a comma or mark, without determiner, before a name or noun phrase."""
    if word.upos not in ("NOUN", "ADJ", "PROPN") or tree.children(word, "det", "case") or not 1 < word.index < len(tree.words) - 1:
        return False
    before, after = tree.word(word.index - 1), tree.word(word.index + 1)
    return before.form in (",", "»") and after.upos in ("PROPN", "DET") and word.form.islower()


def _lacks_verb(tree: Tree, word: Word) -> bool:
    """Whether a sentence has no finite verb but, perhaps, this word after a noun."""
    finite = any(w.feats.get("VerbForm") == "Fin" or w.upos == "AUX" for w in tree)
    return not finite and word.index > 1 and tree.word(word.index - 1).upos in ("NOUN", "PROPN")


def _is_reflexive(tree: Tree, word: Word) -> bool:
    """« se », and « nous nous », « je me »: an object pronoun of the subject's own person."""
    before = [w.form.lower() for w in reversed(_before(tree, word, 4))]
    if any(pair in REFLEXIVE_PAIRS for pair in itertools.pairwise(before)):
        return True
    return any(c.form.lower() in REFLEXIVE for c in tree.children(word)) or any(w.form.lower() in REFLEXIVE for w in _before(tree, word, 5))


def _before(tree: Tree, word: Word, most: int) -> list[Word]:
    """Auxiliaries, clitics and adverbs right before a verb."""
    found = []
    for index in range(word.index - 1, max(0, word.index - 1 - most), -1):
        other = tree.word(index)
        if other.upos not in ("AUX", "PRON", "ADV"):
            break
        found.append(other)
    return found


def _has_rest(tree: Tree, word: Word, rest: tuple[str, ...], quoted: frozenset[int] = frozenset()) -> bool:
    """Whether the words of a locution follow, adverbs and clitics allowed between (« font toutefois valoir »)."""
    position = word.index
    for part in rest:
        position = next(
            (i for i in range(position + 1, min(position + 4, len(tree.words) + 1)) if tree.word(i).form.lower() == part),
            0,
        )
        if not position or (position in quoted and word.index not in quoted):
            return False
    return True


def _has_object(tree: Tree, word: Word, rest: tuple[str, ...]) -> bool:
    """Whether a locution ends in an infinitive that has an object and no clause."""
    last = _rest(tree, word, rest)[-1]
    clause = tree.children(last, "ccomp", "xcomp", "advcl")
    if word.index > 1 and tree.word(word.index - 1).form == ",":
        return False  # « …, croit savoir le quotidien »: the subject of an incise
    return last.feats.get("VerbForm") == "Inf" and bool(tree.children(last, "obj")) and not clause


def is_tonic_subject(tree: Tree, word: Word) -> bool:
    """« Lui soutient que … »: a tonic pronoun that opens its clause is a subject, whatever the parser calls it."""
    if word.form.lower() not in TONIC or word.upos != "PRON":
        return False
    opens = word.index == 1 or tree.word(word.index - 1).upos in ("PUNCT", "CCONJ")
    governor = tree.head(word)
    return opens and governor is not None and governor.index > word.index and not tree.children(governor, "nsubj")


def _rest(tree: Tree, word: Word, rest: tuple[str, ...]) -> list[Word]:
    """The further words of a locution that `_has_rest` found."""
    return [w for part in rest for w in tree.words[word.index : word.index + 4] if w.form.lower() == part]


def _hit(tree: Tree, word: Word, cues: tuple[Cue, ...]) -> CueHit:
    rest = _rest(tree, word, cues[0].rest)
    children = [c for part in (word, *rest) for c in tree.children(part)]
    auxiliaries = [c for c in children if c.relation == "aux" and c.index < word.index]
    words = [word, *auxiliaries]
    for index in range(word.index - 1, 0, -1):
        other = tree.word(index)
        clitic = other.form.lower() in CLITICS and other.upos == "PRON" and (other.head == word.index or other.relation == "expl")
        subject = other.relation == "nsubj" and other.form.lower() in PLURAL_SUBJECTS and not _is_inverted(tree, word)
        dative = clitic and _subject_behind(tree, word)
        if not (clitic or other in auxiliaries) or (not dative and (subject or is_tonic_subject(tree, other))):
            break
        words.append(other)
    modal = tree.head(word)
    if modal is not None and word.relation == "xcomp" and modal.form.lower() in MODALS and modal.index < word.index:
        words.extend(tree.words[modal.index - 1 : word.index])
    words.extend(rest)
    # « a fait savoir » may hang on *savoir*: then that is where its subject and its clause are.
    head = next((part for part in rest if part.index == word.head and word.relation == "aux"), word)
    return CueHit(
        head,
        tuple(sorted({w.index: w for w in words}.values(), key=lambda w: w.index)),
        cues,
        passive=any(c.deprel in ("aux:pass", "nsubj:pass") for c in children) or _is_bare_participle(tree, word, auxiliaries),
        denied=_is_denied(tree, head),
        hearsay=any(w.feats.get("Mood") == "Cnd" for w in words),
    )


def _is_bare_participle(tree: Tree, word: Word, auxiliaries: list[Word]) -> bool:
    """A past participle on its own is passive (« le plan présenté lundi », « Orvane sommé d'ouvrir »), not « a vu et dit »."""
    head = tree.head(word)
    auxiliary = {c.deprel for c in tree.children(head)} if word.relation == "conj" and head is not None else set()
    above = tree.head(head) if word.relation == "conj" and head is not None and head.relation == "ccomp" else None
    if above is not None and any(c.deprel == "aux" for c in tree.children(above, "aux")):
        return False  # « a rappelé que le port restait ouvert et demandé aux élus de voter »
    if "aux" in auxiliary and "aux:pass" not in auxiliary:
        return False
    apart = head is not None and head.lemma == HAVE and head.index < word.index - 1
    if apart and head is not None and tree.word(head.index + 1).form == tree.word(word.index - 1).form == ",":
        return False
    past = word.feats.get("VerbForm") == "Part" and word.feats.get("Tense") == "Past"
    headline = word.relation == "root" and bool(tree.children(word, "nsubj"))
    return past and not auxiliaries and (headline or word.relation in ("acl", "amod", "advcl", "conj", "obl"))


def _is_denied(tree: Tree, word: Word) -> bool:
    """Negated, asked or supposed: « n'a pas dit que », « a-t-elle dit que … ? », « s'il disait que »."""
    for verb in (word, *_governing_verbs(tree, word)):
        children = tree.children(verb)
        negated = any(_negates(c, verb) for c in children) and not _restricts(tree, verb, children)
        supposed = any(c.form.lower() in IF_WORDS and c.relation in ("mark", "advmod") and c.index < verb.index for c in children)
        possible = verb.index != word.index and verb.form.lower() in MODALS and verb.feats.get("Mood") == "Cnd"  # « pourrait répondre que »
        if negated or supposed or possible:
            return True
    return _is_inverted(tree, word) and word.relation == "root" and tree.words[-1].form == "?"


def _is_inverted(tree: Tree, word: Word) -> bool:
    """« dit-il », « nous affirme-t-on »: a verb with its subject behind it as a clitic."""
    return any(c.form.startswith("-") and c.upos == "PRON" for c in tree.children(word))


def _subject_behind(tree: Tree, word: Word) -> bool:
    """« …, nous a dit le maire », « …, lui a répondu Léa Roux »: somebody named right behind the verb."""
    after = tree.word(word.index + 1) if word.index < len(tree.words) else word
    head = tree.head(after) if after.upos == "DET" else after
    return head is not None and head.upos in ("NOUN", "PROPN") and head.relation in ("nsubj", "obj") and can_speak(head)


def _restricts(tree: Tree, verb: Word, children: tuple[Word, ...]) -> bool:
    """« ne peut que répéter »: *ne* with *que* right behind the verb denies nothing."""
    following = tree.word(verb.index + 1) if verb.index < len(tree.words) else None
    alone = not any(c.form.lower() in NEGATIONS - NE for c in children)
    return alone and following is not None and following.form.lower() in QUE and following.upos != "SCONJ"


def _negates(word: Word, verb: Word) -> bool:
    """*Ne* before the verb, *pas* and the like also right behind it; « dit n'avoir rien vu » affirms."""
    form = word.form.lower()
    return form in NEGATIONS and (word.index < verb.index or (word.index == verb.index + 1 and form not in NE))


def _governing_verbs(tree: Tree, word: Word) -> list[Word]:
    """Verbs whose negation reaches an infinitive below them: « n'a pas voulu dire que »."""
    found = []
    current: Word | None = word
    while current is not None and current.relation == "xcomp":
        current = tree.head(current)
        if current is not None:
            found.append(current)
    return found


def find_nouns(tree: Tree, lexicon: Lexicon) -> list[CueHit]:
    """Cue nouns in text order: annonce, réponse, mot d'ordre."""
    hits = []
    for word in tree:
        if word.upos != "NOUN":
            continue
        known = [cue for cue in lexicon.nouns.get(word.form.lower(), ()) if _has_rest(tree, word, cue.rest)]
        longest = _longest_rest(known)
        cues = tuple(cue for cue in known if len(cue.rest) == longest)
        if cues:
            hits.append(CueHit(word, (word, *_rest(tree, word, cues[0].rest)), cues))
    return hits
