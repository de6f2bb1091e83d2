"""A user's uploads as cards: being read, to be decided, being added, over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest.jobs import Job, JobKind, Jobs, JobState, Task, Upload
from ingest.jobs.errors import NotReadYet
from ingest.results import Preview
from ui.messages import Messages
from ui.web.library.form import Changes
from vectorstore.likeness import Choice
from vectorstore.models import Report

NEW: Final = "new"
_BOTH: Final = "both"
_REPLACE: Final = "replace:"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be done with a file that was read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Card:
    """One upload. `preview` is there while it is to be decided.

    `options` are what can be done then, the suggested one first. `stamp` changes with all that a
    card shows.
    """

    upload: Upload
    job: Job | None
    preview: Preview | None = None
    target: Report | None = None
    options: tuple[Option, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.preview is None and (self.job is None or self.job.is_over)

    @property
    def is_simple(self) -> bool:
        """Whether there is nothing that somebody should look at before it is added."""
        return (
            self.preview is not None
            and not self.preview.warnings
            and not self.preview.recognised_pages
            and not self.preview.look_alikes
            and not self.preview.replaces
        )

    @property
    def stamp(self) -> str:
        """For the script: a card of the same stamp needn't be drawn again."""
        if self.job is None:
            return "none"
        step = self.job.progress
        told = f"{step.stage}-{step.done}-{step.total}" if step and not self.job.is_over else ""
        return f"{self.job.id}-{self.job.state}-{told}"


def cards(jobs: Jobs, owner: str, reports: Sequence[Report], messages: Messages) -> list[Card]:
    """The cards of one user, the first upload first."""
    uploads = jobs.incoming.all(owner)
    last = jobs.queue.of_uploads([upload.id for upload in uploads])
    titles = {report.id: report for report in reports}
    return [_card(jobs, upload, last.get(upload.id), titles, messages) for upload in uploads]


def _card(
    jobs: Jobs, upload: Upload, job: Job | None, reports: dict[str, Report], messages: Messages
) -> Card:
    is_read = job is not None and job.task.kind is JobKind.READ and job.state is JobState.DONE
    preview = jobs.incoming.preview(upload) if is_read else None
    if preview is None:
        return Card(upload, job)
    target = reports.get(preview.replaces)
    return Card(upload, job, preview, target, _options(upload, preview, reports, messages))


def _options(
    upload: Upload, preview: Preview, reports: dict[str, Report], messages: Messages
) -> tuple[Option, ...]:
    """What can be done; discarding the upload can always be done, and isn't among them."""
    options: dict[str, Option] = {}

    def offer(value: str, label: str) -> None:
        options.setdefault(value, Option(value, label))

    def offer_replacing(report: Report) -> None:
        offer(_REPLACE + report.id, messages("library-choose-replace", title=report.title))

    if preview.replaces in reports:
        offer_replacing(reports[preview.replaces])
    if upload.replaces:
        return tuple(options.values())
    for alike in preview.look_alikes:
        for choice in alike.choices:
            match choice:
                case Choice.REPLACE if alike.report.id in reports:
                    offer_replacing(alike.report)
                case Choice.RESTORE:
                    title = alike.report.title
                    offer(NEW, messages("library-choose-restore", title=title))
                case Choice.KEEP_BOTH:
                    offer(_BOTH, messages("library-choose-both"))
    offer(
        _BOTH if options else NEW,
        messages("library-choose-both" if options else "library-choose-new"),
    )
    return tuple(options.values())


def task_of(card: Card, chosen: str, changed: Changes, taken: Sequence[str]) -> Task:
    """The job that a decision makes; `taken` are the ids of all reports, in the bin too.

    Raises:
        NotReadYet: there is nothing to decide, or not this.
        InvalidMetadata: a field has a value that it can't have.
    """
    preview, name = card.preview, card.upload.name
    if preview is None or chosen not in {option.value for option in card.options}:
        raise NotReadYet(file=name)
    task = Task(
        JobKind.ADD,
        name,
        upload=card.upload.id,
        metadata=changed.given(name),
        emptied=changed.emptied,
    )
    if chosen.startswith(_REPLACE):
        return replace(task, kind=JobKind.REPLACE, report_id=chosen.removeprefix(_REPLACE))
    if chosen == _BOTH:
        # By its name it would replace the report from a file of the same name.
        report_id = _free_id(preview.replaces, taken) if preview.replaces else ""
        return replace(task, keep_both=True, report_id=report_id)
    return task


def _free_id(wanted: str, taken: Sequence[str]) -> str:
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
