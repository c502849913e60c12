"""Renders the demo shop's pages: templates, labels and files that never change while the process runs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.agreement import Number
from bot.assets import Asset, read_assets

HERE = Path(__file__).parent


class Labels:
    """The words of the pages in one language."""

    def __init__(self, texts: Mapping[str, Mapping[str, str]], language: str) -> None:
        self._texts = texts
        self._language = language

    def __call__(self, name: str, **values: object) -> str:
        """The label with `values` filled in; words may agree with those that are numbers."""
        numbers = {key: Number.of(value) for key, value in values.items() if isinstance(value, int)}
        return self._texts[name][self._language].format_map({**values, **numbers})


class Pages:
    """Templates and static files, read once."""

    def __init__(
        self, templates: Environment, texts: Mapping[str, Mapping[str, str]], assets: Mapping[str, Asset]
    ) -> None:
        self._templates = templates
        self._texts = texts
        self.assets = assets

    @classmethod
    def load(cls, folder: Path = HERE) -> Self:
        """Read templates, labels and static files."""
        templates = Environment(
            loader=FileSystemLoader(folder / "templates"),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        texts = yaml.load((folder / "labels.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
        return cls(templates, texts, read_assets(folder / "static"))

    def render(self, template: str, *, language: str, **values: Any) -> str:
        """The page as HTML."""
        return self._templates.get_template(template).render(
            language=language,
            t=self.labels(language),
            asset=self.asset_url,
            **values,
        )

    def labels(self, language: str) -> Labels:
        """The words of the pages in a language."""
        return Labels(self._texts, language)

    def asset_url(self, name: str) -> str:
        """Where a static file is; the address changes with its content."""
        return f"/static/{name}?{urlencode({'v': self.assets[name].version})}"
