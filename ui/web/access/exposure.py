"""What keeps a page without sign-in to the machine it runs on."""

from typing import ClassVar

from ui.settings import UiSettings
from ui.web.access.origin import is_loopback, public_host
from vectorstore.errors import EscaleError


class SignInRequired(EscaleError):
    """Others could reach a page that asks nobody to sign in."""

    code: ClassVar[str] = "sign-in-required"
    text: ClassVar[str] = (
        "Without sign-in the page is served to this machine only, not at {host}. Set "
        '[ui] sign_in = "local" (or "oidc"), or leave [ui] host at 127.0.0.1 and [ui] public_url '
        "unset."
    )


class SignOnIncomplete(EscaleError):
    """Single sign-on needs more settings."""

    code: ClassVar[str] = "sign-on-incomplete"
    text: ClassVar[str] = 'The setting [ui] {setting} is missing: [ui] sign_in = "oidc" needs it.'


def check_exposure(settings: UiSettings) -> None:
    """Refuse settings under which the page would be open to anybody.

    Raises:
        SignInRequired: it asks nobody to sign in, and others can reach it.
        SignOnIncomplete: the single sign-on can't work.
    """
    if settings.sign_in == "none":
        reached = [settings.host, public_host(settings)]
        for host in reached:
            if host and not is_loopback(host):
                raise SignInRequired(host=host)
    if settings.sign_in == "oidc":
        for setting in ("oidc_issuer", "oidc_client_id"):
            if not getattr(settings, setting):
                raise SignOnIncomplete(setting=setting)
