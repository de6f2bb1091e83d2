"""What stands behind a citation: the passage, its quote marked, and the sentences around it."""

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from pydantic import BaseModel

from assistant.models import Citation
from ui.messages import Messages
from ui.web.html import visible
from ui.web.labels import mission_details
from vectorstore.errors import EscaleError, UnknownPassage
from vectorstore.models import Passage, Pillar, Report, Section, Span
from vectorstore.text.sentences import sentence_spans

if TYPE_CHECKING:
    from vectorstore.store import Store

# How many characters of context are shown on each side of a quote at least, where there are any.
_CONTEXT = 400
_TITLE = '<h2 id="source-title" tabindex="-1">{}</h2>'
_PDF = "application/pdf"
# A pillar's heading as reports write it.
_FRENCH_PILLARS = {pillar: Messages("fr")(f"pillar-{pillar}").casefold() for pillar in Pillar}


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a citation points: characters of a passage, in the version's offsets.

    `is_answer` tells a quote that answers from a passage that is only proposed for reading.
    """

    passage_id: str
    start: int
    end: int
    is_answer: bool = True

    @classmethod
    def of(cls, citation: Citation, *, is_answer: bool = True) -> Self:
        """The reference to what `citation` quotes."""
        return cls(citation.passage_id, citation.start, citation.end, is_answer)

    @property
    def link(self) -> str:
        """The link under a citation's number; it opens the source in this page or a new one."""
        where = {"passage": self.passage_id, "start": self.start, "end": self.end}
        reading = {} if self.is_answer else {"reading": 1}
        return f"#source?{urlencode(where | reading)}"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote in its surroundings: the text as it stands is `before + quote + after`.

    `starts_inside` and `ends_inside` say that the section goes on beyond the excerpt.
    """

    before: str
    quote: str
    after: str
    starts_inside: bool
    ends_inside: bool


@dataclass(frozen=True, slots=True)
class Source:
    """All that the panel shows of one reference."""

    reference: Reference
    report: Report
    passage: Passage
    excerpt: Excerpt


def find_source(store: "Store", reference: Reference) -> Source:
    """The source that `reference` points to.

    Raises:
        UnknownPassage: the passage is gone, or doesn't reach from `start` to `end`.
    """
    passage = referenced_passage(store, reference)
    text = store.version_text(passage.version)
    span = Span(reference.start, reference.end)
    return Source(
        reference=reference,
        report=store.report(passage.report_id),
        passage=passage,
        excerpt=excerpt(text, span, within=_body(passage.section, text), around=passage),
    )


def referenced_passage(store: "Store", reference: Reference) -> Passage:
    """The passage that `reference` points into; raises as `find_source`."""
    passage = store.passage(reference.passage_id)
    if not passage.start <= reference.start < reference.end <= passage.end:
        raise UnknownPassage(passage_id=reference.passage_id)
    return passage


def _body(section: Section, text: str) -> Span:
    """The section without its own heading, which the panel shows above."""
    whole = section.span.of(text)
    heading = len(whole) - len(whole.lstrip()) + len(section.heading)
    begins_with_heading = whole.lstrip().startswith(section.heading)
    if not begins_with_heading or heading >= len(section.span):
        return section.span
    return Span(section.span.start + heading, section.span.end)


def excerpt(text: str, span: Span, *, within: Span, around: Passage) -> Excerpt:
    """`span` of `text` with the passage around it, and whole sentences beyond a short passage."""
    start = min(around.start, max(within.start, span.start - _CONTEXT))
    end = max(around.end, min(within.end, span.end + _CONTEXT))
    first, last = max(within.start, start - _CONTEXT), min(within.end, end + _CONTEXT)
    for sentence in sentence_spans(text[first:last], first):
        if sentence.start < start < sentence.end:
            start = sentence.start
        if sentence.start < end < sentence.end:
            end = sentence.end
    return Excerpt(
        before=text[start : span.start],
        quote=span.of(text),
        after=text[span.end : end],
        starts_inside=bool(text[within.start : start].strip()),
        ends_inside=bool(text[end : within.end].strip()),
    )


class SourceView(BaseModel):
    """What the panel is given.

    `head` says what is shown and of which report; `html` is the text around the quote; `citation`
    is the quote with its reference, to be copied. `original` is the address of the stored file,
    `opens` whether a browser shows it. `has_pages` tells whether `/source/pages` has images.
    """

    head: str
    html: str = ""
    citation: str = ""
    original: str = ""
    opens: bool = False
    has_pages: bool = False


def source_view(source: Source, messages: Messages, *, has_pages: bool = False) -> SourceView:
    """What the panel shows of a source."""
    is_pdf = source.report.media_type == _PDF
    page = source.passage.page_at(source.reference.start)
    place = f"#page={page}" if is_pdf and page is not None else ""
    return SourceView(
        head=_head(source, messages),
        html=_facts(source, messages) + _passage(source),
        citation=_citation(source, messages),
        original=f"original/{source.report.version}?language={messages.language}{place}",
        opens=is_pdf,
        has_pages=has_pages,
    )


def unknown_source_view(error: EscaleError, messages: Messages) -> SourceView:
    """What the panel shows where there is no such source (any more)."""
    title, text = _text(messages("page-source-gone")), _text(messages.error(error))
    return SourceView(head=_TITLE.format(title), html=f"<p>{text}</p>")


def _head(source: Source, messages: Messages) -> str:
    """Everything that comes from the report is escaped."""
    kind = "page-source" if source.reference.is_answer else "page-nearest"
    kicker = f'<p class="kicker">{_text(messages(kind))}</p>'
    return kicker + _TITLE.format(_text(source.report.title))


def _citation(source: Source, messages: Messages) -> str:
    """The quote with its reference, as one would paste it into a speech or a memo."""
    quote = messages("quoted", text=" ".join(source.excerpt.quote.split()))
    return f"{quote} — {', '.join(_parts(source, messages))}"


def _facts(source: Source, messages: Messages) -> str:
    details = mission_details(source.report, messages)
    section = source.passage.section
    headings = list(section.heading_path)
    chips = []
    if section.pillar is not None:
        name = _text(messages(f"pillar-{section.pillar}"))
        chips.append(f'<span class="chip {section.pillar}">{name}</span>')
        if [heading.casefold() for heading in headings] == [_FRENCH_PILLARS[section.pillar]]:
            headings = []  # it would say the same twice
    path = "".join(f"<li>{_text(heading)}</li>" for heading in headings)
    page = source.passage.page_at(source.reference.start)
    if page is not None:
        chips.append(f'<span class="chip">{_text(messages("page-number", page=str(page)))}</span>')
    label = _text(messages("page-section"))
    return "".join(
        [
            f'<p class="details">{_text(details)}</p>' if details else "",
            f'<p class="chips">{"".join(chips)}</p>' if chips else "",
            f'<ol class="path" aria-label="{label}">{path}</ol>' if path else "",
        ]
    )


def _passage(source: Source) -> str:
    shown = source.excerpt
    lang = source.report.metadata.language or "fr"
    kind = "" if source.reference.is_answer else ' class="reading"'
    return (
        f'<blockquote class="passage" lang="{_text(lang)}">'
        f"{_edge(shown.starts_inside)}{_text(shown.before.lstrip())}"
        f"<mark{kind}>{_text(shown.quote)}</mark>"
        f"{_text(shown.after.rstrip())}{_edge(shown.ends_inside)}</blockquote>"
    )


def _parts(source: Source, messages: Messages) -> list[str]:
    page = source.passage.page_at(source.reference.start)
    parts = [
        source.report.title,
        mission_details(source.report, messages),
        " › ".join(source.passage.section.heading_path),
        messages("page-number", page=str(page)) if page is not None else "",
    ]
    return [part for part in parts if part]


def _edge(goes_on: bool) -> str:
    return '<span class="edge">[…]</span>' if goes_on else ""


def _text(text: str) -> str:
    return html.escape(visible(text))
