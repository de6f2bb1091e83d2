"""The bilingual glossary of the field, by which a query is looked up under other terms too."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from vectorstore.errors import InvalidSetting
from vectorstore.text.tokens import LANGUAGES, Language, content_stems, content_words, stem

BUNDLED = Path(__file__).with_name("glossary.toml")


class _Term(BaseModel):
    model_config = ConfigDict(extra="forbid")

    fr: list[str]
    en: list[str]


class _GlossaryFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    terms: list[_Term]


@dataclass(frozen=True, slots=True)
class Expansion:
    """Other words for the glossary terms that a query uses, in each language."""

    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def stems(self) -> list[str]:
        """The stems of all of them, each in its language, without repetitions."""
        found = [stem for phrase in self.fr for stem in content_stems(phrase, "fr")]
        found += [stem for phrase in self.en for stem in content_stems(phrase, "en")]
        return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Notion:
    """One thing that a query names: a word, or a phrase of the glossary.

    A text names it when it holds all stems of one of the `alternatives`. `is_translated` says
    whether the glossary knows it in both languages.
    """

    alternatives: tuple[frozenset[str], ...]
    is_translated: bool = False

    @property
    def stems(self) -> frozenset[str]:
        """The stems of all alternatives."""
        return frozenset().union(*self.alternatives)

    def presence(self, stems: frozenset[str]) -> float:
        """How much of the best alternative is among `stems`: 1 when all of it is."""
        return max(len(option & stems) / len(option) for option in self.alternatives)


class Glossary:
    """Groups of phrases that mean the same, found in a text by their stems."""

    def __init__(self, files: Iterable[Path] = (BUNDLED,)) -> None:
        """Read the glossary files.

        Raises:
            InvalidSetting: a file isn't a glossary.
        """
        self._terms = [term for file in files for term in _read(file)]
        self._phrases: dict[Language, dict[tuple[str, ...], list[int]]] = {"fr": {}, "en": {}}
        for index, term in enumerate(self._terms):
            for language, phrases in _by_language(term):
                for phrase in phrases:
                    stems = tuple(content_stems(phrase, language))
                    self._phrases[language].setdefault(stems, []).append(index)
        self._longest = max(
            (len(stems) for phrases in self._phrases.values() for stems in phrases), default=0
        )

    def expand(self, query: str, language: Language) -> Expansion:
        """The other phrases of the notions that `query` names; longest match first."""
        stems = content_stems(query, language)
        notions: dict[int, None] = {}
        position = 0
        while position < len(stems):
            length, found = self._match(stems, position, language)
            notions |= dict.fromkeys(found)
            position += max(length, 1)
        used = set(stems)
        return Expansion(
            tuple(
                phrase
                for index in notions
                for phrase in self._terms[index].fr
                if not used.issuperset(content_stems(phrase, "fr"))
            ),
            tuple(
                phrase
                for index in notions
                for phrase in self._terms[index].en
                if not used.issuperset(content_stems(phrase, "en"))
            ),
        )

    def synonyms(self, phrase: str, language: Language) -> tuple[str, ...]:
        """What else, in either language, is called what `phrase` is; itself first."""
        stems = tuple(content_stems(phrase, language))
        found = dict.fromkeys([phrase])
        for index in self._phrases[language].get(stems, ()):
            found |= dict.fromkeys([*self._terms[index].fr, *self._terms[index].en])
        return tuple(found)

    def notions(self, query: str, language: Language) -> tuple[Notion, ...]:
        """What `query` names, in order: its content words, phrases of the glossary as one."""
        words = content_words(query, language)
        stems = [stem(word, language) for word in words]
        found: dict[Notion, None] = {}
        position = 0
        while position < len(words):
            length, indices = self._match(stems, position, language)
            own = words[position : position + max(length, 1)]
            options = [frozenset(stem(word, other) for word in own) for other in LANGUAGES]
            for index in indices:
                options += self._options(index)
            found[Notion(tuple(dict.fromkeys(options)), bool(indices))] = None
            position += max(length, 1)
        return tuple(found)

    def _options(self, index: int) -> Iterable[frozenset[str]]:
        for language, phrases in _by_language(self._terms[index]):
            yield from (frozenset(content_stems(phrase, language)) for phrase in phrases)

    def _match(
        self, stems: Sequence[str], position: int, language: Language
    ) -> tuple[int, list[int]]:
        for length in range(min(self._longest, len(stems) - position), 0, -1):
            found = self._phrases[language].get(tuple(stems[position : position + length]))
            if found:
                return length, found
        return 0, []


def _by_language(term: _Term) -> tuple[tuple[Language, list[str]], ...]:
    return (("fr", term.fr), ("en", term.en))


def _read(file: Path) -> list[_Term]:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        return _GlossaryFile.model_validate(content).terms
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise InvalidSetting(source=str(file), setting="terms", reason=reason) from error
