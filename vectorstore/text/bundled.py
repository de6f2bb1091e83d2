"""NLTK's data files that llama-index carries in its own package: nothing is downloaded."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path


@lru_cache(maxsize=1)
def nltk_folder() -> Path:
    """The folder of NLTK data inside llama-index, found without importing it.

    Raises:
        FileNotFoundError: llama-index is not installed, or no longer carries the data.
    """
    package = find_spec("llama_index")
    for root in package.submodule_search_locations or [] if package else []:
        folder = Path(root) / "core" / "_static" / "nltk_cache"
        if folder.is_dir():
            return folder
    raise FileNotFoundError("llama-index's bundled NLTK data was not found; reinstall llama-index")


def nltk_file(*parts: str) -> Path:
    """The path of one bundled NLTK file, such as `("corpora", "stopwords", "french")`."""
    return nltk_folder().joinpath(*parts)
