"""What the text of a whole document looks like: the body's size, weight, colour and leading."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pdf.elements import Line


@dataclass(frozen=True, slots=True)
class BodyStyle:
    """The style of most of a document's characters.

    `leading` gives the usual distance of baselines by font size; `size` is in points.
    """

    size: float
    bold: bool
    colour: int
    leading: dict[float, float]

    def pitch(self, size: float) -> float:
        """The usual distance of two baselines in text of a size."""
        return self.leading.get(size_class(size), 1.22 * size)


def size_class(size: float) -> float:
    """A font size rounded to half a point: programs write 10.98 for 11."""
    return round(size * 2) / 2


def body_style(regions: Iterable[Sequence[Line]]) -> BodyStyle:
    """The body style of the lines of a document, given by regions from top to bottom."""
    weights: Counter[tuple[float, bool, int]] = Counter()
    steps: dict[float, Counter[float]] = defaultdict(Counter)
    for region in regions:
        for line in region:
            key = (size_class(line.size), line.bold, line.words[-1].colour)
            weights[key] += sum(len(word.text) for word in line.words)
        for above, below in pairwise(region):
            step = below.baseline - above.baseline
            size = size_class(below.size)
            if size == size_class(above.size) and 0.8 * size < step < 2.5 * size:
                steps[size][round(step * 2) / 2] += 1
    if not weights:
        return BodyStyle(11.0, bold=False, colour=0, leading={})
    sizes: Counter[float] = Counter()
    for (size, _, _), weight in weights.items():
        sizes[size] += weight
    body = sizes.most_common(1)[0][0]
    of_body = {key: weight for key, weight in weights.items() if key[0] == body}
    _, bold, colour = max(of_body, key=lambda key: of_body[key])
    return BodyStyle(body, bold, colour, {size: _usual(seen) for size, seen in steps.items()})


def _usual(steps: Counter[float]) -> float:
    """The smallest step among the frequent ones: paragraphs of one line step further."""
    most = max(steps.values())
    return min(step for step, count in steps.items() if count >= 0.5 * most)
