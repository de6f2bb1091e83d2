"""The files of a folder that may be reports."""

from pathlib import Path

from ingest.given_metadata import SIDE_FILE_ENDING


def report_files(folder: Path, *, recursive: bool = False) -> list[Path]:
    """The files in a folder that may be reports, in the order of their names.

    Hidden files and folders, and side files of metadata, are left out.
    """
    found = folder.rglob("*") if recursive else folder.iterdir()
    return sorted(path for path in found if path.is_file() and not _is_hidden(path, folder))


def _is_hidden(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return any(part.startswith((".", "~$")) for part in parts) or path.name.endswith(
        SIDE_FILE_ENDING
    )
