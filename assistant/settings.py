"""Settings of the assistant room: table `[assistant]`, variables `ESCALE_ASSISTANT_*`."""

from typing import ClassVar

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
