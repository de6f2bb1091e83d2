"""Writes the tables of `docs/configuration.md` from the rooms' settings classes.

    python docs/write_configuration.py

What stands between the two marks of a table is replaced; the rest of the page is written by hand.
"""

import re
import types
import typing
from pathlib import Path

from pydantic.fields import FieldInfo

from ui.cli.settings import all_settings
from vectorstore.configuration import RoomSettings

PAGE = Path(__file__).parent / "configuration.md"


def written(page: str) -> str:
    """The page with its tables made anew.

    Raises:
        ValueError: a room's table has no marks in the page.
    """
    for room in all_settings():
        begin, end = f"<!-- {room.table}: begin -->", f"<!-- {room.table}: end -->"
        if begin not in page or end not in page:
            raise ValueError(f"{PAGE.name} has no marks {begin} … {end}")
        before, _, rest = page.partition(begin)
        _, _, after = rest.partition(end)
        page = f"{before}{begin}\n{_table(room)}\n{end}{after}"
    return page


def _table(room: type[RoomSettings]) -> str:
    lines = ["| setting | variable | default | meaning |", "| --- | --- | --- | --- |"]
    for name, field in room.model_fields.items():
        variable = f"{room.model_config['env_prefix']}{name.upper()}"
        meaning = " ".join(part for part in (field.description, _values(field)) if part)
        lines.append(f"| `{name}` | `{variable}` | {_default(field)} | {_cell(meaning)} |")
    return "\n".join(lines)


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True)
    if value is None or value in ((), [], ""):
        return "–"
    return f"`{value}`"


def _values(field: FieldInfo) -> str:
    """What the setting can be, where that is narrower than its type."""
    choices = [str(choice) for choice in _literals(field.annotation)]
    if choices:
        return f"One of {', '.join(f'`{choice}`' for choice in choices)}."
    low = next((m.ge for m in field.metadata if hasattr(m, "ge")), None)
    high = next((m.le for m in field.metadata if hasattr(m, "le")), None)
    if low is not None and high is not None:
        return f"From {low} to {high}."
    if low is not None:
        return f"At least {low}."
    return f"At most {high}." if high is not None else ""


def _literals(annotation: object) -> tuple[object, ...]:
    if typing.get_origin(annotation) is typing.Literal:
        return typing.get_args(annotation)
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return tuple(choice for part in typing.get_args(annotation) for choice in _literals(part))
    return ()


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
