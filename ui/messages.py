"""The words users read, in French and English: Fluent files under `ui/locales/{fr,en}/`.

Each file there is one part of the product (`shell.ftl`, `errors.ftl`, …); all of them together
make one language. A whole number is written with the language's thousands separator, so a year
is passed as text or written `NUMBER($year, useGrouping: 0)`.
"""

import logging
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from vectorstore.errors import EscaleError

Language = Literal["fr", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
LOCALES: Final = Path(__file__).parent / "locales"

# Québec's and Canada's conventions for numbers and dates.
_REGIONAL: Final[dict[Language, str]] = {"fr": "fr-CA", "en": "en-CA"}

_FOLD: Final = re.compile(r"(?<!\n)\n(?!\n)")

_log = logging.getLogger(__name__)


class Messages:
    """The messages of one language: `Messages("fr")("shell-added", count=3)`."""

    def __init__(self, language: Language) -> None:
        self.language: Final = language
        self._bundle = _bundle(language)

    def __call__(self, key: str, **params: str | float | date) -> str:
        """The text of a message.

        Raises:
            KeyError: the language has no message of this key.
        """
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        text, problems = self._bundle.format_pattern(pattern, params)
        for problem in problems:
            _log.error("message %s (%s): %s", key, self.language, problem)
        return str(text)

    def __contains__(self, key: str) -> bool:
        return self._bundle.has_message(key)

    def error(self, error: EscaleError) -> str:
        """What an error says to the user, in English where its code has no message."""
        key = f"error-{error.code}"
        return self(key, **error.params) if key in self else str(error)


def resources(language: Language) -> Iterator[tuple[Path, ast.Resource]]:
    """Each Fluent file of a language, parsed; for the bundle and for the tests."""
    for file in sorted((LOCALES / language).glob("*.ftl")):
        yield file, FluentResource(file.read_text(encoding="utf-8"))


class _Unfolded(Visitor):
    """Joins the lines of a text that is folded in its file; an empty line still parts paragraphs.

    Fluent keeps every line break.
    """

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802  (Fluent's name)
        """Join the lines of one piece of text."""
        node.value = _FOLD.sub(" ", node.value)


@cache
def _bundle(language: Language) -> FluentBundle:
    # Isolating marks around parameters would be copied along with answers and paths.
    bundle = FluentBundle([_REGIONAL[language]], use_isolating=False)
    for _, resource in resources(language):
        _Unfolded().visit(resource)
        bundle.add_resource(resource)
    return bundle
