"""`escale sync`: the library follows a folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.failures import FAILURE
from ui.cli.governing import confirmed
from ui.cli.library import exit_code, shown_progress
from ui.cli.rooms import opened_library, prepare_model
from ui.cli.shell import Shell, current

if TYPE_CHECKING:
    from ingest.syncing import SyncStep


def sync(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="help-synced-folder", metavar="metavar-folder")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="help-dry-run")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="help-yes")] = False,
    allow_empty: Annotated[bool, typer.Option("--allow-empty", help="help-allow-empty")] = False,
) -> int:
    """Make the library follow a folder. Shows the plan, and asks before anything is removed."""
    from ingest.settings import IngestSettings
    from ingest.syncing import Change, FolderSync
    from ui.cli.catalogue import show_plan

    shell = current(context)
    with opened_library(shell) as library:
        following = FolderSync(library, folder, IngestSettings.load())
        with shell.waiting(shell.messages("shell-comparing")):
            plan = following.plan(allow_empty=allow_empty)
        if not shell.as_json:
            show_plan(shell, plan)
        if dry_run:
            return _told(shell, plan)
        gone = sum(step.change is Change.GONE for step in plan)
        if gone and not confirmed(shell, shell.messages("shell-confirm-gone", count=gone), yes=yes):
            return _told(shell, [])
        if any(step.change is Change.NEW for step in plan):
            prepare_model(shell, library)
        done = following.carry_out(plan, lambda step: shown_progress(shell, step.path))
    return _told(shell, done)


def _told(shell: Shell, steps: "Sequence[SyncStep]") -> int:
    """Tell what became of the files; the exit codes are those of `add`."""
    from ingest.syncing import SyncStep
    from ui.cli.catalogue import show_added

    if shell.as_json:
        shell.print_json(list(steps), list[SyncStep])
    else:
        added = [(Path(step.path), step.result) for step in steps if step.result is not None]
        if added:
            show_added(shell, added)
    if any(step.error is not None for step in steps):
        return FAILURE
    return exit_code([step.result for step in steps if step.result is not None])
