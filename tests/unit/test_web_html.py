"""What comes from reports and users is shown to the letter, and is never markup."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ui.web.html import escaped, escaped_lines, visible

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](http://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "http://evil.example www.evil.example a@evil.example",
    "**bold** _it_ `code` ~~no~~",
    "$$x^2$$ \\(y\\) %%%LATEX_BLOCK_0%%%",
    "# heading",
    "- item",
    "1. item",
    "| a | b |",
    "```mermaid\ngraph TD\n```",
    "</div><div onclick=x>",
    "&lt;b&gt; &amp;",
    "<details open ontoggle=alert(1)>",
    "<iframe srcdoc='<script>x</script>'>",
    "{{constructor}} ${1+1}",
]


def shown(fragment: str) -> str:
    """What a reader sees of HTML that holds no element."""
    assert "<" not in fragment
    return html.unescape(fragment)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_to_the_letter(text: str) -> None:
    assert shown(escaped(text)) == " ".join(text.split("\n"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_element_even_when_read_as_markdown(text: str) -> None:
    # In the page it stands in an HTML block, which Markdown leaves alone; this is the net below.
    rendered = MarkdownIt("commonmark", {"linkify": True}).enable("table").render(escaped(text))
    assert rendered.count("<") == 2, rendered
    assert rendered.startswith("<p>")


@given(st.text())
def test_any_text_survives_on_one_line(text: str) -> None:
    fragment = escaped(text)
    assert len(fragment.splitlines()) <= 1
    assert not set(fragment) & set("<>\"'`*_[]$\\")
    assert "".join(shown(fragment).split()) == "".join(visible(text).split())


@given(st.text())
def test_lines_are_kept_and_nothing_else(text: str) -> None:
    fragment = escaped_lines(text)
    assert "\n" not in fragment
    parts = fragment.split("<br>")
    assert all("<" not in part for part in parts)


def test_control_characters_and_overrides_are_left_out() -> None:
    assert visible("a\x00b\u202ec\ud800d\n") == "abcd\n"
