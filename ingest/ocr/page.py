"""An image of a page → what stands on it: straightened, recognised, measured."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.glyphs import visible
from ingest.layout import WordBox
from ingest.ocr.skew import skew
from ingest.ocr.tesseract import SeenWord, quarter_turns, words
from ingest.pdf.elements import PageContent, Word
from ingest.pdf.lines import page_lines

_POINTS = 72
_DOUBTFUL = 55  # mean confidence: the page may lie on its side
_NOISE = 20  # confidence of what is a stain more often than a word
_BODY_REACH = 0.14  # sizes so near to the body's are the body's
_BOLD = 1.22  # times the body's stroke
_EM_OF_HEIGHT = 0.92  # a font's size, by the height from ascender to descender


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page was turned to be read: about its middle, in degrees counter-clockwise."""

    angle: float
    width: float
    height: float

    def back(self, box: WordBox) -> WordBox:
        """A box of the straightened page as it stands on the page as it was."""
        radians = math.radians(self.angle)
        cosine, sine = math.cos(radians), math.sin(radians)
        x = (box.x0 + box.x1) / 2 - self.width / 2
        y = (box.top + box.bottom) / 2 - self.height / 2
        # Image coordinates run downwards: turning back is clockwise.
        shift_x = x * cosine - y * sine + self.width / 2 - (box.x0 + box.x1) / 2
        shift_y = x * sine + y * cosine + self.height / 2 - (box.top + box.bottom) / 2
        return box._replace(
            x0=box.x0 + shift_x,
            x1=box.x1 + shift_x,
            top=box.top + shift_y,
            bottom=box.bottom + shift_y,
        )


def read_image(image: Any, dpi: int, number: int, wanted: str) -> tuple[PageContent, Turn]:  # noqa: ANN401
    """The content of page `number` by its image; sizes in points, at `dpi` pixels an inch.

    Raises:
        OSError: Tesseract failed.
    """
    grey = image.convert("L")
    straight, angle = _straightened(grey)
    seen = words(straight, dpi, wanted)
    if _mean_confidence(seen) < _DOUBTFUL:
        quarter = quarter_turns(grey)
        if quarter == 180:
            straight, angle = straight.rotate(180, fillcolor=255), angle + 180
            seen = words(straight, dpi, wanted)
    scale = _POINTS / dpi
    width, height = grey.width * scale, grey.height * scale
    made = _words([word for word in seen if _is_word(word)], np.asarray(straight), scale)
    lines = page_lines(made, (), (), number)
    return PageContent(number, width, height, lines), Turn(angle, width, height)


def _straightened(grey: Any) -> tuple[Any, float]:  # noqa: ANN401
    from PIL import Image

    angle = skew(grey)
    if not angle:
        return grey, 0.0
    return grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255), angle


def _mean_confidence(seen: Sequence[SeenWord]) -> float:
    return sum(word.confidence for word in seen) / len(seen) if seen else 0.0


def _is_word(word: SeenWord) -> bool:
    has_letter = any(character.isalnum() for character in word.text)
    return word.confidence >= _NOISE and (has_letter or word.confidence >= 2 * _NOISE)


def _words(seen: Sequence[SeenWord], pixels: npt.NDArray[np.uint8], scale: float) -> list[Word]:
    if not seen:
        return []
    heights = _steady([word.height for word in seen], [len(word.text) for word in seen])
    strokes = [_stroke(word, pixels) / height for word, height in zip(seen, heights, strict=True)]
    bold = _BOLD * float(np.median(strokes))
    lines = _lines(seen)
    weights = {
        line: float(np.mean([strokes[index] for index in members]))
        for line, members in lines.items()
    }
    of_word = {index: line for line, members in lines.items() for index in members}
    return [
        Word(
            text=text,
            x0=word.x0 * scale,
            x1=word.x1 * scale,
            baseline=word.baseline * scale,
            size=heights[index] * scale * _EM_OF_HEIGHT,
            bold=weights[of_word[index]] > bold,
            colour=0,
            order=index,
        )
        for index, word in enumerate(seen)
        if (text := visible(word.text))
    ]


def _lines(seen: Sequence[SeenWord]) -> dict[tuple[int, int], list[int]]:
    """The indices of the words of each line: words follow each other on one baseline."""
    lines: dict[tuple[int, int], list[int]] = {}
    current = (0, 0)
    for index, word in enumerate(seen):
        previous = seen[index - 1] if index else None
        if (
            previous is None
            or abs(previous.baseline - word.baseline) > 0.4 * word.height
            or word.x0 < previous.x0
        ):
            current = (index, round(word.baseline))
        lines.setdefault(current, []).append(index)
    return lines


def _steady(heights: Sequence[float], weights: Sequence[int]) -> list[float]:
    """Heights with the jitter of recognition taken out: near ones become equal."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    half, total = sum(weights) / 2, 0
    body = heights[order[-1]]
    for index in order:
        total += weights[index]
        if total >= half:
            body = heights[index]
            break
    body = max(body, 1.0)
    return [body * _step(height / body) for height in heights]


def _step(ratio: float) -> float:
    """The ratio to the body's height, in steps of 15 %; 1 for what is near the body's."""
    if abs(ratio - 1) <= _BODY_REACH:
        return 1.0
    return float(1.15 ** round(math.log(max(ratio, 0.2), 1.15)))


def _stroke(word: SeenWord, pixels: npt.NDArray[np.uint8]) -> float:
    """The mean thickness of a word's strokes: dark pixels by dark runs, along rows."""
    crop = pixels[word.top : word.bottom, word.x0 : word.x1]
    if crop.size == 0:
        return 1.0
    dark = crop < 128
    runs = int(np.count_nonzero(np.diff(dark.astype(np.int8), axis=1, prepend=0) == 1))
    return float(np.count_nonzero(dark)) / max(runs, 1)


def with_pages_turned_back(boxes: Sequence[WordBox], turns: dict[int, Turn]) -> tuple[WordBox, ...]:
    """The boxes as they stand on the pages as they were scanned."""
    if not any(turn.angle for turn in turns.values()):
        return tuple(boxes)
    return tuple(
        turns[box.page].back(box) if box.page in turns and turns[box.page].angle else box
        for box in boxes
    )
