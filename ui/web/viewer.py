"""The pages of reports as images, where quotes stand on them, and the original files.

Files are found by the version of a report that is current; nothing of an address becomes a path.
"""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from fastapi import Path as Number
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel

from ingest.media_type import MediaType
from ingest.pages import PageViews
from ui.messages import Language, Messages
from ui.web.sources import Reference, referenced_passage
from vectorstore.errors import EscaleError, UnknownReport
from vectorstore.models import Passage, Report

if TYPE_CHECKING:
    from vectorstore.store import Store

T = TypeVar("T")
PageNumber = Annotated[int, Number(ge=1, le=100_000)]

# Pages drawn at the same time: each takes a process for some 200 ms, a conversion for seconds.
_DRAWN_AT_ONCE = 2
# A version is named by its content, so its pages don't change.
_KEPT = {"Cache-Control": "private, max-age=3600"}
_FORGOTTEN = {"Cache-Control": "no-store"}
# What a viewer of PDF files in a browser needs, and nothing that acts.
_PDF_POLICY = (
    "default-src 'none'; object-src 'self'; img-src 'self' data: blob:; "
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_INERT_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


class VersionGone(EscaleError):
    """The file asked for isn't the current version of any report."""

    code: ClassVar[str] = "version-gone"
    text: ClassVar[str] = (
        "This file is no longer in the library: its report was replaced or removed. "
        "Ask your question again to get the current version."
    )


class NoSuchPage(EscaleError):
    """The report has no page of this number."""

    code: ClassVar[str] = "no-such-page"
    text: ClassVar[str] = "There is no page {page}: the report has {count} pages."


class PageMark(BaseModel):
    """Where the words of a quote stand on one page: (left, top, width, height), as its shares."""

    page: int
    boxes: list[tuple[float, float, float, float]]


class PagesView(BaseModel):
    """What the viewer needs to know of one citation.

    `page` is the page to show first. `images` is the address of the page images without the
    page's number. Without `marks` the quote's words weren't found on the image.
    """

    images: str
    count: int
    page: int
    marks: list[PageMark]


class Viewer:
    """The pages behind citations, for any number of users at once."""

    def __init__(self, store: "Store", views: PageViews | None = None) -> None:
        self._store = store
        self._views = views or PageViews.open(store.folder.path)
        self._limiter = CapacityLimiter(_DRAWN_AT_ONCE)

    def shows_pages(self, report: Report) -> bool:
        """Whether the report's pages can be shown as images."""
        return self._views.shows_pages(report.media_type)

    async def pages(self, reference: Reference) -> PagesView:
        """The pages of a citation's report, and where its quote stands.

        Raises:
            UnknownPassage: the passage is gone, or doesn't reach from `start` to `end`.
            FileRefused: the original can't be read any more.
        """
        return await self._in_turn(lambda: self._pages(reference))

    async def image(self, version: str, page: int) -> Path:
        """The WEBP file of a page of a current version.

        Raises:
            VersionGone: it isn't the current version of any report.
            NoSuchPage: it has no such page.
            FileRefused: the page can't be drawn.
        """
        return await self._in_turn(lambda: self._image(version, page))

    def report(self, version: str) -> Report:
        """The report whose current version this is.

        Raises:
            VersionGone: there is none.
        """
        report_id = self._store.report_of_version(version)
        if report_id is None:
            raise VersionGone
        try:
            return self._store.report(report_id)
        except UnknownReport as error:  # removed between the two looks
            raise VersionGone from error

    def original(self, version: str) -> Path:
        """The stored file of a current version; raises as `report`."""
        return self._store.source_path(self.report(version).version)

    async def _in_turn(self, work: Callable[[], T]) -> T:
        """In a thread of this desk's own few: the event loop and other requests go on."""
        return await to_thread.run_sync(work, limiter=self._limiter)

    def _pages(self, reference: Reference) -> PagesView:
        passage = referenced_passage(self._store, reference)
        report = self.report(passage.version)
        source = self._store.source_path(report.version)
        if not self._views.shows_pages(report.media_type):
            raise NoSuchPage(page=1, count=0)
        quote = passage.text[reference.start - passage.start : reference.end - passage.start]
        found = self._views.highlights(
            report.version, source, report.media_type, quote, reference.start
        )
        marks = [
            PageMark(
                page=highlight.page,
                boxes=[(box.left, box.top, box.width, box.height) for box in highlight.rectangles],
            )
            for highlight in found
        ]
        return PagesView(
            images=f"page-image/{report.version}",
            count=self._views.page_count(report.version, source, report.media_type),
            page=marks[0].page if marks else _page_of(passage, reference),
            marks=marks,
        )

    def _image(self, version: str, page: int) -> Path:
        report = self.report(version)
        source = self._store.source_path(report.version)
        count = 0
        if self._views.shows_pages(report.media_type):
            count = self._views.page_count(version, source, report.media_type)
        if not 1 <= page <= count:
            raise NoSuchPage(page=page, count=count)
        return self._views.image(version, source, report.media_type, page)


def _page_of(passage: Passage, reference: Reference) -> int:
    return passage.page_at(reference.start) or passage.page or 1


def routes(viewer: Viewer) -> APIRouter:
    """`/source/pages`, `/page-image/<version>/<page>` and `/original/<version>`."""
    router = APIRouter()

    @router.get("/source/pages")
    async def pages(passage: str, start: int, end: int, language: Language = "fr") -> Response:
        """A `PagesView` of a citation."""
        try:
            view = await viewer.pages(Reference(passage, start, end))
        except EscaleError as error:
            return _told(error, language)
        return JSONResponse(view.model_dump(), headers=_FORGOTTEN)

    @router.get("/page-image/{version}/{page}")
    async def page_image(version: str, page: PageNumber, language: Language = "fr") -> Response:
        """A page as WEBP."""
        try:
            image = await viewer.image(version, page)
        except EscaleError as error:
            return _told(error, language)
        return FileResponse(image, media_type="image/webp", headers=_KEPT)

    @router.get("/original/{version}")
    def original(version: str, language: Language = "fr") -> Response:
        """The stored file: a PDF opens in the browser, any other is downloaded."""
        try:
            report = viewer.report(version)
            path = viewer.original(version)
        except EscaleError as error:
            return PlainTextResponse(Messages(language).error(error), HTTPStatus.NOT_FOUND)
        is_pdf = report.media_type == MediaType.PDF
        # Of an unsafe type the browser is told nothing: what it can't name it can't run.
        media_type = report.media_type if is_pdf else "application/octet-stream"
        policy = _PDF_POLICY if is_pdf else _INERT_POLICY
        return FileResponse(
            path,
            media_type=media_type,
            filename=report.source_name,
            content_disposition_type="inline" if is_pdf else "attachment",
            headers={"Content-Security-Policy": policy, "Cache-Control": "private, no-cache"},
        )

    return router


def _told(error: EscaleError, language: Language) -> JSONResponse:
    message = Messages(language).error(error)
    return JSONResponse({"message": message}, HTTPStatus.NOT_FOUND, headers=_FORGOTTEN)
