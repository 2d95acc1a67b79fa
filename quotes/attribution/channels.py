"""By what way words came: the medium they were said in, and who passed them on."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator

from quotes.attribution.cues import CueHit
from quotes.attribution.phrases import case_of, noun_phrase
from quotes.attribution.reading import Reading
from quotes.syntax.tree import Tree, Word
from quotes.text.grammar import word_class
from quotes.text.mediums import WRITTEN, Channel, load_channels
from quotes.text.vocabulary import load_vocabulary, plain

__all__ = ["Scene", "names_outlet", "noun_after_by", "scene_medium", "sent_in", "told_to", "unfused"]

CARRIERS = word_class("carrier-noun")
CITING = word_class("citing-participle")
RELAYING = word_class("relaying-verb")
OF = word_class("of")
# So many words may stand between a preposition and what it leads to: « dans un long et rare entretien ».
BEFORE = 6
# How far from its cue, in words, a phrase can tell the medium.
REACH = 25
SKIPPED = frozenset(("DET", "ADJ", "NUM", "ADV", "PROPN"))
BREAKS = frozenset((":", ";"))
# A general kind of outlet tells less than the occasion: « dans un entretien au Monde » is an interview.
SENT = frozenset(("letter", "message"))
OUTLET_NOUNS = word_class("outlet-noun")
BY = word_class("agent-preposition")
OUTLET_PREPOSITIONS = word_class("outlet-preposition") - word_class("ambiguous-outlet-preposition")
GENERIC = Channel((), "newspaper", frozenset(), outlet=True)
GENERAL = frozenset(("agency", "broadcast", "newspaper", "website"))


@dataclasses.dataclass(frozen=True)
class Scene:
    """An act of speech in its sentence: its cue, the words of cue and source, and those of what was said."""

    reading: Reading
    hit: CueHit | None
    source: tuple[Word, ...]
    content: frozenset[int]

    @property
    def tree(self) -> Tree:
        return self.reading.tree

    @functools.cached_property
    def seen(self) -> tuple[Sighting, ...]:
        """The phrases of mediums.tsv in the sentence."""
        return tuple(_sightings(self.tree))

    @functools.cached_property
    def anchor(self) -> frozenset[int]:
        """Indexes of the words of cue and source."""
        return frozenset(w.index for w in (*(self.hit.words if self.hit else ()), *self.source))


@dataclasses.dataclass(frozen=True, slots=True)
class Sighting:
    """A phrase of mediums.tsv in a sentence."""

    channel: Channel
    words: tuple[Word, ...]

    @property
    def head(self) -> Word:
        """The word that the others of the phrase depend on."""
        inside = {w.index for w in self.words}
        return next(w for w in self.words if w.head not in inside)


def _sightings(tree: Tree) -> list[Sighting]:
    """All phrases of a sentence, the longest at every place."""
    found, end = [], 0
    for word in tree:
        if word.index < end:
            continue
        for channel in _starting(tree, word):
            words = tree.words[word.index - 1 : word.index - 1 + len(channel.words)]
            if channel.matches([w.form for w in words]) and not _is_name(channel, words) and not _is_noun(tree, channel, words):
                found.append(Sighting(channel, words))
                end = words[-1].index + 1
                break
    return found


def _starting(tree: Tree, word: Word) -> tuple[Channel, ...]:
    """The phrases that may begin with a word: by itself, or as an article with the word behind it."""
    form = word.form.lower()
    following = tree.word(word.index + 1).form.lower() if word.index < len(tree.words) else ""
    return (*load_channels().get(f"{form} {following}", ()), *load_channels().get(form, ()))


def _is_name(channel: Channel, words: tuple[Word, ...]) -> bool:
    """Whether a common noun of the list is a name in the sentence: *Manuel*, *Grand Jury*."""
    first = words[0]
    return channel.words[0].islower() and first.form[:1].isupper() and first.index > 1


def _is_noun(tree: Tree, channel: Channel, words: tuple[Word, ...]) -> bool:
    """Whether the name of an outlet is a noun for organisations in the sentence: « l'Union », but « à L'Union », « au Monde »."""
    article, noun = words[0], words[-1]
    if not channel.outlet or len(words) != 2 or plain(noun.form) not in load_vocabulary().organizations:
        return False
    return article.index == 1 or (article.form.islower() and tree.word(article.index - 1).start != article.start)


def scene_medium(scene: Scene) -> str | None:
    """The medium a sentence tells: by its source when that is a document or outlet, by its cue (« a tweeté »), by a phrase near the cue."""
    return _of_source(scene) or _of_cue(scene) or _nearby(scene)


def _of_source(scene: Scene) -> str | None:
    """« Le rapport affirme que »: the phrase that heads the source."""
    heads = [w for w in scene.source if w.upos not in ("DET", "ADJ", "NUM", "ADP", "PUNCT", "ADV")]
    first = next((s for s in scene.seen if heads and heads[0] in s.words and not s.channel.cue), None)
    return first.channel.medium if first is not None and _speaks(first) else None


def _speaks(sighting: Sighting) -> bool:
    """A document or outlet can be a source; a court, an audience or a place is where somebody else speaks."""
    return sighting.channel.outlet or sighting.channel.medium in WRITTEN or sighting.channel.medium in GENERAL


def _of_cue(scene: Scene) -> str | None:
    """« a tweeté », « la lettre de X »."""
    if scene.hit is None:
        return None
    lemmas = (scene.hit.head.lemma, scene.hit.cues[0].lemma if scene.hit.cues else "")
    for lemma in lemmas:
        found = next((c for c in load_channels().get(lemma, ()) if c.cue and c.words == (lemma,)), None)
        if found is not None:
            return found.medium
    noun = next((s for s in scene.seen if scene.hit.head.upos == "NOUN" and scene.hit.head in s.words and not s.channel.cue), None)
    return noun.channel.medium if noun is not None and _speaks(noun) else None


def sent_in(scene: Scene) -> Iterator[Word]:
    """The nouns of letters and messages in which something was said: « dans une lettre au préfet »."""
    yield from (s.head for s in _near(scene) if s.channel.medium in SENT)


def _near(scene: Scene) -> list[Sighting]:
    """The phrases that tell the medium of an act."""
    return [s for s in scene.seen if not s.channel.cue and _belongs(scene, s) and _is_led(scene.tree, s) and not _cites(scene.tree, s)]


def _nearby(scene: Scene) -> str | None:
    """The phrase that tells most: an occasion or document before an outlet, the nearest first."""
    best = min(_near(scene), key=lambda s: (s.channel.outlet or s.channel.medium in GENERAL, _distance(scene, s)), default=None)
    return best.channel.medium if best is not None else None


def told_to(scene: Scene) -> Iterator[tuple[Word, ...]]:
    """The outlets to which or by which something was said, in text order: « a dit X à l'AFP », « au micro de RTL »."""
    found = [s for s in scene.seen if s.channel.outlet and _belongs(scene, s) and _is_led(scene.tree, s)]
    named = [_outlet_phrase(scene.tree, s) for s in found]
    yield from sorted((*named, *_unnamed(scene)), key=lambda words: (words[0].index, -len(words)))


def _unnamed(scene: Scene) -> Iterator[tuple[Word, ...]]:
    """« à la télévision publique », « à l'agence Boréal »: outlets that no list names."""
    other = {w.index for s in scene.seen if s.channel.medium not in GENERAL for w in s.words}
    for word in scene.tree:
        noun = word.form.lower() in OUTLET_NOUNS and word.index not in other
        if not noun or case_of(scene.tree, word) not in OUTLET_PREPOSITIONS:
            continue
        following = scene.tree.words[word.index : word.index + 1]
        agency = word.form.lower() == "agence" and not any(w.upos == "PROPN" for w in following)
        if not agency and _belongs(scene, Sighting(GENERIC, (word,))):
            phrase = noun_phrase(scene.tree, word)
            end = phrase[-1].index
            while end < len(scene.tree.words) and scene.tree.word(end + 1).form[:1].isupper():
                end += 1
            yield scene.tree.words[phrase[0].index - 1 : end]


def names_outlet(scene: Scene, words: tuple[Word, ...]) -> bool:
    """Whether a phrase is or holds the name of an outlet: « l'agence Interfax »."""
    return any(s.channel.outlet and s.words[-1] in words for s in scene.seen)


def _outlet_phrase(tree: Tree, sighting: Sighting) -> tuple[Word, ...]:
    """The name with the noun that says what it is: « l'agence Interfax », « RTL »."""
    first, last = sighting.words[0].index, sighting.words[-1].index
    noun = tree.word(first - 1) if first > 1 else None
    if noun is not None and noun.upos in ("ADJ",) and first > 2:
        noun = tree.word(first - 2)
    if noun is not None and noun.form.lower() in word_class("outlet-noun"):
        first = noun.index
    if first > 1 and tree.word(first - 1).upos == "DET" and sighting.words[0].upos != "DET":
        first -= 1
    while last < len(tree.words) and tree.word(last + 1).upos == "PROPN":
        last += 1
    return unfused(tree, tree.words[first - 1 : last])


def unfused(tree: Tree, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Words without an article that is fused with a preposition before them: « Monde » of « au Monde »."""
    first = words[0]
    if len(words) > 1 and first.index > 1 and tree.word(first.index - 1).start == first.start:
        return words[1:]
    return words


def _belongs(scene: Scene, sighting: Sighting) -> bool:
    """Whether a phrase tells of this act of speech: outside what was said and the source, below the cue or in its clause."""
    indexes = {w.index for w in sighting.words}
    if indexes & scene.content or indexes & scene.anchor:
        return False
    if _distance(scene, sighting) > REACH or _is_elsewhere(scene, sighting):
        return False
    return _below_cue(scene, sighting.head) or _open_way(scene, sighting)


def _is_elsewhere(scene: Scene, sighting: Sighting) -> bool:
    """Whether a participle that describes another noun takes the phrase: « les actes commis pendant le débat »."""
    verb = scene.tree.head(sighting.head)
    if verb is None or verb.upos != "VERB" or verb.relation != "acl" or verb.index in scene.anchor:
        return False
    noun = scene.tree.head(verb)
    return noun is not None and noun.index not in scene.anchor and noun.form.lower() not in load_channels()


def _distance(scene: Scene, sighting: Sighting) -> int:
    """Words between a phrase and the nearest word of cue or source."""
    first, last = sighting.words[0].index, sighting.words[-1].index
    return min((min(abs(first - i), abs(last - i)) for i in scene.anchor), default=REACH + 1)


def _below_cue(scene: Scene, word: Word) -> bool:
    """Whether the first verb above a word is the cue, or a participle on the way to it (« dans un texte publié lundi »)."""
    if scene.hit is None:
        return False
    for above in scene.tree.ancestors(word):
        if any(above.index == w.index for w in scene.hit.words):
            return True
        if above.feats.get("VerbForm") == "Fin" or (above.upos == "VERB" and scene.tree.children(above, "aux", "nsubj")):
            return False
    return False


def _open_way(scene: Scene, sighting: Sighting) -> bool:
    """Whether no finite verb, colon or semicolon stands between a phrase and the cue or source."""
    first, last = sighting.words[0].index, sighting.words[-1].index
    anchor = scene.anchor
    if not anchor:
        return False
    near = min(anchor, key=lambda i: min(abs(first - i), abs(last - i)))
    low, high = (near, first) if near < first else (last, near)
    between = [w for w in scene.tree.words[low : high - 1] if w.index not in anchor]
    return not any(w.feats.get("VerbForm") == "Fin" or w.form in BREAKS for w in between)


def _is_led(tree: Tree, sighting: Sighting) -> bool:
    """Whether a phrase stands behind one of its prepositions, with small words, « compte », « chaîne » or « lors de » between."""
    channel = sighting.channel
    if not channel.before:
        return True
    first = sighting.words[0].index
    for index in range(first - 1, max(0, first - 1 - BEFORE), -1):
        word = tree.word(index)
        form = word.form.lower()
        if form in channel.before:
            return _leads(tree, word, sighting)
        carried = form in CARRIERS or (form in OF and tree.word(index).upos in ("ADP", "DET"))
        if not carried and word.upos not in SKIPPED:
            return False
    return False


def _leads(tree: Tree, preposition: Word, sighting: Sighting) -> bool:
    """« cité par Reuters », not « licencié par France 2 »: *par* before an outlet needs a verb of relaying."""
    if preposition.form.lower() not in BY or not sighting.channel.outlet:
        return True
    before = tree.word(preposition.index - 1) if preposition.index > 1 else None
    return before is not None and before.lemma in RELAYING


def _cites(tree: Tree, sighting: Sighting) -> bool:
    """« cité par Reuters »: Reuters took the words from elsewhere."""
    first = sighting.words[0].index
    return any(w.lemma in CITING for w in tree.words[max(0, first - 4) : first - 1])


def noun_after_by(tree: Tree, participle: Word) -> tuple[Word, ...] | None:
    """The agent of « cité par X »."""
    agent = next((c for c in tree.children(participle, "obl") if c.index > participle.index), None)
    case = tree.child(agent, "case") if agent is not None else None
    return noun_phrase(tree, agent) if agent is not None and case is not None and case.form.lower() in BY else None
