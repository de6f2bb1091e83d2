"""What is done to a data folder, and what must be in it afterwards.

Every step is chosen from what the folder holds, so that the one who kills knows what it should
hold next. A report that was purged may be added again: it then lives another life, whose texts
have another name, by which whatever is left of the life before is found.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

REPORTS = tuple(f"rapport-{number}" for number in range(4))
CONTENTS = 4
_KINDS = (
    *("publish",) * 3,
    *("restore",) * 2,
    *("remove",) * 2,
    "return",
    "purge",
    "describe",
    "reread",
)


@dataclass(frozen=True)
class Held:
    """What a folder holds of a report: is it in the bin, its version, its versions, its title.

    Versions are told by the numbers of their contents. `chosen` is the title that was set by
    hand, if any.
    """

    removed: bool
    current: int
    versions: frozenset[int]
    chosen: str = ""


@dataclass(frozen=True)
class State:
    """What a folder holds, and which life each report lives; lives before it were purged."""

    held: dict[str, Held] = field(default_factory=dict)
    lives: dict[str, int] = field(default_factory=dict)

    def life(self, report: str) -> int:
        """The number of the life that a report lives, or would."""
        return self.lives.get(report, 0)

    def with_held(self, report: str, held: Held) -> "State":
        """The same with another report, or another state of it."""
        return State(self.held | {report: held}, self.lives)


@dataclass(frozen=True)
class Action:
    """One step. `number` is of the content that is published, restored, or set as the title."""

    kind: str
    report: str = ""
    number: int = 0
    life: int = 0


def secret(report: str, life: int) -> str:
    """The name that only the texts of one life of a report hold."""
    return f"Zyx{report[-1]}vut{life}q"


def chosen_title(report: str, number: int, life: int) -> str:
    """A title set by hand."""
    return f"Choisi {number} pour {secret(report, life)}"


def choose(chance: random.Random, state: State, can_publish: Callable[[Held], bool]) -> Action:
    """A step that is possible in `state`."""
    while True:
        report, kind = chance.choice(REPORTS), chance.choice(_KINDS)
        held, life = state.held.get(report), state.life(report)
        number = chance.randrange(CONTENTS)
        match kind:
            case "publish":
                possible = held is None or can_publish(held)
            case "restore":
                possible = held is not None and number in held.versions
            case "return":
                possible = held is not None and held.removed
            case "describe" | "reread":
                possible = held is not None and not held.removed
            case _:
                possible = held is not None
        if possible:
            return Action(kind, report, number, life)


def after(state: State, action: Action) -> State:
    """What the folder holds once a step is done."""
    report, number = action.report, action.number
    held = state.held.get(report)
    match action.kind:
        case "publish" if held is None:
            return state.with_held(report, Held(False, number, frozenset({number})))
        case "publish" | "restore" if held is not None:
            versions = held.versions | {number}
            return state.with_held(report, Held(False, number, versions, held.chosen))
        case "remove" if held is not None:
            return state.with_held(report, replace(held, removed=True))
        case "return" if held is not None:
            return state.with_held(report, replace(held, removed=False))
        case "describe" if held is not None:
            title = chosen_title(report, number, action.life)
            return state.with_held(report, replace(held, chosen=title))
        case "purge":
            others = {name: other for name, other in state.held.items() if name != report}
            return State(others, state.lives | {report: action.life + 1})
    return state
