"""What remembers: catalogue, lexical index, vectors, embedding models, hybrid search."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vectorstore.index import Index

__all__ = ["Index"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (PEP 562)
    # SQLAlchemy is slow to import, and the shell's help needs none of it.
    if name == "Index":
        from vectorstore.index import Index

        return Index
    raise AttributeError(name)
