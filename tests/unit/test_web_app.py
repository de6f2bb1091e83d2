"""The application's routes, its headers, and what it keeps closed."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.scripted import BERTH, ScriptedAssistant, answer_of, report_of
from ui.messages import LANGUAGES, Messages
from ui.settings import UiSettings
from ui.web.app import STATIC, create_app
from ui.web.document import rewritten
from ui.web.sources import Reference

HELD = report_of()
HOSTILE = "</script><script>alert(1)</script>"


def client_over(assistant: ScriptedAssistant) -> TestClient:
    return TestClient(create_app(assistant, UiSettings()), base_url="http://127.0.0.1")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    bait = report_of(report_id="bait", title=HOSTILE, city=HOSTILE)
    assistant = ScriptedAssistant([HELD, bait], lambda q: answer_of(q, (HELD, BERTH)))
    with client_over(assistant) as opened:
        wait_until_ready(opened)
        yield opened


def wait_until_ready(client: TestClient) -> None:
    for _ in range(200):
        if client.get("/healthz").status_code == 200:
            return
        threading.Event().wait(0.02)
    raise AssertionError("never ready")


PATHS = ["/", "/healthz", "/page/page.js", "/source?passage=x&start=0&end=1", "/no-such-page"]


@pytest.mark.parametrize("path", PATHS)
def test_every_response_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts
    assert "'unsafe-inline'" not in scripts.group(1)
    assert not re.search(r"https?:|\*", policy)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    assert "server" not in headers


def test_every_script_of_the_page_carries_the_nonce_of_its_response(client: TestClient) -> None:
    nonces = set()
    for _ in range(2):
        response = client.get("/", headers={"Accept-Encoding": "br, gzip"})
        match = re.search(r"'nonce-([^']+)'", response.headers["content-security-policy"])
        assert match
        nonce = match.group(1)
        scripts = re.findall(r"<script[^>]*>", response.text)
        assert len(scripts) > 3
        assert all(f'nonce="{nonce}"' in script for script in scripts)
        nonces.add(nonce)
    assert len(nonces) == 2


def test_the_page_is_french_ours_and_refers_to_nobody_else(client: TestClient) -> None:
    page = client.get("/").text
    assert re.search(r"<html\s+lang=\"fr\"", page)
    assert 'property="og:' not in page
    assert "Escale — les rapports de mission" in page
    assert "page/page.css" in page
    addresses = set(re.findall(r"(?:src|href)=\"(https?://[^\"]+)", page))
    assert not addresses


def test_a_report_cannot_end_the_script_that_names_it(client: TestClient) -> None:
    assert HOSTILE not in client.get("/").text


def test_other_html_is_left_alone() -> None:
    assert rewritten("<script>x</script>", "n") == "<script>x</script>"


def test_the_pages_own_words_are_there_in_every_language(client: TestClient) -> None:
    page = client.get("/").text
    for language in LANGUAGES:
        close = Messages(language)("page-close")
        assert close in page


@pytest.mark.parametrize("name", sorted(path.name for path in STATIC.iterdir()))
def test_the_files_of_the_page_are_served(client: TestClient, name: str) -> None:
    response = client.get(f"/page/{name}")
    assert response.status_code == 200
    assert response.content == Path(STATIC / name).read_bytes()


def test_style_and_script_load_nothing_from_elsewhere() -> None:
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text, path
        assert "https://" not in text, path
        assert "@import" not in text, path


@pytest.mark.parametrize(
    "path",
    [
        "/docs",
        "/redoc",
        "/openapi.json",
        "/info",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://127.0.0.1:1/",
        "/gradio_api/runs",
        "/gradio_api/call/ask",
        "/monitoring",
        "/login",
        "/page/../app.py",
        "/page/%2e%2e/app.py",
        "/page/..%2fapp.py",
        "//etc/passwd",
    ],
)
def test_what_the_page_does_not_use_is_closed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_nothing_can_be_uploaded(client: TestClient) -> None:
    for path in ("/gradio_api/upload", "/upload", "/gradio_api/component_server"):
        assert client.post(path, files={"files": ("x.txt", b"x")}).status_code == 404


def test_a_large_body_is_refused_before_it_is_read(client: TestClient) -> None:
    path = "/gradio_api/queue/join"
    assert client.post(path, content=b"x" * 1_100_000).status_code == 413
    assert client.post(path, content=iter([b"{}"])).status_code == 411


def test_health_says_how_large_the_library_is(client: TestClient) -> None:
    health = client.get("/healthz")
    assert health.headers["content-type"] == "application/json"
    assert health.json()["status"] == "ready"
    assert health.json()["reports"] == 2


def test_health_is_503_until_the_index_answers() -> None:
    gate = threading.Event()
    assistant = ScriptedAssistant([HELD], lambda q: answer_of(q, (HELD, BERTH)))
    assistant.index.search = lambda *_, **__: [gate.wait(10)]  # type: ignore[method-assign]
    with client_over(assistant) as client:
        assert client.get("/healthz").status_code == 503
        assert client.get("/healthz").json()["status"] == "starting"
        assert client.get("/").status_code == 200
        gate.set()
        wait_until_ready(client)


def test_health_is_503_when_the_index_is_broken() -> None:
    def broken(*_: object, **__: object) -> list[object]:
        raise OSError("no index")

    assistant = ScriptedAssistant([HELD], lambda q: answer_of(q, (HELD, BERTH)))
    assistant.index.search = broken  # type: ignore[method-assign]
    with client_over(assistant) as client:
        for _ in range(200):
            health = client.get("/healthz")
            if health.json()["status"] == "failed":
                break
            threading.Event().wait(0.02)
        assert health.json()["status"] == "failed"
        assert health.status_code == 503


def test_the_source_of_a_citation(client: TestClient) -> None:
    link = Reference.of(HELD.citation(BERTH)).link
    found = client.get(f"/{link.removeprefix('#')}&language=en")
    assert found.status_code == 200
    assert f"<mark>{BERTH}</mark>" in found.json()["html"]
    assert "Cited source" in found.json()["head"]
    assert not found.json()["has_pages"]
    assert found.headers["cache-control"] == "no-store"


def test_a_source_that_is_gone_says_so(client: TestClient) -> None:
    gone = client.get("/source?passage=oslo:0:0&start=0&end=4")
    assert gone.status_code == 404
    assert "Source introuvable" in gone.json()["head"]
    assert "oslo:0:0" in gone.json()["html"]
    assert client.get("/source?passage=<b>&start=0&end=4").json()["html"].count("<b>") == 0


def test_a_source_asked_for_wrongly_is_refused(client: TestClient) -> None:
    assert client.get("/source?passage=x&start=a&end=1").status_code == 422
    assert client.get("/source").status_code == 422
