"""The program `escale`: its commands, their help in the user's language, its exit codes."""

import io
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

import typer
from typer._click.core import Command, Context
from typer.core import TyperGroup
from typer.main import get_command

from ui.cli import (
    INTERRUPTED,
    asking,
    diagnosis,
    following,
    governing,
    jobs,
    library,
    maintenance,
    options,
    serving,
    users,
)
from ui.cli.eval import evaluate
from ui.cli.failures import FAILURE, WrongUse, explain
from ui.cli.help import translate
from ui.cli.language import preferred_language
from ui.cli.shell import Shell, current
from ui.messages import Messages

PROGRAM: Final = "escale"


class _Commands(TyperGroup):
    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, Command | None, list[str]]:
        """Refuse an unknown command in the user's language, with the nearest names."""
        name = args[0]
        if self.get_command(ctx, name) is None and not ctx.resilient_parsing:
            messages = current(ctx).messages
            near = get_close_matches(name, self.list_commands(ctx), n=1)
            if near:
                raise WrongUse(messages("shell-near-command", name=name, near=near[0]), ctx)
            raise WrongUse(messages("shell-no-such-command", name=name), ctx)
        return super().resolve_command(ctx, args)


app = typer.Typer(cls=_Commands, help="help-escale", rich_markup_mode="rich")
app.callback(invoke_without_command=True)(options.root)
app.command("serve", help="help-serve")(serving.serve)
app.command("ask", help="help-ask")(asking.ask)
app.command("search", help="help-search")(asking.search)
app.command("check", help="help-check")(asking.check)
app.command("add", help="help-add")(library.add)
app.command("list", help="help-list")(library.list_reports)
app.command("show", help="help-show")(library.show)
app.command("replace", help="help-replace")(governing.replace)
app.command("versions", help="help-versions")(governing.versions)
app.command("edit", help="help-edit")(governing.edit)
app.command("reread", help="help-reread")(governing.reread)
app.command("remove", help="help-remove")(library.remove)
app.command("restore", help="help-restore")(governing.restore)
app.command("purge", help="help-purge")(governing.purge)
app.command("sync", help="help-sync")(following.sync)
app.command("backup", help="help-backup")(maintenance.backup)
app.command("restore-backup", help="help-restore-backup")(maintenance.restore_backup)
app.command("jobs", help="help-jobs")(jobs.jobs)
app.command("users", help="help-users")(users.users)
app.command("audit", help="help-audit")(users.audit)
app.command("reindex", help="help-reindex")(maintenance.reindex)
app.command("eval", help="help-eval")(evaluate)
app.command("doctor", help="help-doctor")(diagnosis.doctor)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code, as `ui.cli.run` says."""
    _write_unicode()
    shell = Shell(language=preferred_language(arguments, os.environ))
    try:
        command = build(shell.messages)
        code = command.main(list(arguments), PROGRAM, standalone_mode=False, obj=shell) or 0
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
        return FAILURE
    except Exception as error:  # noqa: BLE001  (the last resort: no traceback to a user)
        return explain(error, shell)
    if code == INTERRUPTED:
        shell.say(shell.messages("shell-interrupted"))
    return int(code)


def build(messages: Messages) -> TyperGroup:
    """The command tree, with the shared options everywhere and its help in the user's language."""
    group = get_command(app)
    if not isinstance(group, TyperGroup):
        raise TypeError("the application has several commands")
    for command in group.commands.values():
        command.params.extend(options.shared(group.params))
    translate(group, messages)
    return group


def _write_unicode() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _forget_output() -> None:
    """Let the interpreter's last flush go nowhere: the reader of our output has left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
