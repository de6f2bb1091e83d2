"""Fits the weights of `assistant.evidence`: which sentence of the passages found answers.

    python -m tests.quality.fit_sentences CACHE

CACHE is a folder for the indexed reports. A conditional logit (McFadden 1973) over the sentences of
each question; those that contain an answer are right. Prints the weights, and by ten-fold
cross-validation how often a right sentence comes first, and among those within each margin of the
best (at most four), with the share of right ones among these.
"""

import sys
import zlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax

from assistant.evaluation.matching import contains_answer
from assistant.evidence import SentenceFeatures
from assistant.question import Kind
from tests.quality.gathered import gathered

FOLDS = 10
RIDGE = 0.01
MARGINS = (2.0, 2.5, 3.0, 3.5, 4.0)
MOST = 4
# Their answers are many sentences.
LEFT_OUT = {Kind.COMPARISON, Kind.SUMMARY}


@dataclass(frozen=True)
class Asked:
    """A question's sentences: their standardised features, which are right, and the fold."""

    inputs: NDArray[np.float64]
    right: NDArray[np.bool_]
    fold: int


def fit(asked: Sequence[Asked]) -> NDArray[np.float64]:
    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = RIDGE * weights @ weights, 2 * RIDGE * weights
        for question in asked:
            scores = question.inputs @ weights
            total += (logsumexp(scores) - logsumexp(scores[question.right])) / len(asked)
            expected = softmax(scores) @ question.inputs
            wanted = softmax(scores[question.right]) @ question.inputs[question.right]
            gradient = gradient + (expected - wanted) / len(asked)
        return total, gradient

    found = minimize(loss, np.zeros(asked[0].inputs.shape[1]), jac=True)
    return np.asarray(found.x)


def main() -> None:
    """Prints the weights and what is to be expected of them."""
    asked, unanswerable = [], 0
    for item, evidence, _ in gathered(Path(sys.argv[1])):
        if not item.is_answerable or evidence.question.kind in LEFT_OUT:
            continue
        inputs = np.array([astuple(candidate.features) for candidate in evidence.candidates])
        right = np.array(
            [contains_answer(candidate.quote, item.answers) for candidate in evidence.candidates]
        )
        fold = zlib.crc32((item.twin or item.id).encode()) % FOLDS
        if right.any():
            asked.append(Asked(inputs, right, fold))
        else:
            unanswerable += 1
    every = np.concatenate([question.inputs for question in asked])
    mean, deviation = every.mean(0), every.std(0) + 1e-9
    asked = [Asked((a.inputs - mean) / deviation, a.right, a.fold) for a in asked]
    for field, weight in zip(fields(SentenceFeatures), fit(asked) / deviation, strict=True):
        print(f"    {field.name}={weight:.3g},")
    weights = [fit([a for a in asked if a.fold != fold]) for fold in range(FOLDS)]
    total = len(asked) + unanswerable
    for margin in MARGINS:
        first = found = right = shown = 0
        for question in asked:
            scores = question.inputs @ weights[question.fold]
            order = np.argsort(-scores, kind="stable")[:MOST]
            chosen = question.right[order][scores[order] >= scores[order[0]] - margin]
            first, found = first + chosen[0], found + chosen.any()
            right, shown = right + chosen.sum(), shown + len(chosen)
        print(
            f"margin {margin}: right first {first / total:.3f}, found {found / total:.3f}, "
            f"right among shown {right / shown:.3f}, shown {shown / total:.2f}"
        )


if __name__ == "__main__":
    main()
