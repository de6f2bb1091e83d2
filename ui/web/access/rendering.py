"""Pages made on the server: HTML from templates, without any script."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import quote

from babel.dates import format_datetime
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ui.messages import LANGUAGES, Language, Messages
from ui.web.access.cookies import keep_language, language_of
from ui.web.access.origin import root_of
from ui.web.access.visitor import visitor_of
from vectorstore.accounts.models import Role

TEMPLATES: Final = Path(__file__).parent / "templates"
LIBRARY_TEMPLATES: Final = Path(__file__).parent.parent / "library" / "templates"
_LOCALES: Final = {"fr": "fr_CA", "en": "en_CA"}
_MEGABYTE: Final = 1_000_000
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def page(
    request: Request, template: str, status: int = HTTPStatus.OK, **context: object
) -> HTMLResponse:
    """A page from `templates/`, in the visitor's language; it may load our styles, nothing else."""
    language = language_of(request)
    body = (
        _environment()
        .get_template(template)
        .render(
            t=Messages(language),
            language=language,
            other=next(code for code in LANGUAGES if code != language),
            address=_address_without_language(request),
            root=root_of(request),
            visitor=visitor_of(request),
            Role=Role,
            when=_moment(language),
            size=_size(language),
            **context,
        )
    )
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    response = HTMLResponse(body, status, headers=headers)
    keep_language(response, request)
    return response


def refusal(request: Request, text: str, status: int = HTTPStatus.FORBIDDEN) -> Response:
    """A page that says why not."""
    return page(request, "message.html", status, title_key="access-refused", text=text)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader([TEMPLATES, LIBRARY_TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _address_without_language(request: Request) -> str:
    """The page's own address, to which a language can be added."""
    query = request.url.remove_query_params("language").query
    path = quote(request.url.path, safe="/%")
    return f"{path}?{query}&" if query else f"{path}?"


def _moment(language: Language) -> Callable[[datetime | None], str]:
    """Writes moments in the server's own time."""
    locale = _LOCALES[language]

    def written(moment: datetime | None) -> str:
        if moment is None:
            return ""
        return str(format_datetime(moment.astimezone(), "yyyy-MM-dd HH:mm", locale=locale))

    return written


def _size(language: Language) -> Callable[[int], str]:
    """Writes bytes as megabytes."""

    def written(size: int) -> str:
        return str(format_decimal(size / _MEGABYTE, "#,##0.0", locale=_LOCALES[language]))

    return written
