"""The chat's files: the loader, the modules it fetches on opening, and the vendored panel."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from jinja2 import Template

from bot.assets import Asset, make_asset, read_assets, version_of_all

HERE = Path(__file__).parent
LOADER = "widget.js"
VERSION = b"@version@"
PANEL = b"@panel@"


@dataclass(frozen=True, slots=True)
class Vendored:
    """A file of somebody else that is kept here unchanged: what it is and what it must hash to."""

    name: str
    version: str
    package_file: str
    file: str
    licence: str
    sha256: str

    @classmethod
    def read(cls, folder: Path = HERE / "vendor") -> Self:
        """What `vendor.json` says."""
        return cls(**json.loads((folder / "vendor.json").read_text("utf-8")))


@dataclass(frozen=True, slots=True)
class WidgetFiles:
    """Everything a page fetches of the chat; `version` is part of the modules' addresses and changes with them."""

    loader: Asset
    modules: Mapping[str, Asset]
    version: str
    page: Template

    @classmethod
    def load(cls, folder: Path = HERE) -> Self:
        """Read the files; the loader learns where this version's modules are."""
        own = read_assets(folder / "static")
        panel = Vendored.read(folder / "vendor").file
        vendored = make_asset(".js", (folder / "vendor" / panel).read_bytes())
        raw = own.pop(LOADER).content
        modules = {
            **{name: _pointed(asset, name, panel) for name, asset in own.items()},
            f"vendor/{panel}": vendored,
        }
        version = version_of_all(modules)
        loader = make_asset(".js", raw.replace(VERSION, version.encode()))
        page = Template((folder / "chat.html").read_text("utf-8"), autoescape=True)
        return cls(loader, modules, version, page)


def _pointed(asset: Asset, name: str, panel: str) -> Asset:
    """The file with the vendored panel's name filled in where it asks for it."""
    if PANEL not in asset.content:
        return asset
    return make_asset(Path(name).suffix, asset.content.replace(PANEL, panel.encode()))
