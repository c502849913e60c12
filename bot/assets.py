"""Files for browsers, read once: their content, that compressed, and a version that changes with it."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file with its compressed form; `version` changes with its content."""

    content: bytes
    compressed: bytes
    media_type: str
    version: str


def read_assets(folder: Path) -> dict[str, Asset]:
    """Every file of a folder and those below it, by its path."""
    found = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): make_asset(file.suffix, file.read_bytes()) for file in found}


def make_asset(suffix: str, content: bytes) -> Asset:
    """An asset of this content; `suffix` says what kind it is."""
    return Asset(content, gzip.compress(content, mtime=0), MEDIA_TYPES[suffix], version_of(content))


def version_of(content: bytes) -> str:
    """Twelve hexadecimal digits that change with the content."""
    return hashlib.sha256(content).hexdigest()[:12]


def version_of_all(assets: Mapping[str, Asset]) -> str:
    """One version of several files: it changes with each of them."""
    return version_of("".join(f"{name} {assets[name].version}\n" for name in sorted(assets)).encode())
