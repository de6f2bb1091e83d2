"""Settings of the ui room: table `[ui]`, variables `ESCALE_UI_*`."""

from typing import ClassVar, Literal

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from vectorstore.accounts.models import Role
from vectorstore.configuration import RoomSettings


class UiSettings(RoomSettings):
    """How the page is served."""

    table: ClassVar[str] = "ui"
    model_config = SettingsConfigDict(env_prefix="ESCALE_UI_")

    host: str = Field(
        default="127.0.0.1",
        min_length=1,
        description="The address on which the page is served; 0.0.0.0 is every one of the machine.",
    )
    port: int = Field(default=7860, ge=1, le=65535, description="The port of the page.")
    concurrent_answers: int = Field(
        default=4, ge=1, le=64, description="Questions answered at the same time."
    )
    max_waiting: int = Field(
        default=64, ge=1, le=10_000, description="Questions that may wait for their turn."
    )
    example_questions: int = Field(
        default=4, ge=0, le=8, description="Questions proposed on an empty page."
    )
    max_draft_characters: int = Field(
        default=60_000, ge=1000, description="Longer speeches are refused by the speech check."
    )
    max_draft_megabytes: int = Field(
        default=10, ge=1, le=100, description="Larger files are refused by the speech check."
    )
    sign_in: Literal["none", "local", "oidc"] = Field(
        default="none",
        description="Who is let in: on this machine anybody (`none`; the library and the "
        "administration still ask to sign in), or accounts with a password (`local`), or those of "
        "the organization by OpenID Connect (`oidc`).",
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^/?#\s]+(/[^?#\s]*)?$",
        description="The address at which browsers reach the page where that isn't its own, such "
        "as https://escale.example.org behind a proxy.",
    )
    trusted_proxies: list[str] = Field(
        default=[],
        description="Addresses or networks of proxies that are believed about who asks "
        "(X-Forwarded-For, X-Forwarded-Proto).",
    )
    session_idle_hours: int = Field(
        default=12, ge=1, le=720, description="A session ends when it isn't used for so long."
    )
    session_days: int = Field(
        default=7, ge=1, le=365, description="A session ends after so long, used or not."
    )
    store_questions: bool = Field(
        default=False,
        description="Whether questions are stored, without who asked. The page says which.",
    )
    question_days: int = Field(
        default=365, ge=1, le=3650, description="Stored questions are deleted after so long."
    )
    oidc_issuer: str | None = Field(
        default=None, description="The provider of the single sign-on, such as https://sso.example."
    )
    oidc_client_id: str | None = Field(
        default=None, description="The name under which the provider knows this server."
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None,
        description="The secret that goes with it; best given by the variable. None for a public "
        "client.",
    )
    oidc_scopes: str = Field(
        default="openid profile email", description="What the provider is asked for."
    )
    oidc_name_claim: str = Field(
        default="preferred_username", description="The claim that names the user."
    )
    oidc_role_claim: str = Field(
        default="",
        description="The claim that holds the user's groups or roles, such as `groups` or "
        "`realm_access.roles`; empty when roles are given here.",
    )
    oidc_roles: dict[str, Role] = Field(
        default={},
        description='Which of them is which role, such as `{ "escale-staff" = "staff" }`.',
    )
    oidc_default_role: Literal["none", "reader", "staff"] = Field(
        default="reader",
        description="The role of who has none by their groups; with `none` they aren't let in.",
    )
