"""Language models over real HTTP, from servers that do all that servers do."""

import asyncio
import logging
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, suppress
from typing import Any

import pytest

from assistant.llm.clients import KEY_VARIABLE, LanguageModel, Message
from assistant.llm.faults import ModelFault
from assistant.models import Notice
from assistant.settings import AssistantSettings
from tests.llm.scripted_server import Script, ScriptedServer, until, words
from vectorstore.errors import InvalidSetting

MESSAGES = [Message("system", "Règles"), Message("user", "Question")]
KINDS = ["openai-like", "ollama"]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(words("Il fait beau .")) as running:
        yield running


def model_on(server: ScriptedServer, kind: str = "openai-like", **settings: Any) -> LanguageModel:
    url = server.url if kind == "openai-like" else server.root
    return model(llm=f"{kind}:scripted", llm_base_url=url, **settings)


def model(**settings: Any) -> LanguageModel:
    return LanguageModel.of(AssistantSettings(**settings))


async def written(language_model: LanguageModel, max_tokens: int = 100) -> str:
    return "".join(
        [piece async for piece in language_model.stream(MESSAGES, max_tokens=max_tokens)]
    )


def fault_from(language_model: LanguageModel, max_tokens: int = 100) -> ModelFault:
    with pytest.raises(ModelFault) as caught:
        asyncio.run(written(language_model, max_tokens))
    return caught.value


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_model_writes_arrives(server: ScriptedServer, kind: str) -> None:
    assert asyncio.run(written(model_on(server, kind))) == "Il fait beau . "
    sent = server.seen[0].body
    assert sent["model"] == "scripted"
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    if kind == "ollama":
        assert sent["options"]["num_ctx"] == 4096
        assert sent["options"]["num_predict"] == 100
    else:
        assert sent["max_tokens"] == 100


def test_an_openai_like_server_needs_an_address() -> None:
    with pytest.raises(InvalidSetting, match="llm_base_url"):
        LanguageModel.of(AssistantSettings(llm="openai-like:m"))


@pytest.mark.parametrize("named", ["gpt", "ollama:", "openai-like:a b", "ollama", "None"])
def test_a_wrong_setting_is_refused(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCALE_ASSISTANT_LLM", named)
    with pytest.raises(InvalidSetting, match="llm"):
        AssistantSettings.load()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("script", "notice"),
    [
        (Script(status=500), Notice.REFUSED),
        (Script(status=401), Notice.REFUSED),
        (Script(status=404), Notice.REFUSED),
        (words("un deux", delay=30), Notice.SLOW),
        (words("un deux", stall=30), Notice.SLOW),
        (words("un deux", endless=True, pause=0.1), Notice.SLOW),
        (words("un deux", endless=True, pause=0.0), Notice.TOO_LONG),
        (words("un deux", drop=True), Notice.CUT_OFF),
        (words("un deux", finish="length"), Notice.CUT_OFF),
        (Script(redirect="http://127.0.0.2:9/v1/chat/completions"), Notice.REFUSED),
    ],
    ids=str,
)
def test_each_failure_is_told_apart(
    server: ScriptedServer, kind: str, script: Script, notice: Notice
) -> None:
    server.react = script
    patient = model_on(
        server,
        kind,
        llm_first_token_seconds=1.0,
        llm_stall_seconds=1.0,
        llm_total_seconds=2.5,
    )
    begin = time.monotonic()
    assert fault_from(patient).notice is notice
    assert time.monotonic() - begin < 6


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "raw", ["", "<html>Bienvenue</html>", "data: {pas du json\n\n", "\x00\xff"]
)
def test_garbage_writes_nothing(server: ScriptedServer, kind: str, raw: str) -> None:
    server.react = Script(raw=raw)
    text: list[str] = []
    with suppress(ModelFault):
        text.append(asyncio.run(written(model_on(server, kind))))
    assert "".join(text) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_port_is_unreachable(kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    unreachable = model(llm=f"{kind}:m", llm_base_url=f"http://127.0.0.1:{port}/v1")
    assert fault_from(unreachable).notice is Notice.UNREACHABLE


def test_an_unknown_host_is_unreachable() -> None:
    unreachable = model(llm="openai-like:m", llm_base_url="http://hote-inconnu.invalid/v1")
    assert fault_from(unreachable).notice is Notice.UNREACHABLE


def test_a_failure_that_may_pass_is_tried_once_more(server: ScriptedServer) -> None:
    answers = iter([Script(status=503), words("Bonjour .")])
    server.react = lambda body: next(answers)
    assert asyncio.run(written(model_on(server))) == "Bonjour . "


@pytest.mark.parametrize("script", [Script(status=401), words("Un mot", drop=True)], ids=str)
def test_nothing_else_is_asked_twice(server: ScriptedServer, script: Script) -> None:
    server.react = script
    fault_from(model_on(server))
    assert len(server.seen) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ["cancel", "close", "cancel before the first word"])
def test_stopping_frees_the_server_within_a_second(
    server: ScriptedServer, kind: str, way: str
) -> None:
    late = way == "cancel before the first word"
    server.react = words("mot", endless=True, pause=0.05, delay=30.0 if late else 0.0)

    async def stop() -> float:
        stream = model_on(server, kind).stream(MESSAGES, max_tokens=10_000)
        if way == "close":
            async with aclosing(stream):
                async for _ in stream:
                    break
        else:
            task = asyncio.create_task(_read(stream))
            await until(lambda: server.active == 1)
            await asyncio.sleep(0.2)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        return await until(lambda: server.active == 0)

    assert asyncio.run(stop()) < 1.0
    assert server.seen[0].cancelled


async def _read(stream: AsyncIterator[str]) -> None:
    async for _ in stream:
        pass


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [200, 401, 500])
def test_the_key_reaches_the_server_and_nothing_else(
    server: ScriptedServer,
    kind: str,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "sk-secret-0123456789")
    caplog.set_level(logging.DEBUG)
    server.react = Script(status=status) if status != 200 else words("Bien .")
    speaking = model_on(server, kind)
    said = ""
    try:
        asyncio.run(written(speaking))
    except ModelFault as fault:
        said = f"{fault!r} {fault} {fault.detail} {fault.__cause__!r}"
    assert server.seen[0].headers["authorization"] == "Bearer sk-secret-0123456789"
    everything = f"{caplog.text} {said} {speaking!r} {vars(speaking)} {AssistantSettings()!r}"
    assert "sk-secret" not in everything


@pytest.mark.parametrize("kind", KINDS)
def test_keys_of_other_programs_are_not_sent(
    server: ScriptedServer, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OLLAMA_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "d-un-autre")
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    asyncio.run(written(model_on(server, kind)))
    assert "d-un-autre" not in str(server.seen[0].headers)


def test_a_proxy_is_not_asked_for_this_machine(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert asyncio.run(written(model_on(server))) == "Il fait beau . "


def test_one_model_serves_several_event_loops(server: ScriptedServer) -> None:
    shared = model_on(server)
    assert [asyncio.run(written(shared)) for _ in range(3)] == ["Il fait beau . "] * 3
