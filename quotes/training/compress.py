"""Storage of trained models: short weights in a deflated file, no traces of the machine that trained them, a manifest of check sums."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from quotes.syntax.models import ENTITIES, FILES, MANIFEST, RESOURCES, sha256

__all__ = ["compress", "write_manifest"]

# Settings of the training run that loading never reads.
FORGOTTEN = {
    "train_file", "eval_file", "gold_file", "output_file", "txt_file", "label_file", "dev_txt_file", "dev_label_file", "dev_conll_gold",
    "wordvec_file", "wordvec_pretrain_file", "wordvec_dir", "data_dir", "save_dir", "save_name", "load_name", "conll_file", "mwt_json_file",
    "secondary_file", "charlm_save_dir",
}  # fmt: skip
# Bits after the leading one that word vectors keep inside a model.
WORD_BITS = 6
TRAINING = {"optimizer", "optimizer_state_dict", "scheduler_state_dict", "global_step", "last_best_step", "dev_score_history"}


def compress(source: Path, target: Path) -> None:
    """Write the Stanza model or vectors of `source` to `target`, small.

    Weights become 16-bit numbers, which Stanza widens when it loads them; word vectors inside a model keep 7 significant bits.
    Vectors in a file of their own, which it takes as they are, stay 32-bit numbers with 9 significant bits; the rest is zeros
    that deflate away.
    """
    checkpoint: dict[str, Any] = torch.load(source, map_location="cpu", weights_only=True)
    small = {key: _narrow(value) for key, value in checkpoint.items() if key not in TRAINING and key != "emb"}
    if "emb" in checkpoint:
        small["emb"] = _rounded(checkpoint["emb"].float())
    # A dictionary alone (contractions) has no weights: its model is None.
    if "word_emb.weight" in (small.get("model") or {}):
        small["model"]["word_emb.weight"] = _rounded(checkpoint["model"]["word_emb.weight"].float(), WORD_BITS).half()
    if "word" in (small.get("vocab") or {}):
        # Words that share a row of the vectors, next to each other: their numbers deflate away.
        numbers = small["vocab"]["word"]["_unit2id"]
        small["vocab"]["word"]["_unit2id"] = dict(sorted(numbers.items(), key=lambda item: item[1]))
    if isinstance(small.get("config"), dict):
        small["config"] = {key: None if key in FORGOTTEN else value for key, value in small["config"].items()}
    partial = target.with_suffix(".partial")
    _save(small, partial)
    os.replace(partial, target)


def _narrow(value: Any) -> Any:
    if isinstance(value, Tensor):
        return value.half() if value.dtype is torch.float32 else value
    if isinstance(value, dict):
        return {key: _narrow(item) for key, item in value.items()}
    return value


def _rounded(numbers: Tensor, bits: int = 8) -> Tensor:
    """The nearest numbers with `bits` bits after the leading one."""
    mantissa, exponent = torch.frexp(numbers)
    scale = 2.0 ** (bits + 1)
    return torch.ldexp(torch.round(mantissa * scale) / scale, exponent)


def _save(value: Any, path: Path) -> None:
    """`torch.save`, deflated: `torch.load` reads it as it is."""
    buffer = io.BytesIO()
    torch.save(value, buffer)
    with zipfile.ZipFile(buffer) as plain, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as small:
        for entry in plain.infolist():
            small.writestr(entry, plain.read(entry), zipfile.ZIP_DEFLATED)


def write_manifest(folder: Path) -> None:
    """Write Stanza's `resources.json` and the manifest of the files' sizes and check sums."""
    (folder / RESOURCES).write_text(json.dumps({"fr": {"lang_name": "French", "packages": {"default": {}}}}) + "\n", encoding="utf8")
    names = [*FILES, *([ENTITIES] if (folder / ENTITIES).is_file() else [])]
    files = {name: {"bytes": (folder / name).stat().st_size, "sha256": sha256(folder / name)} for name in [*names, RESOURCES]}
    partial = folder / f"{MANIFEST}.partial"
    partial.write_text(json.dumps({"language": "fr", "files": files}, indent=2) + "\n", encoding="utf8")
    os.replace(partial, folder / MANIFEST)
