"""The chat's files: small before it is opened, unchanged from where they came, and nothing but text in messages."""

import hashlib
import re
from pathlib import Path

import httpx
import pytest

from bot.widget.files import HERE, Vendored, WidgetFiles
from tests.gateway.conftest import Gateway
from tests.gateway.shop import BIKE

FILES = WidgetFiles.load()
OWN = {name: asset for name, asset in FILES.modules.items() if not name.startswith("vendor/")}


def test_the_vendored_panel_is_the_published_one() -> None:
    vendored = Vendored.read()
    kept = (HERE / "vendor" / vendored.file).read_bytes()
    assert hashlib.sha256(kept).hexdigest() == vendored.sha256
    assert vendored.file == f"{vendored.name}-{vendored.version}.js"
    assert (HERE / "vendor" / "LICENSE").read_text("utf-8").startswith("MIT License")
    assert sorted(file.name for file in (HERE / "vendor").iterdir()) == ["LICENSE", vendored.file, "vendor.json"]


def test_the_loader_is_small_and_so_is_what_opening_adds() -> None:
    assert len(FILES.loader.compressed) <= 8_000
    assert sum(len(asset.compressed) for asset in OWN.values()) <= 26_000
    assert sum(len(asset.compressed) for asset in FILES.modules.values()) <= 140_000


def test_the_documentation_says_what_the_chat_weighs() -> None:
    table = Path("docs/widget.md").read_text("utf-8").partition("### What it weighs")[2].partition("### ")[0]
    told = re.findall(r"\| (\d+) \| ([\d.]+) kB \|", table)
    panel = [asset for name, asset in FILES.modules.items() if name.startswith("vendor/")]
    for (files, weight), assets in zip(told, ([FILES.loader], [*OWN.values()], panel), strict=True):
        assert int(files) == len(assets)
        assert float(weight) == pytest.approx(sum(len(asset.compressed) for asset in assets) / 1000, rel=0.05)


def test_our_own_code_parses_no_markup_and_evaluates_none() -> None:
    for name, asset in {"widget.js": FILES.loader, **OWN}.items():
        found = re.findall(
            rb"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", asset.content
        )
        assert found == [], name


def test_our_own_code_names_no_other_host() -> None:
    for name, asset in {"widget.js": FILES.loader, **OWN}.items():
        hosts = {host.decode() for host in re.findall(rb"https?://([\w.-]+)", asset.content)}
        assert hosts <= {"www.w3.org"}, name


def test_both_languages_have_the_same_words() -> None:
    labels = OWN["labels.js"].content.decode()
    german, english = labels.split("\n  en: {")
    names = [re.findall(r"^    (\w+):", part, re.MULTILINE) for part in (german, english)]
    assert names[0] == names[1]
    assert len(names[0]) > 30


async def test_modules_are_kept_for_ever_under_their_version(client: httpx.AsyncClient, gateway: Gateway) -> None:
    loader = await client.get("/widget.js")
    assert loader.headers["cache-control"] == "no-cache"
    version = gateway.services.widget.version
    assert f"widget/{version}/" in loader.text
    for name in FILES.modules:
        file = await client.get(f"/widget/{version}/{name}")
        assert file.status_code == 200, name
        assert "immutable" in file.headers["cache-control"]
        assert file.headers["content-encoding"] == "gzip"
        assert "@" + "panel@" not in file.text
    old = await client.get("/widget/anything/chat.js")
    assert old.headers["cache-control"] == "no-cache"
    again = await client.get("/widget/anything/chat.js", headers={"If-None-Match": old.headers["etag"]})
    assert again.status_code == 304
    assert (await client.get(f"/widget/{version}/vendor.json")).status_code == 404


async def test_the_chat_page_holds_the_chat_and_what_its_address_says(client: httpx.AsyncClient) -> None:
    page = await client.get(f"/chat?lang=en&accent=%230b57a4&theme=dark&consent=required&sku={BIKE}")
    assert "<title>Advice · Radhaus</title>" in page.text
    for told in (
        'data-mode="page"',
        'data-lang="en"',
        'data-accent="#0b57a4"',
        'data-theme="dark"',
        'data-consent="required"',
        f'data-sku="{BIKE}"',
        'data-product="Grat mountain bike"',
    ):
        assert told in page.text


@pytest.mark.parametrize("nasty", ['"><script>alert(1)</script>', "red;}", "javascript:alert(1)"])
async def test_the_chat_page_takes_nothing_else_from_its_address(client: httpx.AsyncClient, nasty: str) -> None:
    asked = dict.fromkeys(("lang", "accent", "theme", "consent", "sku", "shop"), nasty)
    page = await client.get("/chat", params=asked)
    assert page.status_code == 200
    assert nasty not in page.text
    assert not re.findall(r"<script(?![^>]*\bsrc=)", page.text)
    assert 'data-lang="de"' in page.text
