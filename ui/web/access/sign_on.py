"""Signing in with the organization's account: OpenID Connect, by Authlib.

Authorization code with PKCE, state and nonce; the identity token's signature, issuer, audience,
expiry and nonce are checked. What must come back from the provider is kept for ten minutes in a
signed cookie of the browser that set out.
"""

import logging
import secrets
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from anyio import to_thread
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ui.messages import Messages
from ui.settings import UiSettings
from ui.web.access.cookies import is_secure, language_of
from ui.web.access.identity import UnusableIdentity, identity_of
from ui.web.access.origin import root_of
from ui.web.access.sign_in import HOME, gone_on, safe_path, sign_in_page
from ui.web.access.visitor import visitor_of
from vectorstore.accounts.models import Action, Role

if TYPE_CHECKING:
    from ui.web.access.access import Access

_MINUTES_AWAY: Final = 10
_SECONDS: Final = 10.0
_LEEWAY_SECONDS: Final = 60
_NEXT: Final = "next"
# What only a provider's key can sign: with "none" or a shared secret others could.
_ASYMMETRIC: Final = ("RS", "PS", "ES", "Ed")

_log = logging.getLogger(__name__)


class SignOn:
    """The provider that the settings name."""

    def __init__(self, settings: UiSettings) -> None:
        self._settings = settings
        self._issuer = (settings.oidc_issuer or "").rstrip("/")
        secret = settings.oidc_client_secret
        self._client: StarletteOAuth2App = OAuth().register(
            "provider",
            client_id=settings.oidc_client_id,
            client_secret=secret.get_secret_value() if secret is not None else None,
            server_metadata_url=f"{self._issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": settings.oidc_scopes,
                "code_challenge_method": "S256",
                "timeout": _SECONDS,
                "token_endpoint_auth_method": "client_secret_basic" if secret else "none",
            },
        )

    def application(self, access: "Access") -> Starlette:
        """To be mounted at `/sign-in/provider`: `/start` sets out, `/back` is the way back."""

        async def set_out(request: Request) -> Response:
            request.session[_NEXT] = safe_path(request.query_params.get(_NEXT, HOME))
            try:
                await self._metadata()
                address = f"{self._base(request)}/sign-in/provider/back"
                response: Response = await self._client.authorize_redirect(request, address)
            except Exception as error:  # noqa: BLE001  (whatever a provider does; logged)
                return await self._failed(request, access, error)
            return response

        async def come_back(request: Request) -> Response:
            next_path = str(request.session.pop(_NEXT, HOME))
            try:
                claims = await self._claims(request)
                identity = identity_of(claims, self._settings)
            except Exception as error:  # noqa: BLE001  (whatever a provider does; logged)
                return await self._failed(request, access, error)
            default = self._settings.oidc_default_role
            role = None if default == "none" else Role(default)
            user = await to_thread.run_sync(access.users.signed_on, identity, role)
            if user is None:
                return await self._failed(request, access, UnusableIdentity("no role"))
            address = visitor_of(request).address
            token = await to_thread.run_sync(
                lambda: access.sessions.start(user, how=identity.issuer, address=address)
            )
            return gone_on(request, next_path, access, token)

        return Starlette(
            routes=[Route("/start", set_out), Route("/back", come_back)],
            middleware=[
                Middleware(
                    SessionMiddleware,
                    # What is under way when the server stops is begun again.
                    secret_key=secrets.token_urlsafe(32),
                    session_cookie="escale-sign-on",
                    max_age=_MINUTES_AWAY * 60,
                    same_site="lax",
                    https_only=(self._settings.public_url or "").startswith("https:"),
                )
            ],
        )

    async def end_address(self, request: Request) -> str | None:
        """Where one signs out of the provider, too (RP-Initiated Logout); None without such."""
        try:
            end = (await self._metadata()).get("end_session_endpoint")
        except Exception as error:  # noqa: BLE001  (whatever a provider does; logged)
            _log.warning("the provider can't be asked: %s: %s", type(error).__name__, error)
            return None
        if not isinstance(end, str):
            return None
        back = {
            "client_id": self._settings.oidc_client_id,
            "post_logout_redirect_uri": f"{self._base(request)}/signed-out",
        }
        return f"{end}{'&' if '?' in end else '?'}{urlencode(back)}"

    async def _claims(self, request: Request) -> dict[str, Any]:
        """What the provider says of who comes back, once all of it has been checked."""
        await self._metadata()
        token = await self._client.authorize_access_token(
            request,
            leeway=_LEEWAY_SECONDS,
            claims_options={
                "iss": {"essential": True, "value": self._issuer},
                "aud": {"essential": True, "value": self._settings.oidc_client_id},
                "sub": {"essential": True},
                "exp": {"essential": True},
                "nonce": {"essential": True},
            },
        )
        claims = dict(token.get("userinfo") or {})
        if not claims:
            raise UnusableIdentity("no identity token")
        if "userinfo_endpoint" in self._client.server_metadata:
            more = dict(await self._client.userinfo(token=token))
            if more.get("sub") != claims["sub"]:
                raise UnusableIdentity("the user information is of somebody else")
            claims = more | claims
        return claims

    async def _metadata(self) -> dict[str, Any]:
        """The provider's description, read once.

        Raises:
            ValueError: it is the description of another provider.
            Exception: what Authlib's client raises where the provider can't be reached.
        """
        metadata: dict[str, Any] = await self._client.load_server_metadata()
        if str(metadata.get("issuer", "")).rstrip("/") != self._issuer:
            self._client.server_metadata.clear()
            raise ValueError(f"the provider calls itself {metadata.get('issuer')!r}")
        # As it writes its own name, which is compared letter by letter.
        self._issuer = str(metadata["issuer"])
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [
            name for name in offered if name.startswith(_ASYMMETRIC)
        ]
        return metadata

    async def _failed(self, request: Request, access: "Access", error: Exception) -> Response:
        """Back at the sign-in page; why is for the log and the audit, not for the visitor."""
        _log.warning("single sign-on failed: %s: %s", type(error).__name__, error)
        detail = f"{self._issuer}: {type(error).__name__}: {error}"
        address = visitor_of(request).address
        messages = Messages(language_of(request))
        is_refusal = isinstance(error, UnusableIdentity)
        told = messages("sign-on-refused") if is_refusal else messages("sign-on-failed")

        def page() -> Response:
            access.audit.record("", Action.SIGN_IN_FAILED, "", detail, address)
            return sign_in_page(request, access, self, problem=told, status=403)

        return await to_thread.run_sync(page)

    def _base(self, request: Request) -> str:
        """The address of this server as the browser knows it."""
        if self._settings.public_url:
            return self._settings.public_url.rstrip("/")
        scheme = "https" if is_secure(request, self._settings) else "http"
        return f"{scheme}://{request.headers['host']}{root_of(request)}"
