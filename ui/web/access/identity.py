"""What a provider's claims say of somebody: who they are, and which role they have."""

from collections.abc import Mapping
from typing import Any

from ui.settings import UiSettings
from vectorstore.accounts.models import Identity, Role


class UnusableIdentity(Exception):
    """The provider vouches for nobody whom this server lets in."""


def identity_of(claims: Mapping[str, Any], settings: UiSettings) -> Identity:
    """The identity that claims describe, with the highest of the roles they map to.

    Raises:
        UnusableIdentity: they name nobody.
    """
    issuer, subject = claims.get("iss"), claims.get("sub")
    if not (isinstance(issuer, str) and isinstance(subject, str) and issuer and subject):
        raise UnusableIdentity("no issuer or subject")
    names = (claims.get(settings.oidc_name_claim), claims.get("email"), claims.get("name"), subject)
    name = next(name for name in names if isinstance(name, str) and name.strip())
    return Identity(issuer, subject, name, _role(claims, settings))


def _role(claims: Mapping[str, Any], settings: UiSettings) -> Role | None:
    if not settings.oidc_role_claim:
        return None
    told = _at(claims, settings.oidc_role_claim)
    groups = told if isinstance(told, list) else [told]
    roles = [
        settings.oidc_roles[group]
        for group in groups
        if isinstance(group, str) and group in settings.oidc_roles
    ]
    return max(roles, key=list(Role).index, default=None)


def _at(claims: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401  (whatever a claim holds)
    """The claim of this name, or, as in Keycloak's `realm_access.roles`, inside of others."""
    if path in claims:
        return claims[path]
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
