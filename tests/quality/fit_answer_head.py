"""Fits the answer head (`vectorstore.reranking.answer_head`) to the questions of PIAF.

    python -m tests.quality.fit_answer_head WEIGHTS [STEPS]

WEIGHTS is the safetensors file to write. Prints the loss, and on titles that were held out the
area under the ROC curve and how often the right sentence comes first of its question's. An hour
on two cores; PIAF is read from the shared data (ESCALE_SHARED_DATA).
"""

import math
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn
from torch.nn import functional

from tests.quality.corpus import shared_data
from tests.quality.piaf_pairs import Group, groups
from vectorstore.embedding.model import EmbeddingModel, load_model
from vectorstore.embedding.words import lower_half
from vectorstore.reranking.answer_head import (
    linear_maps,
    pair_tokens,
    pooled_states,
    through,
    upper_half,
)
from vectorstore.settings import VectorstoreSettings

RANK = 16
SCALE = 2.0
HIDDEN = 128
LEARNING_RATE = 1e-3
WARM_UP = 60
QUESTIONS_A_STEP = 12
STEPS = 550
# One of six pairs is right.
POSITIVE_WEIGHT = 2.0
# Beside each pair for itself, the right one against the others of its question.
LISTWISE = 0.5


class LowRank(nn.Module):
    """A frozen linear map with a low-rank one beside it."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear
        self.down = nn.Parameter(
            torch.randn(RANK, linear.in_features) / math.sqrt(linear.in_features)
        )
        self.up = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, inputs: Tensor) -> Tensor:
        narrow = functional.linear(inputs, self.down)
        return self.linear(inputs) + SCALE * functional.linear(narrow, self.up)


class Head(nn.Module):
    """The upper layers with their adapter, and the two layers that read them."""

    def __init__(self, layers: nn.ModuleList) -> None:
        super().__init__()
        layers.requires_grad_(requires_grad=False)
        self.maps = [name for name, _ in linear_maps(layers)]
        for name in self.maps:
            parent, _, own = name.rpartition(".")
            setattr(layers.get_submodule(parent), own, LowRank(layers.get_submodule(name)))
        self.layers = layers
        dimension = 2 * layers.get_submodule(self.maps[0]).linear.in_features
        self.dense = nn.Linear(dimension, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        pooled = pooled_states(through(self.layers, states, mask), mask)
        return self.out(functional.gelu(self.dense(pooled))).squeeze(-1)

    def adapter(self) -> dict[str, Tensor]:
        """What is stored: half-precision matrices, by the names that `AnswerHead` reads."""
        found: dict[str, Tensor] = {}
        for name in self.maps:
            low_rank = self.layers.get_submodule(name)
            found[f"{name}.down"] = low_rank.down
            found[f"{name}.up"] = SCALE * low_rank.up
        for name in ("dense", "out"):
            for kind, tensor in self.get_submodule(name).named_parameters():
                found[f"{name}.{kind}"] = tensor
        return {name: tensor.detach().half().contiguous() for name, tensor in found.items()}


class LowerStates:
    """The lower half's states of all pairs, made once: it is frozen. On disk, some gigabytes."""

    def __init__(self, model: EmbeddingModel, asked: Sequence[Group], folder: Path) -> None:
        transformer: Any = model._model
        lower = lower_half(transformer)
        rows = [
            pair_tokens(transformer.tokenizer, pair.question, pair.sentence)
            for group in asked
            for pair in (group.positive, *group.negatives)
        ]
        self._offsets = np.cumsum([0, *map(len, rows)])
        shape = (int(self._offsets[-1]), model.identity.dimension)
        self._states = np.memmap(folder / "states", np.float16, "w+", shape=shape)
        order = sorted(range(len(rows)), key=lambda index: len(rows[index]))
        for start in range(0, len(order), 64):
            indices = order[start : start + 64]
            ids, mask = padded([torch.tensor(rows[index]) for index in indices])
            with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
                states = lower(input_ids=ids, attention_mask=mask)[0].half().numpy()
            for row, index in enumerate(indices):
                begin, end = self._offsets[index : index + 2]
                self._states[begin:end] = states[row, : end - begin]

    def batch(self, pairs: Sequence[int]) -> tuple[Tensor, Tensor]:
        """States of shape (pairs, tokens, dimension), and their mask."""
        return padded(
            [
                torch.from_numpy(
                    np.asarray(self._states[slice(*self._offsets[pair : pair + 2])], np.float32)
                )
                for pair in pairs
            ]
        )


def padded(rows: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    mask = nn.utils.rnn.pad_sequence([torch.ones(len(row)) for row in rows], batch_first=True)
    return nn.utils.rnn.pad_sequence(list(rows), batch_first=True), mask


def loss_of(logits: Tensor, sizes: Sequence[int]) -> Tensor:
    """The first pair of each group is the right one."""
    right = torch.zeros(len(logits))
    starts = np.cumsum([0, *sizes[:-1]])
    right[starts] = 1
    pointwise = functional.binary_cross_entropy_with_logits(
        logits, right, pos_weight=torch.tensor(POSITIVE_WEIGHT)
    )
    listwise = sum(
        functional.cross_entropy(logits[start : start + size][None], torch.tensor([0]))
        for start, size in zip(starts, sizes, strict=True)
    )
    return pointwise + LISTWISE * listwise / len(sizes)


def batches(numbered: Sequence[Sequence[int]], rng: random.Random) -> Iterator[list[Sequence[int]]]:
    """Groups of pairs, in a new order at each round, without end."""
    while True:
        order = rng.sample(list(numbered), len(numbered))
        for start in range(0, len(order) - QUESTIONS_A_STEP + 1, QUESTIONS_A_STEP):
            yield order[start : start + QUESTIONS_A_STEP]


def tested(head: Head, states: LowerStates, numbered: Sequence[Sequence[int]]) -> str:
    scores: list[float] = []
    right: list[int] = []
    first = 0
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for pairs in numbered:
            found = head(*states.batch(pairs)).float().tolist()
            scores += found
            right += [1] + [0] * (len(pairs) - 1)
            first += found[0] == max(found)
    return f"AUROC {roc_auc_score(right, scores):.3f}, right first {first / len(numbered):.3f}"


def fit(
    head: Head, states: LowerStates, numbered: Sequence[Sequence[int]], steps: int, weights: str
) -> None:
    parameters = [parameter for parameter in head.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=LEARNING_RATE, weight_decay=0.01)
    drawn = batches(numbered, random.Random(0))
    for step in range(1, steps + 1):
        for group in optimiser.param_groups:
            group["lr"] = LEARNING_RATE * min(1, step / WARM_UP) * max(0.02, 1 - step / steps)
        chosen = next(drawn)
        with torch.autocast("cpu", torch.bfloat16):
            logits = head(*states.batch([pair for pairs in chosen for pair in pairs]))
        loss = loss_of(logits.float(), [len(pairs) for pairs in chosen])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        if step % 25 == 0:
            print(f"{step}/{steps}: loss {loss.item():.3f}", flush=True)
            save_file(head.adapter(), weights)


def main() -> None:
    torch.manual_seed(0)
    steps = int(sys.argv[2]) if len(sys.argv) > 2 else STEPS
    with tempfile.TemporaryDirectory() as folder:
        model = load_model(VectorstoreSettings(), Path(folder))
        asked = groups(shared_data() / "piaf", model)
        states = LowerStates(model, asked, Path(folder))
        count, numbered = 0, []
        for group in asked:
            numbered.append(range(count, count + 1 + len(group.negatives)))
            count += 1 + len(group.negatives)
        head = Head(upper_half(model._model))
        kept = [own for own, group in zip(numbered, asked, strict=True) if not group.is_held_out]
        held = [own for own, group in zip(numbered, asked, strict=True) if group.is_held_out]
        fit(head, states, kept, steps, sys.argv[1])
        save_file(head.adapter(), sys.argv[1])
        print("held out:", tested(head, states, held))


if __name__ == "__main__":
    main()
