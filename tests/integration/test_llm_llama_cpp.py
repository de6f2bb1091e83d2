"""A real language model behind a real llama.cpp server: a weak one, which the guards must hold."""

import asyncio
import re
import time
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.events import WritingStarted
from assistant.models import Answer
from assistant.settings import AssistantSettings
from tests.llm.library import LIBRARIES, SEAWALL, SHORE_POWER, SHORE_POWER_EN, publish
from tests.llm.llama_server import LlamaServer, llama_server
from vectorstore.models import Span

pytestmark = pytest.mark.slow

QUESTIONS = (SHORE_POWER, SHORE_POWER_EN, LIBRARIES, SEAWALL)
MODEL = "SmolLM2-135M-Instruct"
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaServer]:
    with llama_server(tmp_path_factory.mktemp("weights")) as running:
        yield running


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    publish(folder / "data", folder)
    return folder / "data"


@pytest.fixture(scope="module")
def assistant(data: Path, server: LlamaServer) -> Iterator[Assistant]:
    settings = AssistantSettings(
        llm=f"openai-like:{MODEL}", llm_base_url=server.url, llm_answer_tokens=100
    )
    with Assistant.open(data, settings) as opened:
        yield opened


def check(answer: Answer, assistant: Assistant) -> None:
    """Whatever the model wrote: what is shown is borne out by what is cited."""
    store = assistant.index.store
    assert answer.statements
    if answer.notice is None:
        assert answer.writer == MODEL
        assert answer.verified_share
    for statement in answer.statements:
        assert statement.citations, statement.text
        cited = ""
        for citation in statement.citations:
            span = Span(citation.start, citation.end)
            assert store.verbatim(citation.version, span) == citation.quote
            cited += store.passage(citation.passage_id).text
        figures = {figure.replace(",", ".") for figure in NUMBER.findall(cited)}
        said = {figure.replace(",", ".") for figure in NUMBER.findall(statement.text)}
        assert said <= figures, statement.text


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_is_shown_that_the_reports_do_not_say(question: str, assistant: Assistant) -> None:
    check(assistant.ask(question), assistant)


def test_the_model_is_heard_as_it_writes(assistant: Assistant) -> None:
    async def events() -> list[object]:
        async with aclosing(assistant.stream(SEAWALL)) as stream:
            return [event async for event in stream]

    seen = asyncio.run(events())
    assert WritingStarted(MODEL) in seen


def test_a_stop_frees_the_server_within_a_second(assistant: Assistant, server: LlamaServer) -> None:
    # The iteration must run for the request to be sent: it is left while the model writes.
    async def left_in_mid_writing() -> float:
        stream = assistant.stream(SHORE_POWER)

        async def read() -> None:
            async for _ in stream:
                pass

        reading = asyncio.create_task(read())
        while not await asyncio.to_thread(server.writing):
            await asyncio.sleep(0.01)
            assert not reading.done(), "the model had written before it was seen writing"
        begun = time.monotonic()
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        await stream.aclose()
        return begun

    begun = asyncio.run(left_in_mid_writing())
    while server.busy():
        assert time.monotonic() - begun < 1.0, "the server goes on writing"
        time.sleep(0.02)
