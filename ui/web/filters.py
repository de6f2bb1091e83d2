"""To what a search can be limited: one mission, one year, one pillar."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.messages import Messages
from ui.web.labels import mission_name
from vectorstore.models import Pillar, Report, Scope

# (what the user reads, what it stands for); the first stands for no limit.
Choices = list[tuple[str, str]]
EVERYTHING = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """The values chosen; an empty one doesn't limit."""

    mission: str = EVERYTHING
    year: str = EVERYTHING
    pillar: str = EVERYTHING

    @property
    def scope(self) -> Scope:
        """The scope of a search under these filters.

        Raises:
            ValueError: a value isn't one that was offered.
        """
        return Scope.of(
            reports=[self.mission] if self.mission else [],
            years=[int(self.year)] if self.year else [],
            pillars=[self.pillar] if self.pillar else [],
        )

    def described(self, reports: Sequence[Report], messages: Messages) -> str:
        """The filters in words, empty when there are none."""
        parts = [mission_name(report, messages) for report in reports if report.id == self.mission]
        parts += [self.year] if self.year else []
        parts += [messages(f"pillar-{self.pillar}")] if self.pillar else []
        return " · ".join(parts)


def mission_choices(reports: Sequence[Report], messages: Messages) -> Choices:
    """All missions, newest first; those of the same name are told apart by their ids."""
    names = [mission_name(report, messages) for report in reports]
    return [
        (messages("page-all-missions"), EVERYTHING),
        *(
            (name if names.count(name) == 1 else f"{name} — {report.id}", report.id)
            for report, name in zip(reports, names, strict=True)
        ),
    ]


def year_choices(reports: Sequence[Report], messages: Messages) -> Choices:
    """The years of the missions, latest first."""
    years = {report.metadata.year for report in reports} - {None}
    return [
        (messages("page-all-years"), EVERYTHING),
        *((str(year), str(year)) for year in sorted(filter(None, years), reverse=True)),
    ]


def pillar_choices(messages: Messages) -> Choices:
    """The pillars of a mission report."""
    return [
        (messages("page-all-pillars"), EVERYTHING),
        *((messages(f"pillar-{pillar}"), str(pillar)) for pillar in Pillar),
    ]
