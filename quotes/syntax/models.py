"""Where the Stanza models are: the embedded ones, a folder of one's own, or Stanza's official French package.

Nothing but `download` touches the network.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from quotes.conforms import conforms
from quotes.errors import QuotesError

__all__ = [
    "ENTITIES", "FILES", "ModelError", "ModelFiles", "ModelInfo", "check", "download", "entity_file", "list_models", "models_dir",
    "official_dir", "resolve",
]  # fmt: skip

FILES = ("tokenize.pt", "mwt.pt", "pos.pt", "lemma.pt", "depparse.pt", "vectors.pt")
# Finds people, places and organisations; a folder may do without.
ENTITIES = "ner.pt"
MANIFEST = "manifest.json"
RESOURCES = "resources.json"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse")


class ModelError(QuotesError):
    """Models are missing, damaged or out of reach; the message is one sentence for the user."""


@dataclasses.dataclass(frozen=True, slots=True)
class ModelFiles:
    """A folder for `stanza.Pipeline(dir=...)` and the options that name its files."""

    folder: Path
    options: dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class ModelInfo:
    """One row of `quotes models list`."""

    name: str
    folder: Path
    bytes: int
    present: bool


def models_dir() -> Path:
    """The folder of the embedded models: inside the installed package, else in the checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_models" / "fr"
    return installed if installed.is_dir() else package.parent / "data" / "models" / "fr"


def official_dir() -> Path:
    """Where `download` puts Stanza's official French models unless told otherwise."""
    base = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return Path(base) / "quotes" / "stanza"


def list_models() -> list[ModelInfo]:
    """The models that `--models` knows by name, whether they are there, and their sizes."""
    embedded, official = models_dir(), official_dir()
    return [
        ModelInfo("embedded", embedded, _size(embedded), (embedded / MANIFEST).is_file()),
        ModelInfo("official", official, _size(official), (official / RESOURCES).is_file()),
    ]


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else 0


def resolve(models: str | Path | None = None) -> ModelFiles:
    """The files of `--models`: `None` for the embedded ones, `"official"`, or a folder; raises `ModelError` when one is missing."""
    if models == "official":
        return _official(official_dir())
    folder = _folder(models)
    if not os.path.isdir(folder):
        raise ModelError(f"There is no folder of models {folder}.")
    if not (folder / "depparse.pt").is_file() and (folder / "fr" / "depparse").is_dir():
        return _official(folder)
    missing = [name for name in (*FILES, RESOURCES) if not (folder / name).is_file()]
    if missing:
        raise ModelError(f"The models in {folder} lack {', '.join(missing)}.")
    # Importing the module makes its tokenizer known to Stanza.
    from quotes.syntax.tokenizer import NAME

    options: dict[str, Any] = {f"{name}_model_path": str(folder / f"{name}.pt") for name in PROCESSORS}
    options |= {f"tokenize_with_{NAME}": True, "depparse_batch_size": 1000}
    for name in ("pos", "depparse"):
        options[f"{name}_pretrain_path"] = str(folder / "vectors.pt")
    return ModelFiles(folder, options)


def entity_file(models: str | Path | None = None) -> Path:
    """The model of `quotes.syntax.entities` in a folder of models, `None` for the embedded one; raises `ModelError` when there is none."""
    file = _folder(models) / ENTITIES
    if not file.is_file():
        raise ModelError(f"There is no model of named entities {file}.")
    return file


def _folder(models: str | Path | None) -> Path:
    # Path.expanduser raises for a user that there is not.
    return models_dir() if models in (None, "embedded") else Path(os.path.expanduser(str(models)))


def _official(folder: Path) -> ModelFiles:
    if not (folder / RESOURCES).is_file() or not (folder / "fr").is_dir():
        raise ModelError("Stanza's official French models are not here yet: run `quotes models download` once, with a network.")
    return ModelFiles(folder, {})


def check(models: str | Path | None = None) -> list[str]:
    """What is wrong with the models: missing or changed files, files that do not load. An empty list is a clean bill."""
    try:
        files = resolve(models)
    except ModelError as error:
        return [str(error)]
    findings = _check_sums(files.folder) if files.options else []
    return findings or _check_loading(models)


def _check_sums(folder: Path) -> list[str]:
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return []
    try:
        expected: dict[str, dict[str, Any]] = json.loads(manifest.read_text(encoding="utf8"))["files"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        return [f"{manifest} is no manifest: {error}."]
    if not conforms(expected, dict[str, dict[str, Any]]):
        return [f"{manifest} is no manifest: `files` is no object with an object for every file."]
    findings = []
    for name, entry in expected.items():
        if not (folder / name).is_file():
            findings.append(f"{name} is missing.")
        elif sha256(folder / name) != entry.get("sha256"):
            findings.append(f"{name} is not the file of the manifest (other SHA-256).")
    return findings


def _check_loading(models: str | Path | None) -> list[str]:
    from quotes.syntax.direct import load_parser

    try:
        trees = load_parser(models).parse(["« Le pont rouvrira », a déclaré la maire."])
    except Exception as error:
        return [f"The models do not load: {type(error).__name__}: {error}"]
    return _check_entities(models) if len(trees[0].words) >= 8 else ["The models load but parse nothing."]


def _check_entities(models: str | Path | None) -> list[str]:
    from quotes.syntax.entities import EntityTagger

    if models == "official" or not (_folder(models) / ENTITIES).is_file():
        return []
    try:
        (found,) = EntityTagger.load(models).find(["Anne Martin a quitté Paris."])
    except Exception as error:
        return [f"{ENTITIES} does not load: {type(error).__name__}: {error}"]
    return [] if found else [f"{ENTITIES} loads but finds nothing."]


def sha256(path: Path) -> str:
    """The check sum of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def download(target: Path | None = None) -> Path:
    """Fetch Stanza's official French package into `target`, return the folder; raises `ModelError` without a network."""
    import stanza

    folder = target or official_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stanza.download("fr", model_dir=str(folder), processors=",".join(PROCESSORS), verbose=False)
    except Exception as error:
        # Whatever a network, a disk or a server can do wrong.
        reason = str(error).split("\n", 1)[0][:200]
        raise ModelError(f"The official models could not be fetched into {folder}: {type(error).__name__}: {reason}") from error
    return folder
