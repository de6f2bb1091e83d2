"""`escale jobs`: what the server works on, how far it is, and cancelling it."""

import time
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich import box
from rich.table import Table

from ui.cli.rooms import reached_jobs
from ui.cli.shell import Shell, current
from ui.cli.text import styled

if TYPE_CHECKING:
    from ingest.jobs import Job

_LOOK_SECONDS: Final = 1.0
_STYLES: Final = {
    "running": "cyan",
    "done": "green",
    "refused": "bold red",
    "failed": "bold red",
    "cancelled": "dim",
}


def jobs(
    context: typer.Context,
    cancel: Annotated[
        list[int] | None, typer.Option("--cancel", help="help-cancel-job", metavar="metavar-job")
    ] = None,
    *,
    watch: Annotated[bool, typer.Option("--watch", "-w", help="help-watch-jobs")] = False,
) -> None:
    """List the jobs, the last first; with `--cancel`, stop some of them."""
    from ingest.jobs import Job

    shell = current(context)
    with reached_jobs(shell) as queue:
        for job_id in cancel or ():
            queue.cancel(job_id)
        found = queue.jobs()
        if watch and not shell.as_json and shell.out.is_terminal:
            from rich.live import Live

            with Live(_table(shell, found), console=shell.out) as live:
                while any(not job.is_over for job in found):
                    time.sleep(_LOOK_SECONDS)
                    found = queue.jobs()
                    live.update(_table(shell, found))
            return
        while watch and any(not job.is_over for job in found):
            time.sleep(_LOOK_SECONDS)
            found = queue.jobs()
    if shell.as_json:
        shell.print_json(found, list[Job])
    elif found:
        shell.out.print(_table(shell, found))
    else:
        shell.say(shell.messages("library-no-job"))


def _table(shell: Shell, found: "list[Job]") -> Table:
    messages = shell.messages
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column(messages("column-id"), justify="right", style="cyan")
    for key in ("library-job", "library-job-state", "library-job-who", "column-why"):
        table.add_column(messages(key), overflow="fold")
    for job in found:
        table.add_row(
            str(job.id),
            styled(f"{messages(f'job-kind-{job.task.kind}')} : {job.task.name}"),
            styled(messages(f"job-state-{job.state}"), _STYLES.get(job.state, "")),
            styled(job.who),
            styled(_told(shell, job)),
        )
    return table


def _told(shell: Shell, job: "Job") -> str:
    """How far a job is, or what came of it."""
    if job.progress is not None and not job.is_over:
        stage = shell.messages(f"stage-{job.progress.stage}")
        return f"{stage} {job.progress.done}/{job.progress.total}"
    if job.outcome is None:
        return ""
    if job.outcome.error is not None:
        return shell.messages.error(job.outcome.error)
    return job.outcome.report_id
