"""Who may open what: every route of the application, signed out, as reader, as staff."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant import Assistant
from ingest.jobs import Jobs
from tests.builders import OSLO
from ui.settings import UiSettings
from ui.web.access.access import Access
from ui.web.access.rules import RULES, rule_of
from ui.web.app import create_app
from vectorstore.accounts.audit import Audit
from vectorstore.accounts.models import Action, Role
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store

PASSWORD = "quatre mots bien choisis"
JSON = {"Accept": "application/json"}
# What anybody may open: to sign in, to look right, and to tell that the server lives.
OPEN = re.compile(
    r"/(healthz|sign-in.*|sign-out|signed-out|setup/.*|page/.*|favicon\.ico|robots\.txt)"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, tiny_settings: VectorstoreSettings) -> Iterator:
    data = tmp_path_factory.mktemp("access") / "data"
    with Store.open(data, tiny_settings) as store, Assistant.open(data) as assistant:
        access = Access(store, UiSettings(sign_in="local"))
        for role in Role:
            access.users.add(role.value, PASSWORD, role, by="test")
        yield create_app(assistant, access.settings, Jobs(store), access), access


def routes_of(router: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """(method, path) of every route, those of included and mounted routers too."""
    for route in router.routes:
        path = prefix + getattr(route, "path", "")
        inner = getattr(route, "original_router", None) or getattr(route, "app", None)
        if getattr(inner, "routes", None):
            yield from routes_of(inner, path.rstrip("/"))
        elif getattr(route, "methods", None):
            for method in route.methods:
                yield method, path


def filled(path: str) -> str:
    return re.sub(
        r"\{(\w+)(?::\w+)?\}", lambda m: "1" if m[1] in ("page", "job_id") else "abc", path
    )


def browser(site, role: str | None = None) -> TestClient:
    app, access = site
    client = TestClient(app, base_url="http://127.0.0.1")
    if role is not None:
        client.cookies.set("escale-session", access.sessions.start(access.users.find(role)))
    return client


def test_signed_out_and_as_reader_no_route_is_open_that_should_not_be(site) -> None:
    every = sorted(set(routes_of(site[0])))
    assert len(every) > 60
    assert {"/library", "/library/uploads", "/source", "/account"} <= {path for _, path in every}
    anonymous, reader = browser(site), browser(site, "reader")
    for method, template in every:
        path = filled(template)
        rule = rule_of(method, path)
        told = anonymous.request(method, path, headers=JSON, follow_redirects=False)
        if OPEN.fullmatch(path):
            assert told.status_code != 401, (method, path)
            continue
        assert told.status_code in (401, 404, 405, 411), (method, path, told.status_code)
        assert rule is None or rule.role is not None, (method, path)
        if rule is None or rule.role is Role.READER:
            continue
        told = reader.request(method, path, headers=JSON, follow_redirects=False)
        assert told.status_code == 403, (method, path, told.status_code)


def test_every_rule_is_needed_by_somebody() -> None:
    assert {rule.role for rule in RULES} == {None, *Role}


def test_signing_in_and_out(site) -> None:
    client = browser(site)
    page = client.get("/library", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?next=%2Flibrary")
    wrong = client.post("/sign-in", data={"name": "staff", "password": "rien du tout"})
    assert wrong.status_code == 422
    signed_in = client.post(
        "/sign-in",
        data={"name": "staff", "password": PASSWORD, "next": "/library"},
        follow_redirects=False,
    )
    assert signed_in.headers["location"] == "/library"
    cookie = signed_in.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert client.get("/library").status_code == 200
    assert client.get("/account/me?language=fr").json()["role"] == "staff"
    client.post("/sign-out")
    assert client.get("/library", headers=JSON).status_code == 401
    done = [entry.action for entry in Audit(site[1].store).entries(limit=3)]
    assert done == [Action.SIGNED_OUT, Action.SIGNED_IN, Action.SIGN_IN_FAILED]


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil", "javascript:"]
)
def test_signing_in_leads_to_pages_of_this_server_only(site, path: str) -> None:
    sent = {"name": "reader", "password": PASSWORD, "next": path}
    told = browser(site).post("/sign-in", data=sent, follow_redirects=False)
    assert told.headers["location"] == "/"


def test_guessing_is_slowed_down(site) -> None:
    client = browser(site)
    site[1].users.add("cible", PASSWORD, Role.READER, by="test")
    codes = {
        client.post("/sign-in", data={"name": "cible", "password": f"essai {n}"}).status_code
        for n in range(30)
    }
    assert codes == {422, 429}
    right = client.post("/sign-in", data={"name": "cible", "password": PASSWORD})
    assert right.status_code == 429


def test_the_first_administrator_is_made_by_a_link_that_works_once(
    tmp_path: Path, tiny_settings: VectorstoreSettings
) -> None:
    with Store.open(tmp_path / "d", tiny_settings) as store, Assistant.open(tmp_path / "d") as made:
        access = Access(store, UiSettings(sign_in="local"))
        app = create_app(made, access.settings, None, access)
        client = TestClient(app, base_url="http://127.0.0.1")
        path = access.begin_setup()
        assert path is not None
        assert client.get(path).status_code == 200
        assert client.get("/setup/guessed").status_code == 404
        form = {"name": "chef", "new": PASSWORD, "again": PASSWORD}
        assert client.post(path, data=form | {"again": "autre"}).status_code == 422
        assert client.post(path, data=form, follow_redirects=False).status_code == 303
        assert client.get("/account/me").json()["role"] == "admin"
        assert TestClient(app, base_url="http://127.0.0.1").get(path).status_code == 404
        assert access.begin_setup() is None
        page = client.post("/account/password", data={"current": "x", "new": "y", "again": "y"})
        assert page.status_code == 422
        new = "une autre suite de mots"
        form = {"current": PASSWORD, "new": new, "again": new}
        assert client.post("/account/password", data=form).status_code == 200
        assert access.users.verify("chef", new) is not None


def test_without_sign_in_anybody_here_asks_but_nobody_governs(
    tmp_path: Path, tiny_settings: VectorstoreSettings
) -> None:
    with Store.open(tmp_path / "d", tiny_settings) as store, Assistant.open(tmp_path / "d") as made:
        app = create_app(made, UiSettings(), Jobs(store))
        client = TestClient(app, base_url="http://127.0.0.1")
        assert client.get("/").status_code == 200
        assert client.get("/library", headers=JSON).status_code == 401
        assert client.post("/library/uploads", files=[("files", ("a", OSLO))]).status_code == 401
        foreign = TestClient(app, base_url="http://evil.example")
        assert foreign.get("/healthz").status_code == 421
