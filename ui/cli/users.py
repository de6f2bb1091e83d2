"""`escale users` and `escale audit`: who may do what, and who did what."""

import sys
from enum import StrEnum
from getpass import getpass
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.table import Table

from ui.cli.failures import WrongUse
from ui.cli.rooms import reached_accounts
from ui.cli.shell import Shell, current
from ui.cli.text import styled
from vectorstore.accounts.models import Action, Role

if TYPE_CHECKING:
    from ui.cli.rooms import AccountsFace
    from vectorstore.accounts.models import AuditEntry, User


class Do(StrEnum):
    """What is done with an account."""

    LIST = "list"
    ADD = "add"
    ROLE = "role"
    PASSWORD = "password"  # noqa: S105  (a word of the command line)
    DISABLE = "disable"
    REMOVE = "remove"


def users(
    context: typer.Context,
    do: Annotated[Do, typer.Argument(help="help-users-do", metavar="metavar-do")] = Do.LIST,
    name: Annotated[
        str | None, typer.Argument(help="help-users-name", metavar="metavar-name")
    ] = None,
    role: Annotated[
        Role | None, typer.Argument(help="help-users-role", metavar="metavar-role")
    ] = None,
) -> None:
    """List the accounts, or change one; passwords are asked for, or read from standard input."""
    shell = current(context)
    if do is not Do.LIST and not name:
        raise WrongUse(shell.messages("shell-missing", name=shell.messages("metavar-name")))
    if do is Do.ROLE and role is None:
        raise WrongUse(shell.messages("shell-missing", name=shell.messages("metavar-role")))
    password = _password(shell) if do in {Do.ADD, Do.PASSWORD} else ""
    with reached_accounts(shell) as accounts:
        if name and do is not Do.LIST:
            _change(accounts, do, name, role or Role.READER, password)
            shell.say(shell.messages(f"users-{do}-done", name=name), "green")
        found = accounts.users()
    if shell.as_json:
        from vectorstore.accounts.models import User

        shell.print_json(found, list[User])
    elif do is Do.LIST and found:
        shell.out.print(_users_table(shell, found))
    elif do is Do.LIST:
        shell.say(shell.messages("users-none"))


def audit(
    context: typer.Context,
    *,
    as_csv: Annotated[bool, typer.Option("--csv", help="help-audit-csv")] = False,
    words: Annotated[
        str, typer.Option("--words", help="help-audit-words", metavar="metavar-words")
    ] = "",
    action: Annotated[
        Action | None,
        typer.Option("--action", help="help-audit-action", metavar="metavar-action"),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="help-audit-limit", metavar="metavar-number")
    ] = 50,
) -> None:
    """Show who did what, the latest first; `--csv` writes all of it for a spreadsheet."""
    shell = current(context)
    with reached_accounts(shell) as accounts:
        if as_csv:
            entries = accounts.export_audit(words, action)
        else:
            entries = accounts.audit_entries(words, action, limit)
    if as_csv:
        from vectorstore.accounts.audit import as_csv as lines_of

        sys.stdout.writelines(lines_of(entries))
    elif shell.as_json:
        from vectorstore.accounts.models import AuditEntry

        shell.print_json(entries, list[AuditEntry])
    elif entries:
        shell.out.print(_audit_table(shell, entries))
    else:
        shell.say(shell.messages("audit-none"))


def _change(accounts: "AccountsFace", do: Do, name: str, role: Role, password: str) -> None:
    match do:
        case Do.ADD:
            accounts.add_user(name, password, role)
        case Do.ROLE:
            accounts.set_user_role(name, role)
        case Do.PASSWORD:
            accounts.set_user_password(name, password)
        case Do.DISABLE:
            accounts.suspend_user(name)
        case Do.REMOVE:
            accounts.remove_user(name)


def _password(shell: Shell) -> str:
    """From the terminal, twice and unseen; else the first line of standard input.

    Never from the command line, where everybody on the machine can read it.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass(f"{shell.messages('password-new')} : ")
    if getpass(f"{shell.messages('password-again')} : ") != password:
        raise WrongUse(shell.messages("password-differs"))
    return password


def _users_table(shell: Shell, found: "list[User]") -> Table:
    messages = shell.messages
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for key in ("sign-in-name", "account-role", "column-signed-in", "column-why"):
        table.add_column(messages(key), overflow="fold")
    for user in found:
        seen = user.signed_in_at.astimezone() if user.signed_in_at else None
        told = messages("admin-is-suspended") if user.is_suspended else user.issuer or ""
        table.add_row(
            styled(user.name, "cyan"),
            messages(f"role-{user.role}"),
            f"{seen:%Y-%m-%d %H:%M}" if seen else "–",
            styled(told),
        )
    return table


def _audit_table(shell: Shell, entries: "list[AuditEntry]") -> Table:
    messages = shell.messages
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name in ("when", "who", "action", "target", "detail", "address"):
        table.add_column(messages(f"admin-{name}"), overflow="fold")
    for entry in entries:
        key = f"action-{entry.action}"
        table.add_row(
            f"{entry.at.astimezone():%Y-%m-%d %H:%M}",
            styled(entry.who or "–", "cyan"),
            styled(messages(key) if key in messages else entry.action),
            *(styled(told) for told in (entry.target, entry.detail, entry.address)),
        )
    return table
