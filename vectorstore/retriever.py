"""A llama-index face on the search, so that other llama-index programs can use it."""

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from vectorstore.index import Index
from vectorstore.models import Hit, Scope


class EscaleRetriever(BaseRetriever):
    """Retrieves passages as `TextNode`s whose metadata is what a citation needs."""

    def __init__(self, index: Index, *, k: int = 10, scope: Scope | None = None) -> None:
        self._index = index
        self._k = k
        self._scope = scope
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._index.search(query_bundle.query_str, k=self._k, scope=self._scope)
        return [NodeWithScore(node=_node(hit), score=hit.score) for hit in hits]


def _node(hit: Hit) -> TextNode:
    passage = hit.passage
    return TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "report_id": passage.report_id,
            "report_title": hit.report.title,
            "version": passage.version,
            "section": " › ".join(passage.section.heading_path),
            "pillar": passage.section.pillar.value if passage.section.pillar else None,
            "page": passage.page,
        },
    )
