"""Storage of trained models: 16-bit weights, no traces of the machine that trained them, and a manifest of check sums."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch

from quotes.syntax.models import FILES, MANIFEST, RESOURCES, sha256

__all__ = ["compress", "write_manifest"]

# Settings of the training run that loading never reads.
FORGOTTEN = {
    "train_file", "eval_file", "gold_file", "output_file", "txt_file", "label_file", "dev_txt_file", "dev_label_file", "dev_conll_gold",
    "wordvec_file", "wordvec_pretrain_file", "wordvec_dir", "data_dir", "save_dir", "save_name", "load_name", "conll_file", "mwt_json_file",
    "secondary_file", "charlm_save_dir",
}  # fmt: skip
KEPT = ("model", "vocab", "config", "model_type", "dict", "dicts", "dicts_version", "contextual", "lexicon", "external_dict", "emb")


def compress(source: Path, target: Path) -> None:
    """Write the Stanza model or vectors of `source` to `target` with 16-bit weights; they are widened again when loaded."""
    checkpoint: dict[str, Any] = torch.load(source, map_location="cpu", weights_only=True)
    small = {key: _narrow(value) for key, value in checkpoint.items() if key in KEPT}
    if isinstance(small.get("config"), dict):
        small["config"] = {key: None if key in FORGOTTEN else value for key, value in small["config"].items()}
    partial = target.with_suffix(".partial")
    torch.save(small, partial, _use_new_zipfile_serialization=False)
    os.replace(partial, target)


def _narrow(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return value.half() if value.dtype is torch.float32 else value
    if isinstance(value, dict):
        return {key: _narrow(item) for key, item in value.items()}
    return value


def write_manifest(folder: Path, names: Iterable[str] = FILES) -> None:
    """Write Stanza's `resources.json` and the manifest of the files' sizes and check sums."""
    (folder / RESOURCES).write_text(json.dumps({"fr": {"lang_name": "French", "packages": {"default": {}}}}) + "\n", encoding="utf8")
    files = {name: {"bytes": (folder / name).stat().st_size, "sha256": sha256(folder / name)} for name in [*names, RESOURCES]}
    partial = folder / f"{MANIFEST}.partial"
    partial.write_text(json.dumps({"language": "fr", "files": files}, indent=2) + "\n", encoding="utf8")
    os.replace(partial, folder / MANIFEST)
