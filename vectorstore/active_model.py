"""The embedding model that the index answers by, loaded at first use."""

import logging
import threading
from pathlib import Path

from sqlalchemy import Engine

from vectorstore import stored_vectors
from vectorstore.embedding.model import EmbeddingModel, ModelIdentity, load_model
from vectorstore.errors import ModelMismatch
from vectorstore.settings import VectorstoreSettings

_log = logging.getLogger(__name__)


class ActiveModel:
    """The index's own model, whatever the settings name; the settings' own for a new index."""

    def __init__(self, engine: Engine, settings: VectorstoreSettings, folder: Path) -> None:
        self._engine = engine
        self._settings = settings
        self._folder = settings.models_folder or folder
        self._lock = threading.Lock()
        self._model: EmbeddingModel | None = None

    def loaded(self) -> EmbeddingModel:
        """The model, loaded at first use (some seconds).

        Raises:
            ModelUnavailable: it can't be loaded.
            ModelMismatch: the index's model is no longer what its name stands for.
        """
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    def identity(self) -> ModelIdentity:
        """Its identity; the model is loaded only where the index has none yet."""
        return self.recorded() or self.loaded().identity

    def recorded(self) -> ModelIdentity | None:
        """The identity of the model that the index was made with; None before the first report."""
        with self._engine.connect() as connection:
            return stored_vectors.active_model(connection)

    def configured(self) -> EmbeddingModel:
        """The model that the settings name.

        Raises:
            ModelUnavailable: it can't be loaded.
        """
        return load_model(self._settings, self._folder)

    def use(self, model: EmbeddingModel) -> None:
        """Answer by another model from now on."""
        with self._lock:
            self._model = model

    def refuse_another(self) -> None:
        """Refuse to write where the settings name another model than the index's.

        Raises:
            ModelMismatch: they do.
        """
        active = self.recorded()
        if active is not None and active.name != self._settings.embedding_model:
            raise ModelMismatch(
                index_model=active.name, configured_model=self._settings.embedding_model
            )

    def _load(self) -> EmbeddingModel:
        active = self.recorded()
        if active is None or active.name == self._settings.embedding_model:
            model = self.configured()
        else:
            _log.warning(
                "the index was made with %s and answers by it; the settings name %s",
                active.name,
                self._settings.embedding_model,
            )
            settings = self._settings.model_copy(
                update={
                    "embedding_model": active.name,
                    "query_prompt": active.query_prompt,
                    "passage_prompt": active.passage_prompt,
                }
            )
            model = load_model(settings, self._folder)
        if active is not None and model.identity != active:
            raise ModelMismatch(
                index_model=_described(active), configured_model=_described(model.identity)
            )
        return model


def _described(model: ModelIdentity) -> str:
    return f"{model.name} ({model.fingerprint[:12]})"
