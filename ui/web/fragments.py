"""The page's standing texts as HTML: what is there before anybody has asked anything."""

from collections.abc import Sequence

from ui.messages import Messages
from ui.web.html import escaped
from ui.web.labels import mission_name
from vectorstore.models import Report

_MISSIONS_NAMED = 5


def brand_html(messages: Messages) -> str:
    """The product's name and what it does."""
    tagline = escaped(messages("page-tagline"))
    return f'<div class="brand"><h1>Escale</h1><p>{tagline}</p></div>'


def welcome_html(reports: Sequence[Report], messages: Messages) -> str:
    """What can be asked; where the library is empty, how to fill it."""
    if not reports:
        title, text = messages("page-empty-title"), messages("page-empty-library")
        return (
            f'<div class="greeting"><h2>{escaped(title)}</h2><p>{escaped(text)}</p>'
            f"<pre><code>escale add rapport{escaped('.')}pdf</code></pre></div>"
        )
    title, library = messages("page-welcome"), _library(reports, messages)
    return f'<div class="greeting"><h2>{escaped(title)}</h2><p>{escaped(library)}</p></div>'


def notice_html(text: str) -> str:
    """What must be said beside the question box; empty for nothing."""
    return f'<div class="notice" role="alert">{escaped(text)}</div>' if text else ""


def intro_html(messages: Messages) -> str:
    """What checking a speech does."""
    title, text = escaped(messages("page-speech-title")), escaped(messages("page-speech-intro"))
    return f'<div class="greeting"><h2>{title}</h2><p>{text}</p></div>'


def privacy_html(messages: Messages, days_stored: int) -> str:
    """What becomes of what is asked here; questions are stored for that many days."""
    if days_stored:
        told = messages("page-privacy-stored", days=days_stored)
    else:
        told = messages("page-privacy")
    return f'<p class="privacy">{escaped(told)}</p>'


def check_privacy_html(messages: Messages) -> str:
    """What becomes of a text to be checked."""
    return f'<p class="privacy">{escaped(messages("page-check-privacy"))}</p>'


def _library(reports: Sequence[Report], messages: Messages) -> str:
    names = list(dict.fromkeys(mission_name(report, messages) for report in reports))
    named = ", ".join(names[:_MISSIONS_NAMED])
    if len(names) > _MISSIONS_NAMED:
        return messages("page-library-many", count=len(reports), missions=named)
    return messages("page-library", count=len(reports), missions=named)
