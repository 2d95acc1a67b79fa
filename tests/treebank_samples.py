"""Invented sentences in CoNLL-U and random word vectors, small enough to train on in a test."""

from __future__ import annotations

from pathlib import Path

__all__ = ["CONLLU", "write_treebank", "write_vectors"]

# form/lemma/tag/features/head/relation, sentences apart by an empty line; « /_ » after the relation: no space follows.
_WORDS = """
Le/le/DET/Gender=Masc|Number=Sing/2/det pont/pont/NOUN/Gender=Masc/3/nsubj rouvrira/rouvrir/VERB/Tense=Fut/0/root
lundi/lundi/NOUN/_/3/obl:mod/_ ././PUNCT/_/3/punct

La/le/DET/Gender=Fem/2/det maire/maire/NOUN/Gender=Fem/3/nsubj visite/visiter/VERB/Tense=Pres/0/root une/un/DET/Gender=Fem/5/det
école/école/NOUN/_/3/obj/_ ././PUNCT/_/3/punct

Les/le/DET/Number=Plur/2/det riverains/riverain/NOUN/_/4/nsubj ne/ne/ADV/_/4/advmod dorment/dormir/VERB/_/0/root
plus/plus/ADV/_/4/advmod/_ ././PUNCT/_/4/punct

Une/un/DET/_/2/det digue/digue/NOUN/_/4/nsubj:pass est/être/AUX/_/4/aux:pass inspectée/inspecter/VERB/_/0/root par/par/ADP/_/7/case
deux/deux/NUM/_/7/nummod experts/expert/NOUN/_/4/obl/_ ././PUNCT/_/4/punct

Elle/lui/PRON/_/2/nsubj connaît/connaître/VERB/_/0/root Anne/Anne/PROPN/_/2/obj/_ ,/,/PUNCT/_/6/punct sa/son/DET/_/6/det
voisine/voisine/NOUN/_/3/nmod:appos/_ ././PUNCT/_/2/punct

Nous/nous/PRON/_/2/nsubj attendons/attendre/VERB/_/0/root le/le/DET/_/4/det train/train/NOUN/_/2/obj de/de/ADP/_/6/case
Nantes/Nantes/PROPN/_/4/nmod/_ ././PUNCT/_/2/punct
"""


def _conllu() -> str:
    blocks = []
    for number, sentence in enumerate(_WORDS.strip().split("\n\n"), 1):
        rows = [f"# sent_id = invented-{number}"]
        for index, word in enumerate(sentence.split(), 1):
            form, lemma, upos, feats, head, deprel, *tight = word.split("/")
            misc = "SpaceAfter=No" if tight else "_"
            rows.append("\t".join([str(index), form, lemma, upos, "_", feats, head, deprel, "_", misc]))
        blocks.append("\n".join(rows) + "\n\n")
    return "".join(blocks)


CONLLU = _conllu()


def write_treebank(path: Path) -> Path:
    """The invented sentences as a CoNLL-U file."""
    path.write_text(CONLLU, encoding="utf8")
    return path


def write_vectors(path: Path, dimensions: int = 8) -> Path:
    """A `Pretrain` file of random 16-bit vectors for the words of the sentences."""
    import torch
    from stanza.models.common.pretrain import PretrainedWordVocab
    from stanza.models.common.vocab import VOCAB_PREFIX

    words = sorted({line.split("\t")[1].lower() for line in CONLLU.splitlines() if "\t" in line})
    vocab = PretrainedWordVocab(words, lang="fr")
    table = torch.randn(len(words) + len(VOCAB_PREFIX), dimensions).half()
    torch.save({"vocab": vocab.state_dict(), "emb": table}, path, _use_new_zipfile_serialization=False)
    return path
