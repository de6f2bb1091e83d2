"""One form of a text for models and comparisons. None of these keep character offsets."""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]"
)
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u201b\u00b4\u0060", "'"))
_SPACES = re.compile(r"\s+")


def fold_spaces(text: str) -> str:
    """The text with each run of white space turned into one space, trimmed."""
    return _SPACES.sub(" ", text).strip()


def for_embedding(text: str) -> str:
    """What an embedding model is given.

    NFKC, no control, zero-width or lone surrogate characters, one kind of apostrophe (a curly one
    alone moves an E5 vector to a cosine of 0.97), single spaces.
    """
    cleaned = _INVISIBLE.sub("", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)))
    return fold_spaces(cleaned.translate(_APOSTROPHES))


def fold(text: str) -> str:
    """The text without case and accents, ligatures expanded: for comparing words and names."""
    expanded = text.translate(_APOSTROPHES).casefold().replace("œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", expanded)
    return "".join(character for character in decomposed if not unicodedata.combining(character))
