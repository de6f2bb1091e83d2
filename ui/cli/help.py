"""The help texts of the commands, in the user's language.

In the code a command's or a parameter's `help` is the key of a message, and so is a `metavar`
that begins with `metavar-`.
"""

from typing import Final

from typer import rich_utils
from typer._click.core import Command, Parameter
from typer.core import TyperArgument, TyperGroup, TyperOption

from ui.messages import Messages

# The library's own options, which carry an English text instead of a key.
_LIBRARY_OPTIONS: Final = {
    "help": "help-help",
    "install_completion": "help-install-completion",
    "show_completion": "help-show-completion",
}
_METAVAR = "metavar-"


def translate(group: TyperGroup, messages: Messages) -> None:
    """Put the texts of `group` and of the commands below it in the language of `messages`."""
    _translate_frame(messages)
    for command in (group, *group.commands.values()):
        _translate_command(command, messages)
    group.options_metavar = messages("metavar-options")
    group.subcommand_metavar = messages("metavar-command")


def _translate_frame(messages: Messages) -> None:
    rich_utils.ARGUMENTS_PANEL_TITLE = messages("help-arguments")
    rich_utils.OPTIONS_PANEL_TITLE = messages("help-options")
    rich_utils.COMMANDS_PANEL_TITLE = messages("help-commands")
    rich_utils.DEFAULT_STRING = messages("help-default", value="{}")
    rich_utils.ENVVAR_STRING = messages("help-variable", name="{}")
    rich_utils.REQUIRED_LONG_STRING = messages("help-required")


def _translate_command(command: Command, messages: Messages) -> None:
    if command.help is not None:
        command.help = messages(command.help)
    command.options_metavar = messages("metavar-options")
    for parameter in command.get_params(command.context_class(command)):
        _translate_parameter(parameter, messages)


def _translate_parameter(parameter: Parameter, messages: Messages) -> None:
    if parameter.metavar is not None and parameter.metavar.startswith(_METAVAR):
        parameter.metavar = messages(parameter.metavar)
    if isinstance(parameter, TyperOption) and parameter.is_flag:
        parameter.metavar = ""  # not the type: a flag takes no value
    if isinstance(parameter, TyperArgument | TyperOption) and parameter.help is not None:
        parameter.help = messages(_LIBRARY_OPTIONS.get(parameter.name, parameter.help))
