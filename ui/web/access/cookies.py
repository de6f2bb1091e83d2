"""The cookies of sign-in and language."""

from datetime import timedelta
from typing import Final

from starlette.requests import HTTPConnection
from starlette.responses import Response

from ui.messages import LANGUAGES, Language
from ui.settings import UiSettings
from ui.web.access.origin import root_of

_SESSION: Final = "escale-session"
_LANGUAGE: Final = "escale-language"
_YEAR: Final = 365 * 24 * 3600


def is_secure(request: HTTPConnection, settings: UiSettings) -> bool:
    """Whether the user's browser reaches the page by TLS."""
    return request.url.scheme == "https" or (settings.public_url or "").startswith("https:")


def session_cookie(request: HTTPConnection, settings: UiSettings) -> str:
    """The cookie's name; by TLS one that no other host of the domain can set (RFC 6265bis)."""
    return f"__Host-{_SESSION}" if is_secure(request, settings) else _SESSION


def keep_session(
    response: Response,
    request: HTTPConnection,
    settings: UiSettings,
    token: str,
    longest: timedelta,
) -> None:
    """Hand the session's token to the browser."""
    response.set_cookie(
        session_cookie(request, settings),
        token,
        max_age=int(longest.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure(request, settings),
    )


def drop_session(response: Response, request: HTTPConnection, settings: UiSettings) -> None:
    """Let the browser forget the token."""
    secure = is_secure(request, settings)
    response.delete_cookie(
        session_cookie(request, settings), path="/", httponly=True, samesite="lax", secure=secure
    )


def language_of(request: HTTPConnection) -> Language:
    """The language asked for in the address, else the one chosen on the page, else French."""
    asked = (request.query_params.get("language"), request.cookies.get(_LANGUAGE))
    return next((code for given in asked for code in LANGUAGES if code == given), "fr")


def keep_language(response: Response, request: HTTPConnection) -> None:
    """Remember a language chosen in the address, as the page's own script does."""
    if request.query_params.get("language") in LANGUAGES:
        path = f"{root_of(request)}/"
        response.set_cookie(
            _LANGUAGE, language_of(request), max_age=_YEAR, path=path, samesite="lax"
        )
