"""How every room reads its settings: flags, then `ESCALE_*` variables, then `escale.toml`.

Each room has a table of that file (`[vectorstore]`, `[ingest]`, …) and a subclass of
`RoomSettings`. The file is the one named by `ESCALE_CONFIG`, or `escale.toml` in the working
folder.
"""

import os
import tomllib
from pathlib import Path
from typing import Any, ClassVar, Self

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from vectorstore.errors import InvalidSetting

CONFIG_VARIABLE = "ESCALE_CONFIG"
DEFAULT_CONFIG = Path("escale.toml")
TABLES = frozenset({"vectorstore", "ingest", "assistant", "ui"})


def config_file() -> Path | None:
    """The settings file in force, or None when there is none.

    Raises:
        InvalidSetting: `ESCALE_CONFIG` names a file that doesn't exist.
    """
    named = os.environ.get(CONFIG_VARIABLE)
    if named:
        if not Path(named).is_file():
            raise InvalidSetting(source=CONFIG_VARIABLE, setting=named, reason="no such file")
        return Path(named)
    return DEFAULT_CONFIG if DEFAULT_CONFIG.is_file() else None


def _read_table(file: Path | None, table: str) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidSetting(source=str(file), setting="(file)", reason=str(error)) from error
    for name, content in tables.items():
        if name not in TABLES or not isinstance(content, dict):
            known = ", ".join(f"[{known}]" for known in sorted(TABLES))
            raise InvalidSetting(source=str(file), setting=name, reason=f"known tables: {known}")
    values: dict[str, Any] = tables.get(table, {})
    return values


class RoomSettings(BaseSettings):
    """Base of each room's settings."""

    table: ClassVar[str]

    model_config = SettingsConfigDict(extra="forbid", frozen=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (the library's signature)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags before variables before the file."""
        table = _read_table(config_file(), cls.table)
        return (init_settings, env_settings, InitSettingsSource(settings_cls, table))

    @classmethod
    def load(cls, **flags: object) -> Self:
        """The settings in force; a flag that is None counts as not given.

        Raises:
            InvalidSetting: the file can't be read, or a setting has a wrong name or value.
        """
        try:
            given: dict[str, Any] = {
                name: value for name, value in flags.items() if value is not None
            }
            return cls(**given)
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"])
            raise InvalidSetting(
                source=str(config_file() or f"ESCALE_{cls.table.upper()}_*"),
                setting=f"[{cls.table}] {name}",
                reason=first["msg"],
            ) from error
