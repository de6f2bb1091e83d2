"""The language in which the shell speaks to the user."""

from collections.abc import Mapping, Sequence
from typing import Final

from ui.messages import LANGUAGES, Language

LANGUAGE_FLAG: Final = "--lang"

# In the order in which gettext and the C library look at them.
_LOCALE_VARIABLES: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def preferred_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """`--lang` where it is given, else the locale's language, else French.

    The arguments are looked at before they are parsed, because the help and the parser's own
    errors are already in that language. A language that Escale doesn't speak is left to the
    parser to refuse.
    """
    named = _flag_value(arguments)
    for language in LANGUAGES:
        if named == language:
            return language
    for variable in _LOCALE_VARIABLES:
        locale = environment.get(variable, "")
        for language in LANGUAGES:
            if locale.lower().startswith(language):
                return language
    return "fr"


def _flag_value(arguments: Sequence[str]) -> str | None:
    value = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == LANGUAGE_FLAG:
            value = next(iter(arguments[position + 1 :]), None)
        elif argument.startswith(f"{LANGUAGE_FLAG}="):
            value = argument.partition("=")[2]
    return value
