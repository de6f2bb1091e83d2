"""Opening the other rooms for a command: logs set up, the wait shown, everything closed after."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ui.cli.shell import Shell

if TYPE_CHECKING:
    from assistant import Assistant
    from ingest import Library
    from vectorstore import Index
    from vectorstore.store import Store

_ROOMS = ("assistant", "ingest", "ui", "vectorstore")


@contextmanager
def opened_assistant(shell: Shell) -> Iterator["Assistant"]:
    """The assistant over the data folder.

    Raises:
        vectorstore.errors.EscaleError: the folder, the settings or the model can't be used.
    """
    set_up_logs(shell)
    with shell.waiting(shell.messages("shell-opening")):
        from assistant import Assistant

        assistant = Assistant.open(shell.data)
    with assistant:
        yield assistant


@contextmanager
def opened_library(shell: Shell) -> Iterator["Library"]:
    """The library over the data folder; raises as `opened_assistant`."""
    set_up_logs(shell)
    with shell.waiting(shell.messages("shell-opening")):
        from ingest import Library

        library = Library.open(shell.data)
    with library:
        yield library


@contextmanager
def opened_index(shell: Shell) -> Iterator["Index"]:
    """The index over the data folder; raises as `opened_assistant`."""
    set_up_logs(shell)
    with shell.waiting(shell.messages("shell-opening")):
        from vectorstore import Index

        index = Index.open(shell.data)
    with index:
        yield index


@contextmanager
def opened_store(shell: Shell) -> Iterator["Store"]:
    """The store of the data folder, without loading the model; raises as `opened_assistant`."""
    set_up_logs(shell)
    from vectorstore.store import Store

    with Store.open(shell.data) as store:
        yield store


def prepare_model(shell: Shell, store: "Store") -> None:
    """Load the model before the first report ever, when it may have to be written to disk first.

    Raises:
        ModelUnavailable: it can't be loaded.
    """
    if store.is_pristine:
        with shell.waiting(shell.messages("shell-preparing-model")):
            _ = store.model


def set_up_logs(shell: Shell) -> None:
    """Logs go to standard error, as the settings say; with `--debug`, all of ours."""
    from rich.logging import RichHandler

    from vectorstore.settings import VectorstoreSettings

    level = "debug" if shell.debug else VectorstoreSettings.load().log_level
    handler = RichHandler(console=shell.err, show_path=shell.debug, markup=False)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], format="%(message)s", force=True)
    for room in _ROOMS:
        logging.getLogger(room).setLevel(level.upper())
