"""The hand-off page from the chat: shows what would be ordered, takes the click that orders, confirms."""

from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from actions.offers.products import Money
from actions.offers.shipping import shipping_of
from actions.store.orders import Order
from bot.gateway import checkout
from bot.gateway.bodies import read_form
from bot.gateway.contract import CHECKOUT
from bot.gateway.customers import key_of_address
from bot.gateway.problems import ProblemError
from bot.gateway.services import Services, services_of
from bot.gateway.shop_pages import Page, told


async def show(request: Request) -> Response:
    """GET /checkout: what would be ordered, or what became of an order."""
    services = services_of(request)
    return await services.in_thread(_show, services, request)


async def order(request: Request) -> Response:
    """POST /checkout: order once what the page showed, then lead to the confirmation."""
    services = services_of(request)
    refuse_foreign(request, services.public_url)
    form = await read_form(request)
    link = services.seals.open_dated(CHECKOUT, form.get("token", ""))
    if link and link.age > services.checkout_age:
        return await services.in_thread(_expired, services, request, "form_expired")
    conversation = link.value if link else None
    ordered = services.seals.open(checkout.form_seal(conversation or ""), form.get("order", ""))
    if conversation is None or not isinstance(ordered, str):
        raise ProblemError(403, "form-not-ours", "this form was not issued by the checkout of this cart")
    customer = key_of_address(services.seals, form.get("email", ""))
    return await services.in_thread(_order, services, request, form["token"], conversation, ordered, customer)


def refuse_foreign(request: Request, public_url: str) -> None:
    """Raise 403 where a browser says that another site sent the form."""
    origin = request.headers.get("origin")
    if origin in (None, "null"):
        origin = None
    own = {urlsplit(public_url).netloc, request.headers.get("host", "")}
    is_foreign = origin is not None and urlsplit(origin).netloc not in own
    if is_foreign or request.headers.get("sec-fetch-site") == "cross-site":
        raise ProblemError(403, "foreign-form", "orders are taken from the shop's own checkout only")


def _order(
    services: Services, request: Request, token: str, conversation: str, key: str, customer: str | None
) -> Response:
    page = Page(services, request)
    made = checkout.order(services.database, page.snapshot, conversation, key, services.clock, customer)
    if made is None:
        return _summary(services, page, token, conversation, changed=True)
    services.relay.wake_from_thread()
    query = {"token": token, "order": made.id, "lang": page.language}
    return RedirectResponse(f"/checkout?{urlencode(query)}", 303, headers={"Cache-Control": "no-store"})


def _show(services: Services, request: Request) -> Response:
    page = Page(services, request)
    token = request.query_params.get("token", "")
    link = services.seals.open_dated(CHECKOUT, token)
    if link is None:
        return told(page, 404, "link_invalid_title", "link_invalid")
    if link.age > services.checkout_age:
        return _expired(services, request, "link_expired")
    conversation: str = link.value
    wanted = request.query_params.get("order")
    if wanted is not None:
        return _confirmation(services, page, conversation, wanted)
    return _summary(services, page, token, conversation, changed=False)


def _summary(services: Services, page: Page, token: str, conversation: str, *, changed: bool) -> Response:
    desk = checkout.desk(services.database, page.snapshot, page.limits, conversation)
    if desk is None:
        return told(page, 404, "link_invalid_title", "link_invalid")
    if not desk.summary.lines and desk.orders and not changed:
        return _ordered(page, desk.orders[-1])
    summary, facts = desk.summary, page.snapshot.facts
    missing = shipping_of(summary.goods.amount, page.limits).missing
    return page.render(
        "checkout.html",
        409 if changed else 200,
        summary=summary,
        titles={line.sku: page.names.full(line.product) for line in summary.lines if line.product},
        missing=Money(missing, summary.goods.currency) if missing else None,
        delivery=facts.text("shipping_days", page.language),
        token=token,
        order_key=services.seals.close(checkout.form_seal(conversation), summary.key),
        changed=changed,
        known=desk.conversation.customer is not None,
    )


def _confirmation(services: Services, page: Page, conversation: str, order_id: str) -> Response:
    desk = checkout.desk(services.database, page.snapshot, page.limits, conversation)
    found = next((order for order in desk.orders if order.id == order_id), None) if desk else None
    return _ordered(page, found) if found else told(page, 404, "link_invalid_title", "link_invalid")


def _ordered(page: Page, order: Order) -> Response:
    products = {line.sku: page.snapshot.product(line.sku) for line in order.lines}
    titles = {sku: page.names.full(product) if product else sku for sku, product in products.items()}
    return page.render("ordered.html", order=order, titles=titles)


def _expired(services: Services, request: Request, explanation: str) -> Response:
    return told(Page(services, request), 410, "link_invalid_title", explanation)
