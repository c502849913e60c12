"""The chat for other pages: its loader, its files, and the page that holds nothing else."""

import re

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from actions.dialogue.naming import Namer
from bot.file_answers import ASK_AGAIN, FOR_EVER, send_file
from bot.gateway.bodies import LANGUAGES
from bot.gateway.problems import ProblemError
from bot.gateway.services import services_of

TITLES = {"de": "Beratung", "en": "Advice"}
# what the page's address may say about the looks and the gate, and what it has to look like
OPTIONS = {
    "accent": re.compile(r"#[0-9a-fA-F]{6}"),
    "theme": re.compile(r"light|dark"),
    "consent": re.compile(r"required"),
}


async def loader(request: Request) -> Response:
    """GET /widget.js"""
    return send_file(request, services_of(request).widget.loader, ASK_AGAIN)


async def module(request: Request) -> Response:
    """GET /widget/{version}/{name}"""
    widget = services_of(request).widget
    asset = widget.modules.get(request.path_params["name"])
    if asset is None:
        raise ProblemError(404, "not-found", "there is no such file")
    is_current = request.path_params["version"] == widget.version
    return send_file(request, asset, FOR_EVER if is_current else ASK_AGAIN)


async def chat_page(request: Request) -> Response:
    """GET /chat"""
    services = services_of(request)
    snapshot = await services.in_thread(services.catalogue.snapshot)
    asked = request.query_params
    language = asked.get("lang", "")
    language = language if language in LANGUAGES else snapshot.facts.language
    options = {name: asked[name] for name, form in OPTIONS.items() if form.fullmatch(asked.get(name, ""))}
    product = snapshot.product(asked.get("sku", ""))
    if product:
        options |= {"sku": product.sku, "product": Namer(snapshot, language, services.phrases).title(product)}
    html = services.widget.page.render(
        language=language,
        title=f"{TITLES[language]} · {snapshot.facts.name}",
        shop=snapshot.facts.name,
        options=options,
    )
    return HTMLResponse(html, headers={"Cache-Control": "no-store"})
