"""A newcomer feeds the library: drops files, looks, confirms, asks, edits, replaces, removes."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant import Assistant
from ingest.jobs import Jobs
from tests.browser.conftest import Witness, wait_until_ready
from tests.browser.reader import asked_and_answered, folded
from ui.settings import UiSettings
from ui.web.access.access import Access
from ui.web.app import create_app
from ui.web.server import PageServer, address, listening_socket
from vectorstore.accounts.models import Role
from vectorstore.store import Store

PASSWORD = "quatre mots bien choisis"
OSLO = """\
Rapport de mission à Oslo (Norvège), du 3 au 5 mai 2024

Objectifs

Étudier les traversiers électriques et les bornes de recharge du port.

Québec apprend

Le port d’Oslo a branché {quays} quais sur 20 au réseau électrique. Les traversiers d’Oslo sont
électriques depuis 2021, et leur recharge prend dix minutes.
"""
LISBON = """\
Rapport de mission à Lisbonne (Portugal), du 6 au 9 octobre 2023

Objectifs

Comprendre la gestion des tramways historiques de Lisbonne.

Québec apprend

La Ville de Lisbonne entretient 58 kilomètres de rails, et chaque tramway transporte 200 personnes.
"""


@dataclass
class Site:
    url: str
    store: Store
    access: Access


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    settings = UiSettings(sign_in="local").model_copy(update={"port": 0})
    with Assistant.open(tmp_path_factory.mktemp("library")) as assistant:
        store = assistant.index.store
        access = Access(store, settings)
        access.users.add("anne", PASSWORD, Role.STAFF, by="test")
        jobs = Jobs(store)
        with listening_socket(settings) as listener, jobs.running():
            url = address(settings.model_copy(update={"port": listener.getsockname()[1]}))
            server = PageServer(create_app(assistant, settings, jobs, access))
            thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
            thread.start()
            wait_until_ready(url)
            yield Site(url, store, access)
            server.should_exit = True
            thread.join(10)


@pytest.fixture
def browser_of(site: Site, chromium: Browser) -> Iterator[BrowserContext]:
    """A browser in which Anne is signed in; afterwards nothing must be amiss."""
    context = chromium.new_context(locale="fr-CA", viewport={"width": 1280, "height": 860})
    witness = Witness(context, site.url, "422")
    page = context.new_page()
    page.goto(f"{site.url}/library")
    page.fill("#name", "anne")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/library")
    page.close()
    yield context
    context.close()
    assert witness.outside == []
    assert witness.complaints == []


@pytest.fixture
def page(site: Site, browser_of: BrowserContext) -> Page:
    opened = browser_of.new_page()
    opened.set_default_timeout(30_000)
    opened.goto(f"{site.url}/library")
    return opened


def write(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def drop(page: Page, *files: Path) -> None:
    """Drag files over the page and let go."""
    page.evaluate(
        """(files) => {
          const carried = new DataTransfer();
          for (const [name, bytes] of files) {
            carried.items.add(new File([new Uint8Array(bytes)], name));
          }
          const to = document.querySelector("#drop");
          for (const kind of ["dragenter", "dragover", "drop"]) {
            to.dispatchEvent(new DragEvent(kind,
              { bubbles: true, cancelable: true, dataTransfer: carried }));
          }
        }""",
        [[file.name, list(file.read_bytes())] for file in files],
    )


def test_the_whole_life_of_reports(site: Site, page: Page, tmp_path: Path) -> None:
    expect(page.locator("#reports .empty")).to_be_visible()
    oslo = write(tmp_path, "oslo.txt", OSLO.format(quays=12))
    lisbon = write(tmp_path, "lisbonne.txt", LISBON)
    broken = write(tmp_path, "photo.pdf", b"\x89PNG\r\n\x1a\n" + bytes(400))
    drop(page, oslo, lisbon, broken)
    cards = page.locator("article.card")
    expect(cards).to_have_count(2)
    expect(cards.filter(has_text="Lisbonne")).to_contain_text("6\u00a0–\u00a09\u00a0oct.\u00a02023")
    expect(page.locator("table.over")).to_contain_text("refusé")
    assert site.store.reports() == []

    # Looked at, changed, confirmed: one by itself, then the rest.
    card = cards.filter(has_text="Oslo")
    card.locator("summary").first.click()
    card.locator("[name=title]").fill("Les traversiers d’Oslo")
    card.get_by_role("button", name="Ajouter").click()
    expect(page.locator("table.over")).to_contain_text("Les traversiers d’Oslo")
    page.locator("article.card").get_by_role("button", name="Ajouter").click()
    expect(page.locator("article.card")).to_have_count(0)
    expect(page.locator("#reports-title")).to_have_text("2 rapports")
    page.get_by_role("button", name="Vider cette liste").click()
    expect(page.locator("#uploads")).to_be_hidden()

    # Asked about in the chat.
    chat = page.context.new_page()
    chat.set_default_timeout(30_000)
    chat.goto(site.url)
    chat.wait_for_selector("#question textarea")
    reply = asked_and_answered(chat, "Combien de quais le port d’Oslo a-t-il branchés ?")
    assert "12 quais" in folded(reply.inner_text())
    chat.close()

    # Edited.
    page.get_by_role("link", name="Les traversiers d’Oslo").click()
    page.locator("#edit-title + .hint + form [name=title]").fill("Oslo électrique")
    page.get_by_role("button", name="Enregistrer").last.click()
    expect(page.locator("h1")).to_have_text("Oslo électrique")
    expect(page.locator(".by-hand")).to_have_count(1)

    # Replaced, after a look; then the first version again.
    drop(page, write(tmp_path, "oslo v2.txt", OSLO.format(quays=14)))
    page.wait_for_url("**/library#uploads")
    expect(page.locator("article.card .warnings")).to_contain_text("Oslo électrique")
    page.get_by_role("button", name="Remplacer").click()
    expect(page.locator("table.over")).to_contain_text("remplacé")
    assert len(site.store.versions("oslo-2024")) == 2
    page.goto(f"{site.url}/library/reports/oslo-2024")
    page.get_by_role("button", name="Rétablir").click()
    expect(page.locator(".done")).to_contain_text("de nouveau la version actuelle")
    text = site.store.version_text(site.store.report("oslo-2024").version)
    assert "12 quais" in text

    # Removed, restored, removed, deleted for good.
    page.get_by_role("button", name="Retirer").click()
    expect(page.locator("h1")).to_have_text("Corbeille")
    page.get_by_role("button", name="Restaurer").click()
    expect(page.locator(".done")).to_contain_text("de retour")
    page.get_by_role("button", name="Retirer").click()
    page.get_by_role("link", name="Effacer Oslo électrique pour de bon").click()
    page.fill("#title", "oslo")
    page.get_by_role("button", name="Effacer pour de bon").click()
    expect(page.locator(".problem")).to_be_visible()
    page.fill("#title", "Oslo électrique")
    page.get_by_role("button", name="Effacer pour de bon").click()
    expect(page.locator(".done")).to_contain_text("effacé pour de bon")
    assert [report.id for report in site.store.reports()] == ["lisbonne-2023"]
    assert site.store.removed_reports() == []


def test_by_keyboard_alone(page: Page) -> None:
    page.locator("#files").focus()
    outline = page.locator("#drop").evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement !== document.body")


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(
    site: Site, page: Page, tmp_path: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    drop(page, write(tmp_path, f"{'x' * 120}.txt", LISBON.replace("58", str(width))))
    page.locator("article.card").first.wait_for()
    for path in ("library", "library/jobs", "library/bin", "library/reports/lisbonne-2023"):
        if path != "library":
            page.goto(f"{site.url}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(f"{site.url}/library")
    page.locator("article.card").get_by_role("button", name="Écarter").first.click()
    expect(page.locator("article.card")).to_have_count(0)


def test_without_a_script(site: Site, chromium: Browser, page: Page, tmp_path: Path) -> None:
    """Forms and links alone do the same."""
    cookies = page.context.cookies()
    context = chromium.new_context(java_script_enabled=False, locale="fr-CA")
    context.add_cookies(cookies)
    plain = context.new_page()
    plain.goto(f"{site.url}/library")
    file = write(tmp_path, "oslo.txt", OSLO.format(quays=17))
    plain.set_input_files("#files", str(file))
    plain.get_by_role("button", name="Téléverser").click()
    assert urlparse(plain.url).path == "/library"
    for _ in range(50):
        if plain.locator("article.card").count():
            break
        plain.wait_for_timeout(200)
        plain.reload()
    plain.locator("article.card").get_by_role("button", name="Ajouter").click()
    for _ in range(100):
        if "Oslo" in plain.locator("#reports").inner_text():
            break
        plain.wait_for_timeout(200)
        plain.reload()
    plain.fill("#q", "norvège")
    plain.get_by_role("button", name="Chercher").click()
    assert plain.locator("#reports tbody tr").count() == 1
    context.close()


def test_an_upload_is_cancelled(page: Page, tmp_path: Path) -> None:
    """A slow network: the file is still on its way when it is stopped."""
    page.route("**/library/uploads", lambda route: None)
    drop(page, write(tmp_path, "lent.txt", LISBON))
    row = page.locator("#sending li")
    expect(row).to_contain_text("lent.txt")
    row.get_by_role("button").click()
    expect(row).to_have_count(0)
    page.unroute("**/library/uploads")
