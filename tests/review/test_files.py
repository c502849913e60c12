"""The console's files: the vendored library is the published one, and no page carries a script or style inline."""

import hashlib
import json
import re
from pathlib import Path

import httpx

from bot.gateway.security import content_policy
from bot.review.rendering import HERE
from tests.gateway.conftest import build, database, responses, shop_file

__all__ = ["build", "database", "responses", "shop_file"]

VENDOR = HERE / "vendor"
TEMPLATES = sorted((HERE / "templates").glob("*.html"))
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)


def test_the_vendored_library_is_the_published_one() -> None:
    said = json.loads((VENDOR / "vendor.json").read_text("utf-8"))
    assert said["file"] == f"htmx-{said['version']}.js"
    assert hashlib.sha256((VENDOR / said["file"]).read_bytes()).hexdigest() == said["sha256"]
    assert (VENDOR / "LICENSE").read_text("utf-8").startswith("Zero-Clause BSD")
    assert [file.name for file in VENDOR.glob("htmx*")] == [said["file"]]


def test_no_template_holds_anything_the_policy_of_the_browser_refuses() -> None:
    for bad in ("<style>", "<script>x", '<p style="a">', '<a onclick="b">', "<a href='javascript:1'>"):
        assert INLINE.search(bad), bad
    found = {file.name: hit[0] for file in TEMPLATES if (hit := INLINE.search(file.read_text("utf-8")))}
    assert found == {}
    for file in TEMPLATES:
        assert "|safe" not in Path(file).read_text("utf-8"), file.name


async def test_the_console_lives_in_the_gateway_under_its_policy(build) -> None:
    gateway = build()
    async with gateway.client() as client:
        answer: httpx.Response = await client.get("/console/sign-in")
        assert answer.status_code == 200
        assert answer.headers["content-security-policy"] == content_policy("http://shop.test")
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cache-control"] == "no-store"
        assert (await client.get("/console")).headers["location"] == "http://shop.test/console/"


async def test_behind_https_the_cookie_is_sent_over_https_only(build) -> None:
    gateway = build(TRESEN_PUBLIC_URL="https://shop.test")
    async with gateway.client() as client:
        answer = await client.get("/console/sign-in")
    assert "Secure" in answer.headers["set-cookie"]
