"""Sets of questions over given passages, as PIAF and FQuAD have them: retrieval at large.

A folder holds `passages.jsonl` (id, title, text) and `questions.jsonl` (id, passage_id, question,
answers). All passages become one report, each of them a section, under its title, and one stored
passage, so that ranks are those of the passages given.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from assistant.evaluation.errors import EmptyEvaluationSet, InvalidEvaluationSet
from assistant.evaluation.sets import EvaluationQuestion, Gold, QuestionType, Split
from vectorstore.models import PassageDraft, ReportMetadata, Section, Span, VersionContent
from vectorstore.store import Store
from vectorstore.text.language import detect_language
from vectorstore.text.sentences import sentence_spans

PASSAGES = "passages.jsonl"
QUESTIONS = "questions.jsonl"

_SEPARATOR = "\n\n"
_REPORT = "passages"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _GivenPassage:
    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class _GivenQuestion:
    id: str
    passage_id: str
    question: str
    answers: tuple[str, ...]


def is_passage_set(folder: Path) -> bool:
    """Whether `folder` holds such a set."""
    return (folder / PASSAGES).is_file() and (folder / QUESTIONS).is_file()


def load_passage_set(folder: Path, split: Split | None = None) -> tuple[EvaluationQuestion, ...]:
    """The questions, or those of one half of the titles, in the file's order.

    The gold quote of a question is its whole passage.

    Raises:
        OSError: a file can't be read.
        InvalidEvaluationSet: a line isn't what it should be, or names an unknown passage.
        EmptyEvaluationSet: there is no question in that half.
    """
    passages = {passage.id: passage for passage in _read(folder / PASSAGES, _GivenPassage)}
    questions = []
    for number, item in enumerate(_read(folder / QUESTIONS, _GivenQuestion), start=1):
        passage = passages.get(item.passage_id)
        if passage is None:
            raise InvalidEvaluationSet(
                file=str(folder / QUESTIONS), line=number, reason=f"no passage {item.passage_id}"
            )
        questions.append(_question(item, passage))
    chosen = tuple(item for item in questions if split is None or item.split == split)
    if not chosen:
        raise EmptyEvaluationSet(file=str(folder))
    return chosen


def _question(item: _GivenQuestion, passage: _GivenPassage) -> EvaluationQuestion:
    return EvaluationQuestion(
        id=item.id,
        question=item.question,
        language=detect_language(passage.text),
        type=QuestionType.FACT,
        split=_half(passage.title),
        gold=(Gold(_REPORT, (passage.text,)),),
        answers=tuple(dict.fromkeys(item.answers)),
    )


def _half(title: str) -> Split:
    """The half of a title: all its questions tune, or all judge."""
    return "dev" if hashlib.sha256(title.encode()).digest()[0] % 2 else "test"


def publish_passage_set(
    folder: Path, store: Store, progress: Callable[[int, int], None] | None = None
) -> None:
    """Store the passages as one report; `progress(done, total)` counts embedded texts.

    Raises:
        OSError: the file can't be read.
        InvalidEvaluationSet: a line isn't what it should be.
        DiskFull: there was no room.
    """
    passages = list(_read(folder / PASSAGES, _GivenPassage))
    source = folder / PASSAGES
    store.publish(_REPORT, _content(source, passages), source=source, progress=progress)


def _content(source: Path, passages: Sequence[_GivenPassage]) -> VersionContent:
    texts = [passage.text for passage in passages]
    spans = list(_spans(texts))
    return VersionContent(
        version=hashlib.sha256(source.read_bytes()).hexdigest(),
        source_name=f"{_REPORT}{source.suffix}",
        media_type="application/jsonl",
        text=_SEPARATOR.join(texts),
        metadata=ReportMetadata(title=_REPORT, language=detect_language(texts[0])),
        pages=(),
        sections=tuple(
            Section((passage.title,), None, span)
            for passage, span in zip(passages, spans, strict=True)
        ),
        passages=tuple(
            PassageDraft(span, number, sentence_spans(text, span.start))
            for number, (span, text) in enumerate(zip(spans, texts, strict=True))
        ),
    )


def _spans(texts: Iterable[str]) -> Iterator[Span]:
    start = 0
    for text in texts:
        yield Span(start, start + len(text))
        start += len(text) + len(_SEPARATOR)


def _read(file: Path, kind: type[T]) -> Iterator[T]:
    adapter = TypeAdapter(kind)
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            try:
                yield adapter.validate_json(line)
            except ValidationError as error:
                reason = error.errors()[0]["msg"]
                raise InvalidEvaluationSet(file=str(file), line=number, reason=reason) from error
