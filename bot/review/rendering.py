"""Templates, words and static files of the console, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from actions import staff_words
from bot.assets import Asset, make_asset, read_assets
from bot.shopfront.pages import Labels

HERE = Path(__file__).parent
BASE = "/console"
# libraries of others by the name they are sent under
VENDORED = {"htmx.js": "htmx", "chart.js": "chart.js"}


@dataclass(frozen=True, slots=True)
class Rendering:
    """Makes pages of templates and values."""

    templates: Environment
    texts: Mapping[str, Mapping[str, str]]
    assets: Mapping[str, Asset]

    @classmethod
    def load(cls, folder: Path = HERE) -> Self:
        """Read templates, texts, static files, and the vendored libraries."""
        templates = Environment(
            loader=FileSystemLoader(folder / "templates"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        texts: dict[str, Mapping[str, str]] = {
            f"{group}_{code}": both for group, codes in staff_words.words().items() for code, both in codes.items()
        }
        for file in sorted((folder / "texts").glob("*.yml")):
            texts |= yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        (library,), (charts,) = ((folder / "vendor").glob(f"{name}-*.js") for name in ("htmx", "chart.js"))
        vendored = {
            name: make_asset(".js", file.read_bytes())
            for name, file in (("htmx.js", library), ("chart.js", charts))
        }
        return cls(templates, texts, {**read_assets(folder / "static"), **vendored})

    def words(self, language: str) -> Labels:
        """The words of the console in a language."""
        return Labels(self.texts, language)

    def page(self, template: str, **values: Any) -> str:
        """The page as HTML."""
        return self.templates.get_template(template).render(asset=self.asset_url, base=BASE, **values)

    def asset_url(self, name: str) -> str:
        """Where a static file is; the address changes with its content."""
        return f"{BASE}/static/{name}?{urlencode({'v': self.assets[name].version})}"
