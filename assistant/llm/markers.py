"""The answer of a language model, read while it is written: one statement after the other.

A statement is handed out when what follows it has begun, so that its markers are complete: half a
marker is never seen.
"""

import re
from dataclasses import dataclass

from assistant.llm.markup import Plain, finished, plain, without_broken_end
from vectorstore.models import Span
from vectorstore.text.markers import marker_length
from vectorstore.text.sentences import sentence_spans

# Blocks that may hold line breaks; a model that thinks aloud does it in one.
_BLOCK = re.compile(r"<!--.*?-->|<(think|thinking|reasoning)>.*?</\1>", re.DOTALL | re.IGNORECASE)
_OPEN_BLOCK = re.compile(r"<(?:!--|think>|thinking>|reasoning>)", re.IGNORECASE)
# Some servers cut the opening tag off.
_THOUGHT_BEFORE = re.compile(r"^.*?</(?:think|thinking|reasoning)>", re.DOTALL | re.IGNORECASE)
_HEADING = re.compile(r"^\s*(?:#{1,6}\s|(\*\*|__)[^*_]+\1\s*:?\s*$)")
_ENDS_WELL = re.compile(r"[.!?…][»”\")’'\s\u00a0\u202f]*$")
_MAY_END = re.compile(r"[.!?…][^\w\s]*(?:\s*[\[【［][^\]】］]*[\]】］])*\s+\S")
_WORD_AND_MORE = re.compile(r"\w\S*\s")
_PAIRS = (("«", "»"), ("“", "”"), ("(", ")"))
# A sentence is cut inside quotation marks only when they are further apart.
_LONGEST_QUOTE = 400


@dataclass(frozen=True, slots=True)
class Written:
    """A statement as the model wrote it, and the numbers of the passages that it names."""

    text: str
    numbers: tuple[int, ...]


class AnswerParser:
    """Reads one answer over `passages` numbered passages; give it the pieces as they come."""

    def __init__(self, passages: int) -> None:
        self._passages = passages
        self._markup = ""
        # Of the line, in what was handed out already: they tell where its sentences begin.
        self._has_capitals = False
        self.is_cut_off = False
        """Whether the answer ended within a sentence; known after `close`."""

    @property
    def waiting(self) -> int:
        """Characters that have come and don't make a statement yet; thoughts don't count."""
        return self._usable()

    def feed(self, piece: str) -> list[Written]:
        """The statements that `piece` completes."""
        self._markup = _THOUGHT_BEFORE.sub("", _BLOCK.sub("", self._markup + piece))
        found: list[Written] = []
        while (line := self._next_line()) is not None:
            found += self._statements(line)
            self._has_capitals = False
        return found + self._begun_line()

    def close(self) -> list[Written]:
        """The statements that were still waiting for what follows."""
        line = without_broken_end(self._markup[: self._usable()])
        self._markup = ""
        found = self._statements(line)
        read = plain(line, self._passages)
        at_end = any(position >= len(read.text.rstrip()) for position, _ in read.markers)
        self.is_cut_off = bool(read.text.strip()) and not (at_end or _ENDS_WELL.search(read.text))
        return found

    def _usable(self) -> int:
        block = _OPEN_BLOCK.search(self._markup)
        return block.start() if block else len(self._markup)

    def _next_line(self) -> str | None:
        end = self._markup.find("\n", 0, self._usable())
        if end < 0:
            return None
        line, self._markup = self._markup[:end], self._markup[end + 1 :]
        return line

    def _begun_line(self) -> list[Written]:
        """The sentences of the last line that are followed by another."""
        begun = finished(self._markup[: self._usable()])
        if not _MAY_END.search(begun):
            return []
        if _HEADING.match(begun) or begun.lstrip().startswith(("**", "__")):
            return []
        read = plain(begun, self._passages)
        if not self._has_capitals and read.text == read.text.lower():
            return []
        sentences = sentence_spans(read.text, has_capitals=self._has_capitals)
        done = 0
        while (
            done + 1 < len(sentences)
            and _is_whole(read.text, sentences[done])
            # The word after a full stop tells whether it ends a sentence: it must be whole.
            and _WORD_AND_MORE.search(sentences[done + 1].of(read.text))
        ):
            done += 1
        if not done:
            return []
        found = _written(read, sentences[:done], sentences[done].start)
        self._markup = self._markup[read.offsets[sentences[done].start] :]
        self._has_capitals = True
        return found

    def _statements(self, line: str) -> list[Written]:
        if _HEADING.match(line):
            return []
        read = plain(line, self._passages)
        sentences = sentence_spans(read.text, has_capitals=self._has_capitals)
        return _written(read, sentences, len(read.text) + 1)


def _is_whole(text: str, sentence: Span) -> bool:
    """Whether no quotation or parenthesis of the sentence may still be closed further on."""
    content = sentence.of(text)
    return all(
        content.count(opener) <= content.count(closer)
        or len(text) - (sentence.start + content.rfind(opener)) > _LONGEST_QUOTE
        for opener, closer in _PAIRS
    )


def _written(read: Plain, sentences: tuple[Span, ...], end: int) -> list[Written]:
    """The sentences that state something, each with the markers up to the next one's start."""
    found: list[Written] = []
    for place, sentence in enumerate(sentences):
        following = sentences[place + 1].start if place + 1 < len(sentences) else end
        begin = sentence.start + 1 if place else 0
        numbers = dict.fromkeys(
            number for position, number in read.markers if begin <= position <= following
        )
        text = sentence.of(read.text)
        text = text[marker_length(text) :].strip()
        if _states(text, has_markers=bool(numbers)):
            found.append(Written(text, tuple(numbers)))
    return found


def _states(text: str, *, has_markers: bool) -> bool:
    """Whether a line says something: not « Voici la réponse : », nor a row of signs."""
    if not any(character.isalpha() for character in text):
        return False
    return has_markers or not text.rstrip().endswith(":")
