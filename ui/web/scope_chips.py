"""What was read from a question's own words, as chips that can be taken away.

« Qu'a-t-on appris à Rotterdam en 2023 ? » is searched in one mission. A chip says so for each
place, year, mission or pillar; without it, the question is asked again over all of them.
"""

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from ui.messages import Messages
from ui.web.html import escaped
from vectorstore.models import Scope

if TYPE_CHECKING:
    from ui.web.conversation import Turn

_REPORT, _PLACE, _YEAR, _PILLAR = "report", "place", "year", "pillar"

# What a chip stands for: its kind and its value.
Part = tuple[str, str]


def parts_of(scope: Scope) -> list[Part]:
    """The values of a scope, in the order in which they are shown."""
    return [
        *((_REPORT, report_id) for report_id in sorted(scope.report_ids)),
        *((_PLACE, place) for place in sorted(scope.destinations)),
        *((_YEAR, str(year)) for year in sorted(scope.years)),
        *((_PILLAR, str(pillar)) for pillar in sorted(scope.pillars)),
    ]


def taken_away(query: str, read: Scope) -> Scope:
    """What a chip's link names of the scope `read`; everything else in it is passed over."""
    named = set(parse_qsl(query))
    found = [part for part in parts_of(read) if part in named]
    return _scope_of(found)


def joined(one: Scope, other: Scope) -> Scope:
    """The values of both scopes."""
    return _scope_of([*parts_of(one), *parts_of(other)])


def chips_html(turn: "Turn", messages: Messages, *, removable: bool) -> str:
    """The chips over a reply, empty where its question limited nothing."""
    shown = "".join(_chip(part, turn, messages, removable) for part in parts_of(turn.read))
    told = ""
    if shown:
        told = f'<span class="told">{escaped(messages("page-scope-read"))}</span> {shown}'
    without = [_name(part, turn, messages) for part in parts_of(turn.unread)]
    if without:
        names = escaped(messages("page-scope-widened", names=", ".join(without)))
        told += f' <span class="told">{names}</span>'
    return f'<p class="scope-chips">{told}</p>' if told else ""


def _chip(part: Part, turn: "Turn", messages: Messages, removable: bool) -> str:
    name = _name(part, turn, messages)
    if not removable:
        return f'<span class="chip">{escaped(name)}</span> '
    href = escaped(f"#widen?{urlencode([part])}")
    title = escaped(messages("page-scope-remove", name=name))
    return (
        f'<a class="chip" role="button" href="{href}" title="{title}">{escaped(name)}'
        f'<span class="sign">✕</span></a> '
    )


def _name(part: Part, turn: "Turn", messages: Messages) -> str:
    kind, value = part
    if kind == _PILLAR:
        return messages(f"pillar-{value}")
    return turn.reply.missions.get(value, value) if kind == _REPORT else value


def _scope_of(parts: list[Part]) -> Scope:
    def of(kind: str) -> list[str]:
        return [value for other, value in parts if other == kind]

    return Scope.of(
        reports=of(_REPORT),
        years=map(int, of(_YEAR)),
        destinations=of(_PLACE),
        pillars=of(_PILLAR),
    )
