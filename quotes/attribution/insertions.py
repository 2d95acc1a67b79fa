"""Claims that carry their source as an insertion: incises, « comme le dit X », « je le répète : … »."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.attribution.clauses import find_clauses
from quotes.attribution.contents import before_break, own_clauses
from quotes.attribution.cues import CueHit
from quotes.attribution.phrases import Source, can_speak
from quotes.attribution.reading import Reading
from quotes.attribution.reports import QUE, Report, behind_colon, carried_by, first_word, has_words, states, trimmed, without_linker
from quotes.attribution.sources import source_of
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class
from quotes.text.nominals import read_nominal
from quotes.text.vocabulary import is_medium, load_vocabulary

__all__ = ["announced_report", "ce_que_report", "comme_report", "incise_report", "opens_clause", "relays"]

# Words that open a comment on the saying after an incise: « …, a dit X, dans un communiqué ».
COMMENT = word_class("comment")
ANNOUNCING = word_class("announcing-clitic")
CLITICS = word_class("clitic")
AS = word_class("comparison")
OF = word_class("of")
RELATIVES = word_class("relative")
WHERE = word_class("where")
CARRYING = word_class("carrying-pronoun")
MEDIA = word_class("medium-descriptor")
FINAL = frozenset(".?!…")


def incise_report(reading: Reading, hit: CueHit) -> Iterator[Report]:
    """« Le pont rouvrira, a annoncé le maire. » and « Le pont, assure la maire, rouvrira. »"""
    source = source_of(reading.tree, hit, incised=True)
    if source is None or reading.is_quoted(source):
        return
    tree = reading.tree
    first, last = hit.words[0].index, _incise_end(tree, hit, source)
    before = _since(_last_break(reading, hit), [w for w in tree if w.index < first])
    after = [w for w in tree if w.index > last]
    if not has_words(before) or _introduces_quotation(reading, before) or (not can_speak(source.head) and _lacks_clause(tree, before)):
        return
    # « …, dit-il, où l'on attend » goes on about the place, « …, dit-on à la mairie, où » about who says it.
    place = has_words(after) and first_word(tuple(after), after[0]).form.lower() in WHERE and source.rule == "inverted-clitic"
    another = any(h.head.index > last and "incise" in h.takes and reading.is_incised(h) for h in reading.verbs)
    closing = another or not has_words(after) or not (place or _resumes(tree, after) or _completes(tree, before, after))
    if closing:
        words = before
    elif _is_adjunct(tree, before) or _is_link(before):
        words = after
    else:
        words = before + after
    words = without_linker(behind_colon(words))
    span = trimmed(reading, words)
    if span and states(reading, words):
        yield Report(span, reading.span_of(hit.words), source, f"incise-{source.rule}")


def _last_break(reading: Reading, hit: CueHit) -> int:
    """Index of the last word before the sentence or the part of it that an incise is about: behind a stop, behind another incise."""
    tree, first = reading.tree, hit.words[0].index
    stops = (w.index for w in tree.words[: first - 2] if w.form in FINAL and w.upos == "PUNCT" and w.index not in reading.quoted)
    others = (h for h in reading.verbs if h.head.index < first and "incise" in h.takes and reading.is_incised(h))
    sources = ((h, source_of(tree, h, incised=True)) for h in others)
    ends = (_incise_end(tree, h, source) for h, source in sources if source is not None)
    return max((*stops, *(end for end in ends if end < first)), default=0)


def _lacks_clause(tree: Tree, words: list[Word]) -> bool:
    """« La ligue, qui tient congrès, salue la décision »: whether no verb but that of a relative clause stands in some words."""
    finite = (w for w in words if w.feats.get("VerbForm") == "Fin")
    return all(any(a.deprel == "acl:relcl" for a in (w, *tree.ancestors(w))) for w in finite)


def _since(index: int, words: list[Word]) -> list[Word]:
    return [w for w in words if w.index > index]


def _introduces_quotation(reading: Reading, before: list[Word]) -> bool:
    """« Le ton monte : « … », a dit X »: the incise goes with the quotation behind the colon alone."""
    masked = [place for _, place in reading.frame.masked if place.start <= before[-1].start]
    last = max(masked, key=lambda place: place.start, default=None)
    between = [w for w in before if last is not None and w.start >= last.end and w.upos != "PUNCT"]
    return last is not None and not between and reading.frame.text[: last.start].rstrip().endswith(":")


def _incise_end(tree: Tree, hit: CueHit, source: Source) -> int:
    """Index of the last word of the incise: up to the next comma after cue and source, appositions and tails included."""
    last = max(hit.words[-1].index, source.words[-1].index)
    inside = {w.index for w in tree.subtree(hit.head)}
    while last < len(tree.words):
        word = tree.word(last + 1)
        if word.form in (",", ";", "–", "—", ":") or (word.upos == "PUNCT" and word.form in ".?!…"):
            following = tree.word(last + 2) if last + 2 <= len(tree.words) else None
            if word.form == "," and following is not None and following.index in inside and _in_source(tree, source, last + 2):
                last += 1
                continue
            return last
        last += 1
    return last


def _in_source(tree: Tree, source: Source, index: int) -> bool:
    return tree.dominates(source.head, tree.word(index))


def _resumes(tree: Tree, after: list[Word]) -> bool:
    """Whether what follows an incise goes on with the clause instead of commenting on the saying."""
    if after[0].form == ":":
        return False
    words = [w for w in after if w.upos != "PUNCT"]
    first = words[0]
    if first.upos in ("VERB", "AUX") and (first.feats.get("VerbForm") == "Part" or first.form.lower().endswith("ant")):
        return False
    if first.form.lower() in COMMENT and not (first.upos == "PRON" and first.form.lower() in CLITICS):
        return False
    return first.form.lower() in QUE or any(w.upos in ("VERB", "AUX") for w in words)


def _completes(tree: Tree, before: list[Word], after: list[Word]) -> bool:
    """« Il ne s'agit pas, insiste la préfète, d'une fermeture », « coûtera, dit-elle, deux ans »: what the verb before it needs."""
    inside = [w for w in after if w.upos != "PUNCT"]
    top = next((w for w in inside if not any(w.head == o.index for o in inside)), None)
    verb = next((w for w in before if top is not None and w.index == top.head), None)
    if top is None or verb is None or top.relation not in ("obj", "obl", "xcomp"):
        return False
    return inside[0].form.lower() in OF or (top.relation == "obj" and verb.index == _last_word(before).index)


def _last_word(words: list[Word]) -> Word:
    return next((w for w in reversed(words) if w.upos != "PUNCT"), words[-1])


def _is_link(before: list[Word]) -> bool:
    """« un voyage qui, dit-il, a servi »: behind a relative pronoun its clause alone is what was said."""
    return _last_word(before).form.lower() in RELATIVES


def _is_adjunct(tree: Tree, before: list[Word]) -> bool:
    """A linking word or circumstance before the incise: the clause proper starts behind it."""
    words = [w for w in before if w.upos != "PUNCT"]
    if any(w.upos in ("VERB", "AUX") for w in words):
        return False
    tops = [w for w in words if not any(w.head == o.index for o in words)]
    return all(w.relation in ("advmod", "obl", "cc", "discourse", "mark") for w in tops)


def comme_report(reading: Reading, hit: CueHit) -> Report | None:
    """Comme le souligne X, …"""
    tree = reading.tree
    mark = _comparison(tree, hit)
    if (
        mark is None
        or (mark.index > 1 and tree.word(mark.index - 1).form == "(")
        or tree.children(hit.head, "ccomp", "xcomp")
        or any(find_clauses(reading, h) for h in reading.verbs if h.head.index < mark.index)
    ):
        return None
    source = source_of(tree, hit, incised=True)
    head = tree.head(hit.head)
    if source is None or head is None or relays(reading, hit.words, source):
        return None
    inside = {w.index for w in tree.subtree(hit.head)} | {w.index for w in source.words}
    before = [w for w in tree if w.index < min(inside)]
    after = [w for w in tree if w.index > max(inside)]
    if mark.index <= 2 or opens_clause(tree, mark.index):
        before = []
    elif not (has_words(after) and _goes_on(tree, after)):
        after = []
    words = without_linker(before + after)
    span = trimmed(reading, words) if has_words(words) and states(reading, words) else None
    return Report(span, reading.span_of((mark, *hit.words)), source, "comme") if span else None


def _comparison(tree: Tree, hit: CueHit) -> Word | None:
    """The *comme* of a cue's own clause."""
    return next((c for c in tree.children(hit.head, "mark", "advmod", "case") if c.form.lower() in AS), None)


def relays(reading: Reading, cue: tuple[Word, ...], source: Source) -> bool:
    """« Comme le rapporte Le Figaro, la maire a déclaré que … »: a paper that repeats what the clause gives to somebody else."""
    named = is_medium(" ".join(w.form for w in source.words)) or any(w.upos == "PROPN" and is_medium(w.form) for w in source.words)
    paper = named or read_nominal(source.head.form, load_vocabulary()).head in MEDIA
    return paper and any(find_clauses(reading, h) for h in reading.verbs if h.head not in cue and h.head.relation == "root")


def ce_que_report(reading: Reading, hit: CueHit) -> Report | None:
    """« Le pont ferme, ce que confirme la maire »: *ce que* stands for the clause before the comma."""
    tree = reading.tree
    place = carried_by(tree, hit)
    if not place:
        return None
    before = list(tree.words[: place - 1])
    told = [r for h in reading.verbs if h.head.index < place for r in own_clauses(reading, h)]
    words = [w for w in before if w in told[-1]] if told else without_linker(before)
    source = source_of(tree, hit, incised=True)
    span = trimmed(reading, words) if source is not None and has_words(words) and states(reading, words) else None
    return Report(span, reading.span_of(hit.words), source, "ce-que") if span and source else None


def _goes_on(tree: Tree, after: list[Word]) -> bool:
    """« Le musée n'ouvre plus, comme le veut la maire, le lundi »: whether a clause goes on behind an insertion."""
    closed = after[0].form in (",", "–", "—", "-")
    own = [w for w in after if w.feats.get("VerbForm") == "Fin" and w.index < _next_stop(after)]
    return closed and (not own or not any(tree.children(w, "nsubj", "expl") for w in own))


def _next_stop(after: list[Word]) -> int:
    """Index of the next comma or stop behind the one that closes an insertion."""
    return next((w.index for w in after[1:] if w.form in (",", ";", ".", ":")), after[-1].index + 1)


def announced_report(reading: Reading, hit: CueHit) -> Report | None:
    """« Nous le répétons : … », « Je le répète, … »: *le* stands for the clause that follows; « La maire prévient : … »."""
    tree = reading.tree
    announced = any(w.form.lower() in ANNOUNCING and w.index < hit.head.index for w in hit.words)
    behind = tree.words[hit.words[-1].index :]
    stop = next((w for w in behind if w.upos == "PUNCT" or w.upos in ("VERB", "AUX")), None)
    opens = hit.words[0].index <= 2 and hit.head.feats.get("VerbForm") == "Fin"
    if stop is None or _comparison(tree, hit) is not None or "que" not in hit.takes:
        return None
    bare = stop.form == ":" and not hit.denied and all(w.upos == "ADV" for w in behind if w.index < stop.index)
    if not (bare or (announced and (stop.form == ":" or (stop.form == "," and opens)))):
        return None
    source = source_of(tree, hit)
    words = before_break([w for w in tree if w.index > stop.index])
    span = trimmed(reading, words) if source is not None and has_words(words) and states(reading, words) else None
    kind = "announced" if announced else "colon"
    return Report(span, reading.span_of(hit.words), source, f"{kind}-{source.rule}") if span and source else None


def opens_clause(tree: Tree, first: int) -> bool:
    """« …, et, selon X, … », « une offre qui, selon X, … », « … ; selon X, … »: behind a link and a comma or a stop a clause begins."""
    if first > 1 and tree.word(first - 1).form in (":", ";"):
        return True
    link = tree.word(first - 2) if first > 2 and tree.word(first - 1).form == "," else None
    carried = first > 3 and tree.word(first - 3).form.lower() in CARRYING  # « ce qui, selon X, … »
    return link is not None and (link.upos == "CCONJ" or link.form.lower() in QUE or (link.form.lower() in RELATIVES and not carried))
