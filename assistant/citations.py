"""Making citations, and checking that they hold. No quote is ever retyped."""

from assistant.models import Citation
from vectorstore.models import Passage, Span
from vectorstore.store import Store

HEADING_SEPARATOR = " › "


def cite(passage: Passage, span: Span) -> Citation:
    """The citation of `span`, in the version's offsets, of `passage`.

    Raises:
        ValueError: the span isn't inside the passage.
    """
    return Citation(
        report_id=passage.report_id,
        version=passage.version,
        passage_id=passage.id,
        quote=passage.slice(span),
        start=span.start,
        end=span.end,
        page=passage.page_at(span.start),
        section=HEADING_SEPARATOR.join(passage.section.heading_path),
    )


def holds(citation: Citation, store: Store) -> bool:
    """Whether the quote still stands, to the letter, at its place in its version's text."""
    span = Span(citation.start, citation.end)
    return store.verbatim(citation.version, span) == citation.quote
