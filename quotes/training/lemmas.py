"""Training of Stanza's lemmatizer: a dictionary from the treebanks and inflection rules, a small network for the other words."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import torch
from stanza.models import lemmatizer as lemmatizer_cli
from stanza.models.common.doc import Document
from stanza.models.lemma.data import DataLoader
from stanza.models.lemma.trainer import Trainer as LemmaTrainer

from quotes.text.inflect import conjugate
from quotes.training.treebank import Row, Sentence, write_conllu

__all__ = ["infinitives", "lemma_dictionary", "train_lemmatizer"]

Triple = tuple[str, str, str]
Dictionary = Mapping[str, Mapping[str, str]]

SETTINGS = [
    "--shorthand", "fr_quotes", "--cpu", "--seed", "1", "--hidden_dim", "100", "--emb_dim", "40", "--pos_dim", "40", "--dropout", "0.3",
    "--batch_size", "100", "--lr", "0.003", "--decay_epoch", "1000", "--log_step", "1000", "--no_dict",
]  # fmt: skip
# The network learns from words of the open classes.
OPEN = ("ADJ", "ADV", "INTJ", "NOUN", "NUM", "PROPN", "VERB", "X")
# Masculine singular -> feminine singular, the longest ending that fits.
FEMININES = {
    "": "e", "e": "e", "el": "elle", "eil": "eille", "en": "enne", "on": "onne", "er": "ère", "if": "ive", "eux": "euse", "oux": "ouse",
    "et": "ète", "c": "que", "teur": "trice", "eur": "euse", "gu": "guë", "ou": "olle", "eau": "elle",
}  # fmt: skip


def lemma_dictionary(sources: Iterable[Sequence[Sentence]], infinitives: Iterable[str] = ()) -> dict[str, dict[str, str]]:
    """Lemmas by tag and form. Earlier sources win; inflected forms of their lemmas and of `infinitives` fill what they lack."""
    known: dict[str, dict[str, str]] = defaultdict(dict)
    lemmas: Counter[tuple[str, str]] = Counter()
    for sentences in sources:
        counts: Counter[Triple] = Counter()
        for sentence in sentences:
            counts.update((row.form, row.upos, row.lemma) for row in sentence.rows if _usable(row))
        for (form, upos, lemma), count in counts.most_common():
            known[upos].setdefault(form, lemma)
            lemmas[upos, lemma] += count
    verbs = [lemma for (upos, lemma), _ in lemmas.most_common() if upos == "VERB"]
    for lemma in dict.fromkeys([*verbs, *infinitives]):
        for form in _verb_forms(lemma):
            known["VERB"].setdefault(form, lemma)
    for (upos, lemma), _ in lemmas.most_common():
        for form in _declined(lemma, upos):
            known[upos].setdefault(form, lemma)
    return dict(known)


def _usable(row: Row) -> bool:
    """Not an annotation of a compound (`près_de`), of a choice (`le/lui`) or of nothing."""
    return row.upos != "_" and bool(row.lemma) and (row.form == row.lemma or not any(c in row.lemma for c in "_/"))


def _verb_forms(lemma: str) -> frozenset[str]:
    return conjugate(lemma) if lemma.endswith(("er", "ir", "re", "ïr")) and lemma.isalpha() and lemma.islower() else frozenset()


def _declined(lemma: str, upos: str) -> Iterator[str]:
    """Plurals and feminines of a noun or adjective. Forms that do not exist do no harm."""
    if upos not in ("ADJ", "NOUN") or not lemma.islower() or not lemma[-1].isalpha():
        return
    yield _plural(lemma)
    if upos == "ADJ":
        ending = max((end for end in FEMININES if lemma.endswith(end)), key=len)
        feminine = lemma.removesuffix(ending) + FEMININES[ending]
        yield from (feminine, feminine + "s")


def _plural(word: str) -> str:
    if word[-1] in "sxz":
        return word
    if word.endswith(("eau", "eu", "au")):
        return word + "x"
    return word[:-1] + "ux" if word.endswith("al") else word + "s"


def infinitives(words: Collection[str]) -> list[str]:
    """The words that look like infinitives, because most of their other forms are words too."""
    known = set(words)
    return [word for word in words if len(forms := _verb_forms(word)) > 10 and len(forms & known) >= 8]


def train_lemmatizer(
    dictionary: Dictionary,
    dev: Iterable[Sentence],
    out: Path,
    work: Path,
    epochs: int,
    frequent: Collection[str] = (),
    sample: int = 40_000,
) -> None:
    """Train the network on open-class words of `dictionary`, `sample` at most, then store both in `out`.

    The epoch that does best on the words of `dev` outside the dictionary is kept. The network's answers for the
    `frequent` words go into the dictionary, so that it is rarely asked.
    """
    words = [(form, upos, dictionary[upos][form]) for upos in OPEN for form in sorted(dictionary.get(upos, ()))]
    triples = dict.fromkeys((row.form, row.upos, row.lemma) for sentence in dev for row in sentence.rows if _usable(row))
    unknown = [triple for triple in triples if triple[1] in OPEN and triple[0] not in dictionary.get(triple[1], ())]
    train_file, dev_file = work / "lemma-train.conllu", work / "lemma-dev.conllu"
    write_conllu(_sentences(random.Random(1).sample(words, min(sample, len(words)))), train_file)
    write_conllu(_sentences(unknown or words[:100]), dev_file)
    options = ["--train_file", str(train_file), "--eval_file", str(dev_file), "--num_epoch", str(epochs)]
    partial = out.with_suffix(".partial")
    lemmatizer_cli.main([*SETTINGS, *options, "--save_dir", str(out.parent), "--save_name", partial.name])
    _finish(partial, dictionary, frequent)
    partial.replace(out)


def _finish(path: Path, dictionary: Dictionary, frequent: Collection[str]) -> None:
    """Give the trained network its dictionary."""
    trainer = LemmaTrainer(model_file=str(path), device="cpu", args={})
    trainer.pos_dict = {upos: _with_variants(forms, upos) for upos, forms in dictionary.items()}
    trainer.args |= {"batch_size": 1000, "ensemble_dict": True}
    _remember(trainer, frequent)
    trainer.save(str(path))


def _remember(trainer: LemmaTrainer, words: Collection[str]) -> None:
    """Ask the network once for every frequent word under the tags it may have."""
    lower = [word for word in words if word.isalpha() and word.islower() and len(word) > 2]
    names = [word for word in words if word[:1].isupper() and len(word) > 2]
    pairs = [(w, upos) for upos, group in (("NOUN", lower), ("ADJ", lower), ("VERB", lower), ("PROPN", names)) for w in group]
    pairs = [pair for pair, known in zip(pairs, trainer.skip_seq2seq(pairs), strict=True) if not known]
    lemmas = ask(trainer, pairs)
    for (word, upos), lemma in zip(pairs, lemmas, strict=True):
        trainer.pos_dict.setdefault(upos, {})[word] = lemma


def ask(trainer: LemmaTrainer, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Lemmas of `(form, tag)` pairs from the network alone."""
    document = Document([[{"id": (n,), "text": form, "upos": upos} for n, (form, upos) in enumerate(pairs, 1)]])
    loader = DataLoader(document, trainer.args["batch_size"], trainer.args, vocab=trainer.vocab, evaluation=True, expand_unk_vocab=True)
    found: list[str] = []
    edits: list[int] = []
    with torch.no_grad():
        for batch in loader:
            answers, kinds = trainer.predict(batch, 1, loader.vocab)
            found += answers
            edits += kinds
    return list(trainer.postprocess([form for form, _ in pairs], found, edits=edits))


def _sentences(words: Sequence[Triple], length: int = 30) -> Iterator[Sentence]:
    for start in range(0, len(words), length):
        group = enumerate(words[start : start + length])
        yield Sentence(tuple(Row(form, lemma, upos, "_", int(n > 0), "dep" if n else "root") for n, (form, upos, lemma) in group))


def _with_variants(forms: Mapping[str, str], upos: str) -> dict[str, str]:
    """The forms, also in small letters, with a capital and with the other apostrophe."""
    known = dict(forms)
    for form, lemma in forms.items():
        cased = (form,) if upos == "PROPN" else (form, form.lower(), form[:1].upper() + form[1:])
        for variant in cased:
            known.setdefault(variant, lemma)
            known.setdefault(variant.replace("'", "’"), lemma)
    return known
