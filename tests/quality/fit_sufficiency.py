"""Fits the weights of `assistant.sufficiency` to the development halves of the sets.

    python -m tests.quality.fit_sufficiency CACHE

CACHE is a folder for the indexed reports. Prints the weights, the AUROC on the test halves, and
what each threshold would do there. The weights are then copied by hand.
"""

import sys
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from assistant import Assistant
from assistant.conversation import standalone
from assistant.evaluation import load_set
from assistant.evaluation.sets import EvaluationQuestion
from assistant.gathering import gather, names_of_destinations, scope_of
from assistant.question import understand
from assistant.sufficiency import EvidenceFeatures, evidence_features
from tests.quality.corpus import FICTITIOUS, PORT_CLAIR, QUEBEC, SAMPLES
from ui.cli.eval_corpus import ReportCorpus, opened_corpus
from ui.cli.shell import Shell
from vectorstore.models import Scope


def features_of(item: EvaluationQuestion, assistant: Assistant) -> EvidenceFeatures | None:
    index = assistant.index
    whole = standalone(item.question, item.history, names_of_destinations(index))
    question = understand(whole, asked_as=item.question)
    scope = scope_of(question, Scope(), index)
    evidence = gather(question, scope, index.reports(scope), index, assistant.settings.passages)
    return evidence_features(evidence) if evidence.candidates else None


def main() -> None:
    shell = Shell(language="en")
    rows: list[tuple[EvaluationQuestion, EvidenceFeatures]] = []
    for folders, sets in (
        ((FICTITIOUS, SAMPLES), (PORT_CLAIR, QUEBEC)),
        ((SAMPLES,), (QUEBEC,)),
    ):
        with opened_corpus(shell, ReportCorpus(folders, shell), Path(sys.argv[1])) as assistant:
            for file in sets:
                for item in load_set(file):
                    found = features_of(item, assistant)
                    if found is not None:
                        rows.append((item, found))
    inputs = np.array([astuple(found) for _, found in rows])
    answerable = np.array([item.is_answerable for item, _ in rows])
    dev = np.array([item.split == "dev" for item, _ in rows])
    scaler = StandardScaler().fit(inputs[dev])
    model = LogisticRegression(C=0.3).fit(scaler.transform(inputs[dev]), answerable[dev])
    weights = model.coef_[0] / scaler.scale_
    bias = model.intercept_[0] - weights @ scaler.mean_
    for field, weight in zip(fields(EvidenceFeatures), weights, strict=True):
        print(f"{field.name}={weight:.2f},")
    print(f"_BIAS = {bias:.2f}")
    scores = 1 / (1 + np.exp(-(inputs @ weights + bias)))
    print(f"AUROC on the test halves: {roc_auc_score(answerable[~dev], scores[~dev]):.3f}")
    for threshold in np.arange(0.3, 0.85, 0.05):
        silent = (scores < threshold) & ~dev
        right = (silent & ~answerable).sum()
        kept = (~silent & answerable & ~dev).sum() / (answerable & ~dev).sum()
        print(
            f"threshold {threshold:.2f}: abstention precision {right / max(silent.sum(), 1):.2f}, "
            f"recall {right / (~answerable & ~dev).sum():.2f}, answerable kept {kept:.2f}"
        )


if __name__ == "__main__":
    main()
