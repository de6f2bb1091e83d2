"""`escale doctor`: is everything that Escale needs here, whole, and in agreement?"""

from typing import Final

import typer
from rich.table import Table

from ui.cli.doctor import Finding, Level, examine
from ui.cli.failures import FAILURE
from ui.cli.rooms import set_up_logs
from ui.cli.shell import current
from ui.cli.text import styled

_STYLE: Final = {
    Level.OK: ("✓", "green"),
    Level.WARNING: ("!", "yellow"),
    Level.FAILURE: ("✗", "bold red"),
}


def doctor(context: typer.Context) -> int:
    """Examine the installation and the data folder; the exit code is 1 when something fails."""
    shell = current(context)
    set_up_logs(shell)
    with shell.waiting(shell.messages("shell-examining")):
        findings = examine(shell.data, shell.messages)
    if shell.as_json:
        shell.print_json(findings, list[Finding])
    else:
        table = Table.grid(padding=(0, 2))
        for finding in findings:
            sign, style = _STYLE[finding.level]
            text = styled(finding.detail)
            if finding.advice:
                text.append_text(styled(f"\n→ {finding.advice}", "italic"))
            table.add_row(styled(sign, style), styled(finding.subject, "bold"), text)
        shell.out.print(table)
    return FAILURE if any(finding.level is Level.FAILURE for finding in findings) else 0
