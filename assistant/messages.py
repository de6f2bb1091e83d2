"""The words of this room that users read: Fluent files under `assistant/locales/{fr,en}/`."""

from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

from assistant.models import Language

LOCALES = Path(__file__).parent / "locales"
_REGIONAL: dict[Language, str] = {"fr": "fr-CA", "en": "en-CA"}


def message(key: str, language: Language, **params: str) -> str:
    """The text of a message.

    Raises:
        KeyError: the language has no message of this key, or the message needs another parameter.
    """
    pattern = _bundle(language).get_message(key).value
    if pattern is None:
        raise KeyError(key)
    text, problems = _bundle(language).format_pattern(pattern, params)
    if problems:
        raise KeyError(f"{key} ({language}): {problems[0]}")
    return str(text)


@cache
def _bundle(language: Language) -> FluentBundle:
    # Isolating marks around parameters would be copied along with the text.
    bundle = FluentBundle([_REGIONAL[language]], use_isolating=False)
    for file in sorted((LOCALES / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle
