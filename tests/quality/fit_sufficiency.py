"""Fits the weights of `assistant.sufficiency` to the questions of our sets.

    python -m tests.quality.fit_sufficiency CACHE

CACHE is a folder for the indexed reports. Prints the weights, and what ten-fold cross-validation
says of them, questions about the same thing always together: the AUROC, and what each threshold
would do. The weights are then copied by hand.
"""

import sys
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.sufficiency import EvidenceFeatures
from tests.quality.gathered import gathered

FOLDS = 10
STRENGTH = 0.3  # inverse of the regularisation


def main() -> None:
    """Prints the weights and what is to be expected of them."""
    rows = [(item, found) for item, _, found in gathered(Path(sys.argv[1]))]
    inputs = np.array([astuple(found) for _, found in rows])
    answerable = np.array([item.is_answerable for item, _ in rows])
    english = np.array([item.language == "en" for item, _ in rows])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=3000))
    scores = cross_val_predict(
        model,
        inputs,
        answerable,
        groups=[item.twin or item.id for item, _ in rows],
        cv=GroupKFold(FOLDS),
        method="predict_proba",
    )[:, 1]
    scaler, regression = model.fit(inputs, answerable)
    weights = regression.coef_[0] / scaler.scale_
    for field, weight in zip(fields(EvidenceFeatures), weights, strict=True):
        print(f"    {field.name}={weight:.3g},")
    print(f"_BIAS = {regression.intercept_[0] - weights @ scaler.mean_:.3g}")
    for name, own in (("all", answerable | True), ("French", ~english), ("English", english)):
        print(f"AUROC, {name}: {roc_auc_score(answerable[own], scores[own]):.3f}")
    for threshold in np.arange(0.3, 0.85, 0.05):
        silent = scores < threshold
        right = (silent & ~answerable).sum()
        kept = (~silent & answerable).sum() / answerable.sum()
        print(
            f"threshold {threshold:.2f}: abstention precision {right / max(silent.sum(), 1):.2f}, "
            f"recall {right / (~answerable).sum():.2f}, answerable kept {kept:.2f}"
        )


if __name__ == "__main__":
    main()
