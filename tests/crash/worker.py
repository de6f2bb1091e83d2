"""The process that is killed: it does one step after the other, and tells of each.

Imported once by a fork server, so that a new one is there at once.
"""

import random
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import chromadb  # noqa: F401  (imported before the fork)
import sentence_transformers  # noqa: F401

from tests.crash.actions import Action, State, after, choose
from tests.crash.faces import Face, LibraryFace, StoreFace


@dataclass(frozen=True)
class Work:
    """What a worker is given: where it works, with which model, and what it finds there."""

    face: str
    data: Path
    files: Path
    model: Path
    seed: int
    state: State


def work(told: Connection, given: Work) -> None:
    """Open the folder and work until killed.

    Told are: that the folder is open, then before each step the step, and after it None.
    """
    import torch

    torch.set_num_threads(1)
    chance, state = random.Random(given.seed), given.state
    face: Face
    if given.face == "store":
        face = StoreFace(given.data, given.model, given.files)
    else:
        face = LibraryFace(given.data, given.model, given.files, reader_revision=given.seed + 2)
    told.send("open")
    if face.store.model.identity.name != str(given.model):
        state = _step(told, face, Action("reindex"), state)
    while True:
        state = _step(told, face, choose(chance, state, face.can_publish), state)


def _step(told: Connection, face: Face, action: Action, state: State) -> State:
    told.send(action)
    face.perform(action)
    told.send(None)
    return after(state, action)
