"""The embedded model's own reranker, as it is installed."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from assistant.evaluation import load_set
from assistant.evaluation.matching import contains_answer
from tests.quality.corpus import PORT_CLAIR
from tests.tiny_model import write_tiny_model
from vectorstore.embedding.model import EmbeddingModel, load_model
from vectorstore.reranking.answer_head import WEIGHTS, AnswerHead
from vectorstore.reranking.opening import open_reranker
from vectorstore.reranking.reranker import SentenceInContext
from vectorstore.settings import NO_RERANKER, VectorstoreSettings

PLACE = "Rotterdam. Québec apprend"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> EmbeddingModel:
    return load_model(VectorstoreSettings.load(), tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def head(model: EmbeddingModel) -> AnswerHead:
    found = model.answer_head()
    assert isinstance(found, AnswerHead)
    return found


def sentence(text: str) -> SentenceInContext:
    return SentenceInContext(text, PLACE, "La délégation a visité le port.")


def test_gold_sentences_are_told_from_those_of_other_questions(head: AnswerHead) -> None:
    """Over the sets' own questions: the quote that answers, against the next question's."""
    asked = [item for item in load_set(PORT_CLAIR) if item.is_answerable and not item.history]
    pairs = [
        (item, item.gold[0].quotes[0], other.gold[0].quotes[0])
        for item, other in pairwise(asked[::3])
        if not contains_answer(other.gold[0].quotes[0], item.answers)
    ]
    right = 0
    for item, gold, other in pairs:
        found = head.logits(item.question, [sentence(gold), sentence(other)])
        right += bool(found[0] > found[1])
    assert len(pairs) > 50
    assert right / len(pairs) >= 0.9


def test_what_is_read_beside_changes_little(head: AnswerHead) -> None:
    question = "Combien de postes sont branchés ?"
    short, long = (
        sentence("Le port compte 24 postes branchés."),
        sentence("Le port est grand. " * 30),
    )
    alone = head.logits(question, [short])[0]
    beside = head.logits(question, [long, short])[1]
    # Half precision, and padding.
    assert beside == pytest.approx(alone, abs=0.1)


def test_threads_may_share_it(head: AnswerHead) -> None:
    question = "Combien de postes sont branchés ?"
    texts = [sentence(f"Le port compte {number} postes branchés.") for number in range(8)]
    expected = head.logits(question, texts)
    with ThreadPoolExecutor(4) as threads:
        for found in threads.map(lambda _: head.logits(question, texts), range(8)):
            np.testing.assert_allclose(found, expected, atol=1e-3)


def test_there_is_one_for_a_model(model: EmbeddingModel, head: AnswerHead) -> None:
    assert model.answer_head() is head


def test_nothing_to_read(head: AnswerHead) -> None:
    assert head.logits("Combien ?", []).shape == (0,)


def test_another_model_has_none(tmp_path: Path) -> None:
    settings = VectorstoreSettings(embedding_model=str(write_tiny_model(tmp_path / "tiny")))
    assert open_reranker(settings, load_model(settings, tmp_path)) is None


def test_it_can_be_switched_off(model: EmbeddingModel) -> None:
    assert open_reranker(VectorstoreSettings(reranker=NO_RERANKER), model) is None


def test_its_weights_are_part_of_the_package() -> None:
    assert 1_000_000 < WEIGHTS.stat().st_size < 4_000_000
