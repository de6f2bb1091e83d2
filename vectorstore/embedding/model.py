"""An embedding model and its identity."""

import hashlib
import json
import logging
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding.lanes import Background, Lane
from vectorstore.embedding.materialise import materialised_model
from vectorstore.embedding.words import PieceVectors, embed_pieces, lower_half
from vectorstore.errors import ModelUnavailable
from vectorstore.settings import EMBEDDED_MODEL, VectorstoreSettings
from vectorstore.text.normalise import for_embedding

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from vectorstore.reranking.answer_head import AnswerHead

_log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """What decides whether two vectors can be compared: made by equal identities, they can.

    `fingerprint` is the SHA-256 of a model folder's weights, or a hub model's revision.
    """

    name: str
    fingerprint: str
    dimension: int
    query_prompt: str
    passage_prompt: str

    @property
    def key(self) -> str:
        """A short digest of the identity, fit for names of files and collections."""
        content = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:16]


class EmbeddingModel:
    """Embeds queries and passages; vectors are float32 of length 1. Safe to share by threads."""

    def __init__(self, model: "SentenceTransformer", identity: ModelIdentity, batch: int) -> None:
        self.identity = identity
        self._model = model
        self._batch = batch
        self._lower_half = lower_half(model)
        self._queries, self._passages, self._pieces = Lane(model), Lane(model), Lane(model)
        self._background = Background()
        self._answer_head: AnswerHead | None = None
        self._answer_head_lock = threading.Lock()

    def embed_query(self, text: str) -> Vectors:
        """The vector of one query, of shape (dimension,)."""
        return np.asarray(self.embed_queries([text])[0], dtype=np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """The vectors of queries, of shape (len(texts), dimension)."""
        return self._embed(texts, self.identity.query_prompt, self._queries)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The vectors of passages, of shape (len(texts), dimension).

        `progress(done, total)` is called after each batch; what it raises ends the work. Texts
        are taken in order of length, so that little of a batch is padding. Queries don't wait for
        it, and go first where both want the processor.
        """
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        vectors = np.empty((len(texts), self.identity.dimension), dtype=np.float32)
        for start in range(0, len(order), self._batch):
            indices = order[start : start + self._batch]
            vectors[indices] = self._background.run(
                partial(
                    self._embed,
                    [texts[index] for index in indices],
                    self.identity.passage_prompt,
                    self._passages,
                )
            )
            if progress is not None:
                progress(start + len(indices), len(texts))
        return vectors

    def embed_pieces(self, texts: Sequence[str]) -> list[PieceVectors] | None:
        """The vectors of each text's pieces, in context; None where the model doesn't show them.

        Texts are taken as they are, so that spans are theirs.
        """
        if self._lower_half is None:
            return None
        with self._pieces.lock:
            return embed_pieces(self._pieces.model, self._lower_half, texts, self._batch)

    def count_tokens(self, text: str) -> int:
        """The length of a passage as the model sees it, prompt and special tokens included."""
        prompted = self.identity.passage_prompt + for_embedding(text)
        with self._passages.lock:
            return len(self._passages.model.tokenizer(prompted, verbose=False)["input_ids"])

    def answer_head(self) -> "AnswerHead | None":
        """The reranker made of this model's layers; None where it isn't the embedded model.

        Made once: its weights and its tokenizer take some hundred megabytes.
        """
        if self.identity.name != EMBEDDED_MODEL:
            return None
        from vectorstore.reranking.answer_head import AnswerHead

        with self._answer_head_lock:
            if self._answer_head is None:
                self._answer_head = AnswerHead(self._model)
            return self._answer_head

    @property
    def max_tokens(self) -> int:
        """The length beyond which the model cuts its input."""
        return int(self._model.max_seq_length or 512)

    def _embed(self, texts: Sequence[str], prompt: str, lane: Lane) -> Vectors:
        if not texts:
            return np.empty((0, self.identity.dimension), dtype=np.float32)
        with lane.lock:
            vectors = lane.model.encode(
                [for_embedding(text) for text in texts],
                prompt=prompt,
                batch_size=self._batch,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)


def load_model(settings: VectorstoreSettings, models_folder: Path) -> EmbeddingModel:
    """The model that the settings name; the embedded one is written to `models_folder` first.

    Only a hub name ever reaches outside, and only when it isn't in the local cache.

    Raises:
        ModelUnavailable: it can't be found, downloaded or read.
    """
    name = settings.embedding_model
    try:
        if name == EMBEDDED_MODEL:
            folder, fingerprint = materialised_model(models_folder / EMBEDDED_MODEL)
            model = _load(str(folder), embedded=True)
        else:
            model = _load(name, embedded=False)
            fingerprint = _fingerprint(name, model)
    except Exception as error:
        _log.debug("loading %s failed", name, exc_info=True)
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelUnavailable(model=name, reason=reason) from error
    identity = ModelIdentity(
        name=name,
        fingerprint=fingerprint,
        dimension=int(model.get_embedding_dimension() or 0),
        query_prompt=_prompt(settings.query_prompt, model, "query"),
        passage_prompt=_prompt(settings.passage_prompt, model, "document", "passage"),
    )
    return EmbeddingModel(model, identity, settings.embedding_batch_size)


def _load(name_or_folder: str, *, embedded: bool) -> "SentenceTransformer":
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    if embedded:
        # The weights hold no pooler; without this one is made up at random, and warned about.
        options = {"add_pooling_layer": False, "dtype": torch.float32}
        return SentenceTransformer(
            name_or_folder, device="cpu", model_kwargs=options, local_files_only=True
        )
    return SentenceTransformer(
        name_or_folder, trust_remote_code=False, local_files_only=Path(name_or_folder).is_dir()
    )


def _prompt(setting: str | None, model: "SentenceTransformer", *names: str) -> str:
    if setting is not None:
        return setting
    return next((prompt for name in names if (prompt := model.prompts.get(name))), "")


def _fingerprint(name: str, model: "SentenceTransformer") -> str:
    folder = Path(name)
    if not folder.is_dir():
        config = getattr(model[0].auto_model, "config", None)
        return str(getattr(config, "_commit_hash", None) or name)
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".safetensors", ".bin", ".onnx"}:
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()
