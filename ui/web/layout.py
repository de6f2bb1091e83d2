"""The page's components and where they stand."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from ui.messages import LANGUAGES, Messages
from ui.web.parts import DEFAULT_LANGUAGE, SESSION_SECONDS, html
from ui.web.speech_tab import SpeechParts, SpeechTab
from ui.web.words import Words, tab_labels, words_of_speech


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
    widen: gr.Textbox
    chat_tab: gr.Tab
    speech_tab: gr.Tab
    speech: SpeechParts

    @property
    def shown(self) -> list[gr.components.Component | gr.Column]:
        """What a `View` is shown in, in the order of `_shown`."""
        return [self.conversation, self.chat, self.welcome, self.notice, self.question]

    @property
    def spoken(self) -> list[gr.blocks.Block]:
        """What speaks the page's language, in the order of `Words`; and the rest of it."""
        filters = [self.mission, self.year, self.pillar]
        return [
            *(self.brand, self.new, self.greeting, *self.examples, self.filters_toggle),
            *(*filters, self.question, self.privacy, self.notice),
            *(self.chat_tab, self.speech_tab, *self.speech.spoken),
        ]


def lay_out(words: Words, speech: SpeechTab) -> Parts:
    """The components, in the language that the page opens in."""
    messages = Messages(DEFAULT_LANGUAGE)
    conversation = gr.State((), time_to_live=SESSION_SECONDS)
    with gr.Row(elem_id="top"):
        brand = html("brand", **words.brand)
        language = _language_switch()
        new = gr.Button(elem_id="new", **words.new)
    chat_label, speech_label = tab_labels(messages)
    with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):
        with gr.Tab(chat_label, id="chat", elem_id="chat-tab") as chat_tab:
            parts = _lay_out_chat(words)
        with gr.Tab(speech_label, id="speech", elem_id="speech-tab") as speech_tab:
            spoken = speech.lay_out(words_of_speech(messages, [], ""))
    return Parts(
        conversation=conversation,
        language=language,
        brand=brand,
        new=new,
        chat_tab=chat_tab,
        speech_tab=speech_tab,
        speech=spoken,
        **parts,
    )


def _lay_out_chat(words: Words) -> dict[str, Any]:
    """The chat's components, by their names in `Parts`."""
    with gr.Column(elem_id="main"):
        with gr.Column(elem_id="welcome") as welcome:
            greeting = html("greeting", **words.greeting)
            with gr.Column(elem_id="examples"):
                examples = tuple(gr.Button(**example) for example in words.examples)
        chat = _chat()
    # The page's script writes into it when a chip of the scope is taken away.
    widen = gr.Textbox(visible="hidden", elem_id="widen", container=False)
    with gr.Column(elem_id="composer"):
        notice = html("notice")
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
        privacy = html("privacy", **words.privacy)
    return {
        "welcome": welcome,
        "greeting": greeting,
        "examples": examples,
        "chat": chat,
        "widen": widen,
        "notice": notice,
        "filters_toggle": filters_toggle,
        "mission": mission,
        "year": year,
        "pillar": pillar,
        "question": question,
        "privacy": privacy,
    }


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
