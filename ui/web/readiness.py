"""Whether questions can be answered yet: what `/healthz` reports."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import FastAPI
from pydantic import BaseModel

from assistant.question import understand

if TYPE_CHECKING:
    from assistant import Assistant

# Any question will do: what it loads stays loaded.
_FIRST_QUESTION = "Quels sont les objectifs de la mission ?"

_log = logging.getLogger(__name__)


class State(StrEnum):
    """How far the start has come."""

    STARTING = "starting"
    READY = "ready"
    FAILED = "failed"


class Health(BaseModel):
    """What `/healthz` answers."""

    status: State
    version: str
    reports: int = 0
    passages: int = 0


class Readiness:
    """Warms the assistant up when the server starts, so that the first user needn't wait."""

    def __init__(self, assistant: "Assistant") -> None:
        self._assistant = assistant
        self._state = State.STARTING

    @property
    def is_ready(self) -> bool:
        """Whether a question would be answered now."""
        return self._state is State.READY

    def health(self) -> Health:
        """The state, with the size of the library once it is ready."""
        health = Health(status=self._state, version=version("escale"))
        if not self.is_ready:
            return health
        reports = self._assistant.index.store.reports()
        passages = sum(report.passage_count for report in reports)
        return health.model_copy(update={"reports": len(reports), "passages": passages})

    @asynccontextmanager
    async def lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        """The application's life; the warm-up goes on beside the first requests."""
        warming = asyncio.create_task(asyncio.to_thread(self._warm_up))
        try:
            yield
        finally:
            warming.cancel()

    def _warm_up(self) -> None:
        try:
            understand(_FIRST_QUESTION)
            self._assistant.index.search(_FIRST_QUESTION, k=1)
        except Exception:  # noqa: BLE001  (logged; `/healthz` says so)
            _log.exception("the index can't be searched")
            self._state = State.FAILED
        else:
            self._state = State.READY
