"""`escale reindex`: moving the index to the configured embedding model, or building it anew."""

import typer

from ui.cli.rooms import opened_store
from ui.cli.shell import current


def reindex(context: typer.Context) -> None:
    """Embed every passage by the configured model; until that is done the old index answers."""
    shell = current(context)
    with opened_store(shell) as store, shell.progress(shell.messages("shell-reindexing")) as bar:
        store.reindex(progress=bar)
        passages = sum(report.passage_count for report in store.reports())
    shell.say(shell.messages("shell-reindexed", passages=passages), "green")
