"""The page: what stands where, and what each control does. Gradio is known here only."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from ui.messages import LANGUAGES, Language, Messages
from ui.settings import UiSettings
from ui.web.chat import Chat, View
from ui.web.conversation import Conversation
from ui.web.examples import example_questions
from ui.web.filters import Filters
from ui.web.fragments import notice_html
from ui.web.render import question_html, reply_html
from ui.web.words import Words, question_buttons, words_of_page

if TYPE_CHECKING:
    from assistant import Assistant

DEFAULT_LANGUAGE: Language = "fr"

# Set by the page's script.
LANGUAGE_COOKIE = "escale-language"

# What Gradio hands back to the browser: a component's value, or new properties of it.
Update = Any


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the page."""

    conversation: gr.State
    language: gr.Radio
    brand: gr.Markdown
    new: gr.Button
    welcome: gr.Column
    greeting: gr.Markdown
    examples: tuple[gr.Button, ...]
    chat: gr.Chatbot
    notice: gr.Markdown
    filters_toggle: gr.Button
    mission: gr.Dropdown
    year: gr.Dropdown
    pillar: gr.Dropdown
    question: gr.Textbox
    privacy: gr.Markdown

    @property
    def shown(self) -> list[gr.components.Component | gr.Column]:
        """What a `View` is shown in, in the order of `_shown`."""
        return [self.conversation, self.chat, self.welcome, self.notice, self.question]

    @property
    def spoken(self) -> list[gr.components.Component]:
        """What speaks the page's language, in the order of `Words`; and the notice."""
        filters = [self.mission, self.year, self.pillar]
        return [
            *(self.brand, self.new, self.greeting, *self.examples, self.filters_toggle),
            *(*filters, self.question, self.privacy, self.notice),
        ]


class Page:
    """One page over one assistant, for any number of users at once."""

    def __init__(self, assistant: "Assistant", settings: UiSettings) -> None:
        self._store = assistant.index.store
        self._chat = Chat(assistant)
        self._settings = settings

    def build(self) -> gr.Blocks:
        """The page as Gradio serves it."""
        words = self._words(Messages(DEFAULT_LANGUAGE), Filters())
        title = Messages(DEFAULT_LANGUAGE)("page-title")
        blocks = gr.Blocks(title=title, fill_height=True, fill_width=True, analytics_enabled=False)
        with blocks:
            parts = _lay_out(words)
            self._wire(parts, blocks)
        blocks.queue(
            max_size=self._settings.max_waiting,
            default_concurrency_limit=self._settings.concurrent_answers,
            api_open=False,
        )
        return blocks

    def _wire(self, parts: Parts, blocks: gr.Blocks) -> None:
        given = [parts.conversation, parts.language, parts.mission, parts.year, parts.pillar]
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
        parts.question.stop(self._stop, said, parts.shown, cancels=asked, **at_once)
        parts.new.click(self._begin_anew, parts.language, parts.shown, cancels=asked, **at_once)
        parts.language.input(self._speak, given, parts.spoken, **at_once)
        blocks.load(self._open, given, [parts.language, *parts.spoken], **at_once)

    def _open(
        self,
        conversation: Conversation,
        language: Language,
        mission: str,
        year: str,
        pillar: str,
        request: gr.Request,
    ) -> list[Update]:
        """The page in the language that this browser's user chose the last time."""
        chosen = request.cookies.get(LANGUAGE_COOKIE, language)
        language = next((code for code in LANGUAGES if code == chosen), DEFAULT_LANGUAGE)
        return [language, *self._speak(conversation, language, mission, year, pillar)]

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

    def _stop(self, conversation: Conversation, language: Language) -> list[Update]:
        return _shown(self._chat.stop(conversation), Messages(language))

    def _begin_anew(self, language: Language) -> list[Update]:
        return _shown(View((), draft=""), Messages(language))

    def _speak(
        self, conversation: Conversation, language: Language, mission: str, year: str, pillar: str
    ) -> list[Update]:
        is_answering = bool(conversation) and conversation[-1].reply.is_running
        filters = Filters(mission, year, pillar)
        words = self._words(Messages(language), filters, is_answering=is_answering)
        return [*(gr.update(**properties) for properties in words), ""]

    def _words(self, messages: Messages, filters: Filters, *, is_answering: bool = False) -> Words:
        count = self._settings.example_questions
        return words_of_page(
            messages,
            self._store.reports(),
            example_questions(self._store, messages, count),
            example_count=count,
            filters=filters,
            is_answering=is_answering,
        )


def _lay_out(words: Words) -> Parts:
    conversation = gr.State(())
    with gr.Row(elem_id="top"):
        brand = _html("brand", **words.brand)
        language = _language_switch()
        new = gr.Button(elem_id="new", **words.new)
    with gr.Column(elem_id="main"):
        with gr.Column(elem_id="welcome") as welcome:
            greeting = _html("greeting", **words.greeting)
            with gr.Column(elem_id="examples"):
                examples = tuple(gr.Button(**example) for example in words.examples)
        chat = _chat()
    with gr.Column(elem_id="composer"):
        notice = _html("notice")
        filters_toggle = gr.Button(elem_id="filters-toggle", **words.filters_toggle)
        with gr.Row(elem_id="filters"):
            mission = gr.Dropdown(elem_id="mission", min_width=0, **words.mission)
            year = gr.Dropdown(elem_id="year", min_width=0, **words.year)
            pillar = gr.Dropdown(elem_id="pillar", min_width=0, **words.pillar)
        question = gr.Textbox(
            lines=1,
            max_lines=8,
            autofocus=True,
            container=False,
            elem_id="question",
            **words.question,
        )
        privacy = _html("privacy", **words.privacy)
    return Parts(
        conversation=conversation,
        language=language,
        brand=brand,
        new=new,
        welcome=welcome,
        greeting=greeting,
        examples=examples,
        chat=chat,
        notice=notice,
        filters_toggle=filters_toggle,
        mission=mission,
        year=year,
        pillar=pillar,
        question=question,
        privacy=privacy,
    )


def _html(elem_id: str, value: str = "") -> gr.Markdown:
    """HTML of ours; as Markdown, for `gr.HTML` sanitizes nothing."""
    return gr.Markdown(value, elem_id=elem_id, latex_delimiters=[])


def _language_switch() -> gr.Radio:
    # Each language in its own words: who needs the other one reads only that.
    return gr.Radio(
        [(Messages(code)("page-language-name"), code) for code in LANGUAGES],
        value=DEFAULT_LANGUAGE,
        label=" / ".join(Messages(code)("page-language") for code in LANGUAGES),
        container=False,
        elem_id="language",
    )


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        visible=False,
        elem_id="chat",
        show_label=False,
        container=False,
        buttons=[],
        feedback_options=None,
        # The page's script scrolls, and lets the reader stay where the answer begins.
        autoscroll=False,
        # "5 $ and 6 $" is money.
        latex_delimiters=[],
        height="auto",
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
    return [
        message
        for turn in conversation
        for message in (
            {"role": "user", "content": question_html(turn)},
            {"role": "assistant", "content": reply_html(turn)},
        )
    ]
