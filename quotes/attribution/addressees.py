"""To whom something was said: « a demandé au gouvernement », « lui a répondu », « devant les élus »."""

from __future__ import annotations

from collections.abc import Iterator

from quotes.attribution.channels import Scene, names_outlet, sent_in, unfused
from quotes.attribution.phrases import case_of, noun_phrase
from quotes.syntax.tree import Word
from quotes.text.grammar import word_class
from quotes.text.nominals import read_nominal
from quotes.text.vocabulary import load_vocabulary, plain

__all__ = ["addressee_of"]

ADDRESSING = word_class("addressing")
ADDRESSING_NOUNS = word_class("addressing-noun")
DATIVE = word_class("dative-clitic")
OUTLETS = word_class("outlet-noun")
RELATIVES = word_class("relative")
PRESS = word_class("press-noun")
# What is said of somebody is not said to them.
ABOUT = frozenset(("accuse", "blame", "praise", "feel", "opine", "deny"))
# Acts whose object is who they are addressed to: « exhorte les élus à », « prévient les riverains ».
DIRECTED = frozenset(("request", "order", "warn", "ask", "threaten", "propose", "announce"))
# Mediums that are named by those who listen: « devant les députés ».
PEOPLED = frozenset(("court", "parliament", "police"))
# What may stand between a cue and a name or organisation it is addressed to.
BETWEEN = frozenset(("ADP", "DET", "ADV", "PUNCT"))
TIMES = word_class("time")
HUMAN = frozenset(("person", "group", "organization"))


def addressee_of(scene: Scene, act: str | None) -> tuple[Word, ...] | None:
    """The words that name whom a cue's words were said to; None when nothing does, or an outlet passes them on."""
    if scene.hit is None:
        return None
    for word in _complements(scene, act):
        phrase = unfused(scene.tree, noun_phrase(scene.tree, word))
        if not _outside(scene, phrase) and _is_human(scene, word, phrase):
            return phrase
    return _clitic(scene) if act not in ("accuse", "blame") else None


def _complements(scene: Scene, act: str | None) -> Iterator[Word]:
    """Complements of a cue with *à*, *auprès de*, *devant*, then its object where that is who hears it."""
    assert scene.hit is not None
    tree, hit = scene.tree, scene.hit
    below = [c for word in hit.words for c in tree.children(word, "obl", "iobj", "obj", "nmod") if c not in hit.words]
    for child in below:
        case = case_of(tree, child)
        if child.form.lower() in ADDRESSING_NOUNS:
            yield from tree.children(child, "nmod")
        elif case in ADDRESSING and child.upos in ("NOUN", "PROPN", "PRON") and not (case == "à" and act in ABOUT):
            yield child
    if act in DIRECTED and hit.head.upos != "NOUN":
        yield from (c for c in below if c.relation == "obj" and not case_of(tree, c) and c.upos in ("NOUN", "PROPN"))
    yield from (c for noun in sent_in(scene) for c in tree.children(noun, "nmod") if case_of(tree, c) == "à")


def _outside(scene: Scene, phrase: tuple[Word, ...]) -> bool:
    """Whether a phrase is part of what was said, of the source or of a quotation."""
    taken = scene.content | scene.anchor | scene.reading.quoted
    return any(w.index in taken for w in phrase)


def _is_human(scene: Scene, word: Word, phrase: tuple[Word, ...]) -> bool:
    assert scene.hit is not None
    if names_outlet(scene, phrase) or word.form.lower() in OUTLETS:
        return False
    if word.upos == "PRON":
        return word.form.lower() not in RELATIVES
    vocabulary = load_vocabulary()
    if word.form.lower() in PRESS:
        return True
    if any(word in s.words and s.channel.medium not in PEOPLED for s in scene.seen):
        return False
    if word.upos == "PROPN":
        return word.form[:1].isupper() and plain(word.form) not in vocabulary.places and _is_named(scene, phrase)
    type_ = read_nominal(word.form, vocabulary).type
    # « À l'Assemblée nationale, X a dit », « a dit lors d'une réunion au Parlement » tell where.
    return type_ in HUMAN and (type_ != "organization" or word.relation == "obj" or _is_next(scene, phrase))


def _is_named(scene: Scene, phrase: tuple[Word, ...]) -> bool:
    """Whether a name is somebody's and no place: it has a given name, or stands right behind cue or source."""
    return plain(phrase[0].form) in load_vocabulary().given_names or _is_next(scene, phrase)


def _is_next(scene: Scene, phrase: tuple[Word, ...]) -> bool:
    """Whether a phrase stands right behind cue or source, but for an adverb or a day."""
    assert scene.hit is not None
    first = phrase[0].index
    before = (scene.tree.word(i) for i in range(first - 1, 0, -1))
    word = next((w for w in before if w.upos not in BETWEEN and w.form.lower() not in TIMES), None)
    return word is not None and first > scene.hit.head.index and word.index in scene.anchor


def _clitic(scene: Scene) -> tuple[Word, ...] | None:
    """« lui a répondu », « nous a confié »."""
    assert scene.hit is not None
    source = {w.index for w in scene.source}
    verb = min((w.index for w in scene.hit.words if w.upos in ("AUX", "VERB")), default=0)
    for word in scene.hit.words:
        if word.upos == "PRON" and word.form.lower() in DATIVE and word.index < verb and word.index not in source:
            return (word,)
    return None
