"""Settings of the ingest room: table `[ingest]`, variables `ESCALE_INGEST_*`."""

from typing import ClassVar

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from vectorstore.configuration import RoomSettings


class IngestSettings(RoomSettings):
    """How files are read and cut into passages."""

    table: ClassVar[str] = "ingest"
    model_config = SettingsConfigDict(env_prefix="ESCALE_INGEST_")

    max_file_megabytes: int = Field(default=200, ge=1, description="Larger files are refused.")
    reading_megabytes: int = Field(
        default=2048, ge=256, description="Memory that reading one file may take."
    )
    reading_seconds_per_page: int = Field(
        default=120,
        ge=5,
        description="A file whose reading makes no progress for so long is refused.",
    )
    ocr_languages: str = Field(
        default="fra+eng",
        pattern=r"^[A-Za-z_]{3,20}(\+[A-Za-z_]{3,20})*$",
        description="Tesseract's names of the languages that scans are in.",
    )
    max_waiting_jobs: int = Field(
        default=1000, ge=1, description="Jobs that may wait for their turn; more are refused."
    )
    max_uploads: int = Field(
        default=200, ge=1, description="Uploaded files of one user that may wait to be decided."
    )
    incoming_megabytes: int = Field(
        default=4096, ge=1, description="Room that all uploaded files that wait may take together."
    )
    passage_min_words: int = Field(
        default=60,
        ge=1,
        le=150,
        description="Shorter paragraphs and bullets of one section share a passage.",
    )
    passage_max_words: int = Field(
        default=220,
        ge=40,
        le=300,
        description="Longer paragraphs are cut, between sentences where possible.",
    )
