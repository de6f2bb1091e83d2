"""What the browser is told about each response: what the page may load, run and be framed by.

Only scripts from this server, or with the response's own nonce, run: were a report's text ever to
become HTML by mistake, it still couldn't act. Gradio's routes that the page doesn't use (uploads,
files, proxy, API) are closed.
"""

import re
import secrets
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.document import rewritten

_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        # Gradio compiles its components' templates and handlers in the browser.
        "script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
        # Gradio's components carry style attributes.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_OPEN: Final = re.compile(
    r"/(healthz|source|source/pages|page-image/\w+/\d+|original/\w+|page/[\w.-]+"
    r"|draft|check/[\w-]+/\w+|library(?:/[\w./-]+)?"
    r"|sign-in(?:/provider/(?:start|back))?|sign-out|signed-out|setup/[\w-]+|account(?:/\w+)?|feedback"
    r"|admin(?:/(?:users(?:/\w+)?|audit|audit\.csv|answers|health))?"
    r"|config|theme\.css|favicon\.ico|robots\.txt|manifest\.json"
    r"|(?:assets|static)/.+"
    r"|gradio_api/(?:queue/(?:join|data)|run/predict|cancel|reset|heartbeat/\w+|startup-events))?/?"
)
# A question is at most some thousand characters, a speech some ten thousand; Gradio's envelope
# adds little to it.
_LARGEST_BODY: Final = 1_000_000
_DRAFT: Final = "/draft"
_UPLOADS: Final = re.compile(r"/library/(?:uploads|reports/[\w.-]+/replace)")
_MEGABYTE: Final = 2**20


class SecurityHeaders:
    """ASGI middleware: headers on every response, the document rewritten, the rest closed."""

    def __init__(self, app: ASGIApp, draft_megabytes: int = 1, upload_megabytes: int = 1) -> None:
        self._app = app
        self._largest_draft = draft_megabytes * _MEGABYTE
        self._largest_upload = upload_megabytes * _MEGABYTE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        response = _Response(send, nonce)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        refusal = _body_refused(scope, self._largest_body(path))
        if not _OPEN.fullmatch(path):
            refusal = PlainTextResponse("Not found", 404)
        if path in {"", "/"}:
            _ask_for_plain_html(scope)
        await (refusal or self._app)(scope, receive, response.send)

    def _largest_body(self, path: str) -> int:
        if path == _DRAFT:
            return self._largest_draft
        return self._largest_upload if _UPLOADS.fullmatch(path) else _LARGEST_BODY


def _ask_for_plain_html(scope: Scope) -> None:
    """Compressed HTML couldn't be rewritten."""
    scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]


def _body_refused(scope: Scope, largest: int) -> PlainTextResponse | None:
    """Why a request's body isn't read, if so; the server holds a body to its stated length."""
    if scope["method"] != "POST":
        return None
    length = Headers(scope=scope).get("content-length", "")
    if not length.isdecimal():
        return PlainTextResponse("Length required", 411)
    return PlainTextResponse("Too large", 413) if int(length) > largest else None


class _Response:
    """One response on its way out."""

    def __init__(self, send: Send, nonce: str) -> None:
        self._send = send
        self._nonce = nonce
        self._held: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(_HEADERS)
            # An original file has a policy of its own.
            headers.setdefault("Content-Security-Policy", _POLICY.format(nonce=self._nonce))
            if headers.get("content-type", "").startswith("text/html"):
                headers["Cache-Control"] = "no-store"
                # Its length changes with its content: held back until both are known.
                self._held = message
                return
        elif self._held is not None:
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._send_document(self._held)
            return
        await self._send(message)

    async def _send_document(self, start: Message) -> None:
        body = rewritten(self._body.decode(), self._nonce).encode()
        MutableHeaders(scope=start)["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})
