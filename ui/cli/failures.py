"""What a failed command says, and its exit code."""

import errno
import os
import traceback

import typer
from typer import TyperException
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoSuchOption,
    UsageError,
)

from ui.cli import INTERRUPTED
from ui.cli.shell import Shell
from ui.messages import Messages
from vectorstore.errors import EscaleError

FAILURE = 1
WRONG_USE = 2
NOT_ANSWERED = 3
CONTRADICTED = 4
UNDECIDED = 5


class WrongUse(typer.BadParameter):
    """A command was called wrongly; its text is already in the user's language."""

    def format_message(self) -> str:
        """The text alone."""
        return self.message


def explain(error: Exception, shell: Shell) -> int:
    """Tell the user what happened and what to do; returns the exit code."""
    messages = shell.messages
    code = FAILURE
    match error:
        case UsageError():
            code = WRONG_USE
            if error.ctx is not None:
                shell.say(error.ctx.get_usage(), "dim")
            shell.say(_usage_message(error, messages), "bold red")
            if error.ctx is not None:
                shell.say(messages("shell-see-help", command=error.ctx.command_path), "dim")
        case EscaleError():
            shell.say(messages.error(error), "bold red")
        case typer.Abort():
            code = INTERRUPTED
            shell.say(messages("shell-interrupted"))
        case OSError(errno=errno.ENOSPC):
            shell.say(messages("error-disk-full", folder=str(shell.data)), "bold red")
        case OSError(strerror=str(reason)):
            shell.say(messages("shell-system", file=_file_of(error), reason=reason), "bold red")
        case _:
            shell.say(messages("shell-unexpected", kind=type(error).__name__), "bold red")
            shell.say(messages("shell-use-debug"), "dim")
    if shell.debug:
        shell.say("".join(traceback.format_exception(error)))
    return code


def _file_of(error: OSError) -> str:
    return os.fsdecode(error.filename) if error.filename else type(error).__name__


def _usage_message(error: TyperException, messages: Messages) -> str:
    match error:
        case WrongUse():
            return error.message
        case NoSuchOption():
            return messages("shell-no-such-option", option=error.option_name)
        case MissingParameter(param=param) if param is not None:
            return messages("shell-missing", name=param.display_name_raw)
        case BadParameter(param=param, ctx=context) if param is not None and context is not None:
            name = param.opts[0] if param.param_type_name == "option" else param.display_name_raw
            expected = param.display_type(context)
            return messages("shell-bad-value", name=name, expected=expected)
        case BadOptionUsage():
            return messages("shell-option-misused", option=error.option_name)
        case _:
            return messages("shell-wrong-arguments")
