"""Settings of the vectorstore room: table `[vectorstore]`, variables `ESCALE_VECTORSTORE_*`."""

from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from vectorstore.configuration import RoomSettings

EMBEDDED_MODEL = "multilingual-e5-small"
EMBEDDED_RERANKER = "embedded"
NO_RERANKER = "none"


class VectorstoreSettings(RoomSettings):
    """How texts are embedded and searched."""

    table: ClassVar[str] = "vectorstore"
    model_config = SettingsConfigDict(env_prefix="ESCALE_VECTORSTORE_")

    embedding_model: str = Field(
        default=EMBEDDED_MODEL,
        min_length=1,
        description="The embedded model, a hub name such as BAAI/bge-m3, or a model folder.",
    )
    models_folder: Path | None = Field(
        default=None,
        description="Where the embedded model is written; by default in the data folder.",
    )
    query_prompt: str | None = Field(
        default=None,
        description="Text put before a query; by default the model's own prompt.",
    )
    passage_prompt: str | None = Field(
        default=None,
        description="Text put before a passage; by default the model's own prompt.",
    )
    embedding_batch_size: int = Field(
        default=32, ge=1, le=1024, description="Texts embedded at once."
    )
    candidates: int = Field(
        default=100,
        ge=10,
        le=5000,
        description="Passages taken from each of the two searches before fusion.",
    )
    dense_weight: float = Field(
        default=0.7,
        ge=0,
        le=1,
        description="Weight of dense against lexical scores, question and report in one language.",
    )
    dense_weight_across_languages: float = Field(
        default=0.8, ge=0, le=1, description="The same when their languages differ."
    )
    reranker: str = Field(
        default=EMBEDDED_RERANKER,
        min_length=1,
        description="Reads the best sentences together with the question: `embedded` (the "
        "embedded model's own answer head; none beside another embedding model), `none`, or a "
        "cross-encoder by hub name or model folder.",
    )
    max_query_characters: int = Field(
        default=2000, ge=100, description="Longer questions are refused."
    )
    chroma_url: str | None = Field(
        default=None,
        description="A Chroma server such as http://127.0.0.1:8000; default: in the data folder.",
    )
    bin_days: int = Field(
        default=30,
        ge=0,
        le=36500,
        description="Removed reports can be restored for so many days; then they are purged.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="How much is logged on standard error."
    )
