"""The words that name a cue's source: its subject, agent or complement, as a noun phrase of the tree."""

from __future__ import annotations

import dataclasses

from quotes.attribution.antecedents import antecedent_of
from quotes.attribution.cues import CueHit, is_tonic_subject
from quotes.attribution.general_pronoun import place_of_on
from quotes.attribution.inversion import inverted_subject, named_before
from quotes.attribution.phrases import NOMINAL, Source, can_speak, case_of, is_known, source_at
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class
from quotes.text.lexicon import load_lexicon
from quotes.text.nominals import read_nominal
from quotes.text.vocabulary import load_vocabulary, plain

__all__ = ["source_of"]

RELATIVES = word_class("relative")
# « dont plusieurs élus »
EXAMPLE = word_class("example-relative")
DEFINITE = word_class("definite")
PERCEPTION = word_class("perception")
LEADING = word_class("leading-verb")
TO = word_class("to")
PUBLISHING = word_class("publishing-verb")
BY = word_class("agent-preposition")
CLITICS = word_class("clitic")
GERUND = word_class("gerund-opener")
# « par rapport à », « par téléphone »: no agents.
MEANS = word_class("means")
NEUTRAL = word_class("neutral-pronoun")
TIMES = word_class("time")
REFLEXIVE = word_class("reflexive-clitic")
PERSONAL = word_class("subject-pronoun")
QUE = word_class("complementizer")
ENCLITICS = word_class("enclitic-object")
PLURAL_SUBJECTS = word_class("subject-or-object")
# How an infinitive hangs on a predicate: « sont nombreux à penser ».
PREDICATED = frozenset(("acl", "csubj", "xcomp", "ccomp", "advcl"))
# What the parser may call a subject.
UNLABELLED = frozenset(("vocative", "dislocated", "expl", "obj", "iobj", "discourse"))
# Relations through which a cue without subject of its own shares that of its governor.
SHARING = frozenset(("xcomp", "conj", "advcl", "parataxis", "ccomp", "obl"))


def source_of(tree: Tree, hit: CueHit, incised: bool = False) -> Source | None:
    """The source of a cue verb. `incised` cues take a nominal that follows as subject whatever its label."""
    if hit.passive:
        agent = _agent(tree, hit.head)
        return source_at(tree, agent, "agent") if agent else None
    if hit.head.upos == "ADJ" and (noun := tree.head(hit.head)) is not None and noun.upos in NOMINAL:
        return source_at(tree, noun, "subject")
    if incised and not hit.head.form.lower().endswith("ant"):
        found = inverted_subject(tree, hit.head, hit.words)
        if found:
            return place_of_on(tree, hit, found)
    found = _subject(tree, hit.head, incised) or named_before(tree, hit) or _shared(tree, hit) or _unlabelled(tree, hit)
    inside = found is not None and found.head.index > hit.head.index and tree.dominates(hit.head, found.head)
    if found is not None and found.rule == "shared-subject" and inside:
        return None  # « À noter que les pays doivent chanter »: a subject of what is said
    return _author(tree, place_of_on(tree, hit, found)) if found else None


def _unlabelled(tree: Tree, hit: CueHit) -> Source | None:
    """« Il a une nouvelle fois promis »: who opens the sentence of a main verb that the parser gave no subject."""
    finite = any(w.feats.get("VerbForm") == "Fin" for w in hit.words) or hit.head.feats.get("Tense") == "Past"
    if hit.head.relation != "root" or not finite or tree.children(hit.head, "nsubj"):
        return None
    first = next((w for w in tree if w.upos != "PUNCT" and w.upos not in ("CCONJ", "ADV")), hit.head)
    head = tree.head(first) if first.upos == "DET" else first
    pronoun = first.form.lower() in PERSONAL and first.index < hit.head.index
    named = head is not None and head.index < hit.words[0].index and head.relation in UNLABELLED and head.upos in NOMINAL
    if pronoun:
        return Source(first, (first,), "subject")
    return source_at(tree, head, "subject") if named and head is not None and can_speak(head) else None


def _agent(tree: Tree, verb: Word) -> Word | None:
    """Who a passive verb is done by, also behind what it calls something: « qualifié d'irréaliste par le syndicat »."""
    own = (o for o in tree.children(verb, "obl") if (o.deprel == "obl:agent" or case_of(tree, o) in BY) and o.form.lower() not in MEANS)
    own_words = tree.subtree(verb, lambda child: child.relation not in ("ccomp", "csubj", "advcl"))
    below = (w for w in own_words if w.index > verb.index and w.relation in ("obl", "nmod") and case_of(tree, w) in BY)
    return next(own, None) or next((w for w in below if can_speak(w) and not _is_done_by(tree, w)), None)


def _is_done_by(tree: Tree, agent: Word) -> bool:
    """« soupçonné d'avoir vendu l'arme utilisée par X »: whether a participle on a noun is what somebody did."""
    head = tree.head(agent)
    return head is not None and head.relation == "acl" and head.feats.get("VerbForm") == "Part"


def _author(tree: Tree, found: Source) -> Source:
    """« La CGT publie un rapport qui dénonce »: who publishes a document is its source."""
    verb = tree.head(found.head)
    if found.rule not in ("relative", "participle") or verb is None or verb.lemma not in PUBLISHING or found.head.relation != "obj":
        return found
    if read_nominal(found.head.form, load_vocabulary()).type != "document":
        return found
    publisher = _subject(tree, verb)
    return dataclasses.replace(publisher, rule="author") if publisher is not None and can_speak(publisher.head) else found


def _subject(tree: Tree, verb: Word, incised: bool = False) -> Source | None:
    subjects = [c for c in tree.children(verb, "nsubj") if c.deprel != "nsubj:pass" or incised]
    subjects = subjects or [c for aux in tree.children(verb, "aux") for c in tree.children(aux, "nsubj")] or _reflexive_subject(tree, verb)
    participle = verb.form.lower().endswith("ant")
    if participle and _opens_with_comma(tree, verb):
        return None
    subjects = [c for c in subjects if not _is_object(tree, verb, c)]
    subjects = [c for c in subjects if c.form.lower() not in NEUTRAL and not (participle and c.index > verb.index)]
    if not subjects:
        tonic = next((c for c in tree.children(verb) if is_tonic_subject(tree, c)), None)
        return source_at(tree, tonic, "subject") if tonic else None
    subject = min(subjects, key=lambda c: (c.form.lower() in RELATIVES, c.index > verb.index, abs(c.index - verb.index)))
    if subject.form.lower() in RELATIVES:
        antecedent = antecedent_of(tree, verb)
        return source_at(tree, *antecedent) if antecedent is not None else None
    return source_at(tree, _past_example(tree, _past_opener(tree, subject)), "subject")


def _past_example(tree: Tree, subject: Word) -> Word:
    """« Des élus, dont deux maires, ont dit »: all of them, though the parser took the example for the subject."""
    if any(c.form.lower() in DEFINITE for c in tree.children(subject, "det")):
        return subject  # « la maire, dont l'entourage dit »
    before = [w for w in tree.words[: subject.index - 1] if w.form.lower() in EXAMPLE and tree.head(w) is subject]
    if not before or before[0].index < 3 or tree.word(before[0].index - 1).form != ",":
        return subject
    whole = tree.word(before[0].index - 2)
    while whole.upos != "NOUN" and (head := tree.head(whole)) is not None and head.index < before[0].index:
        whole = head
    return whole if can_speak(whole) else subject


def _is_object(tree: Tree, verb: Word, pronoun: Word) -> bool:
    """« La maire, réélue, nous confiait que »: *nous* before a verb of the third person, which the parser took for its subject."""
    if pronoun.form.startswith("-") and pronoun.form.lower().lstrip("-") in ENCLITICS:
        return True  # « souhaitons-lui de »
    if pronoun.form.lower() not in PLURAL_SUBJECTS:
        return False
    return any(w.feats.get("Person") == "3" for w in (verb, *tree.children(verb, "aux")) if w.feats.get("VerbForm") == "Fin")


def _reflexive_subject(tree: Tree, verb: Word) -> list[Word]:
    """« il s'engage à », « il se vante de »: a subject that the parser took for an expletive, as in « il se dit que »."""
    fillers = tree.children(verb, "expl")
    if tree.children(verb, "ccomp") or not any(c.form.lower() in REFLEXIVE for c in fillers):
        return []
    return [c for c in fillers if c.form.lower() in PERSONAL and c.index < verb.index]


def _past_opener(tree: Tree, subject: Word) -> Word:
    """« Las, des pêcheurs sont partis », « La veille, Orvane a dit »: an exclamation or time that the parser took for the subject."""
    first = subject.index <= 2 and subject.index < len(tree.words)
    apart = first and tree.word(subject.index + 1).form == ","
    # « Samedi des élus ont demandé », without a comma
    opener = (apart and plain(subject.form) in load_vocabulary().openers) or (first and subject.form.lower() in TIMES)
    below = tree.child(subject, "nmod", "appos", "conj", "obl") if opener else None
    return below if below is not None and can_speak(below) else subject


def _opens_with_comma(tree: Tree, participle: Word) -> bool:
    """« …, reconnaissant que »: a participle behind a comma shares its subject, whatever the parser hung on it."""
    first = participle.index
    while first > 1 and tree.word(first - 1).form.lower() in CLITICS:
        first -= 1
    return first > 1 and tree.word(first - 1).form == ","


def _shared(tree: Tree, hit: CueHit) -> Source | None:
    """The subject of the governing verb, for coordinated, participial, gerund and infinitive cues."""
    crowd = _crowd_before(tree, hit)
    if crowd is not None:
        return crowd
    word, written = hit.head, None
    for _ in range(6):
        beside, head = _beside(tree, word, hit.head), tree.head(word)
        if beside is not None or head is None:
            return beside or written
        if word.relation in PREDICATED and (told := _of_predicate(tree, word, head)) is not None:
            return told
        if word.relation == "acl" and not _goes_past(tree, hit, word, head):
            return None if head.form.lower() in NEUTRAL else source_at(tree, _apposed_to(tree, head), "participle")
        if word.relation != "acl":
            if word.relation not in SHARING and not (word.relation == "advmod" and word.upos == "ADP"):
                return written
            found = None if _is_reported_aside(tree, hit, word, head) else _causee(tree, word, head) or _subject_of(tree, hit, word, head)
            if found is not None and can_speak(found.head):
                return found
            # « juge que le rapport ment et dit que … »: rather who speaks further up than what is written here.
            written = written or found
        word = head
    return written


def _is_reported_aside(tree: Tree, hit: CueHit, word: Word, head: Word) -> bool:
    """« a répété que le pays tiendrait, tout en prévenant que … »: a gerund that the parser hung inside what is reported."""
    gerund = hit.head.form.lower().endswith("ant") and word.index == hit.head.index and word.relation == "advcl"
    governor = tree.head(head)
    return gerund and head.relation == "ccomp" and governor is not None and governor.form.lower() in load_lexicon().by_form


def _goes_past(tree: Tree, hit: CueHit, word: Word, head: Word) -> bool:
    """Whether a cue that the parser hung on a noun is not said of it: a gerund, or behind « ce qui se dit, arguant »."""
    gerund = any(c.form.lower() in GERUND for w in (word, hit.head) for c in tree.children(w, "mark", "case"))
    apart = head.form.lower() in NEUTRAL and _opens_with_comma(tree, hit.head)
    return gerund or apart or head.upos not in NOMINAL


def _of_predicate(tree: Tree, word: Word, head: Word) -> Source | None:
    """« Ils sont deux sur dix à penser que », « Léa Roux est la seule à dire que »: the subject of the predicate."""
    infinitive = word.feats.get("VerbForm") == "Inf" and any(c.form.lower() in TO for c in tree.children(word, "mark"))
    return _subject(tree, head) if infinitive and tree.children(head, "cop") else None


def _causee(tree: Tree, word: Word, head: Word) -> Source | None:
    """« on entend la foule crier », « ce chiffre permet à la ministre de dire »: who is seen doing it, or led to it."""
    if word.relation != "xcomp" or head.lemma not in PERCEPTION | LEADING:
        return None
    led = [c for c in tree.children(head, "obl") if case_of(tree, c) in TO and can_speak(c)] if head.lemma in LEADING else []
    causee = tree.child(head, "obj", "iobj") or next(iter(led), None)
    return source_at(tree, causee, "causee") if causee is not None else None


def _apposed_to(tree: Tree, noun: Word) -> Word:
    """« Léa Roux, membre du collectif, jugeant que … »: the name that a title stands beside."""
    name = tree.head(noun)
    return name if noun.relation == "appos" and name is not None and name.upos == "PROPN" and name.index < noun.index else noun


def _crowd_before(tree: Tree, hit: CueHit) -> Source | None:
    """« pris à partie par une foule hurlant »: people right before a participle, whatever the parser hung it on."""
    before = tree.word(hit.words[0].index - 1) if hit.words[0].index > 1 and hit.head.form.lower().endswith("ant") else None
    people = before is not None and before.upos == "NOUN" and read_nominal(before.form, load_vocabulary()).type == "group"
    return source_at(tree, before, "participle") if before is not None and people else None


def _subject_of(tree: Tree, hit: CueHit, word: Word, head: Word) -> Source | None:
    """The subject of the verb `head`, also of a passive one, that a cue under its dependent `word` shares."""
    found = _subject(tree, head)
    if found and is_known(found.head) and _can_share(tree, hit, word, head, found.head):
        return dataclasses.replace(found, rule="shared-subject")
    passive = next((c for c in tree.children(head, "nsubj") if c.deprel == "nsubj:pass"), None)
    can_share = passive is not None and _can_share(tree, hit, word, head, passive)
    return source_at(tree, passive, "shared-subject") if passive is not None and can_share else None


def _can_share(tree: Tree, hit: CueHit, word: Word, head: Word, subject: Word) -> bool:
    """Whether a coordinated cue goes with this subject, not with that of the verb above: « rappelle que les loups ont fui et exige »."""
    if word.relation != "conj":
        return True
    if hit.head.feats.get("VerbForm") == "Inf" and head.feats.get("VerbForm") != "Inf" and word.index == hit.head.index:
        return not any(c.form.lower() in QUE for c in tree.children(head, "mark"))
    finite = next((w for w in (hit.head, *hit.words, word) if w.feats.get("VerbForm") == "Fin"), None)
    if finite is None:
        bare = hit.head.feats.get("VerbForm") == "Part" and not any(w.upos == "AUX" for w in hit.words)
        return not bare or bool(tree.children(head, "aux"))
    plural = subject.feats.get("Number") == "Plur" or bool(tree.children(subject, "conj"))
    if finite.feats.get("Number") == "Sing" and plural:
        return False
    governor = tree.head(head)
    reported = governor is not None and head.relation == "ccomp" and governor.form.lower() in load_lexicon().by_form
    return not reported or any(c.form.lower() in QUE for c in tree.children(word, "mark"))


def _beside(tree: Tree, word: Word, cue: Word) -> Source | None:
    """« …, a répliqué X, rappelant que … », « … avant de rappeler que »: the subject of the incise before a participle or infinitive."""
    if not cue.form.lower().endswith("ant") and cue.feats.get("VerbForm") != "Inf":
        return None
    for incise in reversed(tree.children(word, "parataxis", "ccomp", "conj")):
        finite = any(w.feats.get("VerbForm") == "Fin" for w in (incise, *tree.children(incise, "aux")))
        if incise.index < cue.index and finite:
            subject = inverted_subject(tree, incise, (incise,))
            if subject is not None and can_speak(subject.head):
                return dataclasses.replace(place_of_on(tree, CueHit(incise, (incise,), ()), subject), rule="shared-subject")
    return None
