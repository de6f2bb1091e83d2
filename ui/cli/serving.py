"""`escale serve`: the web page; on the very first start it indexes the bundled sample."""

from importlib.resources import as_file, files
from typing import Annotated

import typer

from ui.cli.rooms import opened_assistant, prepare_model
from ui.cli.shell import Shell, current


def serve(
    context: typer.Context,
    *,
    host: Annotated[str | None, typer.Option(help="help-host", metavar="metavar-address")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="help-port")] = None,
    sample: Annotated[bool, typer.Option("--sample/--no-sample", help="help-sample")] = True,
) -> None:
    """Serve the page until it is interrupted."""
    from ingest.jobs import Jobs
    from ui.remote.desk import answering_the_shell
    from ui.settings import UiSettings
    from ui.web.access.access import Access
    from ui.web.access.exposure import check_exposure
    from ui.web.server import listening_socket
    from ui.web.server import serve as serve_page

    shell = current(context)
    settings = UiSettings.load(host=host, port=port)
    check_exposure(settings)
    # A port that is taken is told before the sample is read, which takes a while.
    listening_socket(settings).close()
    with opened_assistant(shell) as assistant:
        if sample and assistant.index.store.is_pristine:
            shell.say(shell.messages("shell-first-start"))
            prepare_model(shell, assistant.index.store)
            _add_samples(shell)
        jobs = Jobs(assistant.index.store)
        access = Access(assistant.index.store, settings)
        access.usage.forget_old_questions()

        def on_ready(url: str) -> None:
            shell.say(shell.messages("shell-serving", url=url), "green")
            setup = access.begin_setup()
            if setup is not None:
                base = (settings.public_url or url).rstrip("/")
                shell.say(shell.messages("shell-setup", url=base + setup), "bold")

        with jobs.running(), answering_the_shell(assistant, jobs):
            serve_page(assistant, settings, on_ready, jobs, access)


def _add_samples(shell: Shell) -> None:
    from ingest import Library, report_files
    from ui.cli.library import shown_progress

    with Library.open(shell.data) as library, as_file(files("ingest") / "samples") as folder:
        for file in report_files(folder):
            with shown_progress(shell, file.name) as progress:
                result = library.add(file, progress=progress)
            if result.error is not None:
                raise result.error
