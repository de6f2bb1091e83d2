"""A page as it is shown: turned, cropped, its origin at the top left."""

import ctypes
import math
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from ingest.pdf.bulk import Boxes


class ShownPage:
    """A page's transform from PDF's coordinates to those of the page as it is shown."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401  (pypdfium2 is not typed)
        self.width, self.height = (float(side) for side in page.get_size())
        scale = 1000
        corners = []
        x, y = ctypes.c_int(), ctypes.c_int()
        width, height = int(self.width * scale), int(self.height * scale)
        for point in ((0.0, 0.0), (100.0, 0.0), (0.0, 100.0)):
            pdfium.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, *point, x, y)
            corners.append((x.value / scale, y.value / scale))
        (self.e, self.f), (xa, ya), (xb, yb) = corners
        self.a, self.b = (xa - self.e) / 100, (ya - self.f) / 100
        self.c, self.d = (xb - self.e) / 100, (yb - self.f) / 100
        self.upright = self.a > 0 and self.b == 0

    def turn(self, quarters: int) -> None:
        """Turns the page clockwise by quarters: what is printed sideways becomes upright."""
        for _ in range(quarters):
            self.a, self.b = -self.b, self.a
            self.c, self.d = -self.d, self.c
            self.e, self.f = self.height - self.f, self.e
            self.width, self.height = self.height, self.width
        self.upright = self.a > 0 and self.b == 0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as it is shown."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def direction(self, x: float, y: float) -> float:
        """The angle of a vector as it is shown, in radians, 0 to the right, clockwise."""
        return math.atan2(self.b * x + self.d * y, self.a * x + self.c * y)

    def boxes(self, boxes: Boxes) -> Boxes:
        """Boxes (left, top, right, bottom) as they are shown."""
        xs = np.stack((boxes[:, 0], boxes[:, 2]), axis=1)
        ys = np.stack((boxes[:, 1], boxes[:, 3]), axis=1)
        if abs(self.a) < abs(self.c):  # turned by a quarter
            shown_x, shown_y = self.c * ys + self.e, self.b * xs + self.f
        else:
            shown_x, shown_y = self.a * xs + self.e, self.d * ys + self.f
        return np.column_stack(
            (shown_x.min(axis=1), shown_y.min(axis=1), shown_x.max(axis=1), shown_y.max(axis=1))
        ).astype(np.float32)
