"""The administration's pages, and what the page counts."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from tests.scripted import BERTH, ScriptedAssistant, answer_of, report_of
from ui.settings import UiSettings
from ui.web.access.access import Access
from ui.web.app import create_app
from vectorstore.accounts import passwords
from vectorstore.accounts.models import Action, Measure, Rating, Role
from vectorstore.store import Store

PASSWORD = "quatre mots bien choisis"
PAGES = ("", "/answers", "/users", "/audit", "/health")


class Site:
    def __init__(self, store: Store, **settings: object) -> None:
        self.access = Access(store, UiSettings(sign_in="local", **settings))  # type: ignore[arg-type]
        held = report_of()
        assistant = ScriptedAssistant([held], lambda q: answer_of(q, (held, BERTH)))
        self.app = create_app(assistant, self.access.settings, None, self.access)  # type: ignore[arg-type]

    def browser(self, name: str = "") -> TestClient:
        client = TestClient(self.app, base_url="http://127.0.0.1", follow_redirects=False)
        if name:
            token = self.access.sessions.start(self.access.users.find(name))
            client.cookies.set("escale-session", token)
        return client


@pytest.fixture
def site(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    # The real parameters take 50 ms for each hash.
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64))
    passwords._nobody.cache_clear()
    with Store.open(data_dir) as store:
        made = Site(store)
        made.access.users.add("chef", PASSWORD, Role.ADMIN, by="test")
        made.access.users.add("anne", PASSWORD, Role.READER, by="test")
        yield made


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_to_administrators_and_loads_nothing_from_elsewhere(
    site: Site, path: str, language: str
) -> None:
    site.access.usage.asked("Une question ?", "fr", abstained=True)
    site.access.usage.rated(Rating.UP)
    told = site.browser("chef").get(f"/admin{path}?language={language}")
    assert told.status_code == 200
    assert f'<html lang="{language}">' in told.text
    for forbidden in ("<script", "style=", "http://", "https://", "onclick"):
        assert forbidden not in told.text
    policy = told.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert site.browser("anne").get(f"/admin{path}").status_code == 403
    assert site.browser().get(f"/admin{path}").status_code == 401


def test_an_account_from_its_first_day_to_its_last(site: Site) -> None:
    chef = site.browser("chef")
    form = {"name": "bruno", "password": PASSWORD, "role": "reader"}
    assert chef.post("/admin/users/add", data=form).status_code == 303
    bruno = site.browser("bruno")
    assert bruno.get("/account/me").json()["role"] == "reader"
    assert chef.post("/admin/users/role", data={"name": "bruno", "role": "staff"}).is_redirect
    assert bruno.get("/account/me").json()["role"] == "staff"
    new = {"name": "bruno", "password": "une autre suite de mots"}
    assert chef.post("/admin/users/password", data=new).is_redirect
    json = {"accept": "application/json"}
    assert bruno.get("/account/me", headers=json).status_code == 401
    assert chef.post("/admin/users/suspend", data={"name": "bruno"}).is_redirect
    assert site.access.users.verify("bruno", new["password"]) is None
    assert chef.post("/admin/users/remove", data={"name": "bruno"}).is_redirect
    told = chef.get("/admin/users?done=removed&name=bruno").text
    assert "bruno" in told
    by_chef = [entry.action for entry in site.access.audit.entries() if entry.who == "chef"]
    assert set(by_chef) >= {
        Action.USER_ADDED,
        Action.ROLE_CHANGED,
        Action.PASSWORD_CHANGED,
        Action.USER_SUSPENDED,
        Action.USER_REMOVED,
    }


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("add", {"name": "anne", "password": PASSWORD, "role": "reader"}, 422),
        ("add", {"name": "court", "password": "court", "role": "reader"}, 422),
        ("add", {"name": "<b>", "password": PASSWORD, "role": "reader"}, 422),
        ("remove", {"name": "chef"}, 422),
        ("role", {"name": "chef", "role": "reader"}, 422),
        ("suspend", {"name": "chef"}, 422),
        ("remove", {"name": "personne"}, 404),
    ],
)
def test_what_cannot_be_done_is_told_on_the_page(
    site: Site, path: str, form: dict[str, str], status: int
) -> None:
    before = site.access.users.all()
    told = site.browser("chef").post(f"/admin/users/{path}", data=form)
    assert told.status_code == status
    assert 'role="alert"' in told.text
    assert "<b>" not in told.text
    assert [user.name for user in site.access.users.all()] == [user.name for user in before]


def test_another_site_cannot_send_a_form(site: Site) -> None:
    form = {"name": "intrus", "password": PASSWORD, "role": "admin"}
    chef = site.browser("chef")
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ):
        assert chef.post("/admin/users/add", data=form, headers=headers).status_code == 403
    own = {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1"}
    assert chef.post("/admin/users/add", data=form, headers=own).status_code == 303


def test_the_audit_is_filtered_and_exported_without_formulas(site: Site) -> None:
    site.access.audit.record("anne", Action.SIGN_IN_FAILED, '=HYPERLINK("http://evil")')
    chef = site.browser("chef")
    page = chef.get("/admin/audit?action=sign-in-failed").text
    assert "HYPERLINK" in page
    assert "compte créé</td>" not in page
    assert "HYPERLINK" not in chef.get("/admin/audit?words=bruno").text
    told = chef.get("/admin/audit.csv?action=sign-in-failed")
    assert told.headers["content-type"].startswith("text/csv")
    assert "attachment" in told.headers["content-disposition"]
    head, line = csv.reader(io.StringIO(told.text))
    assert line[head.index("target")] == '\'=HYPERLINK("http://evil")'
    assert site.access.audit.entries(limit=1)[0].action == Action.AUDIT_EXPORTED


def test_long_audits_are_turned_page_by_page(site: Site) -> None:
    for number in range(150):
        site.access.audit.record("anne", Action.REPORT_EDITED, f"rapport-{number:03}")
    chef = site.browser("chef")
    first = chef.get("/admin/audit?words=rapport-").text
    assert "rapport-149" in first
    assert "rapport-049" not in first
    before = next(
        entry.id for entry in site.access.audit.entries() if entry.target == "rapport-050"
    )
    assert f"before={before}" in first
    assert "rapport-049" in chef.get(f"/admin/audit?words=rapport-&before={before}").text


def test_feedback_is_counted_and_its_question_kept_only_where_questions_are(
    site: Site, data_dir: Path
) -> None:
    sent = {"rating": "down", "question": "Une question privée ?"}
    assert site.browser("anne").post("/feedback", json=sent).status_code == 204
    assert site.browser("anne").post("/feedback", json={"rating": "sideways"}).status_code == 422
    json = {"accept": "application/json"}
    assert site.browser().post("/feedback", json=sent, headers=json).status_code == 401
    given = site.access.usage.feedback()
    assert [(one.rating, one.question) for one in given] == [(Rating.DOWN, None)]
    keeping = Site(site.access.store, store_questions=True)
    assert keeping.browser("anne").post("/feedback", json=sent).status_code == 204
    assert keeping.access.usage.feedback()[0].question == sent["question"]
    today = keeping.access.usage.counts(given[0].at.date().replace(day=1))
    assert {(count.measure, count.count) for count in today} == {(Measure.UNHELPFUL, 2)}
    assert sent["question"] in keeping.browser("chef").get("/admin/answers").text


@pytest.mark.parametrize("stores", [False, True])
def test_the_page_says_whether_questions_are_stored(site: Site, *, stores: bool) -> None:
    made = Site(site.access.store, store_questions=stores)
    told = made.browser("anne").get("/config", headers={"accept": "application/json"}).text
    assert ("Les questions ne sont pas conserv" in told) is not stores
    assert ("Les questions sont conserv" in told) is stores


def test_a_session_ends_when_it_is_not_used_and_everywhere_on_a_new_password(site: Site) -> None:
    one, other = site.browser("anne"), site.browser("anne")
    form = {
        "current": PASSWORD,
        "new": "une autre suite de mots",
        "again": "une autre suite de mots",
    }
    told = one.post("/account/password", data=form)
    assert told.status_code == 200
    json = {"accept": "application/json"}
    assert other.get("/account/me", headers=json).status_code == 401
    assert one.get("/account/me", headers=json).status_code == 200


def test_behind_tls_the_cookie_is_for_this_host_and_tls_only(site: Site) -> None:
    made = Site(site.access.store, public_url="https://escale.example.org")
    form = {"name": "anne", "password": PASSWORD}
    client = TestClient(made.app, base_url="https://escale.example.org", follow_redirects=False)
    cookie = client.post("/sign-in", data=form).headers["set-cookie"]
    assert cookie.startswith("__Host-escale-session=")
    for part in ("; Secure", "; HttpOnly", "; Path=/", "SameSite=lax"):
        assert part in cookie
    assert "Domain" not in cookie
