"""What a language model is told: rules, numbered passages, a question.

What comes from reports and users is data. It stands between two lines that nobody can guess, and it
holds none of the characters that markers, tags and the special tokens of models are made of. That
makes obedience unlikely; that nothing of it reaches the reader is `verification`'s work.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from assistant.draft import Source
from assistant.llm.clients import Message
from assistant.llm.instructions import speaks_to_a_machine
from assistant.llm.markup import without_invisible
from assistant.models import Language
from vectorstore.models import Passage
from vectorstore.text.normalise import fold, fold_spaces

Name = Literal["answer", "condense"]

# What a model writes when the passages don't answer.
REFUSAL: dict[Language, str] = {"fr": "AUCUNE RÉPONSE", "en": "NO ANSWER"}

# Of French, in characters: measured 2.6 with an English vocabulary, the least thrifty there is.
_CHARACTERS_PER_TOKEN = 2.5
# The tokens that a chat template puts around two messages.
_TEMPLATE_TOKENS = 40
_SENTENCES = 6
# Below this a passage's beginning isn't worth its place.
_LEAST_CHARACTERS = 200
_TURNS = 6
_TURN_CHARACTERS = 300

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LOOKALIKES = str.maketrans("[]<>{}【】［］＜＞|｜`", "()‹›()()()‹›¦¦'")
_SECTION = re.compile(r"^--- (\w+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt's texts, from its file; `version` changes with every change of them."""

    version: int
    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent to the model, and the passages that its markers name: 1 is the first."""

    messages: tuple[Message, ...]
    sources: tuple[Source, ...]

    @property
    def rules(self) -> str:
        """What the model must not tell."""
        return self.messages[0].content


@cache
def prompt(name: Name, language: Language) -> Prompt:
    """The prompt of a file under `prompts/`."""
    file = files("assistant.llm") / "prompts" / language / f"{name}.txt"
    head, *parts = _SECTION.split(file.read_text(encoding="utf-8"))
    texts = dict(zip(parts[::2], parts[1::2], strict=True))
    version = int(head.removeprefix("version:"))
    return Prompt(version, texts["system"].strip(), texts["user"].strip())


def answer_request(
    question: str,
    sources: Sequence[Source],
    language: Language,
    *,
    context_tokens: int,
    answer_tokens: int,
) -> Request:
    """The request for an answer from `sources`, the most relevant first, as many as fit.

    The last one to fit is cut after a sentence. At least the first sentence of the first is given.
    """
    asked = as_data(question)
    empty = _messages("answer", language, question=asked, passages="")
    used = sum(len(message.content) for message in empty) / _CHARACTERS_PER_TOKEN
    room = context_tokens - answer_tokens - _TEMPLATE_TOKENS - used
    blocks = _fitting(sources, int(room * _CHARACTERS_PER_TOKEN))
    passages = "\n\n".join(blocks)
    return Request(
        messages=_messages("answer", language, question=asked, passages=passages),
        sources=tuple(sources[: len(blocks)]),
    )


def condense_request(
    question: str, history: Sequence[tuple[str, str]], language: Language
) -> tuple[Message, ...]:
    """The request to make a follow-up question stand alone; long turns are cut."""
    turns = [
        f"{'–' if role == 'user' else '>'} {as_data(text)[:_TURN_CHARACTERS]}"
        for role, text in history[-_TURNS:]
    ]
    return _messages(
        "condense", language, question=as_data(question), conversation="\n".join(turns)
    )


def is_refusal(text: str, language: Language) -> bool:
    """Whether a model's text says that the passages don't answer."""
    words = re.sub(r"\W+", " ", fold(text)).strip()
    return words.startswith(re.sub(r"\W+", " ", fold(REFUSAL[language])))


def as_data(text: str) -> str:
    """A text on one line, without anything that means something to a model or a parser."""
    seen = without_invisible(_COMMENT.sub(" ", text))
    return fold_spaces(seen.translate(_LOOKALIKES))


def _messages(name: Name, language: Language, **values: str) -> tuple[Message, ...]:
    texts = prompt(name, language)
    fence = f"=== {secrets.token_hex(8)} ==="
    known = {
        "fence": fence,
        "refusal": REFUSAL[language],
        "sentences": str(_SENTENCES),
        **values,
    }
    return (
        Message("system", _filled(texts.system, known)),
        Message("user", _filled(texts.user, known)),
    )


def _filled(template: str, values: dict[str, str]) -> str:
    """The template with its names in braces replaced; what is put in isn't looked at again."""
    return re.sub(r"\{(\w+)\}", lambda match: values[match[1]], template)


def _fitting(sources: Sequence[Source], room: int) -> list[str]:
    """The passages' blocks, as many as `room` characters hold, and at least one sentence."""
    blocks: list[str] = []
    for number, source in enumerate(sources, start=1):
        head = f"[{number}] {_place(source)}\n"
        whole = _text(source.passage)
        left = room - len(head) - 2
        text = whole if len(whole) <= left else _beginning(source.passage, left)
        if blocks and text != whole and len(text) < _LEAST_CHARACTERS:
            break
        blocks.append(head + text)
        room = left - len(text)
        if text != whole:
            break
    return blocks


def _text(passage: Passage) -> str:
    """The passage as data, without the sentences that were planted in it."""
    text, position = "", passage.start
    for span in passage.sentences:
        if speaks_to_a_machine(without_invisible(passage.slice(span))):
            text += passage.text[position - passage.start : span.start - passage.start]
            position = span.end
    return as_data(text + passage.text[position - passage.start :])


def _beginning(passage: Passage, room: int) -> str:
    """The first sentences of a passage that fit; the first always does."""
    text = ""
    for span in passage.sentences:
        sentence = as_data(passage.slice(span))
        if speaks_to_a_machine(sentence):
            continue
        if text and len(text) + len(sentence) + 1 > room:
            break
        text = f"{text} {sentence}".strip()
    return text


def _place(source: Source) -> str:
    """Where a passage stands: mission, places, year, headings."""
    metadata = source.report.metadata
    places = ", ".join(place.city for place in metadata.destinations)
    parts = [
        source.report.title,
        " ".join(part for part in (places, str(metadata.year or "")) if part),
        " > ".join(source.passage.section.heading_path),
    ]
    return as_data(" — ".join(part for part in parts if part))
