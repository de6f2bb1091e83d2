"""Components that several parts of the page are made of."""

from typing import Final

import gradio as gr

from ui.messages import Language

DEFAULT_LANGUAGE: Final[Language] = "fr"

# How long what a user wrote is kept when nothing tells that the page was closed.
SESSION_SECONDS: Final = 12 * 3600


def html(elem_id: str, value: str = "") -> gr.Markdown:
    """HTML of ours; as Markdown, for `gr.HTML` sanitizes nothing."""
    return gr.Markdown(value, elem_id=elem_id, latex_delimiters=[])
