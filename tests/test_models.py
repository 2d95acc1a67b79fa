from __future__ import annotations

from pathlib import Path

import pytest

from quotes.syntax.models import FILES, ModelError, check, download, list_models, models_dir, official_dir, resolve
from quotes.training.compress import write_manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of files that look like models, with their manifest."""
    for name in FILES:
        (tmp_path / name).write_bytes(name.encode())
    write_manifest(tmp_path)
    return tmp_path


def test_embedded_models_are_complete() -> None:
    files = resolve()
    assert files.folder == models_dir()
    assert files.options["pos_pretrain_path"] == str(models_dir() / "vectors.pt")


def test_resolve_names_the_missing_files(folder: Path) -> None:
    (folder / "mwt.pt").unlink()
    (folder / "lemma.pt").unlink()
    with pytest.raises(ModelError, match=rf"The models in {folder} lack mwt.pt, lemma.pt\."):
        resolve(folder)


def test_resolve_says_that_the_folder_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no folder of models"):
        resolve(tmp_path / "nowhere")


def test_a_user_that_there_is_not() -> None:
    with pytest.raises(ModelError, match=r"^There is no folder of models ~nobody-here/models\.$"):
        resolve("~nobody-here/models")


def test_official_models_have_to_be_downloaded_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert official_dir() == tmp_path / "quotes" / "stanza"
    with pytest.raises(ModelError, match="quotes models download"):
        resolve("official")
    assert [(info.name, info.present) for info in list_models()] == [("embedded", True), ("official", False)]


def test_check_finds_a_changed_file(folder: Path) -> None:
    (folder / "pos.pt").write_bytes(b"other")
    assert check(folder) == ["pos.pt is not the file of the manifest (other SHA-256)."]


def test_check_finds_a_missing_file(folder: Path) -> None:
    (folder / "pos.pt").unlink()
    assert check(folder) == [f"The models in {folder} lack pos.pt."]


@pytest.mark.parametrize(
    "manifest",
    ["", "[]", "7", '{"files": []}', '{"files": {"pos.pt": []}}', '{"files": null}', '{"files": {"pos.pt": {}}}', "[" * 100_000, "\xff"],
)
def test_check_finds_a_broken_manifest(folder: Path, manifest: str) -> None:
    (folder / "manifest.json").write_text(manifest, encoding="latin-1")
    assert len(check(folder)) == 1


def test_check_tells_that_files_do_not_load(folder: Path) -> None:
    findings = check(folder)
    assert len(findings) == 1
    assert findings[0].startswith("The models do not load: ")


def test_download_without_a_network_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> None:
        raise ConnectionError("no route to host\nand a long story")

    monkeypatch.setattr("stanza.download", fail)
    with pytest.raises(ModelError, match=r"could not be fetched into .*: ConnectionError: no route to host$"):
        download(tmp_path)
