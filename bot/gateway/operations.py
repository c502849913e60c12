"""What operators and monitors ask: alive, ready, figures, and a chat erased."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.gateway.health import is_loopback, parcels
from bot.gateway.services import services_of
from bot.gateway.shop_key import need_key

NO_STORE = {"Cache-Control": "no-store"}


async def live(_request: Request) -> Response:
    """GET /health/live: the process answers."""
    return JSONResponse({"status": "live"}, headers=NO_STORE)


async def ready(request: Request) -> Response:
    """GET /health/ready: a turn of its own went through the engine just now."""
    checks = await services_of(request).readiness.check()
    is_ready = all(result == "ok" for result in checks.values())
    document = {"status": "ready" if is_ready else "not ready", "checks": checks}
    return JSONResponse(document, 200 if is_ready else 503, headers=NO_STORE)


async def erase(request: Request) -> Response:
    """DELETE /api/sessions/{id}: erase a chat for the shop's staff; 204 also where there is none."""
    services = services_of(request)
    need_key(request, services.api_key)
    await services.inbox.erase(request.path_params["id"])
    return Response(status_code=204)


async def metrics(request: Request) -> Response:
    """GET /metrics: for peers on this machine, and for others with the shop's key."""
    services = services_of(request)
    if not is_loopback(request.client.host if request.client else ""):
        need_key(request, services.api_key)
    waiting = await services.in_thread(parcels, services.database)
    for state in ("waiting", "going", "sent", "dead", "withdrawn"):
        services.metrics.outbox.labels(state).set(waiting.get(state, 0))
    return Response(
        services.metrics.page(), headers=NO_STORE, media_type="text/plain; version=0.0.4; charset=utf-8"
    )
