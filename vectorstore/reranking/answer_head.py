"""The embedded model's own reranker: its upper layers, bent by a low-rank adapter to read pairs.

The lower half of the encoder is shared with the embedding model. To the linear maps of its upper
half low-rank matrices are added (Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models",
ICLR 2022), and two small layers read the result. They were fitted on the questions of PIAF by
tests/quality/fit_answer_head.py; docs/evaluation.md says what they gain.
"""

import copy
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.embedding.words import lower_half
from vectorstore.reranking.reranker import Logits, SentenceInContext
from vectorstore.text.normalise import for_embedding

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor, nn

WEIGHTS = Path(__file__).with_name("answer_head.safetensors")

# Tokens kept of each part; the end of what stands before a sentence is what it leans on.
_QUERY, _SENTENCE, _PLACE, _BEFORE = 40, 72, 14, 24
_HIDDEN = 128


def pair_tokens(tokenizer: Any, query: str, sentence: SentenceInContext) -> list[int]:  # noqa: ANN401
    """A query and a sentence as the head reads them: `<s> query </s></s> sentence </s> context`."""

    def tokens(text: str) -> list[int]:
        found: list[int] = tokenizer(for_embedding(text), add_special_tokens=False, verbose=False)[
            "input_ids"
        ]
        return found

    begin, end = tokenizer.bos_token_id, tokenizer.eos_token_id
    return [
        *(begin, *tokens(f"query: {query}")[:_QUERY], end, end),
        *(*tokens(sentence.text)[:_SENTENCE], end),
        *(*tokens(sentence.place)[:_PLACE], *tokens(sentence.before)[-_BEFORE:], end),
    ]


class AnswerHead:
    """A reranker over the embedding model's own layers."""

    def __init__(self, model: "SentenceTransformer", weights: Path = WEIGHTS) -> None:
        import torch
        from safetensors.torch import load_file
        from torch import nn

        encoder: Any = model[0].auto_model
        lower = lower_half(model)
        if lower is None:
            raise TypeError("the embedding model doesn't show its layers")
        # A Rust tokenizer changes its own state while it encodes: this one is ours alone.
        self._tokenizer = copy.deepcopy(model.tokenizer)
        self._lock = threading.Lock()
        self._adapter = {name: tensor.float() for name, tensor in load_file(weights).items()}
        self._embeddings = encoder.embeddings
        layers = nn.ModuleList([*lower.encoder.layer, *adapted_layers(model, self._adapter)])
        self._precision = torch.bfloat16 if has_bfloat16() else torch.float32
        # Converted once: autocast would convert the weights again at each question.
        self._layers = (
            layers
            if self._precision is torch.float32
            else copy.deepcopy(layers).to(self._precision)
        )

    def logits(self, query: str, sentences: Sequence[SentenceInContext]) -> Logits:
        """Log odds that each sentence answers the query, of shape (len(sentences),)."""
        import torch

        if not sentences:
            return np.empty(0, dtype=np.float32)
        with self._lock:
            rows = [pair_tokens(self._tokenizer, query, sentence) for sentence in sentences]
        width = max(map(len, rows))
        ids = torch.full((len(rows), width), int(self._tokenizer.pad_token_id))
        mask = torch.zeros((len(rows), width))
        for index, row in enumerate(rows):
            ids[index, : len(row)] = torch.tensor(row)
            mask[index, : len(row)] = 1
        with torch.inference_mode():
            states = self._embeddings(input_ids=ids).to(self._precision)
            hidden = through(self._layers, states, mask.to(self._precision))
            found = self._read(pooled_states(hidden.float(), mask))
        return np.asarray(found.numpy(), dtype=np.float32)

    def _read(self, pooled: "Tensor") -> "Tensor":
        from torch.nn import functional

        inner = functional.gelu(
            functional.linear(pooled, self._adapter["dense.weight"], self._adapter["dense.bias"])
        )
        return functional.linear(
            inner, self._adapter["out.weight"], self._adapter["out.bias"]
        ).squeeze(-1)


def through(layers: "nn.ModuleList", states: "Tensor", mask: "Tensor") -> "Tensor":
    """States of shape (pairs, tokens, dimension) after `layers`; padding is masked."""
    hidden = states
    bias = ((1 - mask) * -1e4)[:, None, None, :]
    for layer in layers:
        found = layer(hidden, bias)
        hidden = found[0] if isinstance(found, tuple) else found
    return hidden


def pooled_states(hidden: "Tensor", mask: "Tensor") -> "Tensor":
    """The first token's state beside the mean of all, of shape (pairs, 2 × dimension)."""
    import torch

    mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    return torch.cat([hidden[:, 0], mean], dim=-1)


def linear_maps(layers: "nn.Module") -> "Iterator[tuple[str, nn.Linear]]":
    """The maps that the adapter bends, by name."""
    from torch import nn

    for name, module in layers.named_modules():
        if isinstance(module, nn.Linear):
            yield name, module


def adapted_layers(model: "SentenceTransformer", adapter: "dict[str, Tensor]") -> "nn.ModuleList":
    """A copy of the upper half of the encoder with the adapter's products added to its maps."""
    import torch

    layers = upper_half(model)
    with torch.no_grad():
        for name, linear in linear_maps(layers):
            linear.weight += adapter[f"{name}.up"] @ adapter[f"{name}.down"]
    return layers.eval()


def upper_half(model: "SentenceTransformer") -> "nn.ModuleList":
    """A copy of the layers that `lower_half` leaves out."""
    import torch

    encoder: Any = model[0].auto_model
    kept = len(lower_half(model).encoder.layer)  # type: ignore[union-attr]
    layers: nn.ModuleList = copy.deepcopy(encoder.encoder.layer[kept:])
    return layers.to(torch.float32)


def has_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 matrices itself; elsewhere they are slower."""
    import torch

    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
