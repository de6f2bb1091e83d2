"""What mends each kind of problem of a data folder."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, Engine

from vectorstore import mending, reindexing
from vectorstore.active_model import ActiveModel
from vectorstore.consistency import ProblemKind
from vectorstore.database import writer
from vectorstore.mirror import VectorMirror
from vectorstore.settings import VectorstoreSettings

_BY_THE_CATALOGUE: Final[dict[ProblemKind, Callable[[Connection], None]]] = {
    ProblemKind.DATABASE: mending.mend_database,
    ProblemKind.REPORT: mending.mend_reports,
    ProblemKind.SPAN: mending.mend_spans,
    ProblemKind.FULL_TEXT: mending.rebuild_full_text,
}


class Repair:
    """Mends what the catalogue knows better; the caller keeps other writers away."""

    def __init__(
        self,
        engine: Engine,
        active: ActiveModel,
        vectors: VectorMirror,
        settings: VectorstoreSettings,
    ) -> None:
        self._engine = engine
        self._active = active
        self._vectors = vectors
        self._settings = settings

    def mend(self, kind: ProblemKind) -> bool:
        """Mend all problems of a kind, as far as can be; True where a reindexing has to follow.

        Raises:
            ModelUnavailable: vectors are missing, and their model can't be loaded.
        """
        match kind:
            case ProblemKind.REINDEXING:
                return self._resume_move()
            case ProblemKind.EMBEDDING:
                model = self._active.loaded()
                with writer(self._engine).begin() as connection:
                    mending.forget_broken_vectors(connection, model.identity)
                reindexing.embed_missing(writer(self._engine), model)
            case ProblemKind.VECTOR_INDEX:
                self._vectors.rebuild()
            case _ if kind in _BY_THE_CATALOGUE:
                with writer(self._engine).begin() as connection:
                    _BY_THE_CATALOGUE[kind](connection)
        return False

    def _resume_move(self) -> bool:
        """Whether the settings still name the model that the index was to be moved to.

        What was made by any other model is dropped.
        """
        active, configured = self._active.recorded(), self._settings.embedding_model
        target = None
        if active is not None and active.name != configured:
            target = self._active.configured().identity.key
        with writer(self._engine).begin() as connection:
            mending.forget_half_moves(connection, target)
        return target is not None
