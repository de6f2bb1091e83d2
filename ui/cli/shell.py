"""What every command is given: the data folder, the language, and where to write."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from rich.console import Console
from typer._click.core import Context

from ui.cli.text import printable, styled
from ui.messages import Language, Messages

# Lines of a table that isn't read on a terminal are not folded at 80 columns.
_PIPE_WIDTH = 160


class Bar(Protocol):
    """Moves a bar; a text given takes the place of the one before."""

    def __call__(self, done: int, total: int, text: str = "", /) -> None: ...  # noqa: D102


T = TypeVar("T")


@dataclass
class Shell:
    """One run of `escale`. The shared options fill it in, before or after the command's name."""

    language: Language
    data: Path = Path("data")
    as_json: bool = False
    debug: bool = False

    @property
    def messages(self) -> Messages:
        """The user's language."""
        return Messages(self.language)

    @cached_property
    def out(self) -> Console:
        """Standard output: results only."""
        return _console(stderr=False)

    @cached_property
    def err(self) -> Console:
        """Standard error: messages, progress, logs."""
        return _console(stderr=True)

    def use_config(self, file: Path) -> None:
        """Name the settings file that every room reads."""
        from vectorstore.configuration import CONFIG_VARIABLE

        os.environ[CONFIG_VARIABLE] = str(file)

    def say(self, text: str, style: str = "") -> None:
        """A message to the user, on standard error."""
        self.err.print(styled(text, style), soft_wrap=not self.err.is_terminal)

    def print_json(self, value: T, kind: type[T]) -> None:
        """Write `value`, of the type `kind`, as one JSON document on standard output."""
        from pydantic import TypeAdapter

        document = TypeAdapter(kind).dump_json(value, indent=2)
        sys.stdout.write(document.decode("utf-8") + "\n")

    @contextmanager
    def progress(self, text: str) -> Iterator[Bar]:
        """A bar on standard error, on a terminal only; yields what moves it."""
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        hidden = not self.err.is_terminal
        with Progress(*columns, console=self.err, disable=hidden, transient=True) as shown:
            task = shown.add_task(printable(text), total=None)

            def move(done: int, total: int, new_text: str = "", /) -> None:
                described = printable(new_text or text)
                shown.update(task, completed=done, total=total, description=described)

            yield move

    @contextmanager
    def waiting(self, text: str) -> Iterator[None]:
        """A moving sign on standard error, on a terminal only, for work of unknown length."""
        if not self.err.is_terminal:
            yield
            return
        with self.err.status(styled(text)):
            yield


def current(context: Context) -> Shell:
    """The shell of the command that is running."""
    shell = context.obj
    if not isinstance(shell, Shell):
        raise TypeError("a command runs inside `ui.cli.run`")
    return shell


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else _PIPE_WIDTH
    return Console(stderr=stderr, width=width, markup=False, emoji=False, highlight=False)
