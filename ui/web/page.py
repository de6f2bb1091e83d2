"""The page: what stands where, and what each control does. Gradio is known here only."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from ui.messages import LANGUAGES, Language, Messages
from ui.settings import UiSettings
from ui.web.chat import Chat, View
from ui.web.checked import CheckedTexts
from ui.web.conversation import Conversation
from ui.web.counting import Counter
from ui.web.examples import example_questions
from ui.web.filters import Filters
from ui.web.fragments import notice_html
from ui.web.layout import Parts, lay_out
from ui.web.parts import DEFAULT_LANGUAGE
from ui.web.render import question_html, reply_html
from ui.web.speech_tab import SpeechTab
from ui.web.words import (
    Words,
    question_buttons,
    tab_labels,
    words_of_page,
    words_of_speech,
)

if TYPE_CHECKING:
    from assistant import Assistant

# Set by the page's script.
LANGUAGE_COOKIE = "escale-language"

# What Gradio hands back to the browser: a component's value, or new properties of it.
Update = Any


class Page:
    """One page over one assistant, for any number of users at once."""

    def __init__(
        self,
        assistant: "Assistant",
        settings: UiSettings,
        texts: CheckedTexts,
        counter: Counter | None = None,
    ) -> None:
        self._store = assistant.index.store
        self._chat = Chat(assistant, counter)
        self._speech = SpeechTab(assistant, settings, texts, counter)
        self._settings = settings

    def build(self) -> gr.Blocks:
        """The page as Gradio serves it."""
        words = self._words(Messages(DEFAULT_LANGUAGE), Filters())
        title = Messages(DEFAULT_LANGUAGE)("page-title")
        blocks = gr.Blocks(title=title, fill_height=True, fill_width=True, analytics_enabled=False)
        with blocks:
            parts = lay_out(words, self._speech)
            self._wire(parts, blocks)
        blocks.queue(
            max_size=self._settings.max_waiting,
            default_concurrency_limit=self._settings.concurrent_answers,
            api_open=False,
        )
        return blocks

    def _wire(self, parts: Parts, blocks: gr.Blocks) -> None:
        filters = [parts.mission, parts.year, parts.pillar]
        given = [parts.conversation, parts.language, *filters]
        limits: dict[str, Any] = {
            "concurrency_limit": self._settings.concurrent_answers,
            "concurrency_id": "answers",
        }
        silent: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        at_once: dict[str, Any] = {"queue": False, **silent}
        asked: list[dict[str, Any]] = [
            event(self._ask, [box, *given], parts.shown, **limits, **silent)
            for box, event in (
                (parts.question, parts.question.submit),
                *((button, button.click) for button in parts.examples),
            )
        ]
        said = [parts.conversation, parts.language]
        widening = [parts.widen, *said]
        asked.append(parts.widen.change(self._widen, widening, parts.shown, **limits, **silent))
        parts.question.stop(self._stop, said, parts.shown, cancels=asked, **at_once)
        parts.new.click(self._begin_anew, parts.language, parts.shown, cancels=asked, **at_once)
        spoken = [*given, parts.speech.mission]
        parts.language.input(self._speak, spoken, parts.spoken, **at_once)
        blocks.load(self._open, spoken, [parts.language, *parts.spoken], **at_once)
        self._speech.wire(parts.speech, parts.language)

    def _open(
        self,
        conversation: Conversation,
        language: Language,
        mission: str,
        year: str,
        pillar: str,
        speech_mission: str,
        request: gr.Request,
    ) -> list[Update]:
        """The page in the language that this browser's user chose the last time."""
        chosen = request.cookies.get(LANGUAGE_COOKIE, language)
        language = next((code for code in LANGUAGES if code == chosen), DEFAULT_LANGUAGE)
        filters = (mission, year, pillar, speech_mission)
        return [language, *self._speak(conversation, language, *filters)]

    async def _ask(
        self,
        question: str,
        conversation: Conversation,
        language: Language,
        mission: str,
        year: str,
        pillar: str,
    ) -> AsyncIterator[list[Update]]:
        messages = Messages(language)
        filters = Filters(mission, year, pillar)
        async for view in self._chat.ask(question, conversation, filters, language):
            yield _shown(view, messages)

    async def _widen(
        self, widened: str, conversation: Conversation, language: Language
    ) -> AsyncIterator[list[Update]]:
        messages = Messages(language)
        async for view in self._chat.widen(widened, conversation, language):
            yield _shown(view, messages)

    def _stop(self, conversation: Conversation, language: Language) -> list[Update]:
        return _shown(self._chat.stop(conversation), Messages(language))

    def _begin_anew(self, language: Language) -> list[Update]:
        return _shown(View((), draft=""), Messages(language))

    def _speak(
        self,
        conversation: Conversation,
        language: Language,
        mission: str,
        year: str,
        pillar: str,
        speech_mission: str,
    ) -> list[Update]:
        is_answering = bool(conversation) and conversation[-1].reply.is_running
        filters = Filters(mission, year, pillar)
        messages = Messages(language)
        words = self._words(messages, filters, is_answering=is_answering)
        speech = words_of_speech(messages, self._store.reports(), speech_mission)
        return [
            *(gr.update(**properties) for properties in words),
            "",
            *(gr.update(label=label) for label in tab_labels(messages)),
            *(gr.update(**properties) for properties in speech),
        ]

    def _words(self, messages: Messages, filters: Filters, *, is_answering: bool = False) -> Words:
        count = self._settings.example_questions
        return words_of_page(
            messages,
            self._store.reports(),
            example_questions(self._store, messages, count),
            example_count=count,
            days_stored=self._settings.question_days if self._settings.store_questions else 0,
            filters=filters,
            is_answering=is_answering,
        )


def _shown(view: View, messages: Messages) -> list[Update]:
    box = question_buttons(messages, is_answering=view.is_answering)
    if view.draft is not None:
        box["value"] = view.draft
    return [
        view.conversation,
        gr.update(value=_said(view.conversation), visible=bool(view.conversation)),
        gr.update(visible=not view.conversation),
        notice_html(view.notice),
        gr.update(**box),
    ]


def _said(conversation: Conversation) -> list[dict[str, str]]:
    """The conversation in Gradio's "messages" format."""
    last = len(conversation) - 1
    return [
        message
        for place, turn in enumerate(conversation)
        for message in (
            {"role": "user", "content": question_html(turn)},
            {"role": "assistant", "content": reply_html(turn, can_widen=place == last)},
        )
    ]
