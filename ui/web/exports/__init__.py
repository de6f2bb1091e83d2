"""A checked text to take along: an annotated Word file, a note in PDF, a note in Markdown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ui.web.verdicts import CheckedText


@dataclass(frozen=True, slots=True)
class Export:
    """A kind of file; `make` writes its bytes."""

    ending: str
    media_type: str
    make: Callable[[CheckedText], bytes]


def _word(checked: CheckedText) -> bytes:
    from ui.web.exports.word import annotated

    return annotated(checked)


def _pdf(checked: CheckedText) -> bytes:
    from ui.web.exports.pdf import as_pdf

    return as_pdf(checked)


def _markdown(checked: CheckedText) -> bytes:
    from ui.web.exports.markdown import as_markdown

    return as_markdown(checked).encode()


# The libraries are slow to import, and few take anything along.
EXPORTS: Final = {
    "docx": Export(
        ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _word
    ),
    "pdf": Export(".pdf", "application/pdf", _pdf),
    "md": Export(".md", "text/markdown; charset=utf-8", _markdown),
}
