"""Documents as JSON: what a reading process hands back. Nothing in it can run code."""

import json
from array import array
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain, starmap
from typing import Any

from ingest.document import Block, BlockKind, Document
from ingest.layout import Layout, PageSize, WordBox
from vectorstore.models import Destination, PageSpan, Participant, ReportMetadata, Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, with the places of its words where the format has pages."""

    document: Document
    layout: Layout | None = None


def dump(reading: Reading) -> str:
    """A reading as one line of JSON."""
    document, layout = reading.document, reading.layout
    message: dict[str, Any] = {
        "text": document.text,
        "blocks": [
            (block.kind, block.span.start, block.span.end, block.level) for block in document.blocks
        ],
        "pages": [(page.page, page.span.start, page.span.end) for page in document.pages],
        "metadata": _metadata_out(document.metadata),
        "warnings": document.warnings,
        "recognised_pages": document.recognised_pages,
    }
    if layout is not None:
        places = array("i", chain.from_iterable(box[:3] for box in layout.boxes))
        sides = array("f", chain.from_iterable(box[3:] for box in layout.boxes))
        message["layout"] = {
            "pages": [(page.width, page.height) for page in layout.pages],
            "places": b64encode(places.tobytes()).decode("ascii"),
            "sides": b64encode(sides.tobytes()).decode("ascii"),
        }
    return json.dumps(message, separators=(",", ":"))


def load(line: str | bytes) -> Reading:
    """The reading in a line that `dump` made.

    Raises:
        ValueError: the line isn't one (`json.JSONDecodeError` and wrong values alike).
    """
    try:
        message = json.loads(line)
        document = Document(
            text=str(message["text"]),
            blocks=tuple(
                Block(BlockKind(kind), Span(int(start), int(end)), int(level))
                for kind, start, end, level in message["blocks"]
            ),
            pages=tuple(
                PageSpan(int(page), Span(int(start), int(end)))
                for page, start, end in message["pages"]
            ),
            metadata=_metadata_in(message["metadata"]),
            warnings=tuple(str(warning) for warning in message["warnings"]),
            recognised_pages=tuple(int(page) for page in message["recognised_pages"]),
        )
        layout = _layout_in(message["layout"]) if "layout" in message else None
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a reading: {error!r}") from error
    return Reading(document, layout)


def _layout_in(message: dict[str, Any]) -> Layout:
    places, sides = array("i"), array("f")
    places.frombytes(b64decode(message["places"]))
    sides.frombytes(b64decode(message["sides"]))
    columns = (*(places[i::3] for i in range(3)), *(sides[i::4] for i in range(4)))
    return Layout(
        pages=tuple(starmap(PageSize, message["pages"])),
        boxes=tuple(starmap(WordBox, zip(*columns, strict=True))),
    )


def _metadata_out(metadata: ReportMetadata) -> dict[str, Any]:
    values = asdict(metadata)
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def _metadata_in(message: dict[str, Any]) -> ReportMetadata:
    def day(name: str) -> date | None:
        return date.fromisoformat(message[name]) if message[name] else None

    return ReportMetadata(
        title=str(message["title"]),
        destinations=tuple(Destination(**each) for each in message["destinations"]),
        start_date=day("start_date"),
        end_date=day("end_date"),
        year=message["year"],
        published_on=day("published_on"),
        language=str(message["language"]),
        participants=tuple(Participant(**each) for each in message["participants"]),
    )
