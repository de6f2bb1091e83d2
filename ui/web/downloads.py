"""The files that a checked text is taken along in."""

from http import HTTPStatus
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response

from ui.messages import Messages
from ui.web.checked import CheckedTexts
from ui.web.exports import EXPORTS

_WRITTEN_AT_ONCE = 2


def routes(texts: CheckedTexts) -> APIRouter:
    """`GET /check/<token>/<kind>`: a checked text as a file."""
    router = APIRouter()
    limiter = CapacityLimiter(_WRITTEN_AT_ONCE)

    @router.get("/check/{token}/{kind}")
    async def download(token: str, kind: str) -> Response:
        """The file; 404 once the text is forgotten."""
        checked, export = texts.find(token), EXPORTS.get(kind)
        if checked is None or export is None:
            gone = "\n".join(Messages(code)("page-check-gone") for code in ("fr", "en"))
            return PlainTextResponse(gone, HTTPStatus.NOT_FOUND)
        content = await to_thread.run_sync(export.make, checked, limiter=limiter)
        name = quote(checked.messages("page-note-file") + export.ending)
        headers = {
            "Content-Disposition": f"attachment; filename*=utf-8''{name}",
            "Cache-Control": "no-store",
        }
        return Response(content, media_type=export.media_type, headers=headers)

    return router
