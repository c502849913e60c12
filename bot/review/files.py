"""The console's styles and scripts; whoever may see the sign-in may have them."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.file_answers import ASK_AGAIN, FOR_EVER, send_file
from bot.review.page import Page
from bot.review.visit import Visit


def static(visit: Visit) -> Response:
    """GET /static/{name}"""
    asset = visit.console.rendering.assets.get(visit.request.path_params["name"])
    if asset is None:
        raise HTTPException(404)
    is_versioned = visit.request.query_params.get("v") == asset.version
    return send_file(visit.request, asset, FOR_EVER if is_versioned else ASK_AGAIN)


PAGES = (Page("/static/{name:path}", static, None),)
