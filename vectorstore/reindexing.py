"""Embedding the passages that lack a vector by a model."""

from collections.abc import Sequence

from sqlalchemy import Engine

from vectorstore import catalogue, publication, stored_vectors
from vectorstore.embedding.model import EmbeddingModel, Progress
from vectorstore.embedding.passages import PassageText, embed

_BATCH = 64


def embed_missing(engine: Engine, model: EmbeddingModel, progress: Progress | None = None) -> int:
    """Embed every passage, of any version, that has no vector by `model`; returns how many.

    A transaction each few passages: stopped half-way, it goes on from there the next time.
    """
    with engine.begin() as connection:
        publication.write_model(connection, model.identity, active=False)
        waiting = stored_vectors.rows_without_vectors(connection, model.identity)
    for start in range(0, len(waiting), _BATCH):
        _embed_rows(engine, model, waiting[start : start + _BATCH])
        if progress is not None:
            progress(min(start + _BATCH, len(waiting)), len(waiting))
    return len(waiting)


def _embed_rows(engine: Engine, model: EmbeddingModel, row_ids: Sequence[int]) -> None:
    with engine.connect() as connection:
        passages = catalogue.read_passages(connection, row_ids)
    texts = [
        PassageText(
            passage.section.heading_path,
            passage.text,
            tuple(passage.slice(sentence) for sentence in passage.sentences),
        )
        for passage in passages
    ]
    vectors, sentence_vectors = embed(texts, model)
    with engine.begin() as connection:
        for row_id, vector, of_sentences in zip(row_ids, vectors, sentence_vectors, strict=True):
            publication.write_embedding(connection, model.identity, row_id, vector, of_sentences)
