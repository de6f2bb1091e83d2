"""The two languages say the same things, and the code asks only for what they say."""

import ast as python
import importlib
import pkgutil
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from ui.messages import LANGUAGES, LOCALES, Language, Messages, resources
from vectorstore.errors import EscaleError, UnknownReport

ROOMS = ("vectorstore", "ingest", "assistant", "ui")
UI = Path(LOCALES).parent


class Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def variables(entry: ast.BaseNode) -> frozenset[str]:
    visitor = Variables()
    visitor.visit(entry)
    return frozenset(visitor.names)


def entries(language: Language) -> dict[str, tuple[str, frozenset[str]]]:
    """Key → (file, variables)."""
    return {
        entry.id.name: (file.name, variables(entry))
        for file, resource in resources(language)
        for entry in resource.body
        if isinstance(entry, ast.Message)
    }


def texts(language: Language) -> Iterator[tuple[str, str]]:
    """(key, verbatim text) of every piece of text of a language."""

    class Texts(Visitor):
        def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802
            found.append(node.value)

    for _, resource in resources(language):
        for entry in resource.body:
            if isinstance(entry, ast.Message):
                found: list[str] = []
                Texts().visit(entry)
                yield from ((entry.id.name, text) for text in found)


def error_classes() -> list[type[EscaleError]]:
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    found: list[type[EscaleError]] = []
    pending: list[type[EscaleError]] = [EscaleError]
    while pending:
        cls = pending.pop()
        found.append(cls)
        pending.extend(cls.__subclasses__())
    return [cls for cls in found if cls.__module__.split(".")[0] in ROOMS]


def message_calls() -> Iterator[tuple[str, python.Call]]:
    """Every call `messages("key", …)` in the ui room: the convention by which texts are asked."""
    for file in sorted(UI.rglob("*.py")):
        for node in python.walk(python.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, python.Call) and node.args):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            asks = name.lower().endswith("messages") and name != "Messages"
            if asks and isinstance(node.args[0], python.Constant):
                yield f"{file.name}:{node.lineno}", node


def literals() -> tuple[set[str], set[str]]:
    """All string constants of the ui room's code and templates, and those that begin others."""
    whole: set[str] = set()
    prefixes: set[str] = set()
    for file in UI.rglob("*.py"):
        for node in python.walk(python.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, python.JoinedStr):
                first = node.values[0] if node.values else None
                if isinstance(first, python.Constant):
                    prefixes.add(str(first.value))
            elif isinstance(node, python.Constant) and isinstance(node.value, str):
                whole.add(node.value)
    for template in UI.rglob("templates/**/*.html"):
        for text, joined in re.findall(
            r'"([a-z][\w-]*)"( ~ )?', template.read_text(encoding="utf-8")
        ):
            (prefixes if joined else whole).add(text)
    return whole, prefixes


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_parse_and_no_key_stands_twice(language: Language) -> None:
    seen: set[str] = set()
    for file, resource in resources(language):
        for entry in resource.body:
            assert not isinstance(entry, ast.Junk), f"{file}: {entry.content!r}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in seen, f"{file}: {entry.id.name} stands twice"
                assert entry.value is not None, f"{file}: {entry.id.name} has no value"
                seen.add(entry.id.name)
    assert seen


def test_both_languages_have_the_same_keys_files_and_variables() -> None:
    assert entries("fr") == entries("en")


def test_every_error_has_a_message_that_uses_only_its_parameters() -> None:
    known = entries("fr")
    classes = error_classes()
    assert len(classes) > 5
    for cls in classes:
        key = f"error-{cls.code}"
        assert key in known, f"{cls.__module__}.{cls.__name__}: no {key} in errors.ftl"
        given = {name for _, name, _, _ in string.Formatter().parse(cls.text) if name}
        assert known[key][1] <= given, f"{key} uses parameters that {cls.__name__} doesn't carry"


def test_errors_have_each_their_own_code() -> None:
    codes = [cls.code for cls in error_classes()]
    assert sorted(codes) == sorted(set(codes))


def test_calls_ask_for_known_messages_with_all_their_variables() -> None:
    known = entries("fr")
    for place, call in message_calls():
        key = call.args[0].value
        assert key in known, f"{place}: no message {key}"
        given = {keyword.arg for keyword in call.keywords}
        if None not in given:  # **params can't be read here
            assert known[key][1] == given, f"{place}: {key} wants {set(known[key][1])}"


def test_templates_ask_for_known_messages_with_their_variables() -> None:
    known = entries("fr")
    asked = re.compile(r'\bt\(\s*"([^"\n]+)"\s*([,)])([^()]*(?:\([^()]*\)[^()]*)*)')
    for template in UI.rglob("templates/**/*.html"):
        for key, end, rest in asked.findall(template.read_text(encoding="utf-8")):
            assert key in known, f"{template.name}: no message {key}"
            given = set(re.findall(r"(?:^|,)\s*(\w+)=", rest)) if end == "," else set()
            assert known[key][1] == given, f"{template.name}: {key} wants {set(known[key][1])}"


def test_no_message_is_left_over() -> None:
    whole, prefixes = literals()
    errors = {f"error-{cls.code}" for cls in error_classes()}
    used_by_prefix = tuple(prefix for prefix in prefixes if prefix.endswith("-"))
    for key in entries("fr"):
        assert key in whole or key in errors or key.startswith(used_by_prefix), f"{key} is unused"


@pytest.mark.parametrize(("key", "text"), list(texts("fr")))
def test_french_typography(key: str, text: str) -> None:
    """A non-breaking space before : ; ? ! », after «; curly apostrophes."""
    command_free = re.sub(r"https?://\S+|\d:\d", "", text)
    assert not re.search(r"(?<![\u00a0\u202f]):(?=\s|$)", command_free), f"{key}: {text}"
    assert not re.search(r"(?<![\u00a0\u202f?!])[;?!»]", command_free), f"{key}: {text}"
    assert not re.search(r"«(?![\u00a0\u202f])", command_free), f"{key}: {text}"
    assert "'" not in command_free, f"{key}: {text}"
    assert "..." not in command_free, f"{key}: {text}"


def test_a_message_in_each_language() -> None:
    error = UnknownReport(report_id="oslo-2031")
    assert "oslo-2031" in Messages("fr").error(error)
    assert Messages("fr").error(error).startswith("Aucun rapport")
    assert Messages("en").error(error).startswith("There is no report")


def test_numbers_are_written_as_the_language_does() -> None:
    error_fr = Messages("fr")("error-query-too-long", length=10_000, limit=2000)
    error_en = Messages("en")("error-query-too-long", length=10_000, limit=2000)
    assert "10\u00a0000" in error_fr
    assert "10,000" in error_en


def test_an_error_without_message_keeps_its_english_text() -> None:
    class Foreign(EscaleError):
        code = "foreign"
        text = "The {thing} broke."

    assert Messages("fr").error(Foreign(thing="lamp")) == "The lamp broke."


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        Messages("fr")("no-such-message")


def test_a_missing_parameter_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert Messages("en")("error-unknown-report")
    assert "report_id" in caplog.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_folded_lines_are_joined_and_paragraphs_kept(language: Language) -> None:
    assert "\n" not in Messages(language)("error-disk-full", folder="/d")
    help_text = Messages(language)("help-escale")
    assert help_text.count("\n") == help_text.count("\n\n") * 2 == 2
