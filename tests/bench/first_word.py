"""Time from question to the first word on the screen, and to the last, with a language model.

    python -m tests.bench.first_word [--model openai-like:NAME --url URL] [--rounds N]

Without a model, SmolLM2-135M-Instruct answers behind llama.cpp's own server on this machine. The
bundled sample is indexed in a temporary folder. A word is shown when its statement was verified; a
model whose statements don't hold is answered for by the reports' own sentences, and their first
word counts: what a person waits for.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack, aclosing
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from assistant import Assistant
from assistant.events import AnswerCompleted, StatementWritten, TextDelta, WriterFellBack
from assistant.settings import AssistantSettings
from ingest import Library
from tests.llm.llama_server import llama_server

QUESTIONS = (
    "Qu'est-ce que Québec a appris sur l'alimentation à quai ?",
    "what did Québec learn about shore power?",
    "Combien de participants la conférence a-t-elle réunis ?",
    "How much will be invested in the Brooklyn Marine Terminal?",
)
_ANSWER_TOKENS = 120


@dataclass(frozen=True, slots=True)
class Heard:
    """Seconds from the question, and whether the reports' own sentences had to answer."""

    first: float
    last: float
    fell_back: bool


def main() -> None:
    """Run the benchmark."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model")
    arguments.add_argument("--url")
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        model, url = given.model, given.url
        if model is None:
            model = "openai-like:SmolLM2-135M-Instruct"
            url = stack.enter_context(llama_server(scratch)).url
        with Library.open(scratch / "data") as library:
            folder = stack.enter_context(as_file(files("ingest") / "samples"))
            for file in sorted(folder.glob("*.txt")):
                library.add(file)
        settings = AssistantSettings(llm=model, llm_base_url=url, llm_answer_tokens=_ANSWER_TOKENS)
        assistant = stack.enter_context(Assistant.open(scratch / "data", settings))
        asyncio.run(_heard(assistant, QUESTIONS[0]))
        heard = [
            asyncio.run(_heard(assistant, question))
            for _ in range(given.rounds)
            for question in QUESTIONS
        ]
    fell_back = sum(each.fell_back for each in heard)
    print(f"{model}, {len(heard)} answers, {fell_back} by the reports' own sentences")
    _print("first word", [each.first for each in heard])
    _print("last word", [each.last for each in heard])


async def _heard(assistant: Assistant, question: str) -> Heard:
    begun = time.perf_counter()
    first = last = 0.0
    fell_back = False
    async with aclosing(assistant.stream(question)) as events:
        async for event in events:
            now = time.perf_counter() - begun
            match event:
                case TextDelta() | StatementWritten():
                    first = first or now
                case WriterFellBack():
                    fell_back = True
                case AnswerCompleted():
                    last = now
                case _:
                    pass
    return Heard(first or last, last, fell_back)


def _print(name: str, seconds: Sequence[float]) -> None:
    p95 = statistics.quantiles(seconds, n=20)[-1]
    print(f"{name}: p50 {statistics.median(seconds):.2f} s, p95 {p95:.2f} s")


if __name__ == "__main__":
    main()
