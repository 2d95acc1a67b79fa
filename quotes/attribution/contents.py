"""What a reported clause says: its words, without its link, the journalist's comments and what follows it."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.attribution.clauses import find_clauses, is_finite, is_infinitive, opening_words
from quotes.attribution.cues import CueHit
from quotes.attribution.phrases import Source
from quotes.attribution.reading import Reading
from quotes.attribution.reports import QUE, SI, Report, carried_by, first_word, trimmed
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class
from quotes.text.lexicon import load_lexicon

__all__ = ["before_break", "before_carried", "clause_reports", "own_clauses"]

AND = word_class("coordinator")
AS = word_class("comparison")
REASON = word_class("reason")
# What a journalist calls what was said.
VERDICTS = word_class("verdict-noun")
# « a beau dire que »
GERUND = word_class("gerund-opener")
IN_VAIN = word_class("in-vain")
CONTRAST = word_class("contrast")
BEFORE_INFINITIVE = word_class("negation") | word_class("clitic")
ADDRESSING = word_class("addressing")
NEXT = word_class("sequence")
QUESTION = word_class("interrogative")
LINKS = QUE | SI | word_class("infinitive-link")
PARTICIPLE_OPENER = word_class("participle-opener") | {","}
# A participle among so many first words opens its sentence.
OPENING = 6


def clause_reports(reading: Reading, hit: CueHit, source: Source, clauses: list[tuple[Word, str]]) -> Iterator[Report]:
    """One claim a cue: coordinated clauses run together."""
    tree = reading.tree
    words: list[Word] = []
    for child, _ in clauses:
        words.extend(_clause_words(reading, child, hit))
    words = before_carried(reading, _before_agent(source, words))
    words.extend(_condition_after(reading, hit, words))
    if clauses[0][1] == "que":
        words.extend(_utterance_after(reading, words))
    words = _before_verdict(_before_main(tree, hit, words))
    if words:
        span = trimmed(reading, words)
        if span:
            yield Report(span, reading.span_of(hit.words), source, f"{clauses[0][1]}-{source.rule}")


def own_clauses(reading: Reading, hit: CueHit) -> list[list[Word]]:
    """The words of each que-clause of a cue."""
    return [_clause_words(reading, child, hit) for child, rule in find_clauses(reading, hit) if rule == "que"]


def _before_agent(source: Source, words: list[Word]) -> list[Word]:
    """« sont invités à partir par la mairie »: reported words without the agent behind them and what follows it."""
    inside = source.rule == "agent" and any(w.index == source.head.index for w in words)
    return [w for w in words if w.index < source.words[0].index - 1] if inside else words


def before_carried(reading: Reading, words: list[Word]) -> list[Word]:
    """« … que le pont est sûr, ce que conteste la maire »: reported words without somebody else's word on them."""
    first = min((w.index for w in words), default=0)
    stops = (place for h in reading.verbs if h.head.index > first and (place := carried_by(reading.tree, h)) > first)
    stop = min(stops, default=len(reading.tree.words) + 1)
    return [w for w in words if w.index < stop]


def _before_main(tree: Tree, hit: CueHit, words: list[Word]) -> list[Word]:
    """« Affirmant que le pont est sûr, il a refusé », « a beau dire que …, … »: a clause ends where the main clause begins."""
    conceded = any(w.form.lower() in IN_VAIN for w in tree.words[max(0, hit.head.index - OPENING) : hit.head.index - 1])
    if not conceded and (hit.head.feats.get("VerbForm") != "Part" or hit.head.index > OPENING):
        return words
    ordered = sorted(words, key=lambda w: w.index)
    for place, word in enumerate(ordered[:-1]):
        following = ordered[place + 1]
        head = tree.head(following) if following.upos == "DET" else following
        verb = tree.head(head) if head is not None and head.relation == "nsubj" else None
        told = any(w.feats.get("VerbForm") == "Fin" for w in ordered[:place])
        anew = verb is not None and is_finite(tree, verb) and not any(m.index > word.index for m in tree.children(verb, "mark"))
        if word.form == "," and told and anew:
            return ordered[:place]
    return words


def _before_verdict(words: list[Word]) -> list[Word]:
    """« … que le pont est sûr, une promesse difficile à tenir »: reported words without the journalist's word on them."""
    ordered = sorted(words, key=lambda w: w.index)
    for place, word in enumerate(ordered[:-2]):
        if word.form == "," and ordered[place + 1].upos == "DET" and ordered[place + 2].form.lower() in VERDICTS:
            return ordered[:place]
    return words


def _condition_after(reading: Reading, hit: CueHit, words: list[Word]) -> list[Word]:
    """« … si les arriérés sont payés »: a condition, reason or time right behind the clause belongs to it, wherever it was hung."""
    tree, last = reading.tree, max((w.index for w in words), default=0)
    for child in tree.children(hit.head, "advcl", "advmod", "obl"):
        if _is_opposed_report(reading, child):
            continue
        inside = tree.subtree(child)
        opening = first_word(inside, child)
        gap = opening.index - last - 1
        reason = opening.form.lower() in REASON and gap < 2
        circumstance = (
            child.relation in ("advcl", "obl") and opening.form.lower() not in ADDRESSING and not child.form.lower().endswith("ant")
        )
        clause = child.relation == "advcl" and opening.form.lower() not in NEXT and gap < 2
        if last and gap >= 0 and (reason or (circumstance and (clause or gap == 0))):
            return list(inside)
    return []


def _starts_anew(tree: Tree, verb: Word) -> bool:
    """« dit que le pont ferme, et a promis une aide »: a verb without subject behind comma and conjunction goes with the cue."""
    link = next((c for c in tree.children(verb, "cc") if c.index > 1), None)
    return (
        link is not None and link.form.lower() in AND and tree.word(link.index - 1).form == "," and not tree.children(verb, "nsubj", "expl")
    )


def _utterance_after(reading: Reading, words: list[Word]) -> list[Word]:
    """« explique qu'au-delà de la grue, « le port est vieux » »: the quotation that an adjunct behind *que* opens."""
    tree = reading.tree
    last = max((w.index for w in words if w.upos != "PUNCT"), default=len(tree.words))
    if any(w.feats.get("VerbForm") == "Fin" for w in words) or last + 1 >= len(tree.words):
        return []
    following = tree.word(last + 2 if tree.word(last + 1).form == "," else last + 1)
    masked = next((place for _, place in reading.frame.masked if place.start == following.start), None)
    return [w for w in tree if masked is not None and last < w.index and w.end <= masked.end]


def _disagrees(tree: Tree, verb: Word) -> bool:
    """« regrette que la loi cède et plaide », « juge que les faits sont clairs et a condamné X »: a verb whose subject is the source."""
    above = tree.head(verb)
    own, others = _finite(tree, verb), _finite(tree, above) if above is not None else None
    if own is None or others is None or tree.children(verb, "nsubj", "expl"):
        return False
    mood = others.feats.get("Mood") == "Sub" and own.feats.get("Mood") == "Ind"
    return mood or (others.feats.get("Number") == "Plur" and own.feats.get("Number") == "Sing")


def _finite(tree: Tree, verb: Word) -> Word | None:
    return next((w for w in (*tree.children(verb, "aux", "cop"), verb) if w.feats.get("VerbForm") == "Fin"), None)


def _goes_with_cue(reading: Reading, participle: Word) -> bool:
    """« a rappelé que le port restait ouvert et demandé aux élus de voter »: a participle of saying that shares the cue's auxiliary."""
    above = reading.tree.head(participle)
    cue = reading.tree.head(above) if above is not None and above.relation == "ccomp" else None
    shares = cue is not None and any(c.deprel == "aux" for c in reading.tree.children(cue, "aux"))
    own = [h for h in reading.verbs if h.head.index == participle.index and len(h.words) == 1]
    return shares and any(find_clauses(reading, h) for h in own)


def _clause_words(reading: Reading, child: Word, hit: CueHit) -> list[Word]:
    tree = reading.tree
    cue = {w.index for w in hit.words}

    def keep(word: Word) -> bool:
        if _is_comment(reading, word, child):
            return False
        if word.index in cue or (word.index < min(cue) and child.index > max(cue)):
            return False
        governor = tree.head(word)
        link = governor is not None and governor.index == child.index and word.index < child.index and word.relation in ("mark", "case")
        return not link

    words = list(tree.subtree(child, keep))
    link = _link(tree, child, hit)
    own = [w for w in words if link is None or w.index > link.index]
    between = tree.words[link.index : own[0].index - 1] if link and own else ()  # « que *dans la cale* « … » »
    words = [*between, *own] if link else [*_left_behind(tree, hit, words[0].index), *words]
    return _before_own_deed(reading, _before_next_report(reading, before_break(words)))


def _link(tree: Tree, child: Word, hit: CueHit) -> Word | None:
    """The *que*, *si*, *de* or *à* behind which a clause begins."""
    linkers = [w for w in opening_words(tree, child) if w.form.lower() in LINKS and w.index > hit.head.index]
    return next((w for w in linkers if w.form.lower() in QUE), linkers[0] if linkers else None)


def _left_behind(tree: Tree, hit: CueHit, first: int) -> list[Word]:
    """« dit *n'en rien* savoir », « raconte *comment elle* a fui »: what begins a clause, though the parser hung it on the cue."""
    if first > hit.words[-1].index + 1 and tree.word(hit.words[-1].index + 1).form.lower() in QUESTION:
        return list(tree.words[hit.words[-1].index : first - 1])
    start = first
    while start - 1 > hit.words[-1].index and tree.word(start - 1).form.lower() in BEFORE_INFINITIVE:
        start -= 1
    return list(tree.words[start - 1 : first - 1])


def before_break(words: list[Word]) -> list[Word]:
    """Reported words up to a semicolon, unless *que* takes them up again behind it."""
    for place, word in enumerate(words[:-1]):
        if word.form == ";" and words[place + 1].form.lower() not in QUE:
            return words[:place]
    return words


def _before_next_report(reading: Reading, words: list[Word]) -> list[Word]:
    """« nie avoir signé : elle assure que … »: reported words up to a colon behind which somebody is said to say more."""
    for place, word in enumerate(words):
        opening = {w.index for w in words[place + 1 : place + 1 + OPENING]}
        if word.form == ":" and any(_reports_anew(reading, h) for h in reading.verbs if h.head.index in opening):
            return words[:place]
    return words


def _before_own_deed(reading: Reading, words: list[Word]) -> list[Word]:
    """« estime que le pont est « fini » en s'en prenant à X »: reported words up to a gerund behind a mark, a deed of the source."""
    for place, word in enumerate(words[1:], 1):
        leaves = words[place - 1].index in reading.quoted and word.index not in reading.quoted
        gerund = next((w for w in words[place + 1 : place + 4] if w.upos in ("VERB", "AUX")), None)
        told = any(w.feats.get("VerbForm") == "Fin" for w in words[:place])
        if told and leaves and word.form.lower() in GERUND and gerund is not None and gerund.form.lower().endswith("ant"):
            return words[:place]
    return words


def _reports_anew(reading: Reading, hit: CueHit) -> bool:
    return bool(reading.tree.children(hit.head, "nsubj")) and bool(find_clauses(reading, hit))


def _is_opposed_report(reading: Reading, verb: Word) -> bool:
    """« …, alors que la mairie avait qualifié le pont de sûr »: what somebody else says, set against the clause."""
    tree = reading.tree
    inside = tree.subtree(verb)
    first = first_word(inside, verb)
    opposed = first.form.lower() in CONTRAST and first.index > 1 and tree.word(first.index - 1).form == ","
    return opposed and bool(tree.children(verb, "nsubj")) and any(h.head in inside for h in reading.verbs)


def _says(reading: Reading, participle: Word) -> bool:
    """« …, ajoutant que », « … en dénonçant une « mascarade » », not « … tout en affichant des drapeaux »."""
    if participle.form.lower() not in load_lexicon().by_form or reading.tree.word(participle.index - 1).form == ",":
        return participle.form.lower() in load_lexicon().by_form
    own = [h for h in reading.verbs if h.head.index == participle.index]
    told = any(h.cues[0].rest or find_clauses(reading, h) for h in own)  # « tout en mettant en avant »
    return told or any(w.index in reading.quoted or w.form == ":" for w in reading.tree.words[participle.index :])


def _is_comment(reading: Reading, word: Word, clause: Word) -> bool:
    """A further act of saying or doing behind the clause: « …, ajoutant que », « … et promet de », « dit avoir fui et s'en va »."""
    tree = reading.tree
    if word.index < clause.index or (word.upos != "VERB" and not word.form.lower().endswith("ant")):
        return False
    if word.form.lower().endswith("ant") and word.relation in ("advcl", "acl", "conj", "parataxis"):
        apart = bool(tree.children(word, "nsubj"))  # « …, d'autres jugeant que … »
        return (apart or tree.word(word.index - 1).form in PARTICIPLE_OPENER) and _says(reading, word)
    if word.relation == "advcl" and any(c.form.lower() in AS for c in tree.children(word, "mark")):
        return word.form.lower() in load_lexicon().by_form  # « …, comme il l'a dit à la radio »
    if _is_opposed_report(reading, word):
        return True
    linked = any(c.form.lower() in QUE for c in tree.children(word, "mark"))
    if word.relation != "conj" or linked:
        return False
    if not is_finite(tree, word):
        return _goes_with_cue(reading, word)
    if is_infinitive(tree, clause) and (word.head == clause.index or tree.children(word, "nsubj")):
        return True
    if _starts_anew(tree, word) or (word.index not in reading.quoted and _disagrees(tree, word)):
        return True
    own = {word.index, *(c.index for c in tree.children(word, "xcomp"))}
    cue = next((h for h in reading.verbs if h.head.index in own), None)
    return cue is not None and (any(c.rest for c in cue.cues) or bool(find_clauses(reading, cue)))
