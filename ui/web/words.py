"""What the page's components say in one language, as the properties that Gradio gives them.

The same properties make the components when the page is built and change them when the user
chooses another language or new reports have come.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from ui.messages import Messages
from ui.web.filters import (
    EVERYTHING,
    Choices,
    Filters,
    mission_choices,
    pillar_choices,
    year_choices,
)
from ui.web.fragments import (
    brand_html,
    check_privacy_html,
    intro_html,
    privacy_html,
    welcome_html,
)
from vectorstore.models import Report

Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """The properties of each component that speaks, in the order in which they are handed on."""

    brand: Properties
    new: Properties
    greeting: Properties
    examples: tuple[Properties, ...]
    filters_toggle: Properties
    mission: Properties
    year: Properties
    pillar: Properties
    question: Properties
    privacy: Properties

    def __iter__(self) -> Iterator[Properties]:
        for field in fields(self):
            value = getattr(self, field.name)
            yield from value if isinstance(value, tuple) else (value,)


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """The same for the tab that checks speeches."""

    intro: Properties
    draft: Properties
    upload: Properties
    mission: Properties
    check: Properties
    stop: Properties
    edit: Properties
    privacy: Properties

    def __iter__(self) -> Iterator[Properties]:
        return (getattr(self, field.name) for field in fields(self))


def words_of_speech(messages: Messages, reports: Sequence[Report], mission: str) -> SpeechWords:
    """The words of the tab over a library of `reports`; `mission` is the one chosen."""
    return SpeechWords(
        intro={"value": intro_html(messages)},
        draft={"placeholder": messages("page-draft-placeholder"), "label": messages("page-draft")},
        upload={"value": messages("page-upload")},
        mission=_choice(
            messages("page-filter-mission"), mission_choices(reports, messages), mission
        ),
        check={"value": messages("page-check")},
        stop={"value": messages("page-stop")},
        edit={"value": messages("page-edit-draft")},
        privacy={"value": check_privacy_html(messages)},
    )


def words_of_page(
    messages: Messages,
    reports: Sequence[Report],
    examples: Sequence[str],
    *,
    example_count: int,
    days_stored: int,
    filters: Filters,
    is_answering: bool = False,
) -> Words:
    """The words over a library of `reports`; buttons without an example are hidden.

    `days_stored` is for how long questions are stored; 0 where they aren't.
    """
    return Words(
        brand={"value": brand_html(messages)},
        new={"value": messages("page-new")},
        greeting={"value": welcome_html(reports, messages)},
        examples=tuple(
            {"value": examples[place], "visible": True}
            if place < len(examples)
            else {"value": "", "visible": False}
            for place in range(example_count)
        ),
        filters_toggle={"value": messages("page-filters")},
        mission=_choice(
            messages("page-filter-mission"), mission_choices(reports, messages), filters.mission
        ),
        year=_choice(messages("page-filter-year"), year_choices(reports, messages), filters.year),
        pillar=_choice(messages("page-filter-pillar"), pillar_choices(messages), filters.pillar),
        question={
            "placeholder": messages("page-question-placeholder"),
            "label": messages("page-question"),
            **question_buttons(messages, is_answering=is_answering),
        },
        privacy={"value": privacy_html(messages, days_stored)},
    )


def tab_labels(messages: Messages) -> tuple[str, str]:
    """The names of the two tabs."""
    return messages("page-tab-chat"), messages("page-tab-speech")


def question_buttons(messages: Messages, *, is_answering: bool) -> Properties:
    """One button in the question box: to ask, or to stop the answer that is coming."""
    return {
        "submit_btn": False if is_answering else messages("page-ask"),
        "stop_btn": messages("page-stop") if is_answering else False,
    }


def _choice(label: str, choices: Choices, value: str) -> Properties:
    """A filter; a value that is no longer offered is let go."""
    offered = {code for _, code in choices}
    return {
        "label": label,
        "choices": choices,
        "value": value if value in offered else EVERYTHING,
    }
