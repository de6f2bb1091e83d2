"""Every route of the application, by enumeration: Gradio's and those of mounts, too.

A new route needs its line in `ui.web.access.rules`; until then it is closed, and this fails.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.routing import Mount

from ingest.jobs import Jobs
from tests.scripted import ScriptedAssistant, answer_of, report_of
from ui.settings import UiSettings
from ui.web.access.access import Access
from ui.web.access.rules import rule_of
from ui.web.app import create_app, gradio_app
from vectorstore.accounts.models import Role
from vectorstore.store import Store

PASSWORD = "quatre mots bien choisis"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
JSON = {"Accept": "application/json"}
CLOSED = {401, 403, 404, 405, 411}

# All that anybody may ask for without being known, whatever the settings.
OPEN = {
    ("GET", "/healthz"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/sign-in/provider/start"),
    ("GET", "/sign-in/provider/back"),
    ("POST", "/sign-out"),
    ("GET", "/signed-out"),
    ("GET", "/setup/{secret}"),
    ("POST", "/setup/{secret}"),
    ("GET", "/robots.txt"),
    ("GET", "/favicon.ico"),
}


class Site:
    def __init__(self, store: Store, mode: str) -> None:
        oidc = {"oidc_issuer": "http://localhost:9", "oidc_client_id": "escale"}
        settings = UiSettings(sign_in=mode, **(oidc if mode == "oidc" else {}))  # type: ignore[arg-type]
        self.access = Access(store, settings)
        assistant = ScriptedAssistant([report_of()], answer_of)
        self.app = create_app(assistant, settings, Jobs(store), self.access)  # type: ignore[arg-type]

    def client(self, name: str = "") -> TestClient:
        client = TestClient(
            self.app,
            base_url="http://127.0.0.1",
            follow_redirects=False,
            raise_server_exceptions=False,
        )
        if name:
            token = self.access.sessions.start(self.access.users.find(name))
            client.cookies.set("escale-session", token)
        return client


@pytest.fixture(scope="module", params=["none", "local", "oidc"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp(request.param) / "data"
    with Store.open(folder) as store:
        made = Site(store, request.param)
        for role in Role:
            made.access.users.add(role.value, PASSWORD, role, by="test")
        yield made


def routes_of(router: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """(method, path) of every route below a router or an application."""
    for route in router.routes:
        path = prefix + getattr(route, "path", "")
        inner = getattr(route, "original_router", None) or getattr(route, "app", None)
        if getattr(inner, "routes", None):
            yield from routes_of(inner, path.rstrip("/"))
        elif isinstance(route, Mount):
            yield "GET", f"{path}/x"
        else:
            for method in getattr(route, "methods", None) or {"GET"}:
                yield method, path


def own_routes(site: Site) -> set[tuple[str, str]]:
    gradio = gradio_app(site.app)
    every = site.app.routes
    own = [route for route in every if getattr(route, "app", None) is not gradio]
    return set(routes_of(type("Own", (), {"routes": own})))


def filled(path: str) -> str:
    return re.sub(
        r"\{(\w+)(?::\w+)?\}", lambda m: "1" if m[1] in {"page", "job_id"} else "abc", path
    )


def test_each_route_of_ours_has_a_rule(site: Site) -> None:
    without = {
        (method, path) for method, path in own_routes(site) if rule_of(method, filled(path)) is None
    }
    assert not without, "add them to ui/web/access/rules.py"
    assert len(own_routes(site)) > 40


def test_what_has_no_rule_is_closed_to_everybody(site: Site) -> None:
    paths = {path for _, path in routes_of(site.app)}
    assert len(paths) > 80
    admin = site.client("admin")
    closed = 0
    for path in sorted(paths):
        for method in METHODS:
            if rule_of(method, filled(path)) is None:
                told = admin.request(method, filled(path), headers=JSON)
                assert told.status_code in {404, 411}, (method, path, told.status_code)
                closed += 1
    assert closed > 200


def test_signed_out_only_the_open_routes_answer(site: Site) -> None:
    nobody = site.client()
    for method, path in sorted(set(routes_of(site.app))):
        rule = rule_of(method, filled(path))
        if rule is None or path.startswith("/page/"):
            continue
        plain = "GET" if method == "HEAD" else method
        is_open = (plain, path) in OPEN
        assert is_open is (rule.role is None), (method, path)
        if is_open:
            continue
        if site.access.settings.sign_in == "none" and rule.role is Role.READER:
            continue
        told = nobody.request(method, filled(path), headers=JSON)
        assert told.status_code == 401, (method, path, told.status_code)


@pytest.mark.parametrize("name", ["reader", "staff"])
def test_each_role_reaches_what_is_its_own_and_nothing_above(site: Site, name: str) -> None:
    client, role = site.client(name), Role(name)
    refused = 0
    for method, path in sorted(own_routes(site)):
        rule = rule_of(method, filled(path))
        if rule is None or rule.role is None:
            continue
        told = client.request(method, filled(path), headers=JSON)
        if role.includes(rule.role):
            assert told.status_code not in {401, 403}, (method, path, told.status_code)
        else:
            assert told.status_code == 403, (method, path, told.status_code)
            refused += 1
    assert refused > (25 if role is Role.READER else 8)


@pytest.mark.parametrize(
    "path",
    [
        "//admin",
        "/admin/",
        "/admin/../admin/users",
        "/./admin",
        "/admin%2Fusers",
        "/ADMIN",
        "/admin;x",
        "/admin/users/",
        "/page/../admin",
        "/page/%2e%2e/admin",
        "/library/../admin/users",
        "/gradio_api/../admin/users",
        "/sign-in/../admin",
    ],
)
def test_another_spelling_of_a_path_opens_nothing(site: Site, path: str) -> None:
    for client in (site.client(), site.client("reader")):
        told = client.get(f"http://127.0.0.1{path}", headers=JSON)
        assert told.status_code in CLOSED, (path, told.status_code)


def test_a_cookie_of_nobody_opens_nothing(site: Site) -> None:
    client = site.client()
    client.cookies.set("escale-session", "x" * 43)
    assert client.get("/library", headers=JSON).status_code == 401


def test_a_websocket_is_closed(site: Site) -> None:
    from starlette.websockets import WebSocketDisconnect

    client = site.client("admin")
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/queue/join"):
        pass
