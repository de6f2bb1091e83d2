"""By how much a scanned page is turned.

The angle whose horizontal projection profile is the most uneven: rows of text against the white
between them (W. Postl, « Detection of linear oblique structures and skew scan in digitized
documents », ICPR 1986).
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

_WIDTH = 1000  # pixels: enough to see lines of text
_MOST_POINTS = 120_000
_WIDEST = 7.0  # degrees
_LEAST = 0.08


def skew(image: Any) -> float:  # noqa: ANN401  (a Pillow image)
    """The angle in degrees, counter-clockwise, by which to turn an image to make it straight."""
    small = image.convert("L")
    small.thumbnail((_WIDTH, 4 * _WIDTH))
    pixels = np.asarray(small, dtype=np.float32)
    dark = pixels < pixels.mean() - 0.8 * pixels.std()
    ys, xs = np.nonzero(dark)
    if len(xs) < 200:
        return 0.0
    if len(xs) > _MOST_POINTS:
        chosen = np.linspace(0, len(xs) - 1, _MOST_POINTS).astype(np.intp)
        ys, xs = ys[chosen], xs[chosen]
    angle = _steepest(xs, ys, 0.0, _WIDEST, 0.5)
    angle = _steepest(xs, ys, angle, 0.5, 0.1)
    angle = _steepest(xs, ys, angle, 0.1, 0.025)
    return angle if abs(angle) >= _LEAST else 0.0


def _steepest(
    xs: npt.NDArray[np.intp], ys: npt.NDArray[np.intp], middle: float, reach: float, step: float
) -> float:
    count = round(reach / step)
    angles = [middle + index * step for index in range(-count, count + 1)]
    return max(angles, key=lambda angle: (_unevenness(xs, ys, angle), -abs(angle)))


def _unevenness(xs: npt.NDArray[np.intp], ys: npt.NDArray[np.intp], angle: float) -> float:
    rows = ys - xs * math.tan(math.radians(angle))
    bins = np.bincount((rows - rows.min()).astype(np.intp)).astype(np.float64)
    return float(np.square(np.diff(bins)).sum())
