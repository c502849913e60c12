"""The demo shop's pages and files."""

import gzip
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from actions.dialogue.naming import Namer
from actions.offers.products import Money, Product
from actions.offers.reductions import Reduction
from actions.offers.shipping import is_always_free
from actions.store import policy
from actions.store.engine import reading
from actions.store.prices import reduced
from actions.store.products import refreshed
from actions.wording import base_unit, money_document, unit_price
from bot.file_answers import ASK_AGAIN, FOR_EVER, send_file
from bot.gateway.bodies import LANGUAGES
from bot.gateway.problems import ProblemError
from bot.gateway.services import Services, services_of
from bot.shopfront import views
from bot.shopfront.pages import Labels
from bot.shopfront.pictures import picture as drawing
from bot.shopfront.pictures import picture_path

FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}


class Page:
    """One page being rendered: its language, its address and what every template may use."""

    def __init__(self, services: Services, request: Request) -> None:
        self.snapshot = services.catalogue.snapshot()
        self.limits = policy.limits(self.snapshot, services.clock())
        given = request.query_params.get("lang")
        self.language = given if given in LANGUAGES else self.snapshot.facts.language
        self.names = Namer(self.snapshot, self.language, services.phrases)
        self._services = services
        self._request = request

    def render(self, template: str, status: int = 200, **values: Any) -> Response:
        """Answer with the page."""
        within = values.pop("within", "")
        html = self._services.pages.render(
            template,
            language=self.language,
            shop=self.snapshot.facts,
            shipping_terms=self.shipping_terms(),
            categories=views.top_categories(self.snapshot, self.names),
            within=within,
            query=self._query({}),
            money=self.money,
            rating=self.rating,
            picture=picture_path,
            url_home=self.url_home,
            url_product=self.url_product,
            url_language=self.url_language,
            **{"sku": "", "sku_title": "", **values},
        )
        return self._compressed(html.encode(), status)

    def _compressed(self, html: bytes, status: int) -> Response:
        headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
        if "gzip" in self._request.headers.get("accept-encoding", ""):
            return HTMLResponse(gzip.compress(html, 5), status, headers={**headers, "Content-Encoding": "gzip"})
        return HTMLResponse(html, status, headers=headers)

    def labels(self) -> Labels:
        """The words of the page's language."""
        return self._services.pages.labels(self.language)

    def shipping_terms(self) -> str:
        """What sending costs at this moment, for the foot of every page."""
        words, currency = self.labels(), self.snapshot.facts.currency
        cost = self.money(Money(self.limits.shipping_cost, currency))
        if is_always_free(self.limits):
            return words("shipping_always_free")
        if self.limits.free_shipping_from is None:
            return words("shipping_flat", cost=cost)
        threshold = self.money(Money(self.limits.free_shipping_from, currency))
        return words("shipping_terms", cost=cost, threshold=threshold)

    def money(self, money: Money) -> str:
        """A price as the shopper reads it."""
        return str(money_document(money, self.language)["text"])

    def rating(self, product: Product) -> str:
        """The stars as a number, 4,3 or 4.3."""
        stars = f"{product.rating:.1f}"
        return stars.replace(".", ",") if self.language == "de" else stars

    def url_home(self, category: str = "") -> str:
        """The front page, or one category."""
        return "/" + self._query({"category": category} if category else {})

    def url_product(self, sku: str) -> str:
        """A product's page."""
        return f"/p/{quote(sku, safe='')}" + self._query({})

    def url_language(self, language: str) -> str:
        """This page in another language."""
        kept = {name: value for name, value in self._request.query_params.items() if name != "lang"}
        return f"{quote(self._request.url.path)}?{urlencode({**kept, 'lang': language})}"

    def _query(self, values: Mapping[str, str]) -> str:
        is_default = self.language == self.snapshot.facts.language
        wanted = dict(values) if is_default else {**values, "lang": self.language}
        return f"?{urlencode(wanted)}" if wanted else ""


async def home(request: Request) -> Response:
    """GET /"""
    services = services_of(request)
    return await services.in_thread(_home, services, request)


def _home(services: Services, request: Request) -> Response:
    page = Page(services, request)
    within = request.query_params.get("category", "")
    sections = views.sections(page.snapshot, page.names, within)
    if within and not sections:
        return missing(services, request)
    title = page.names.category(within) if within else ""
    return page.render("home.html", within=within, within_title=title, sections=sections)


async def product(request: Request) -> Response:
    """GET /p/{sku}"""
    services = services_of(request)
    return await services.in_thread(_product, services, request)


def _product(services: Services, request: Request) -> Response:
    page = Page(services, request)
    known = page.snapshot.product(request.path_params["sku"])
    if known is None:
        return missing(services, request)
    members, cut = _live(services, page.snapshot.variants(known.family), known.sku)
    found = members.get(known.sku)
    if found is None:
        return missing(services, request)
    title = page.names.title(found)
    return page.render(
        "product.html",
        within=found.category,
        product=found,
        title=title,
        sku=found.sku,
        sku_title=title,
        category_title=page.names.category(found.category),
        reduced_from=cut.lowest if cut else None,
        unit_price=unit_price(found),
        base_unit=base_unit(found),
        choices=views.choices(found, members.values(), page.names),
        facts=views.facts(found, page.names),
    )


def _live(services: Services, known: Iterable[Product], sku: str) -> tuple[dict[str, Product], Reduction | None]:
    """The variants as of now, and the reduction of the one that is looked at."""
    with reading(services.database) as connection:
        members = refreshed(connection, known)
        cut = reduced(connection, members[sku], services.clock()) if sku in members else None
    return members, cut


def missing(services: Services, request: Request) -> Response:
    """Say that there is no such page: to people in words, to programs as a problem document."""
    if "text/html" not in request.headers.get("accept", ""):
        raise ProblemError(404, "not-found", "there is no such page")
    page = Page(services, request)
    return told(page, 404, "not_found_title", "not_found")


def told(page: Page, status: int, heading: str, explanation: str) -> Response:
    """A page that only says something."""
    words = page.labels()
    return page.render("problem.html", status, heading=words(heading), explanation=words(explanation))


async def picture(request: Request) -> Response:
    """GET /img/{name}.svg"""
    svg = drawing(request.path_params["name"], request.query_params.get("tint", ""))
    if svg is None:
        raise ProblemError(404, "not-found", "there is no such picture")
    return Response(svg, headers=FOR_A_DAY, media_type="image/svg+xml")


async def static(request: Request) -> Response:
    """GET /static/{name}"""
    asset = services_of(request).pages.assets.get(request.path_params["name"])
    if asset is None:
        raise ProblemError(404, "not-found", "there is no such file")
    is_versioned = request.query_params.get("v") == asset.version
    return send_file(request, asset, FOR_EVER if is_versioned else ASK_AGAIN)
