"""Hybrid search: dense and lexical candidates, fused into one ranking.

The fusion is a convex sum of the two scores, each stretched to [0, 1] over the query's candidates
(Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS 2023). Equal
weights ruin cross-lingual search, where only names and cognates match by word: the weight follows
the languages of question and report.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from vectorstore import catalogue, lexical, stored_vectors
from vectorstore.embedding.model import Vectors
from vectorstore.errors import EmptyQuery, QueryTooLong
from vectorstore.glossary import Expansion
from vectorstore.models import Hit, Scope
from vectorstore.settings import VectorstoreSettings
from vectorstore.store import Store
from vectorstore.text.language import detect_language
from vectorstore.text.tokens import Language, tokens

Scores = NDArray[np.float32]

_NO_LIMIT = -1
# A synonym says less than the word that was asked for.
_EXPANSION_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class _Ranked:
    row_id: int
    score: float
    dense: float
    lexical: float
    sentence_similarities: tuple[float, ...]


def search(
    store: Store, query: str, k: int, scope: Scope, language: Language | None = None
) -> list[Hit]:
    """The `k` best passages of current versions within `scope`, best first.

    Raises:
        EmptyQuery: the query holds no word.
        QueryTooLong: it has more characters than the settings allow.
    """
    check_query(query, store.settings)
    language = language or detect_language(query)
    expansion = store.glossary.expand(query, language)
    vector = _query_vector(store, query, expansion, language)
    # Chroma before the catalogue's snapshot: a version published in between is then complete.
    neighbours = store.nearest(vector, store.settings.candidates) if scope.is_everything else None
    with store.reading() as connection:
        lexical_scores = _lexical_scores(
            connection, _weighted_terms(query, expansion, language), scope, store.settings
        )
        dense_ids = _dense_candidates(connection, neighbours, scope)
        row_ids, vectors = stored_vectors.read_vectors(
            connection, store.model.identity, list({*dense_ids, *lexical_scores})
        )
        if not row_ids:
            return []
        sentences = stored_vectors.read_sentence_vectors(connection, store.model.identity, row_ids)
        dense = vectors @ vector
        similarities = [sentences[row_id] @ vector for row_id in row_ids]
        scores = _fused(
            _with_best_sentence(dense, similarities),
            np.array([lexical_scores.get(row_id, 0.0) for row_id in row_ids], dtype=np.float32),
            _weights(connection, row_ids, language, store.settings),
        )
        best = np.argsort(-scores, kind="stable")[:k]
        return _hits(
            connection,
            [
                _Ranked(
                    row_ids[index],
                    float(scores[index]),
                    float(dense[index]),
                    lexical_scores.get(row_ids[index], 0.0),
                    tuple(similarities[index].tolist()),
                )
                for index in best
            ],
        )


def check_query(query: str, settings: VectorstoreSettings) -> None:
    """Refuse what can't be searched.

    Raises:
        EmptyQuery: the query holds no word.
        QueryTooLong: it has more characters than the settings allow.
    """
    if len(query) > settings.max_query_characters:
        raise QueryTooLong(length=len(query), limit=settings.max_query_characters)
    if next(tokens(query), None) is None:
        raise EmptyQuery


def _query_vector(store: Store, query: str, expansion: Expansion, language: Language) -> Vectors:
    """The query's vector; an English query is embedded with the French terms of its notions."""
    translated = expansion.fr if language == "en" else ()
    if not translated:
        return store.model.embed_query(query)
    return store.model.embed_query(f"{query} ({', '.join(translated)})")


def _weighted_terms(
    query: str, expansion: Expansion, language: Language
) -> tuple[tuple[float, list[str]], ...]:
    """The query's own terms, and those of the glossary, with the weight of their scores."""
    own = lexical.query_terms(query, language)
    others = [stem for stem in expansion.stems() if stem not in own]
    return ((1.0, own), (_EXPANSION_WEIGHT, others))


def _lexical_scores(
    connection: Connection,
    weighted_terms: Sequence[tuple[float, list[str]]],
    scope: Scope,
    settings: VectorstoreSettings,
) -> dict[int, float]:
    limit = settings.candidates if scope.is_everything else _NO_LIMIT
    scores: dict[int, float] = {}
    for weight, terms in weighted_terms:
        for row_id, score in lexical.search_terms(connection, terms, limit).items():
            scores[row_id] = scores.get(row_id, 0.0) + weight * score
    if scope.is_everything:
        return scores
    allowed = catalogue.within_scope(connection, scores, scope)
    return {row_id: score for row_id, score in scores.items() if row_id in allowed}


def _dense_candidates(
    connection: Connection, neighbours: Sequence[str] | None, scope: Scope
) -> list[int]:
    """Chroma's neighbours, or in a narrower scope all its passages, to be compared exactly."""
    if neighbours is None:
        return catalogue.scope_row_ids(connection, scope)
    return list(catalogue.passage_row_ids(connection, neighbours, scope).values())


def _weights(
    connection: Connection,
    row_ids: Sequence[int],
    language: Language,
    settings: VectorstoreSettings,
) -> Scores:
    languages = catalogue.passage_languages(connection, row_ids)
    same, across = settings.dense_weight, settings.dense_weight_across_languages
    return np.array(
        [same if languages.get(row_id) in (language, "") else across for row_id in row_ids],
        dtype=np.float32,
    )


def _with_best_sentence(dense: Scores, similarities: Sequence[Scores]) -> Scores:
    """The mean of each passage's cosine and its best sentence's.

    An answer of one sentence is diluted in its passage's vector; on PIAF this gains two points of
    recall@1 over the passage alone (docs/evaluation.md).
    """
    best = np.array(
        [own.max() if len(own) else whole for own, whole in zip(similarities, dense, strict=True)],
        dtype=np.float32,
    )
    return np.asarray((dense + best) / 2, dtype=np.float32)


def _fused(dense: Scores, lexical_scores: Scores, dense_weights: Scores) -> Scores:
    return dense_weights * _stretched(dense) + (1 - dense_weights) * _stretched(lexical_scores)


def _stretched(scores: Scores) -> Scores:
    """Min-max normalisation; all zero when the scores don't differ."""
    low, high = scores.min(), scores.max()
    if high - low < 1e-9:
        return np.zeros_like(scores)
    return np.asarray((scores - low) / (high - low), dtype=np.float32)


def _hits(connection: Connection, ranked: Sequence[_Ranked]) -> list[Hit]:
    passages = catalogue.read_passages(connection, [item.row_id for item in ranked])
    report_ids = {passage.report_id for passage in passages}
    reports = {report.id: report for report in catalogue.read_reports(connection, report_ids)}
    return [
        Hit(
            passage=passage,
            report=reports[passage.report_id],
            score=item.score,
            dense=item.dense,
            lexical=item.lexical,
            sentence_similarities=item.sentence_similarities,
        )
        for item, passage in zip(ranked, passages, strict=True)
    ]
