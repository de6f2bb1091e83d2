"""Settings of the ui room: table `[ui]`, variables `ESCALE_UI_*`."""

from typing import ClassVar

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from vectorstore.configuration import RoomSettings


class UiSettings(RoomSettings):
    """How the page is served."""

    table: ClassVar[str] = "ui"
    model_config = SettingsConfigDict(env_prefix="ESCALE_UI_")

    host: str = Field(
        default="127.0.0.1",
        min_length=1,
        description="The address on which the page is served; 0.0.0.0 is every one of the machine.",
    )
    port: int = Field(default=7860, ge=1, le=65535, description="The port of the page.")
    concurrent_answers: int = Field(
        default=4, ge=1, le=64, description="Questions answered at the same time."
    )
    max_waiting: int = Field(
        default=64, ge=1, le=10_000, description="Questions that may wait for their turn."
    )
    example_questions: int = Field(
        default=4, ge=0, le=8, description="Questions proposed on an empty page."
    )
    max_draft_characters: int = Field(
        default=60_000, ge=1000, description="Longer speeches are refused by the speech check."
    )
    max_draft_megabytes: int = Field(
        default=10, ge=1, le=100, description="Larger files are refused by the speech check."
    )
