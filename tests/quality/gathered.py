"""The evidence that the questions of our sets gather, as `Assistant.ask` gathers it."""

from collections.abc import Iterator
from pathlib import Path

from assistant import Assistant
from assistant.conversation import readings
from assistant.evaluation import load_set
from assistant.evaluation.sets import EvaluationQuestion
from assistant.gathering import Evidence, comparing, gather, names_of_destinations, scope_of
from assistant.question import understand
from assistant.sufficiency import EvidenceFeatures, evidence_features
from tests.quality.corpus import FICTITIOUS, PORT_CLAIR, PORT_CLAIR_2, QUEBEC, SAMPLES
from ui.cli.eval_corpus import ReportCorpus, opened_corpus
from ui.cli.shell import Shell
from vectorstore.models import Scope

_CORPORA = (((FICTITIOUS, SAMPLES), (PORT_CLAIR, PORT_CLAIR_2, QUEBEC)), ((SAMPLES,), (QUEBEC,)))


def gathered(cache: Path) -> Iterator[tuple[EvaluationQuestion, Evidence, EvidenceFeatures]]:
    """All questions that find anything; those on the real report over it alone, too.

    `cache` is a folder for the indexed reports.
    """
    shell = Shell(language="en")
    for folders, sets in _CORPORA:
        with opened_corpus(shell, ReportCorpus(folders, shell), cache) as assistant:
            for file in sets:
                for item in load_set(file):
                    evidence = _evidence(item, assistant)
                    if evidence.candidates:
                        model = assistant.index.store.model
                        yield item, evidence, evidence_features(evidence, model)


def _evidence(item: EvaluationQuestion, assistant: Assistant) -> Evidence:
    index = assistant.index
    whole, *_ = readings(item.question, item.history, names_of_destinations(index))
    question = understand(whole, asked_as=item.question)
    scope = scope_of(question, Scope(), index)
    reports = index.reports(scope)
    question = comparing(question, scope, reports)
    return gather(question, scope, reports, index, assistant.settings.passages)
