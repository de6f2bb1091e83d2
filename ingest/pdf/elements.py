"""What a page is made of while it is read: words, lines, rules.

Coordinates are those of the page as it is shown: points from its top left corner, y downwards.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle on a page: left, top, right, bottom."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """The extent in x."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """The extent in y."""
        return self.bottom - self.top

    def union(self, other: "Rect") -> "Rect":
        """The smallest rectangle around both."""
        return Rect(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


@dataclass(slots=True)
class Word:
    """Characters that stand together: one font, one baseline, no space inside.

    `order` is the word's rank in the file's own order. `gap` is the white space that the file has
    before the word ("" when it has none: the word continues the one before it). `raised` marks a
    superscript.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool
    colour: int
    order: int
    gap: str = " "
    raised: bool = False

    @property
    def top(self) -> float:
        """The height of a capital letter with an accent."""
        return self.baseline - 0.84 * self.size

    @property
    def bottom(self) -> float:
        """The depth of a descender."""
        return self.baseline + 0.22 * self.size


@dataclass(slots=True)
class Line:
    """Words that stand on one baseline, from left to right."""

    words: list[Word]
    page: int = 0
    x0: float = field(init=False)
    x1: float = field(init=False)
    baseline: float = field(init=False)
    size: float = field(init=False)
    order: int = field(init=False)
    _text: str | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.measure()

    def measure(self) -> None:
        """Takes the line's measures from its words, after they changed."""
        words = self.words
        self._text = None
        self.x0 = min([word.x0 for word in words])
        self.x1 = max([word.x1 for word in words])
        self.order = min([word.order for word in words])
        weights: dict[tuple[float, float], int] = {}
        for word in words:
            key = (word.size, word.baseline)
            weights[key] = weights.get(key, 0) + len(word.text)
        self.size, self.baseline = max(weights, key=weights.__getitem__)

    @property
    def text(self) -> str:
        """The line's words with their own spaces."""
        if self._text is None:
            first, *others = self.words
            self._text = first.text + "".join([word.gap + word.text for word in others])
        return self._text

    @property
    def bold(self) -> bool:
        """Whether all of the line is bold."""
        return all(word.bold for word in self.words)

    @property
    def colour(self) -> int:
        """The colour of the line's first word that has letters."""
        return self.words[0].colour

    @property
    def top(self) -> float:
        """The height of a capital letter with an accent."""
        return self.baseline - 0.84 * self.size

    @property
    def bottom(self) -> float:
        """The depth of a descender."""
        return self.baseline + 0.22 * self.size


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight horizontal or vertical line drawn on the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Whether the rule runs across the page."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(slots=True)
class PageContent:
    """What stands on a page: its lines in no particular order, its rules, its bullets' places.

    `number` counts from 1. `bullets` are discs and squares that are drawn, not written.
    """

    number: int
    width: float
    height: float
    lines: list[Line]
    rules: list[Rule] = field(default_factory=list)
    bullets: list[Rect] = field(default_factory=list)
