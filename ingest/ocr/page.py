"""An image of a page → what stands on it: straightened, recognised, measured."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.glyphs import visible
from ingest.layout import WordBox
from ingest.ocr.skew import skew
from ingest.ocr.tesseract import SeenWord, quarter_turns, words
from ingest.pdf.elements import Line, PageContent, Word
from ingest.pdf.lines import page_lines

_POINTS = 72
_DOUBTFUL = 55  # mean confidence: the page may lie on its side
_NOISE = 20  # confidence of what is a stain more often than a word
_LONG = 3  # characters: no stain reads as so many
_READ_AS_DISC = frozenset("eoceasOCG°*«»·.-–¢@®©+•")
_DISC = 0.47  # of the line's height: a small letter is higher
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_BODY_REACH = 0.14  # sizes so near to the body's are the body's
_BOLD = 1.22  # times the body's stroke
_EM_OF_HEIGHT = 0.92  # a font's size, by the height from ascender to descender
_CAPITALS = 0.78  # a capital's height, by the same
_SAME_SIZE = 1.1


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
    """Whether a word is one and not a stain: words with an apostrophe often come with doubt."""
    characters = sum(character.isalnum() for character in word.text)
    if characters >= _LONG:
        return True
    return word.confidence >= (_NOISE if characters else 2 * _NOISE)


def _reading(word: SeenWord, *, opens_line: bool) -> str:
    """A word's text: a disc at the start of a line is no letter, and apostrophes are curly.

    Tesseract gives the straight apostrophe for both; French print has the other.
    """
    small = max(word.x1 - word.x0, word.bottom - word.top) < _DISC * word.height
    if opens_line and small and word.text in _READ_AS_DISC:
        return "•"
    return _APOSTROPHE.sub("’", visible(word.text))


def _words(seen: Sequence[SeenWord], pixels: npt.NDArray[np.uint8], scale: float) -> list[Word]:
    if not seen:
        return []
    lines = _lines(seen)
    heights = _heights(seen, lines)
    strokes = [_stroke(word, pixels) / heights[index] for index, word in enumerate(seen)]
    bold = _BOLD * float(np.median(strokes))
    made: list[Word] = []
    for members in lines:
        weight = float(np.mean([strokes[index] for index in members]))
        for index in members:
            word = seen[index]
            text = _reading(word, opens_line=index == members[0])
            if text:
                size = heights[index] * scale * _EM_OF_HEIGHT
                made.append(
                    Word(
                        text=text,
                        x0=word.x0 * scale,
                        x1=word.x1 * scale,
                        baseline=word.baseline * scale,
                        size=size,
                        bold=weight > bold,
                        colour=0,
                        order=index,
                    )
                )
    return made


def _lines(seen: Sequence[SeenWord]) -> list[list[int]]:
    """The indices of the words of each line: words follow each other on one baseline."""
    lines: list[list[int]] = []
    for index, word in enumerate(seen):
        previous = seen[index - 1] if index else None
        if (
            previous is None
            or abs(previous.baseline - word.baseline) > 0.4 * word.height
            or word.x0 < previous.x0
        ):
            lines.append([])
        lines[-1].append(index)
    return lines


def _heights(seen: Sequence[SeenWord], lines: Sequence[Sequence[int]]) -> list[float]:
    """The height of each word's line from ascender to descender, in pixels.

    Tesseract knows it by small letters; a line of capitals is measured by its capitals.
    """
    heights = [max(word.height, 1.0) for word in seen]
    for members in lines:
        text = "".join(seen[index].text for index in members)
        if text.isupper() and sum(character.isalpha() for character in text) >= 4:
            capitals = [seen[i].bottom - seen[i].top for i in members if seen[i].text.isupper()]
            height = float(np.median(capitals)) / _CAPITALS
            for index in members:
                heights[index] = height
    return heights


def settle_sizes(pages: Sequence[PageContent]) -> None:
    """Takes the jitter out of the font sizes of recognised pages: near sizes become equal."""
    lines = [line for page in pages for line in page.lines]
    if not lines:
        return
    lines.sort(key=lambda line: line.size)
    weights = [sum(len(word.text) for word in line.words) for line in lines]
    middle = np.searchsorted(np.cumsum(weights), sum(weights) / 2)
    body = lines[int(middle)].size
    groups: list[list[Line]] = []
    for line in lines:
        same = groups and (
            _near_body(line, body) == _near_body(groups[-1][0], body)
            and (_near_body(line, body) or line.size < _SAME_SIZE * groups[-1][0].size)
        )
        if same:
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        near = _near_body(group[0], body)
        size = body if near else float(np.mean([line.size for line in group]))
        for line in group:
            for word in line.words:
                word.size = size
            line.measure()


def _near_body(line: Line, body: float) -> bool:
    return abs(line.size / body - 1) <= _BODY_REACH


def _stroke(word: SeenWord, pixels: npt.NDArray[np.uint8]) -> float:
    """The mean thickness of a word's strokes: dark pixels by dark runs, along rows."""
    crop = pixels[word.top : word.bottom, word.x0 : word.x1]
    if crop.size == 0:
        return 1.0
    dark = crop < 128
    runs = int(np.count_nonzero(np.diff(dark.astype(np.int8), axis=1, prepend=0) == 1))
    return float(np.count_nonzero(dark)) / max(runs, 1)
