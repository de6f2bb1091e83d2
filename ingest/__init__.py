"""What reads: files to text with pages and structure, to passages, to the index."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.library import AddResult, Library, Preview, report_files
    from ingest.progress import Progress

__all__ = ["AddResult", "Library", "Preview", "Progress", "report_files"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (PEP 562)
    # Pydantic is slow to import, and the shell's help needs none of it.
    if name == "Progress":
        from ingest import progress

        return progress.Progress
    if name in __all__:
        from ingest import library

        return getattr(library, name)
    raise AttributeError(name)
