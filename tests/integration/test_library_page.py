"""The library's pages: uploads, previews, decisions, edits, versions, the bin, and who may."""

import html
import io
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from ingest.jobs import JobKind, Jobs, Task
from ingest.settings import IngestSettings
from tests.builders import OSLO
from ui.messages import Messages
from ui.settings import UiSettings
from ui.web.access.access import Access
from ui.web.access.guard import Guard
from ui.web.headers import SecurityHeaders
from ui.web.library import bin as removed
from ui.web.library import jobs as job_list
from ui.web.library import reports, uploads
from ui.web.library.form import changes, filled
from ui.web.library.listing import Column, Wanted, listed
from ui.web.library.routes import routes
from ui.web.library.showing import Desk
from vectorstore.accounts.audit import Audit
from vectorstore.accounts.models import Action, Role
from vectorstore.models import Destination, Participant, ReportMetadata
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store

REPORT = OSLO.format(quays=12)
SECOND = OSLO.format(quays=13)
LISBON = REPORT.replace("Oslo", "Lisbonne").replace("Norvège", "Portugal")
PASSWORD = "quatre mots bien choisis"
JSON = {"Accept": "application/json"}


@dataclass
class Web:
    """The application over a store, and its browsers."""

    app: FastAPI
    store: Store
    access: Access
    jobs: Jobs

    def browser(self, name: str | None = None) -> TestClient:
        """Somebody who is signed in, or nobody."""
        client = TestClient(self.app, base_url="http://127.0.0.1")
        if name is not None:
            user = self.access.users.find(name)
            token = self.access.sessions.start(user, how="password", address="127.0.0.1")
            client.cookies.set("escale-session", token)
        return client


@pytest.fixture
def store(data_dir: Path, tiny_settings: VectorstoreSettings) -> Iterator[Store]:
    with Store.open(data_dir, tiny_settings) as opened:
        yield opened
        assert opened.check() == []


@pytest.fixture
def web(store: Store) -> Iterator[Web]:
    yield from _web(store, IngestSettings())


@pytest.fixture
def strict(store: Store) -> Iterator[Web]:
    yield from _web(store, IngestSettings(max_file_megabytes=1, max_uploads=3))


def _web(store: Store, settings: IngestSettings) -> Iterator[Web]:
    access = Access(store, UiSettings(sign_in="local"))
    for name, role in (("anne", "staff"), ("claire", "staff"), ("chef", "admin"), ("lu", "reader")):
        access.users.add(name, PASSWORD, Role(role), by="test")
    jobs = Jobs(store, settings)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(SecurityHeaders, upload_megabytes=settings.incoming_megabytes)
    app.add_middleware(Guard, access=access)
    app.include_router(routes(jobs))
    with jobs.running():
        yield Web(app, store, access, jobs)


@pytest.fixture
def anne(web: Web) -> TestClient:
    return web.browser("anne")


def drop(client: TestClient, *files: tuple[str, bytes | str], path: str = "/library/uploads"):
    sent = [
        ("files", (name, content if isinstance(content, bytes) else content.encode()))
        for name, content in files
    ]
    return client.post(path, files=sent, headers=JSON)


def settled(client: TestClient, seconds: float = 30) -> str:
    """The library's page once nothing is under way."""
    end = time.monotonic() + seconds
    while True:
        page = client.get("/library")
        assert page.status_code == 200
        if "data-active" not in page.text:
            return page.text
        assert time.monotonic() < end
        time.sleep(0.1)


def words(page: str) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<(?:script|style).*?</(?:script|style)>", " ", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def cards_in(page: str) -> list[str]:
    return re.findall(r'<article class="card[^"]*" data-key="([\w-]+)"', page)


def add(client: TestClient, name: str = "oslo.txt", text: str = REPORT) -> None:
    uploaded = drop(client, (name, text))
    assert uploaded.status_code == 200, uploaded.text
    [card] = cards_in(settled(client))
    confirmed = client.post(f"/library/uploads/{card}/confirm", follow_redirects=False)
    assert confirmed.status_code == 303
    settled(client)
    client.post("/library/uploads/clear")


def zip_bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for number in range(4):
            archive.writestr(f"word/media/{number}.bin", bytes(900 * 2**20 // 4 * 3))
        archive.writestr("word/document.xml", "<document/>")
    return made.getvalue()


class TestWhoMay:
    def test_nobody_without_the_role_reaches_any_route(self, web: Web) -> None:
        anonymous, reader = web.browser(), web.browser("lu")
        seen = 0
        desk = Desk(web.jobs)
        parts = [part.routes(desk).routes for part in (reports, removed, uploads, job_list)]
        for route in chain(*parts):
            assert isinstance(route, APIRoute)
            path = re.sub(r"\{(\w+)\}", lambda m: "1" if m[1] == "job_id" else "abc", route.path)
            for method in route.methods:
                for client, status in ((anonymous, 401), (reader, 403)):
                    told = client.request(method, path, headers=JSON, follow_redirects=False)
                    assert told.status_code == status, (method, path, status)
                    assert "escale" not in told.text.lower() or told.json()
                    seen += 1
        assert seen > 30

    def test_an_application_without_its_guard_lets_nobody_in(self, web: Web) -> None:
        bare = FastAPI()
        bare.include_router(routes(web.jobs))
        assert TestClient(bare).get("/library").status_code == 404

    def test_another_sites_form_is_refused(self, anne: TestClient) -> None:
        told = anne.post("/library/reread", headers={"Sec-Fetch-Site": "cross-site"})
        assert told.status_code == 403

    def test_anothers_upload_and_job(self, web: Web, anne: TestClient) -> None:
        drop(anne, ("oslo.txt", REPORT))
        [card] = cards_in(settled(anne))
        claire = web.browser("claire")
        assert cards_in(settled(claire)) == []
        for action in ("confirm", "discard"):
            assert claire.post(f"/library/uploads/{card}/{action}").status_code == 404
            assert claire.post(f"/library/uploads/{card}/{action}", headers=JSON).status_code == 404
        assert cards_in(settled(anne)) == [card]
        web.jobs.stop()
        job = web.jobs.queue.submit(Task(JobKind.REINDEX, "l’index"), "anne")
        assert claire.post(f"/library/jobs/{job.id}/cancel").status_code == 404
        assert claire.post("/library/jobs/9999/cancel").status_code == 404
        assert f"/library/jobs/{job.id}/cancel" not in claire.get("/library/jobs").text
        chief = web.browser("chef")
        assert chief.post(f"/library/jobs/{job.id}/cancel").status_code == 200
        assert web.jobs.queue.job(job.id).state == "cancelled"


class TestUploading:
    def test_previewed_confirmed_and_told(self, web: Web, anne: TestClient) -> None:
        assert drop(anne, ("Oslo 2024.txt", REPORT)).json()["refusals"] == []
        page = settled(anne)
        told = words(page)
        assert web.store.reports() == []
        assert "Oslo, Norvège · 3 – 5 mai 2024 · français" in told.replace("\u00a0", " ")
        assert "Québec apprend" in told
        assert "Étudier les traversiers électriques." in told
        [card] = cards_in(page)
        anne.post(
            f"/library/uploads/{card}/confirm",
            data={"choice": "new", "title": "Les traversiers", "destinations": "Oslo, Norvège"},
        )
        told = words(settled(anne))
        assert "Oslo 2024.txt ajouté Les traversiers" in told
        [report] = web.store.reports()
        assert (report.title, report.edited, report.added_by) == (
            "Les traversiers",
            ("title",),
            "anne",
        )
        [entry] = [e for e in Audit(web.store).entries() if e.action == Action.REPORT_ADDED]
        assert (entry.who, entry.target, entry.address) == ("anne", "oslo-2024", "testclient")

    def test_many_at_once_without_a_script(self, web: Web, anne: TestClient) -> None:
        files = [("files", ("a.txt", REPORT.encode())), ("files", ("b.txt", LISBON.encode()))]
        sent = anne.post("/library/uploads", files=files, follow_redirects=False)
        assert (sent.status_code, sent.headers["location"]) == (303, "/library")
        assert len(cards_in(settled(anne))) == 2
        anne.post("/library/uploads/confirm")
        told = words(settled(anne))
        assert "a.txt ajouté" in told
        assert "b.txt ajouté" in told
        assert len(web.store.reports()) == 2
        anne.post("/library/uploads/clear")
        assert "a.txt" not in words(settled(anne))

    def test_what_needs_a_look_is_not_added_with_the_rest(self, web: Web, anne: TestClient) -> None:
        add(anne)
        drop(anne, ("oslo.txt", SECOND), ("lisbonne.txt", LISBON), ("copie.txt", REPORT))
        told = words(settled(anne))
        assert "copie.txt déjà là" in told
        assert "C’est une nouvelle version de « Rapport de mission à Oslo" in told.replace(
            "\u00a0", " "
        )
        anne.post("/library/uploads/confirm")
        [left] = cards_in(settled(anne))
        assert {report.id for report in web.store.reports()} == {"oslo-2024", "lisbonne-2024"}
        anne.post(f"/library/uploads/{left}/confirm", data={"choice": "replace:oslo-2024"})
        assert "oslo.txt remplacé" in words(settled(anne))
        assert len(web.store.versions("oslo-2024")) == 2

    def test_keeping_both_of_one_name(self, web: Web, anne: TestClient) -> None:
        add(anne)
        drop(anne, ("oslo.txt", SECOND))
        [card] = cards_in(settled(anne))
        anne.post(f"/library/uploads/{card}/confirm", data={"choice": "both"})
        settled(anne)
        assert {report.id for report in web.store.reports()} == {"oslo-2024", "oslo-2024-2"}

    def test_deciding_twice_or_what_was_not_offered(self, anne: TestClient) -> None:
        drop(anne, ("oslo.txt", REPORT))
        [card] = cards_in(settled(anne))
        wrong = anne.post(
            f"/library/uploads/{card}/confirm", data={"choice": "replace:../x"}, headers=JSON
        )
        assert wrong.status_code == 422
        bad = {"choice": "new", "end_date": "2020-01-01"}
        invalid = anne.post(f"/library/uploads/{card}/confirm", data=bad)
        settled(anne)
        assert invalid.status_code in (200, 422)
        again = anne.post(f"/library/uploads/{card}/confirm", headers=JSON)
        assert again.status_code == 422
        assert "confirmation" in again.json()["message"]

    def test_a_file_that_is_too_large_is_refused_while_it_comes(self, strict: Web) -> None:
        client = strict.browser("anne")
        told = drop(client, ("gros.pdf", b"%PDF-1.7" + bytes(2**20)))
        assert told.status_code == 422
        assert "dépasse 1\u00a0Mo" in told.text.replace("1 Mo", "1\u00a0Mo")
        assert list((strict.store.folder.path / "incoming").iterdir()) == []
        told = client.post("/library/uploads", content=b"x", headers={"Content-Length": str(2**40)})
        assert told.status_code == 413

    def test_too_many_files(self, strict: Web) -> None:
        client = strict.browser("anne")
        told = drop(client, *[(f"{n}.txt", f"{REPORT} {n}") for n in range(5)])
        assert told.status_code == 422
        assert len(told.json()["uploads"]) == 3
        assert "3.txt" in told.json()["refusals"][0]
        page = client.post(
            "/library/uploads", files=[("files", ("un de trop.txt", b"x"))], headers={}
        )
        assert page.status_code == 422
        assert "un de trop.txt" in words(page.text)

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("image.pdf", b"\x89PNG\r\n\x1a\n" + bytes(500)),
            ("programme.docx", b"MZ" + bytes(range(256)) * 20),
            ("vide.pdf", b""),
            ("tronqué.pdf", b"%PDF-1.7\n1 0 obj\n<<"),
            ("notes.meta.toml", b'title = "x"'),
        ],
    )
    def test_what_is_no_report_is_refused_by_its_content(
        self, web: Web, anne: TestClient, name: str, content: bytes
    ) -> None:
        drop(anne, (name, content))
        told = words(settled(anne))
        assert f"{name} refusé" in told
        assert "Traceback" not in told
        assert web.store.reports() == []
        left = [path for path in (web.store.folder.path / "incoming").rglob("*") if path.is_file()]
        assert left == []

    @pytest.mark.slow
    def test_a_zip_bomb_is_refused(self, anne: TestClient) -> None:
        drop(anne, ("bombe.docx", zip_bomb()))
        assert "bombe.docx refusé" in words(settled(anne, 120))

    @pytest.mark.parametrize(
        "name",
        [
            "../../../etc/passwd",
            'un "rapport".txt',
            "ligne\r\nSet-Cookie: a=b.txt",
            "<script>alert(1)</script>.txt",
            "é" * 150 + ".txt",
            "x" * 300 + ".txt",
            "con.txt",
            "100 % été ; 1,5 M$ & plus.txt",
        ],
    )
    def test_any_name(self, web: Web, anne: TestClient, name: str) -> None:
        add(anne, name)
        [report] = web.store.reports()
        assert "/" not in report.source_name
        assert "\n" not in report.source_name
        page = anne.get(f"/library/reports/{report.id}")
        assert "<script>alert" not in page.text
        original = anne.get(f"/library/reports/{report.id}/original/{report.version}")
        assert original.text == REPORT
        disposition = original.headers["content-disposition"]
        assert disposition.startswith("attachment")
        assert "\n" not in disposition
        assert "sandbox" in original.headers["content-security-policy"]
        encoded = re.search(r"filename\*=utf-8''(\S+)|filename=\"([^\"]*)\"", disposition)
        assert encoded is not None
        assert unquote(encoded[1] or encoded[2]) == report.source_name

    def test_a_form_that_breaks_off(self, web: Web, anne: TestClient) -> None:
        broken = (
            b"--x\r\nContent-Disposition: form-data; name=files; filename=a.txt\r\n\r\nle texte"
        )
        kind = {"Content-Type": "multipart/form-data; boundary=x"} | JSON
        told = anne.post("/library/uploads", content=broken, headers=kind)
        assert told.status_code == 422
        assert "a.txt" in told.json()["refusals"][0]
        assert list((web.store.folder.path / "incoming").iterdir()) == []
        for nonsense in (b"", b"--y\r\n\r\n", bytes(1000)):
            told = anne.post("/library/uploads", content=nonsense, headers=kind)
            assert told.status_code in (200, 422)
        assert anne.post("/library/uploads", content=b"a=b").status_code == 200

    def test_discarding(self, web: Web, anne: TestClient) -> None:
        drop(anne, ("oslo.txt", REPORT))
        [card] = cards_in(settled(anne))
        anne.post(f"/library/uploads/{card}/discard")
        assert cards_in(settled(anne)) == []
        assert list((web.store.folder.path / "incoming").iterdir()) == []


class TestReport:
    def test_editing_and_resetting(self, web: Web, anne: TestClient) -> None:
        add(anne)
        form = filled(web.store.report("oslo-2024").metadata)
        same = anne.post("/library/reports/oslo-2024/edit", data=form, follow_redirects=False)
        assert same.headers["location"].endswith("done=nothing")
        form |= {
            "title": "Les <b>quais</b>",
            "destinations": "Oslo, Norvège\r\nBergen, Norvège\r\n",
            "participants": "Anaïs Côté, mairesse suppléante",
            "published_on": "",
            "start_date": "2023-05-03",
            "end_date": "2023-05-06",
        }
        page = anne.post("/library/reports/oslo-2024/edit", data=form)
        assert "Les renseignements sont enregistrés." in words(page.text)
        assert "Les &lt;b&gt;quais" in page.text
        report = web.store.report("oslo-2024")
        assert report.metadata.destinations[1] == Destination("Bergen", "Norvège")
        assert report.metadata.participants == (Participant("Anaïs Côté", "mairesse suppléante"),)
        assert report.metadata.year == 2023
        assert set(report.edited) == {"title", "destinations", "participants", "dates"}
        assert page.text.count('class="by-hand"') == 4
        anne.post("/library/reports/oslo-2024/edit", data={"reset": "title"})
        report = web.store.report("oslo-2024")
        assert report.title.startswith("Rapport de mission")
        assert "title" not in report.edited

    @pytest.mark.parametrize(
        "form",
        [
            {"start_date": "2024-05-03", "end_date": "2020-01-01"},
            {"year": "dix"},
            {"start_date": "hier"},
            {"language": "klingon"},
            {"title": "x" * 501},
        ],
    )
    def test_a_wrong_value_is_told_and_changes_nothing(
        self, web: Web, anne: TestClient, form: dict[str, str]
    ) -> None:
        add(anne)
        before = web.store.report("oslo-2024")
        page = anne.post("/library/reports/oslo-2024/edit", data=form)
        assert page.status_code == 422
        assert "Traceback" not in page.text
        assert web.store.report("oslo-2024") == before

    def test_versions(self, web: Web, anne: TestClient) -> None:
        add(anne)
        first = web.store.report("oslo-2024").version
        drop(anne, ("autre.txt", SECOND), path="/library/reports/oslo-2024/replace")
        [card] = cards_in(settled(anne))
        anne.post(f"/library/uploads/{card}/confirm", data={"choice": "replace:oslo-2024"})
        settled(anne)
        page = anne.get("/library/reports/oslo-2024")
        assert "2 versions" in words(page.text)
        old = anne.get(f"/library/reports/oslo-2024/original/{first}")
        assert old.text == REPORT
        back = anne.post("/library/reports/oslo-2024/restore", data={"version": first})
        assert "de nouveau la version actuelle" in words(back.text)
        assert web.store.report("oslo-2024").version == first
        again = anne.post("/library/reports/oslo-2024/reread")
        assert "a été relu" in words(again.text)

    def test_the_bin_and_the_end(self, web: Web, anne: TestClient) -> None:
        add(anne)
        version = web.store.report("oslo-2024").version
        page = anne.post("/library/reports/oslo-2024/remove")
        assert "est dans la corbeille" in words(page.text)
        assert web.store.reports() == []
        assert anne.get(f"/library/reports/oslo-2024/original/{version}").text == REPORT
        page = anne.post("/library/reports/oslo-2024/restore")
        assert "de retour" in words(page.text)
        anne.post("/library/reports/oslo-2024/remove")
        page = anne.get("/library/reports/oslo-2024/purge")
        assert "les images de ses pages" in words(page.text)
        wrong = anne.post("/library/reports/oslo-2024/purge", data={"title": "oui"})
        assert wrong.status_code == 422
        assert web.store.removed_reports()
        typed = "rapport de mission a oslo (norvege), du 3 au 5 mai 2024"
        page = anne.post("/library/reports/oslo-2024/purge", data={"title": typed})
        assert "est effacé pour de bon" in words(page.text)
        assert web.store.removed_reports() == []
        assert not web.store.source_path(version).exists()
        assert anne.get(f"/library/reports/oslo-2024/original/{version}").status_code == 404
        assert anne.get("/library/reports/oslo-2024").status_code == 404
        done = [e.action for e in Audit(web.store).entries() if e.action.startswith("report-")]
        assert done[::-1] == [
            Action.REPORT_ADDED,
            Action.REPORT_REMOVED,
            Action.REPORT_RESTORED,
            Action.REPORT_REMOVED,
            Action.REPORT_PURGED,
        ]

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/library/reports/absent"),
            ("GET", "/library/reports/absent/purge"),
            ("GET", "/library/reports/absent/original/abc"),
            ("POST", "/library/reports/absent/edit"),
            ("POST", "/library/reports/absent/reread"),
            ("POST", "/library/reports/absent/remove"),
            ("POST", "/library/reports/absent/restore"),
            ("POST", "/library/reports/absent/purge"),
            ("POST", "/library/reports/absent/replace"),
        ],
    )
    def test_what_is_not_there(self, anne: TestClient, method: str, path: str) -> None:
        told = anne.request(method, path)
        assert told.status_code == 404
        assert "absent" in words(told.text)


class TestTable:
    def test_searched_and_sorted(self, web: Web, anne: TestClient) -> None:
        add(anne)
        add(anne, "lisbonne.txt", LISBON)
        assert "2 rapports" in words(anne.get("/library").text)
        found = words(anne.get("/library", params={"q": "norvege 2024"}).text)
        assert "Un rapport contient" in found
        assert "Lisbonne" not in found
        nothing = words(anne.get("/library", params={"q": '<img src=x onerror="a">'}).text)
        assert "Aucun rapport ne contient" in nothing
        for column in (*Column, "nonsense"):
            for order in ("asc", "desc"):
                query = {"sort": column, "order": order, "page": "99999999"}
                assert anne.get("/library", params=query).status_code == 200
        wanted = Wanted(column=Column.TITLE, is_descending=False)
        titles = [r.title for r in listed(web.store.reports(), wanted, Messages("fr")).reports]
        assert titles == sorted(titles)

    def test_in_english(self, anne: TestClient) -> None:
        add(anne)
        told = words(anne.get("/library?language=en").text)
        assert "Drop reports here" in told
        assert "1 report" in told
        assert "May 3, 2024" in told.replace("\u00a0", " ")


def test_every_page_forbids_foreign_and_inline_scripts(anne: TestClient) -> None:
    add(anne)
    for path in ("/library", "/library/bin", "/library/jobs", "/library/reports/oslo-2024"):
        page = anne.get(path)
        policy = page.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "<script>" not in page.text
        assert " style=" not in page.text
        assert not re.search(r"\son\w+=", page.text)


def test_a_form_that_comes_back_as_it_was_changes_nothing() -> None:
    metadata = ReportMetadata(
        title=" Titre  ",
        destinations=(Destination("Oslo", "Norvège"), Destination("", "Islande")),
        participants=(Participant("A"), Participant("B", "c, d")),
    )
    as_browsers = {name: text.replace("\n", "\r\n") for name, text in filled(metadata).items()}
    assert changes(as_browsers, metadata).is_nothing
    assert changes({}, metadata).is_nothing
    assert changes({"title": ""}, metadata).emptied == ("title",)
