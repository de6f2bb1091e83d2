"""French or English: the language of a question or a text."""

import re
from functools import lru_cache
from typing import Any

from vectorstore.text.tokens import Language, tokens

# Words of one language only, among those that short questions are made of (folded).
_ONLY_FRENCH = frozenset(
    "le la les des du au aux un une et est sont ete etait dans sur avec pour par chez ce cette ces "
    "cet son sa ses leur leurs nos notre votre quel quelle quels quelles qui que quoi ou quand "
    "comment combien pourquoi qu il elle ils elles nous vous je ne pas plus selon lors dont "
    "fait faire dit avons avez ont resumez comparez expliquez ville rapport".split()
)
_ONLY_ENGLISH = frozenset(
    "the of to and is are was were in with for from by at this that these those what which who "
    "whom whose when where why how many much did does do done has have had been be it its they we "
    "you he she not about there their our your any could would should will summarize compare "
    "explain tell me list name give between during learn learned".split()
)
_ACCENTED = re.compile("[àâçèéêëîïôùûœ«»]", re.IGNORECASE)
# Below this the identifier is guessing; measured on 37 questions of one to five words.
_SURE_ENGLISH = 0.6


@lru_cache(maxsize=1)
def _identifier() -> Any:  # noqa: ANN401  (py3langid is untyped)
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["fr", "en"])
    return identifier


def _english_advantage(text: str) -> float:
    """Share of words in an English dictionary less the share in a French one, in [-1, 1]."""
    from simplemma import in_target_language

    # A capital would make every name an unknown word.
    lowered = text.lower()
    return in_target_language(lowered, lang="en") - in_target_language(lowered, lang="fr")


def detect_language(text: str) -> Language:
    """The language of `text`; French when nothing tells.

    Function words decide when they are nearly all of one language; then, for what is too short to
    have any, dictionaries (simplemma) do, and last the statistical identifier (py3langid,
    restricted to the two).
    """
    words = [token.folded for token in tokens(text)]
    if not words:
        return "fr"
    french = sum(word in _ONLY_FRENCH for word in words)
    english = sum(word in _ONLY_ENGLISH for word in words)
    if french != english and min(french, english) * 3 <= max(french, english):
        return "fr" if french > english else "en"
    advantage = _english_advantage(text)
    if advantage != 0:
        return "en" if advantage > 0 else "fr"
    language, probability = _identifier().classify(text.lower())
    sure = probability > _SURE_ENGLISH and not _ACCENTED.search(text)
    return "en" if language == "en" and sure else "fr"
