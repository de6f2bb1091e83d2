"""Searching the lexical index: the FTS5 rows that `vectorstore.full_text` keeps.

Scores are SQLite's BM25 (k1 = 1.2, b = 0.75; Robertson and Zaragoza, "The Probabilistic Relevance
Framework", 2009), negated so that higher is better.
"""

import math
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, text

from vectorstore.text.tokens import LANGUAGES, Language, content_words, stem

# A word of the heading says less about a passage than one of its own.
_STEM_WEIGHT, _HEADING_WEIGHT = 1.0, 0.5


def query_terms(query: str, language: Language) -> list[str]:
    """The stems by which `query` is looked up, without repetitions.

    Stop-words of the question's language go. Each word is stemmed as both languages would, since
    a report may be in the other one: names and cognates then still meet.
    """
    words = content_words(query, language)
    return list(dict.fromkeys(stem(word, other) for word in words for other in LANGUAGES))


def search_terms(connection: Connection, terms: Sequence[str], limit: int) -> dict[int, float]:
    """BM25 scores of the passages (by row id) that best match any of `terms`."""
    if not terms:
        return {}
    quoted = " OR ".join('"' + term.replace('"', "") + '"' for term in terms)
    rows = connection.execute(
        text(
            "SELECT rowid, -bm25(passages_fts, :stem_weight, :heading_weight, 0) AS score "
            "FROM passages_fts WHERE passages_fts MATCH :expression "
            "ORDER BY score DESC LIMIT :limit"
        ),
        {
            "expression": f"{{stems headings}} : ({quoted})",
            "stem_weight": _STEM_WEIGHT,
            "heading_weight": _HEADING_WEIGHT,
            "limit": limit,
        },
    )
    return {row.rowid: row.score for row in rows}


def rarity(connection: Connection, terms: Iterable[str]) -> dict[str, float]:
    """How rare stems are among current passages: near 0 in every passage, 1 in none.

    The inverse document frequency ln(1 + (N - n + ½) / (n + ½)), for N passages of which n hold
    the stem, as a share of that of a stem which none holds.
    """
    total = connection.execute(text("SELECT count(*) FROM passages_fts")).scalar() or 0
    most = _inverse_frequency(total, 0)
    found = _document_counts(connection, set(terms))
    return {term: _inverse_frequency(total, count) / most for term, count in found.items()}


def _inverse_frequency(total: int, count: int) -> float:
    return math.log1p((total - count + 0.5) / (count + 0.5))


def _document_counts(connection: Connection, terms: Collection[str]) -> dict[str, int]:
    statement = text("SELECT doc FROM passages_terms WHERE term = :term AND col = 'stems'")
    return {term: connection.execute(statement, {"term": term}).scalar() or 0 for term in terms}
