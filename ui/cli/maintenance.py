"""`escale reindex`, `backup`, `restore-backup`: the data folder as a whole."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.rooms import opened_library, set_up_logs
from ui.cli.shell import Shell, current


def reindex(context: typer.Context) -> None:
    """Embed every passage by the configured model; until that is done the old index answers."""
    shell = current(context)
    with (
        opened_library(shell) as library,
        shell.progress(shell.messages("shell-reindexing")) as bar,
    ):
        library.reindex(progress=bar)
        passages = sum(report.passage_count for report in library.reports())
    shell.say(shell.messages("shell-reindexed", passages=passages), "green")


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="help-backup-file", metavar="metavar-file")],
) -> None:
    """Write the whole data folder into one file; also while a server works on it."""
    from vectorstore.backup import Backup, back_up

    shell = current(context)
    set_up_logs(shell)
    with shell.progress(shell.messages("shell-backing-up")) as bar:
        made = back_up(shell.data, file, progress=bar)
    if shell.as_json:
        shell.print_json(made, Backup)
    shell.say(
        shell.messages(
            "shell-backed-up",
            file=str(file),
            reports=made.reports,
            megabytes=max(0.1, round(file.stat().st_size / 1e6, 1)),
        ),
        "green",
    )


def restore_backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="help-backup-file", metavar="metavar-file")],
    *,
    force: Annotated[bool, typer.Option("--force", help="help-force")] = False,
) -> None:
    """Make the data folder what it was when a backup was written."""
    put_back(current(context), file, force=force)


def put_back(shell: Shell, file: Path, *, force: bool) -> None:
    """Restore a backup, and tell what came back and where the old data are."""
    from vectorstore.restoring import Restored, restore

    set_up_logs(shell)
    with shell.progress(shell.messages("shell-restoring")) as bar:
        done = restore(file, shell.data, force=force, progress=bar)
    if shell.as_json:
        shell.print_json(done, Restored)
    day = f"{done.backup.created_at:%Y-%m-%d %H:%M} UTC"
    shell.say(
        shell.messages(
            "shell-backup-restored", reports=done.backup.reports, day=day, folder=str(shell.data)
        ),
        "green",
    )
    if done.kept_aside is not None:
        shell.say(shell.messages("shell-kept-aside", folder=str(done.kept_aside)))
