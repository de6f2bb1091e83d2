"""Asking while reports are added and replaced: no error, never a version that isn't current."""

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from assistant import Assistant
from ingest import Library
from tests.bench.load import CITIES, Timeline, add, people
from vectorstore.embedding.model import EmbeddingModel
from vectorstore.store import Store

pytestmark = pytest.mark.slow


def test_people_ask_while_reports_are_replaced(data_dir: Path, tmp_path: Path) -> None:
    timeline, known = Timeline(), CITIES[:3]
    with Library.open(data_dir) as library, Assistant.open(data_dir) as assistant:
        for city in known:
            add(library, timeline, tmp_path, city, 1)
        with people(6, 0.3, assistant, timeline, known) as seen:
            for edition in (2, 3):
                for city in known:
                    add(library, timeline, tmp_path, city, edition)
            library.remove(known[0].lower())
            library.restore(known[0].lower())
            add(library, timeline, tmp_path, CITIES[4], 1)
    assert seen.wrong == []
    assert len(seen.times) > 20
    assert seen.abstained < len(seen.times) / 2


@pytest.fixture
def model(data_dir: Path) -> EmbeddingModel:
    with Store.open(data_dir) as store:
        return store.model


def test_a_question_does_not_wait_for_a_batch(model: EmbeddingModel) -> None:
    batch = [f"Le budget de la ville numéro {n} est de {n} M$. " * 12 for n in range(64)]
    model.embed_query("Un premier essai")
    begun, times = threading.Event(), []
    worker = threading.Thread(
        target=lambda: model.embed_passages(batch, lambda _done, _total: begun.set())
    )
    worker.start()
    assert begun.wait(60)
    while worker.is_alive() and len(times) < 20:
        begin = time.perf_counter()
        model.embed_query("Quel est le budget de la ville ?")
        times.append(time.perf_counter() - begin)
    worker.join()
    # A batch takes seconds; behind one lock, one question of these would have waited for it.
    begin = time.perf_counter()
    model.embed_passages(batch[:32])
    assert max(times) < time.perf_counter() - begin


def test_vectors_are_the_same_whoever_else_embeds(model: EmbeddingModel) -> None:
    texts = [f"La ville numéro {n} compte {n * 31} habitants et {n} quais." for n in range(40)]
    alone, query = model.embed_passages(texts), model.embed_query("Combien de quais ?")
    found: list[bool] = []

    def ask() -> None:
        for _ in range(15):
            found.append(np.allclose(model.embed_query("Combien de quais ?"), query, atol=1e-4))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    together = model.embed_passages(texts)
    for thread in threads:
        thread.join()
    assert np.allclose(together, alone, atol=1e-4)
    assert all(found)
    assert len(found) == 45
