"""What was said is gone once the page is closed."""

import time

import pytest
from fastapi import FastAPI
from playwright.sync_api import expect

from tests.browser import conftest
from tests.browser.reader import asked_and_answered
from tests.scripted import BERTH, answer_of, report_of
from ui.web import app as web_app

HELD = report_of()
GRACE = 2.0


@pytest.fixture
def applications(monkeypatch: pytest.MonkeyPatch) -> list[FastAPI]:
    """The applications that a test serves; closed pages are forgotten after two seconds."""
    made: list[FastAPI] = []

    def create(*arguments: object) -> FastAPI:
        made.append(web_app.create_app(*arguments))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr(web_app, "GRACE_SECONDS", GRACE)
    monkeypatch.setattr(conftest, "create_app", create)
    return made


def held_by(application: FastAPI) -> list[object]:
    holder = web_app.gradio_app(application).state_holder
    return [
        value for session in holder.session_data.values() for value in session.state_data.values()
    ]


def test_a_closed_pages_conversation_and_speech_go(applications, scripted, open_page):
    url, _ = scripted([HELD], lambda question: answer_of(question, (HELD, BERTH)))
    page = open_page(url)
    asked_and_answered(page, "Que dit-on des navires à quai ?")
    page.get_by_role("tab", name="Vérifier un discours").click()
    page.fill("#draft textarea", "+ Un fait secret")
    page.locator("#check").click()
    page.locator("#verdicts .speech").wait_for()
    link = page.locator("a.export").first.get_attribute("href")
    (application,) = applications
    assert "navires à quai" in repr(held_by(application))
    time.sleep(2 * GRACE)  # an open page keeps what it has
    assert page.request.get(f"{url}/{link}").ok
    request = page.context.request
    page.close()
    end = time.monotonic() + 30
    while held_by(application) and time.monotonic() < end:
        time.sleep(0.2)
    assert held_by(application) == []
    assert request.get(f"{url}/{link}").status == 404


def test_an_open_page_keeps_its_conversation(applications, scripted, open_page):
    url, assistant = scripted([HELD], lambda question: answer_of(question, (HELD, BERTH)))
    page = open_page(url)
    asked_and_answered(page, "Que dit-on des navires à quai ?")
    time.sleep(2 * GRACE)
    asked_and_answered(page, "Et ensuite ?", 2)
    assert len(assistant.asked[1][1]) == 2
    expect(page.locator("#chat .bot-row")).to_have_count(2)
