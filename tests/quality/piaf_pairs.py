"""Questions of PIAF beside sentences that answer them, and beside ones that only seem to."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vectorstore.embedding.model import EmbeddingModel, Vectors
from vectorstore.reranking.reranker import SentenceInContext
from vectorstore.text.normalise import fold
from vectorstore.text.sentences import sentence_spans

_LEAST_CHARACTERS = 16
_FROM_ITS_PASSAGE = 2
_FROM_ELSEWHERE = 3
_ELSEWHERE = 12  # the likest sentences of other passages that some are drawn from
_HELD_OUT_TITLES = 48
# A name within the question, or a year.
_NAME = re.compile(r"(?<=[\w,’'] )[A-ZÀ-Þ][\w-]{2,}(?: [A-ZÀ-Þ][\w-]{2,})*|\b(?:1\d|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a sentence."""

    question: str
    sentence: SentenceInContext


@dataclass(frozen=True, slots=True)
class Group:
    """One question: the pair that answers it, and pairs that don't. `is_held_out` by its title."""

    positive: Pair
    negatives: tuple[Pair, ...]
    is_held_out: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: str
    title: str
    read: SentenceInContext
    folded: str


def groups(folder: Path, model: EmbeddingModel, seed: int = 3) -> list[Group]:
    """The questions of PIAF (`passages.jsonl`, `questions.jsonl`) with their pairs.

    What doesn't answer: the likest sentences of the same passage, some of the likest of others,
    and for questions that name something, the right sentence under another name.
    """
    rng = random.Random(seed)
    passages, questions = _lines(folder / "passages.jsonl"), _lines(folder / "questions.jsonl")
    sentences = [sentence for passage in passages for sentence in _sentences(passage)]
    texts = {passage["id"]: fold(f"{passage['title']} {passage['text']}") for passage in passages}
    held_out = held_out_titles(passages, rng)
    names = [match.group() for item in questions for match in _NAME.finditer(item["question"])]
    vectors = model.embed_passages([sentence.read.text for sentence in sentences])
    asked = model.embed_queries([item["question"] for item in questions])
    found = []
    for item, vector in zip(questions, asked, strict=True):
        own = item["passage_id"]
        chosen = _chosen(item, sentences, vectors @ vector, rng)
        if chosen is None:
            continue
        right, wrong = chosen
        renamed = _renamed(item["question"], texts[own], names, rng)
        if renamed is not None:
            wrong = [*wrong[:-1], right]
        pairs = [Pair(item["question"], sentence.read) for sentence in wrong]
        if renamed is not None:
            pairs[-1] = Pair(renamed, right.read)
        positive = Pair(item["question"], right.read)
        found.append(Group(positive, tuple(pairs), right.title in held_out))
    return found


def held_out_titles(passages: Sequence[dict[str, str]], rng: random.Random) -> set[str]:
    """The titles whose questions the head isn't fitted to: what it is measured on."""
    titles = sorted({passage["title"] for passage in passages})
    return set(rng.sample(titles, _HELD_OUT_TITLES))


def held_out_questions(folder: Path, seed: int = 3) -> set[str]:
    """The questions of PIAF that the head isn't fitted to."""
    passages = _lines(folder / "passages.jsonl")
    titles = held_out_titles(passages, random.Random(seed))
    kept = {passage["id"] for passage in passages if passage["title"] in titles}
    questions = _lines(folder / "questions.jsonl")
    return {item["question"] for item in questions if item["passage_id"] in kept}


def write_unseen(folder: Path, into: Path, passages: int, seed: int = 3) -> None:
    """Write a smaller passage set: what the head isn't fitted to, among others up to `passages`."""
    stored = _lines(folder / "passages.jsonl")
    titles = held_out_titles(stored, random.Random(seed))
    unseen = [passage for passage in stored if passage["title"] in titles]
    others = [passage for passage in stored if passage["title"] not in titles]
    kept = unseen + random.Random(seed).sample(others, passages - len(unseen))
    asked = {passage["id"] for passage in unseen}
    questions = [q for q in _lines(folder / "questions.jsonl") if q["passage_id"] in asked]
    into.mkdir(parents=True, exist_ok=True)
    for name, rows in (("passages", kept), ("questions", questions)):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (into / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")


def _lines(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _sentences(passage: dict[str, str]) -> Iterator[_Sentence]:
    text, before = passage["text"], ""
    for span in sentence_spans(text, 0):
        sentence = span.of(text).strip()
        read = SentenceInContext(sentence, passage["title"], before)
        yield _Sentence(passage["id"], passage["title"], read, fold(sentence))
        before = text[: span.end]


def _chosen(
    item: dict[str, str], sentences: Sequence[_Sentence], likeness: Vectors, rng: random.Random
) -> tuple[_Sentence, list[_Sentence]] | None:
    """The sentence that answers, and those that don't; None where no sentence holds an answer."""
    answers = [fold(answer) for answer in item["answers"] if answer.strip()]
    order = [sentences[index] for index in np.argsort(-likeness, kind="stable")]
    answering = [one for one in order if any(answer in one.folded for answer in answers)]
    right = next((one for one in answering if one.passage == item["passage_id"]), None)
    if right is None:
        return None
    others = [
        one
        for one in order
        if len(one.read.text) >= _LEAST_CHARACTERS
        and not any(answer in one.folded for answer in answers)
    ]
    near = [one for one in others if one.passage == right.passage][:_FROM_ITS_PASSAGE]
    elsewhere = [one for one in others[:80] if one.passage != right.passage][:_ELSEWHERE]
    return right, near + rng.sample(elsewhere, min(_FROM_ELSEWHERE, len(elsewhere)))


def _renamed(question: str, passage: str, names: Sequence[str], rng: random.Random) -> str | None:
    """The question about somebody else, or another year, whom its passage doesn't know."""
    own = [match for match in _NAME.finditer(question) if fold(match.group()) in passage]
    if not own:
        return None
    match = rng.choice(own)
    is_year = match.group()[0].isdigit()
    for name in rng.sample(names, 40):
        if name[0].isdigit() == is_year and fold(name) not in passage:
            return question[: match.start()] + name + question[match.end() :]
    return None
