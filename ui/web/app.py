"""The web application: the page, the sources behind its citations, and its health."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.routing import Mount

from ui.messages import Language, Messages
from ui.settings import UiSettings
from ui.web.access.access import Access
from ui.web.access.account import routes as account_routes
from ui.web.access.administration import routes as administration_routes
from ui.web.access.exposure import check_exposure
from ui.web.access.guard import Guard
from ui.web.access.people import routes as people_routes
from ui.web.access.sign_in import routes as sign_in_routes
from ui.web.checked import CheckedTexts
from ui.web.counting import Counter
from ui.web.downloads import routes as download_routes
from ui.web.drafts import DraftReader
from ui.web.drafts import routes as draft_routes
from ui.web.feedback import routes as feedback_routes
from ui.web.headers import SecurityHeaders
from ui.web.library.routes import routes as library_routes
from ui.web.readiness import Readiness
from ui.web.sessions import GRACE_SECONDS, ForgetClosedPages
from ui.web.sources import Reference, SourceView, find_source, source_view, unknown_source_view
from ui.web.viewer import Viewer
from ui.web.viewer import routes as viewer_routes
from vectorstore.errors import EscaleError

if TYPE_CHECKING:
    from gradio.routes import App

    from assistant import Assistant
    from ingest.jobs import Jobs

STATIC = Path(__file__).parent / "static"


def create_app(
    assistant: "Assistant",
    settings: UiSettings,
    jobs: "Jobs | None" = None,
    access: Access | None = None,
) -> FastAPI:
    """The application over an assistant; close the assistant after the application.

    With `jobs`, which the caller starts and stops, staff find the library's pages at `/library`.
    `access` are the accounts of who may; by default those in the assistant's data folder.

    Routes: `/` the page, `/source` the passage behind a citation, its pages and its original
    (`ui.web.viewer`), `/draft` the text of an uploaded speech, `/check` its verdicts as a file,
    `/healthz`. Setting the event `state.stopping` ends the connections that open pages keep.
    """
    # Read by Gradio when it is imported: no usage statistics, no look for a newer version.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    from ui.web.page import Page
    from ui.web.theme import theme

    check_exposure(settings)
    access = access or Access(assistant.index.store, settings)
    readiness = Readiness(assistant)
    app = FastAPI(lifespan=readiness.lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(ForgetClosedPages, gradio=lambda: gradio_app(app), grace=GRACE_SECONDS)
    # From the outside in: headers on every answer, then the guard, whose refusals need them too.
    app.add_middleware(Guard, access=access)
    app.add_middleware(
        SecurityHeaders,
        draft_megabytes=settings.max_draft_megabytes,
        upload_megabytes=jobs.settings.incoming_megabytes if jobs is not None else 0,
    )
    _add_sign_in(app, access)
    viewer = Viewer(assistant.index.store)
    texts = CheckedTexts()
    app.include_router(viewer_routes(viewer))
    app.include_router(draft_routes(DraftReader(settings)))
    app.include_router(download_routes(texts))
    app.include_router(feedback_routes(access.usage))
    if jobs is not None:
        app.include_router(library_routes(jobs))
    app.mount("/page", StaticFiles(directory=STATIC))

    @app.get("/healthz")
    def healthz() -> JSONResponse:
        """200 once questions can be answered, 503 before and when they can't be."""
        health = readiness.health()
        return JSONResponse(health.model_dump(mode="json"), 200 if readiness.is_ready else 503)

    @app.get("/source")
    def source(
        passage: str, start: int, end: int, *, reading: bool = False, language: Language = "fr"
    ) -> JSONResponse:
        """A `SourceView` of the passage; 404 with one that says what to do when it is gone."""
        messages = Messages(language)
        reference = Reference(passage, start, end, is_answer=not reading)
        try:
            found = find_source(assistant.index.store, reference)
        except EscaleError as error:
            return _private(unknown_source_view(error, messages), 404)
        has_pages = viewer.shows_pages(found.report)
        return _private(source_view(found, messages, has_pages=has_pages))

    # It mounts into `app`, and returns it.
    gr.mount_gradio_app(
        app,
        Page(assistant, settings, texts, Counter(access.usage)).build(),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        theme=theme(),
    )
    app.state.stopping = gradio_app(app).stop_event
    return app


def _add_sign_in(app: FastAPI, access: Access) -> None:
    sign_on = None
    if access.settings.sign_in == "oidc":
        from ui.web.access.sign_on import SignOn

        sign_on = SignOn(access.settings)
        app.mount("/sign-in/provider", sign_on.application(access))
    app.include_router(sign_in_routes(access, sign_on))
    app.include_router(account_routes(access))
    app.include_router(administration_routes(access))
    app.include_router(people_routes(access))


def gradio_app(app: FastAPI) -> "App":
    """Gradio's own application, which is mounted last."""
    from gradio.routes import App

    mount = app.routes[-1]
    if isinstance(mount, Mount) and isinstance(mount.app, App):
        return mount.app
    raise TypeError("Gradio isn't mounted")


def _private(view: SourceView, status: int = 200) -> JSONResponse:
    headers = {"Cache-Control": "no-store"}
    return JSONResponse(view.model_dump(), status, headers=headers)
