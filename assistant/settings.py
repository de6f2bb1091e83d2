"""Settings of the assistant room: table `[assistant]`, variables `ESCALE_ASSISTANT_*`."""

from typing import ClassVar, Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from vectorstore.configuration import RoomSettings


class AssistantSettings(RoomSettings):
    """How questions are answered."""

    table: ClassVar[str] = "assistant"
    model_config = SettingsConfigDict(env_prefix="ESCALE_ASSISTANT_")

    passages: int = Field(
        default=10, ge=1, le=100, description="Passages that evidence is taken from."
    )
    max_statements: int = Field(
        default=4, ge=1, le=20, description="Statements of an answer at the most."
    )
    max_list_items: int = Field(
        default=10, ge=1, le=50, description="Items of an answer that is a list, at the most."
    )
    sufficiency_threshold: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="Below this sufficiency of the evidence the assistant abstains.",
    )
    nearest: int = Field(
        default=3, ge=0, le=10, description="Passages offered for reading when it abstains."
    )
    llm: str = Field(
        default="none",
        pattern=r"^(?:none|ollama:\S+|openai-like:\S+)$",
        description="Who writes the answers: `none` (the reports' own sentences), `ollama:MODEL` "
        "or `openai-like:MODEL`. A key comes from the variable `ESCALE_LLM_API_KEY` alone.",
    )
    llm_base_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s@]+$",
        description="The server's address, such as http://127.0.0.1:8080/v1; Ollama's own by "
        "default.",
    )
    llm_context_tokens: int = Field(
        default=4096,
        ge=2048,
        le=2_000_000,
        description="Tokens of question, passages and answer that the model takes.",
    )
    llm_passages: int = Field(
        default=6, ge=1, le=100, description="Passages that the model is given at the most."
    )
    llm_answer_tokens: int = Field(
        default=700, ge=50, le=16_000, description="Tokens of an answer at the most."
    )
    llm_connect_seconds: float = Field(
        default=5.0, gt=0, le=120, description="Seconds to reach the server."
    )
    llm_first_token_seconds: float = Field(
        default=90.0, gt=0, le=3600, description="Seconds to the first word of the model."
    )
    llm_stall_seconds: float = Field(
        default=30.0, gt=0, le=3600, description="Seconds between two words of the model."
    )
    llm_total_seconds: float = Field(
        default=240.0, gt=0, le=3600, description="Seconds for a whole answer of the model."
    )
    llm_concurrency: int = Field(
        default=2, ge=1, le=256, description="Answers that the model writes at once."
    )
    llm_queue: int = Field(
        default=32, ge=0, le=10_000, description="Answers that wait for the model at the most."
    )
    llm_queue_seconds: float = Field(
        default=120.0, gt=0, le=3600, description="Seconds that an answer waits for the model."
    )
    llm_verified_share: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="When less of what the model wrote holds, the reports' own sentences answer.",
    )
    llm_unverified: Literal["strike", "mark"] = Field(
        default="strike",
        description="What becomes of a sentence that no passage bears out: struck, or kept "
        "without a citation and marked as unverified.",
    )
