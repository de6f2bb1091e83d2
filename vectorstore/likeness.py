"""How alike two texts are: the same words, or nearly.

Likeness is the share of runs of three words that two texts have in common (their Jaccard index
over shingles; Broder, "On the resemblance and containment of documents", 1997). MinHash
signatures, kept with each version, find the candidates; the texts themselves then tell.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vectorstore.models import Report, ReportState
from vectorstore.text.tokens import tokens

NEAR: Final = 0.95
"""From which likeness on two texts are told to be nearly the same."""

# The estimate's standard error is 0.02 at 0.95 with so many permutations: five of them below.
_PERMUTATIONS: Final = 128
_CANDIDATE: Final = NEAR - 0.1
_SHINGLE: Final = 3

Signature = NDArray[np.uint32]


class LookAlikeKind(StrEnum):
    """In what a file is like a report that is there; the strongest first."""

    SAME_BYTES = "same-bytes"
    SAME_TEXT = "same-text"
    NEAR_TEXT = "near-text"
    SAME_MISSION = "same-mission"


class Choice(StrEnum):
    """What can be done about a file that is like a report."""

    REPLACE = "replace"
    KEEP_BOTH = "keep-both"
    RESTORE = "restore"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A report that is like a file.

    `version` is the one that is; it is the report's current one unless `is_superseded`.
    `likeness` is between 0 and 1, and 0 where only the mission is the same.
    """

    report: Report
    version: str
    kind: LookAlikeKind
    likeness: float
    is_superseded: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be done about it; the first is what is suggested."""
        match self.kind:
            case LookAlikeKind.SAME_BYTES if self.report.state is ReportState.REMOVED:
                return (Choice.RESTORE, Choice.CANCEL)
            case LookAlikeKind.SAME_BYTES if not self.is_superseded:
                return (Choice.CANCEL,)
            case LookAlikeKind.SAME_TEXT if not self.is_superseded:
                return (Choice.CANCEL, Choice.REPLACE, Choice.KEEP_BOTH)
            case LookAlikeKind.SAME_MISSION:
                return (Choice.KEEP_BOTH, Choice.REPLACE, Choice.CANCEL)
            case _:
                return (Choice.REPLACE, Choice.KEEP_BOTH, Choice.CANCEL)


def words_of(text: str) -> list[str]:
    """The words of a text, folded: what stays the same from one file format to another."""
    return [token.folded for token in tokens(text)]


def text_digest(words: Sequence[str]) -> str:
    """The SHA-256 of a text's words: equal for texts that differ in layout only."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def signature(words: Sequence[str]) -> bytes:
    """The MinHash of a text's shingles, fit for storing."""
    from datasketch import MinHash

    made = MinHash(num_perm=_PERMUTATIONS, seed=1, scheme="affine32")
    made.update_batch([shingle.encode() for shingle in _shingles(words)])
    return np.asarray(made.digest(), dtype="<u4").tobytes()


def estimated(own: bytes, others: Sequence[bytes]) -> list[bool]:
    """Which of the other texts may be nearly the same, by their signatures."""
    if not others:
        return []
    mine = np.frombuffer(own, dtype="<u4")
    theirs = np.frombuffer(b"".join(others), dtype="<u4").reshape(len(others), -1)
    return [bool(share >= _CANDIDATE) for share in (theirs == mine).mean(axis=1)]


def likeness(words: Sequence[str], others: Sequence[str]) -> float:
    """The likeness of two texts, given by their words: between 0 and 1."""
    first, second = _shingles(words), _shingles(others)
    return len(first & second) / len(first | second)


def _shingles(words: Sequence[str]) -> set[str]:
    runs = range(max(len(words) - _SHINGLE + 1, 1))
    return {" ".join(words[start : start + _SHINGLE]) for start in runs}
