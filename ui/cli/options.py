"""The options that every command understands, before or after its name."""

import copy
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from typer._click.core import Parameter

from ui.cli.failures import WrongUse
from ui.cli.shell import Shell, current
from ui.messages import Language

_SHARED = ("data", "config", "lang", "as_json", "debug")


def root(
    context: typer.Context,
    *,
    data: Annotated[
        Path | None,
        typer.Option(envvar="ESCALE_DATA", help="help-data", metavar="metavar-folder"),
    ] = None,
    config: Annotated[Path | None, typer.Option(help="help-config", metavar="metavar-file")] = None,
    lang: Annotated[Language | None, typer.Option(help="help-lang", metavar="fr|en")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="help-json")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="help-debug")] = False,
    version: Annotated[bool, typer.Option("--version", help="help-version")] = False,
) -> None:
    """Take the shared options given before the command's name."""
    shell = current(context)
    _take(shell, "data", data)
    _take(shell, "config", config)
    _take(shell, "lang", lang)
    _take(shell, "as_json", as_json)
    _take(shell, "debug", debug)
    if version:
        from importlib.metadata import version as installed_version

        shell.out.print(f"escale {installed_version('escale')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        context.get_help()
        raise typer.Exit(2)


def shared(root_parameters: Iterable[Parameter]) -> list[Parameter]:
    """The shared options of the root, as parameters for a command below it."""
    return [_after_the_command(option) for option in root_parameters if option.name in _SHARED]


def _after_the_command(option: Parameter) -> Parameter:
    twin = copy.copy(option)
    twin.envvar = None  # already read at the root, where a flag may have overridden it
    twin.expose_value = False
    twin.callback = lambda context, parameter, value: _take(current(context), parameter.name, value)
    return twin


def _take(shell: Shell, name: str, value: object) -> None:
    match name, value:
        case "data", Path():
            shell.data = value
        case "config", Path():
            if not value.is_file():
                raise WrongUse(shell.messages("shell-no-such-file", path=str(value)))
            shell.use_config(value)
        case "lang", "fr" | "en":
            shell.language = value
        case "as_json", True:
            shell.as_json = True
        case "debug", True:
            shell.debug = True
