"""Linear models over dataclasses of features: the weights are of the features' own type."""

from dataclasses import fields
from typing import TypeVar

Features = TypeVar("Features")


def weighted_sum(weights: Features, features: Features) -> float:
    """The sum over all fields of weight times feature."""
    return sum(
        getattr(weights, field.name) * getattr(features, field.name)
        for field in fields(weights)  # type: ignore[arg-type]
    )
