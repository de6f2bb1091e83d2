"""Pages and originals: what is shown, what is refused, under which headers."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ingest.media_type import MediaType
from tests.scripted import (
    BERTH,
    HeldFolder,
    HeldReport,
    HeldStore,
    ScriptedAssistant,
    answer_of,
    report_of,
)
from ui.settings import UiSettings
from ui.web.app import create_app
from ui.web.viewer import Viewer

NAME = 'Été « à quai »; v="2".html'


def held_of(media_type: str, name: str, report_id: str = "rotterdam-2024") -> HeldReport:
    held = report_of(report_id=report_id)
    return replace(held, report=replace(held.report, media_type=media_type, source_name=name))


PDF = held_of(MediaType.PDF, "rapport.pdf")
HTML = held_of(MediaType.HTML, NAME, "anvers-2023")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    assistant = ScriptedAssistant([PDF, HTML], lambda q: answer_of(q, (PDF, BERTH)))
    assistant.index.store.folder = HeldFolder(tmp_path)
    (tmp_path / "sources").mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    for held in (PDF, HTML):
        content = b"%PDF-1.7" if held is PDF else b"<script>alert(1)</script>\xe9"
        (tmp_path / "sources" / held.report.version).write_bytes(content)
    with TestClient(create_app(assistant, UiSettings()), base_url="http://127.0.0.1") as opened:  # type: ignore[arg-type]
        yield opened


def test_a_pdf_opens_in_the_browser(client: TestClient) -> None:
    answer = client.get(f"/original/{PDF.report.version}")
    assert answer.content == b"%PDF-1.7"
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'inline; filename="rapport.pdf"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "script-src" not in answer.headers["content-security-policy"]


def test_anything_else_is_downloaded_and_cannot_act(client: TestClient) -> None:
    answer = client.get(f"/original/{HTML.report.version}")
    assert answer.content == b"<script>alert(1)</script>\xe9"
    assert answer.headers["content-type"] == "application/octet-stream"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''%C3%89t%C3%A9")
    assert disposition.isascii()
    assert '"' not in disposition
    assert "sandbox" in answer.headers["content-security-policy"]


UNKNOWN = {
    "zeros": "0" * 64,
    "short": "x",
    "cut": PDF.report.version[:-1],
    "upper case": PDF.report.version.upper(),
    "a path": "secret",
}


@pytest.mark.parametrize("version", UNKNOWN.values(), ids=UNKNOWN)
@pytest.mark.parametrize("path", ["/original/{}", "/page-image/{}/1"])
def test_only_current_versions_are_shown(client: TestClient, path: str, version: str) -> None:
    answer = client.get(path.format(version))
    assert answer.status_code == 404
    assert "secret" not in answer.text
    assert "bibliothèque" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/original/..%2Fsecret",
        "/original/../secret",
        "/original/%2e%2e/secret",
        "/original//etc/passwd",
        "/page-image/..%2fsecret/1",
        "/page-image/x/../../secret",
    ],
)
def test_no_part_of_an_address_is_a_path(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {404, 422}
    assert answer.content != b"secret"


def test_a_replaced_version_is_shown_no_more(client: TestClient, tmp_path: Path) -> None:
    store = HeldStore([HTML], folder=HeldFolder(tmp_path))
    with pytest.raises(Exception, match="no longer in the library"):
        Viewer(store).original(PDF.report.version)  # type: ignore[arg-type]


@pytest.mark.parametrize("page", ["0", "-1", "9", "x", "1" * 400])
def test_a_page_that_is_not_there_is_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setattr("ingest.pages.PageViews.page_count", lambda *_: 8)
    assert client.get(f"/page-image/{PDF.report.version}/{page}").status_code in {404, 422}


def test_a_damaged_original_is_told_in_the_readers_language(client: TestClient) -> None:
    passage = PDF.passages[0]
    asked = f"passage={passage.id}&start={passage.start}&end={passage.start + 5}"
    answer = client.get(f"/source/pages?{asked}&language=en")
    assert answer.status_code == 404
    assert "can’t be read" in answer.json()["message"] or "damaged" in answer.json()["message"]


def test_a_report_without_pages_has_none(client: TestClient) -> None:
    passage = HTML.passages[0]
    asked = f"passage={passage.id}&start={passage.start}&end={passage.start + 5}"
    assert client.get(f"/source/pages?{asked}").status_code == 404
    assert client.get(f"/page-image/{HTML.report.version}/1").status_code == 404


@dataclass
class SlowViews:
    """Page views that count how many draw at the same time."""

    running: int = 0
    most: int = 0

    def shows_pages(self, media_type: str) -> bool:
        return True

    def page_count(self, *_: object) -> int:
        return 99

    def image(self, *_: object) -> Path:
        self.running += 1
        self.most = max(self.most, self.running)
        threading.Event().wait(0.05)
        self.running -= 1
        return Path("page.webp")


def test_few_pages_are_drawn_at_once_whoever_asks() -> None:
    views = SlowViews()
    store = HeldStore([PDF])
    viewer = Viewer(store, views)  # type: ignore[arg-type]

    async def many() -> None:
        await asyncio.gather(*(viewer.image(PDF.report.version, page) for page in range(1, 13)))

    asyncio.run(many())
    assert 1 <= views.most <= 2
