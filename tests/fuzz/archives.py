"""Damaged archives: every document comes out once, as an article or as a failure, and the files behind them are read."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from quotes.archive import Failure, open_archive
from tests.fuzz.harness import Fuzzer, chance

__all__ = ["ARCHIVES", "CONTAINERS", "damage_all", "damaged"]

_TEXT = "« Le bac rouvre », a déclaré Anne Vidal. Selon la mairie, tout va bien.\n"


def _tar(luck: random.Random) -> bytes:
    """Members in each of the formats of tar, a link among them."""
    stream = io.BytesIO()
    with tarfile.open(
        fileobj=stream, mode="w", format=luck.choice((tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT))
    ) as archive:
        for name, content in _members(luck).items():
            info = tarfile.TarInfo(name)
            info.type = tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "a.txt"
        archive.addfile(link)
    return stream.getvalue()


def _zip(luck: random.Random) -> bytes:
    """Members of every method of packing, names in several alphabets, a comment, entries of folders."""
    stream = io.BytesIO()
    methods = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    with zipfile.ZipFile(stream, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in _members(luck).items():
            archive.writestr(name, content, compress_type=luck.choice(methods))
        if luck.random() < 0.3:
            archive.comment = b"archive" * luck.randint(1, 9)
    return stream.getvalue()


def _members(luck: random.Random) -> Mapping[str, bytes]:
    names = {
        "a.txt": _TEXT.encode(),
        "d/é.txt": (_TEXT * 20).encode(),
        "b.jsonl": _lines(luck),
        "d/": b"",
        "c.pdf": b"%PDF",
        "leer.txt": b"",
    }
    kept = luck.sample(sorted(names), luck.randint(1, len(names)))
    return {name: names[name] for name in kept}


def _lines(luck: random.Random) -> bytes:
    """Records, of which the compressed file is long enough for a stretch of it to be lost."""
    lines = (json.dumps({"id": f"r{n}", "text": _TEXT * luck.randint(1, 9) + str(luck.random())}) for n in range(luck.randint(1, 5)))
    return "".join(f"{line}\n" for line in lines).encode()


# A container by its suffix: what makes a sound one. A new container is one more line here.
CONTAINERS: Mapping[str, Callable[[random.Random], bytes]] = {
    ".zip": _zip,
    ".tar": _tar,
    ".tar.gz": lambda luck: gzip.compress(_tar(luck)),
    ".jsonl.gz": lambda luck: gzip.compress(_lines(luck)),
    ".jsonl.bz2": lambda luck: bz2.compress(_lines(luck)),
    ".jsonl.xz": lambda luck: lzma.compress(_lines(luck)),
}


def damaged(luck: random.Random, content: bytes) -> bytes:
    """The bytes with some changed, lost, doubled, or cut off; more often near the end, where directories are."""
    data = bytearray(content)
    for _ in range(luck.choice((1, 1, 2, 5, 30))):
        place = min(len(data) - 1, int(len(data) * luck.choice((luck.random(), 1 - luck.random() ** 3))))
        how = luck.randrange(6)
        if how < 3:
            data[place] = luck.choice((0, 0xFF, luck.randrange(256), data[place] ^ 1 << luck.randrange(8)))
        elif how == 3:
            del data[place : place + luck.randint(1, 40)]
        elif how == 4:
            data[place:place] = data[place : place + luck.randint(1, 40)]
        elif luck.random() < 0.3:
            del data[place:]
        if not data:
            break
    return bytes(data)


def damage_all(samples: Mapping[str, Callable[[random.Random], bytes]], seed: int, number: int, folder: Path) -> list[str]:
    """What is wrong when a damaged file of each kind is read before one that is sound; one sentence each."""
    faults = []
    for suffix, make in samples.items():
        luck = chance(f"archives{suffix}", seed, number)
        place = folder / suffix.removeprefix(".")
        place.mkdir()
        (place / f"a{suffix}").write_bytes(damaged(luck, make(luck)))
        (place / "z.txt").write_text("Le dernier texte.", encoding="utf-8")
        try:
            found = list(open_archive([place]))
        except Exception as error:
            faults.append(f"{suffix}: {type(error).__name__}: {error}")
            continue
        if not found or isinstance(found[-1], Failure) or found[-1].id != "z":
            faults.append(f"{suffix}: the file behind the archive was not read")
        if any(isinstance(document, Failure) and "\n" in document.message for document in found):
            faults.append(f"{suffix}: a message of several lines")
    return faults


def _one(seed: int, number: int, folder: Path) -> list[str]:
    """One damaged archive of each container, before a file that is sound."""
    return damage_all(CONTAINERS, seed, number, folder)


ARCHIVES = Fuzzer("archives", _one, 150, 20_000)
