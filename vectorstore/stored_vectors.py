"""The vectors in the catalogue, from which the vector index can always be made again."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import Connection, func, select

from vectorstore.catalogue import chunks
from vectorstore.embedding.model import ModelIdentity, Vectors
from vectorstore.schema import EmbeddingRow, ModelRow, PassageRow

BYTES_PER_VALUE = 2


def active_model(connection: Connection) -> ModelIdentity | None:
    """The model that the index answers by; None before the first report."""
    row = connection.execute(select(ModelRow.__table__).where(ModelRow.is_active)).one_or_none()
    if row is None:
        return None
    return ModelIdentity(
        row.name, row.fingerprint, row.dimension, row.query_prompt, row.passage_prompt
    )


def read_vectors(
    connection: Connection, model: ModelIdentity, row_ids: Sequence[int]
) -> tuple[list[int], Vectors]:
    """The row ids that have a vector by `model`, and the vectors, of shape (ids, dimension).

    A vector of another length is damaged, and as good as missing.
    """
    found: list[int] = []
    blobs: list[bytes] = []
    size = model.dimension * BYTES_PER_VALUE
    for chunk in chunks(row_ids):
        for row in connection.execute(
            select(EmbeddingRow.passage_id, EmbeddingRow.vector).where(
                EmbeddingRow.model_key == model.key,
                EmbeddingRow.passage_id.in_(chunk),
                func.length(EmbeddingRow.vector) == size,
            )
        ):
            found.append(row.passage_id)
            blobs.append(row.vector)
    return found, from_blob(b"".join(blobs), model.dimension)


def rows_without_vectors(connection: Connection, model: ModelIdentity) -> list[int]:
    """Row ids of the passages, of any version, that have no vector by `model`."""
    embedded = (
        select(EmbeddingRow.passage_id)
        .where(EmbeddingRow.model_key == model.key, EmbeddingRow.passage_id == PassageRow.id)
        .exists()
    )
    statement = select(PassageRow.id).where(~embedded).order_by(PassageRow.id)
    return list(connection.execute(statement).scalars())


def read_sentence_vectors(
    connection: Connection, model: ModelIdentity, row_ids: Sequence[int]
) -> dict[int, Vectors]:
    """For each row id, its sentences' vectors, of shape (sentences, dimension)."""
    found: dict[int, Vectors] = {}
    for chunk in chunks(row_ids):
        for row in connection.execute(
            select(EmbeddingRow.passage_id, EmbeddingRow.sentence_vectors).where(
                EmbeddingRow.model_key == model.key, EmbeddingRow.passage_id.in_(chunk)
            )
        ):
            found[row.passage_id] = from_blob(row.sentence_vectors, model.dimension)
    return found


def to_blob(vectors: Vectors) -> bytes:
    """Vectors as they are stored: float16, little-endian, one after the other."""
    return vectors.astype("<f2").tobytes()


def from_blob(blob: bytes, dimension: int) -> Vectors:
    """Stored vectors, of shape (vectors, dimension)."""
    return np.frombuffer(blob, dtype="<f2").reshape(-1, dimension).astype(np.float32)
