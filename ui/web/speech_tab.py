"""The tab « Vérifier un discours »: what stands where, and what each control does."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from ui.messages import Language, Messages
from ui.settings import UiSettings
from ui.web.checked import CheckedTexts
from ui.web.counting import Counter
from ui.web.filters import Filters
from ui.web.fragments import notice_html
from ui.web.parts import SESSION_SECONDS, html
from ui.web.speech import SpeechCheck, SpeechView, Stage
from ui.web.verdicts import checked_html, progress_html
from ui.web.words import SpeechWords

if TYPE_CHECKING:
    from assistant import Assistant

# What Gradio hands back to the browser: a component's value, or new properties of it.
Update = Any


@dataclass(frozen=True, slots=True)
class SpeechParts:
    """The components of the tab; `token` names the checked text that can be downloaded."""

    token: gr.State
    intro: gr.Markdown
    editor: gr.Column
    draft: gr.Textbox
    upload: gr.Button
    mission: gr.Dropdown
    check: gr.Button
    checking: gr.Column
    progress: gr.Markdown
    stop: gr.Button
    notice: gr.Markdown
    outcome: gr.Column
    edit: gr.Button
    verdicts: gr.Markdown
    privacy: gr.Markdown

    @property
    def shown(self) -> list[gr.blocks.Block]:
        """What a `SpeechView` is shown in."""
        return [
            *(self.token, self.editor, self.checking, self.progress),
            *(self.notice, self.outcome, self.verdicts),
        ]

    @property
    def spoken(self) -> list[gr.blocks.Block]:
        """What speaks the page's language, in the order of `SpeechWords`."""
        return [
            *(self.intro, self.draft, self.upload, self.mission),
            *(self.check, self.stop, self.edit, self.privacy),
        ]


class SpeechTab:
    """The tab over one assistant, for any number of users at once."""

    def __init__(
        self,
        assistant: "Assistant",
        settings: UiSettings,
        texts: CheckedTexts,
        counter: Counter | None = None,
    ) -> None:
        self._speech = SpeechCheck(assistant, settings, counter)
        self._settings = settings
        self._texts = texts

    def lay_out(self, words: SpeechWords) -> SpeechParts:
        """The components, within the tab that is open."""
        token = gr.State("", time_to_live=SESSION_SECONDS, delete_callback=self._texts.forget)
        with gr.Column(elem_id="speech"):
            intro = html("speech-intro", **words.intro)
            with gr.Column(elem_id="speech-editor") as editor:
                draft = gr.Textbox(
                    lines=9,
                    max_lines=24,
                    max_length=2 * self._settings.max_draft_characters,
                    container=False,
                    elem_id="draft",
                    **words.draft,
                )
                with gr.Row(elem_id="speech-tools"):
                    upload = gr.Button(elem_id="draft-upload", **words.upload)
                    mission = gr.Dropdown(elem_id="speech-mission", min_width=0, **words.mission)
                    check = gr.Button(elem_id="check", variant="primary", **words.check)
            notice = html("speech-notice")
            with gr.Column(visible=False, elem_id="speech-checking") as running:
                progress = html("speech-progress")
                stop = gr.Button(elem_id="check-stop", **words.stop)
            with gr.Column(visible=False, elem_id="speech-outcome") as outcome:
                edit = gr.Button(elem_id="speech-edit", **words.edit)
                verdicts = html("verdicts")
            privacy = html("speech-privacy", **words.privacy)
        return SpeechParts(
            token=token,
            intro=intro,
            editor=editor,
            draft=draft,
            upload=upload,
            mission=mission,
            check=check,
            checking=running,
            progress=progress,
            stop=stop,
            notice=notice,
            outcome=outcome,
            edit=edit,
            verdicts=verdicts,
            privacy=privacy,
        )

    def wire(self, parts: SpeechParts, language: gr.Radio) -> None:
        """What each control does."""
        silent: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        at_once: dict[str, Any] = {"queue": False, **silent}
        checked = parts.check.click(
            self._check,
            [parts.draft, parts.mission, parts.token, language],
            parts.shown,
            concurrency_limit=self._settings.concurrent_answers,
            concurrency_id="checks",
            **silent,
        )
        again = [parts.token, language]
        parts.stop.click(self._stop, again, parts.shown, cancels=[checked], **at_once)
        parts.edit.click(self._edit, again, parts.shown, **at_once)

    async def _check(
        self, draft: str, mission: str, token: str, language: Language
    ) -> AsyncIterator[list[Update]]:
        self._texts.forget(token)
        async for view in self._speech.check(draft, Filters(mission=mission), language):
            yield self._shown(view, language)

    def _stop(self, token: str, language: Language) -> list[Update]:
        self._texts.forget(token)
        return self._shown(SpeechView(notice=Messages(language)("page-check-stopped")), language)

    def _edit(self, token: str, language: Language) -> list[Update]:
        self._texts.forget(token)
        return self._shown(SpeechView(), language)

    def _shown(self, view: SpeechView, language: Language) -> list[Update]:
        token, verdicts, progress = "", "", ""
        if view.checked is not None:
            token = self._texts.keep(view.checked)
            verdicts = checked_html(view.checked, token)
        if view.progress is not None:
            done, total = view.progress.done, view.progress.total
            progress = progress_html(done, total, Messages(language))
        return [
            token,
            gr.update(visible=view.stage is Stage.EDITING),
            gr.update(visible=view.stage is Stage.CHECKING),
            progress,
            notice_html(view.notice),
            gr.update(visible=view.stage is Stage.CHECKED),
            verdicts,
        ]
