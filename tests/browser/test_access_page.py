"""People sign in, ask, rate and leave; an administrator governs. On a desk and on a phone."""

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.conftest import Witness, wait_until_ready
from tests.browser.reader import asked_and_answered
from tests.scripted import BERTH, ScriptedAssistant, answer_of, report_of
from ui.settings import UiSettings
from ui.web.access.access import Access
from ui.web.app import create_app
from ui.web.server import PageServer, address, listening_socket
from vectorstore.accounts.models import Action, Measure, Role
from vectorstore.store import Store

PASSWORD = "quatre mots bien choisis"
DESK: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 360, "height": 740}


@dataclass
class Site:
    url: str
    access: Access


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    settings = UiSettings(sign_in="local").model_copy(update={"port": 0})
    held = report_of()
    assistant = ScriptedAssistant([held], lambda q: answer_of(q, (held, BERTH)))
    with Store.open(tmp_path_factory.mktemp("accounts")) as store:
        access = Access(store, settings)
        for role in Role:
            access.users.add(role.value, PASSWORD, role, by="test")
        with listening_socket(settings) as listener:
            url = address(settings.model_copy(update={"port": listener.getsockname()[1]}))
            app = create_app(assistant, settings, None, access)  # type: ignore[arg-type]
            server = PageServer(app)
            thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
            thread.start()
            wait_until_ready(url)
            yield Site(url, access)
            server.should_exit = True
            thread.join(10)


@pytest.fixture
def context(
    site: Site, chromium: Browser, request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    """A browser that knows nobody yet; afterwards nothing must be amiss."""
    viewport: ViewportSize = getattr(request, "param", DESK)
    context = chromium.new_context(locale="fr-CA", viewport=viewport)
    witness = Witness(context, site.url, "422")
    yield context
    context.close()
    assert witness.outside == []
    assert witness.complaints == []


def signed_in(site: Site, context: BrowserContext, name: str, path: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(site.url + path)
    page.get_by_label("Nom").fill(name)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(f"{site.url}{path}")
    return page


def look(page: Page, name: str) -> None:
    """Keep a picture for people, where `ESCALE_PICTURES` names a folder."""
    folder = os.environ.get("ESCALE_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def assert_no_wider_than_the_screen(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide, f"{page.url} scrolls sideways"


@pytest.mark.parametrize("context", [DESK, PHONE], indirect=True, ids=["desk", "phone"])
def test_a_reader_signs_in_asks_rates_and_leaves(site: Site, context: BrowserContext) -> None:
    page = signed_in(site, context, "reader", "/")
    name = f"chat-{page.viewport_size['width']}"  # type: ignore[index]
    links = page.locator("#links a")
    expect(links).to_have_text(["reader"])
    expect(page.locator("#privacy")).to_contain_text("Les questions ne sont pas conservées")
    reply = asked_and_answered(page, "Que dit le rapport des quais ?")
    expect(reply.locator("a.cite")).not_to_have_count(0)
    rated = helpful(site)
    look(page, name)
    reply.get_by_role("button", name="Oui").click()
    expect(reply.locator(".rating")).to_have_text("Merci, votre avis est compté.")
    assert helpful(site) == rated + 1
    assert_no_wider_than_the_screen(page)
    links.first.click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("heading", name="Vous êtes déconnecté")).to_be_visible()
    page.goto(site.url)
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible()
    look(page, f"sign-in-{page.viewport_size['width']}")  # type: ignore[index]


def helpful(site: Site) -> int:
    counts = site.access.usage.counts(date(2000, 1, 1))
    return sum(count.count for count in counts if count.measure is Measure.HELPFUL)


def test_a_reader_finds_no_way_into_the_administration(site: Site, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(site.url + "/sign-in")
    page.get_by_label("Nom").fill("reader")
    page.get_by_label("Mot de passe", exact=True).fill("rien du tout de juste")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("alert")).to_contain_text("n’est pas le bon")
    expect(page.get_by_label("Nom")).to_have_value("reader")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(f"{site.url}/")
    told = context.request.get(f"{site.url}/admin", headers={"Accept": "text/html"})
    assert told.status == 403
    assert "administration" in told.text()


@pytest.mark.parametrize("context", [DESK, PHONE], indirect=True, ids=["desk", "phone"])
def test_an_administrator_governs(site: Site, context: BrowserContext) -> None:
    site.access.usage.asked("Une question", "fr", abstained=False)
    page = signed_in(site, context, "admin", "/admin")
    width = page.viewport_size["width"]  # type: ignore[index]
    expect(page.get_by_role("img", name="Questions par jour")).to_be_visible()
    assert_no_wider_than_the_screen(page)
    look(page, f"admin-{width}")
    for path in ("Réponses", "Journal", "État", "Comptes"):
        page.get_by_role("link", name=path, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(path)
        assert_no_wider_than_the_screen(page)
        look(page, f"admin-{path}-{width}")
    name = f"nouveau-{width}"
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.locator("#role").select_option("staff")
    page.get_by_role("button", name="Créer le compte").click()
    expect(page.get_by_role("status")).to_contain_text(f"« {name} » est créé")
    row = page.locator(".people > li", has_text=name)
    row.locator("summary").click()
    look(page, f"admin-account-{width}")
    row.get_by_label(f"Supprimer le compte de {name}").check()
    row.get_by_role("button", name="Supprimer").click()
    expect(page.get_by_role("status")).to_contain_text("est supprimé")
    removed = site.access.audit.entries(limit=1)[0]
    assert (removed.who, removed.action, removed.target) == ("admin", Action.USER_REMOVED, name)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accounts")
