"""Single sign-on against a real OpenID Connect provider, which runs in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from oidc_provider_mock import User, run_server_in_thread

from tests.scripted import ScriptedAssistant, answer_of, report_of
from ui.settings import UiSettings
from ui.web.access.access import Access
from ui.web.app import create_app
from vectorstore.accounts.models import Action, Role
from vectorstore.store import Store

# What the test client answers with is httpx's, or that of its successor.
Response = Any

GROUPS = {"escale-personnel": Role.STAFF, "escale-admin": Role.ADMIN}
USERS = [
    User(sub="s-1", claims={"preferred_username": "anne", "groups": ["autre", "escale-personnel"]}),
    User(sub="s-2", claims={"preferred_username": "bruno", "groups": ["autre"]}),
    User(sub="s-3", claims={"preferred_username": "chef", "groups": [*GROUPS]}),
]


@pytest.fixture
def provider() -> Iterator[str]:
    with run_server_in_thread(require_nonce=True, user_claims=USERS) as server:
        yield f"http://localhost:{server.server_port}"


class Site:
    """The application, as one browser sees it that has signed in nowhere yet."""

    def __init__(self, store: Store, issuer: str, **settings: Any) -> None:
        chosen: dict[str, Any] = {
            "sign_in": "oidc",
            "oidc_issuer": issuer,
            "oidc_client_id": "escale",
            "oidc_client_secret": "un secret",
            "oidc_role_claim": "groups",
            "oidc_roles": GROUPS,
        }
        self.access = Access(store, UiSettings(**(chosen | settings)))
        held = report_of()
        assistant = ScriptedAssistant([held], answer_of)
        app = create_app(assistant, self.access.settings, None, self.access)  # type: ignore[arg-type]
        self.browser = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)

    def sent_to(self, next_path: str = "/account") -> str:
        """The provider's address to which the browser is sent."""
        told = self.browser.get("/sign-in/provider/start", params={"next": next_path})
        assert told.status_code in (302, 303), told.text
        return told.headers["location"]

    def signed_on(self, subject: str) -> Response:
        return self.back(agreed(self.sent_to(), subject))

    def back(self, address: str) -> Response:
        return self.browser.get(address)

    def me(self) -> dict[str, Any]:
        return self.browser.get("/account/me").json()  # type: ignore[no-any-return]

    def failures(self) -> list[str]:
        entries = self.access.audit.entries()
        return [entry.detail for entry in entries if entry.action == Action.SIGN_IN_FAILED]


@contextmanager
def site_of(data: Path, issuer: str, **settings: Any) -> Iterator[Site]:
    with Store.open(data) as store:
        yield Site(store, issuer, **settings)


@pytest.fixture
def site(data_dir: Path, provider: str) -> Iterator[Site]:
    with site_of(data_dir, provider) as opened:
        yield opened


def agreed(address: str, subject: str) -> str:
    """Where the provider sends the browser once `subject` has signed in there."""
    told = httpx.post(address, data={"sub": subject})
    assert told.status_code == 302, told.text
    return str(told.headers["location"])


def changed(address: str, **values: str) -> str:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | values)))


@pytest.mark.parametrize(
    ("subject", "name", "role"),
    [("s-1", "anne", "staff"), ("s-2", "bruno", "reader"), ("s-3", "chef", "admin")],
)
def test_the_groups_give_the_role(site: Site, subject: str, name: str, role: str) -> None:
    told = site.signed_on(subject)
    assert (told.status_code, told.headers["location"]) == (303, "/account")
    assert "httponly" in told.headers["set-cookie"].lower()
    assert site.me()["name"] == name
    assert site.me()["role"] == role
    last = site.access.audit.entries(limit=1)[0]
    assert (last.who, last.action) == (name, Action.SIGNED_IN)


def test_state_nonce_and_the_proof_of_the_code_are_sent(site: Site) -> None:
    sent = dict(parse_qsl(urlsplit(site.sent_to()).query))
    assert sent["response_type"] == "code"
    assert sent["code_challenge_method"] == "S256"
    assert min(len(sent[name]) for name in ("state", "nonce", "code_challenge")) >= 20


def test_who_is_no_longer_in_the_group_loses_the_role(data_dir: Path, provider: str) -> None:
    with site_of(data_dir, provider) as site:
        site.signed_on("s-1")
        assert site.me()["role"] == "staff"
    with site_of(data_dir, provider, oidc_roles={"autre": "reader"}) as site:
        site.signed_on("s-1")
        assert (site.me()["name"], site.me()["role"]) == ("anne", "reader")
        assert Action.ROLE_CHANGED in {entry.action for entry in site.access.audit.entries()}


def test_who_has_no_group_is_kept_out_where_the_settings_say_so(
    data_dir: Path, provider: str
) -> None:
    with site_of(data_dir, provider, oidc_default_role="none") as site:
        told = site.signed_on("s-2")
        assert told.status_code == 403
        assert "ne donne pas accès" in told.text
        assert site.browser.get("/account/me").status_code != 200
        assert site.access.users.all() == []


REFUSED = "a échoué"


def assert_refused(site: Site, told: Response) -> None:
    assert told.status_code == 403
    assert REFUSED in told.text
    assert "set-cookie" not in told.headers or "escale-session" not in told.headers["set-cookie"]
    assert site.browser.get("/account/me", headers={"Accept": "*/*"}).status_code == 401
    assert len(site.failures()) == 1
    assert site.access.users.all() == []


def test_an_identity_with_another_nonce_is_refused(site: Site) -> None:
    address = changed(site.sent_to(), nonce="une-autre-valeur-imprevue")
    assert_refused(site, site.back(agreed(address, "s-3")))


def test_another_state_is_refused(site: Site) -> None:
    back = changed(agreed(site.sent_to(), "s-3"), state="une-autre-valeur-imprevue")
    assert_refused(site, site.back(back))


def test_a_code_for_another_browser_is_refused(site: Site, data_dir: Path, provider: str) -> None:
    back = agreed(site.sent_to(), "s-3")
    elsewhere = Site(site.access.store, provider)
    assert_refused(elsewhere, elsewhere.back(back))


def test_coming_back_twice_signs_in_once(site: Site) -> None:
    back = agreed(site.sent_to(), "s-1")
    assert site.back(back).status_code == 303
    assert site.back(back).status_code == 403


def test_a_provider_that_calls_itself_otherwise_is_refused(data_dir: Path, provider: str) -> None:
    with site_of(data_dir, provider.replace("localhost", "LOCALHOST")) as site:
        told = site.browser.get("/sign-in/provider/start")
        assert_refused(site, told)
        assert "calls itself" in site.failures()[0]


def test_an_identity_of_another_provider_is_refused(data_dir: Path, provider: str) -> None:
    """The token is fetched under another name of the same provider, which then signs as that."""
    with site_of(data_dir, provider) as site:
        back = agreed(site.sent_to(), "s-3")
        metadata = site_metadata(site)
        metadata["token_endpoint"] = metadata["token_endpoint"].replace("localhost", "127.0.0.1")
        assert_refused(site, site.back(back))


def site_metadata(site: Site) -> dict[str, Any]:
    mount = next(
        route
        for route in site.browser.app.routes  # type: ignore[attr-defined]
        if getattr(route, "path", "") == "/sign-in/provider"
    )
    set_out = mount.app.routes[0].endpoint
    sign_on = next(
        cell.cell_contents
        for cell in set_out.__closure__
        if type(cell.cell_contents).__name__ == "SignOn"
    )
    return sign_on._client.server_metadata  # type: ignore[no-any-return]


def test_a_provider_that_is_down_is_told(data_dir: Path) -> None:
    with site_of(data_dir, "http://localhost:9") as site:
        assert_refused(site, site.browser.get("/sign-in/provider/start"))


def test_a_provider_that_goes_down_on_the_way_is_told(data_dir: Path) -> None:
    with (
        run_server_in_thread(user_claims=USERS) as server,
        site_of(data_dir, f"http://localhost:{server.server_port}") as site,
    ):
        back = agreed(site.sent_to(), "s-3")
        server.shutdown()
        server.server_close()
        assert_refused(site, site.back(back))


def test_a_local_account_still_signs_in(site: Site) -> None:
    site.access.users.add("secours", "quatre mots bien choisis", Role.ADMIN, by="test")
    form = {"name": "secours", "password": "quatre mots bien choisis"}
    assert site.browser.post("/sign-in", data=form).status_code == 303
    assert site.me()["role"] == "admin"
