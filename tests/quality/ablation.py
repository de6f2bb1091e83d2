"""What each part of the search is worth: the same questions, with one part more each time.

    python -m tests.quality.ablation CACHE

CACHE is a folder for the indexed texts. Of PIAF (in the shared data, ESCALE_SHARED_DATA) only the
questions are asked that the answer head wasn't fitted to. Prints the table of docs/evaluation.md.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

from assistant import Assistant
from assistant.evaluation import evaluate, load_set, measures
from assistant.evaluation.measures import MeasureName
from assistant.evaluation.passage_sets import load_passage_set
from assistant.evaluation.sets import EvaluationQuestion
from assistant.settings import AssistantSettings
from tests.quality.corpus import FICTITIOUS, PORT_CLAIR, SAMPLES, shared_data
from tests.quality.piaf_pairs import held_out_questions
from ui.cli.eval_corpus import PassageCorpus, ReportCorpus, prepared_corpus
from ui.cli.shell import Shell
from vectorstore import search, store
from vectorstore.embedding.passages import PassageText
from vectorstore.glossary import Expansion, Glossary
from vectorstore.index import Index
from vectorstore.models import VersionContent
from vectorstore.settings import EMBEDDED_RERANKER, NO_RERANKER, VectorstoreSettings

MEASURES = ("recall_at_1", "recall_at_5", "ndcg_at_10")


@dataclass(frozen=True)
class Variant:
    """A search with some of its parts. `dense` and `across` weigh dense against lexical scores."""

    name: str
    dense: float
    across: float
    headings: bool = False
    sentences: bool = False
    glossary: bool = False
    reranker: str = NO_RERANKER


DEFAULTS = VectorstoreSettings()
BOTH = (DEFAULTS.dense_weight, DEFAULTS.dense_weight_across_languages)
FUSED = Variant("both, weighed by language", *BOTH)
HEADED = replace(FUSED, name="+ heading path in the embedded text", headings=True)
WITH_SENTENCES = replace(HEADED, name="+ the best sentence of each passage", sentences=True)
WITH_GLOSSARY = replace(WITH_SENTENCES, name="+ glossary", glossary=True)
VARIANTS = (
    Variant("lexical alone", 0, 0),
    Variant("dense alone", 1, 1),
    FUSED,
    HEADED,
    WITH_SENTENCES,
    WITH_GLOSSARY,
    replace(WITH_GLOSSARY, name="+ answer head (the default)", reranker=EMBEDDED_RERANKER),
)


def bare(content: VersionContent) -> list[PassageText]:
    """What is embedded of a report, without its headings."""
    return [replace(text, headings=()) for text in whole(content)]


whole = store._texts


@contextmanager
def parts(variant: Variant) -> Iterator[None]:
    """Within, what `variant` lacks is taken out of the search."""
    with ExitStack() as patches:
        if not variant.sentences:
            patches.enter_context(
                patch.object(search, "_with_best_sentence", lambda dense, _: dense)
            )
        if not variant.glossary:
            patches.enter_context(patch.object(Glossary, "expand", lambda *_: Expansion((), ())))
        yield


@contextmanager
def opened(folder: Path, variant: Variant) -> Iterator[Assistant]:
    settings = VectorstoreSettings.load().model_copy(
        update={
            "dense_weight": variant.dense,
            "dense_weight_across_languages": variant.across,
            "reranker": variant.reranker,
            "models_folder": folder.parent / "models",
        }
    )
    with Assistant(Index.open(folder, settings), AssistantSettings()) as assistant:
        yield assistant


def row(variant: Variant, folder: Path, asked: Sequence[Sequence[EvaluationQuestion]]) -> str:
    cells = []
    for questions in asked:
        with parts(variant), opened(folder, variant) as assistant:
            run = evaluate(assistant, questions, set_name="ablation", answers=False)
        found = {item.name: item.value for item in measures(run.outcomes)}
        values = [found[MeasureName(name)] for name in MEASURES]
        cells.append(" / ".join("–" if value is None else f"{100 * value:.1f}" for value in values))
    return " | ".join(cells)


def main() -> None:
    """Prints the table."""
    cache = Path(sys.argv[1])
    shell = Shell(language="en")
    reports = load_set(PORT_CLAIR)
    piaf = shared_data() / "piaf"
    held_out = held_out_questions(piaf)
    unseen = [item for item in load_passage_set(piaf) if item.question in held_out]
    french = [item for item in reports if item.language == "fr"]
    english = [item for item in reports if item.language == "en"]
    corpora: tuple[tuple[Callable[[], object], Sequence[Sequence[EvaluationQuestion]]], ...] = (
        (lambda: ReportCorpus((FICTITIOUS, SAMPLES), shell), (french, english)),
        (lambda: PassageCorpus(piaf), (unseen,)),
    )
    print("| search | reports, French | reports, English | PIAF |")
    print("| --- | --- | --- | --- |")
    for variant in VARIANTS:
        cells = []
        for corpus, asked in corpora:
            with ExitStack() as patches:
                if not variant.headings:
                    patches.enter_context(patch.object(store, "_texts", bare))
                folder = prepared_corpus(
                    shell, corpus(), cache / ("headed" if variant.headings else "bare")
                )
            cells.append(row(variant, folder, asked))
        print(f"| {variant.name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
