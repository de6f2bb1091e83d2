"""`escale doctor`: is everything that Escale needs here, whole, and in agreement?"""

from typing import Annotated, Final

import typer
from rich.table import Table

from ui.cli.doctor import Finding, Level, examine, repair
from ui.cli.failures import FAILURE
from ui.cli.rooms import set_up_logs
from ui.cli.shell import current
from ui.cli.text import styled

_STYLE: Final = {
    Level.OK: ("✓", "green"),
    Level.WARNING: ("!", "yellow"),
    Level.FAILURE: ("✗", "bold red"),
}


_MOST_TOLD: Final = 20


def doctor(
    context: typer.Context,
    *,
    mend: Annotated[bool, typer.Option("--repair", help="help-repair")] = False,
) -> int:
    """Examine the installation and the data folder; the exit code is 1 when something fails.

    With `--repair`, what was wrong in the data folder is mended first, as far as it can be.
    """
    shell = current(context)
    set_up_logs(shell)
    if mend:
        with shell.waiting(shell.messages("shell-repairing")):
            mended = repair(shell.data)
        shell.say(shell.messages("shell-repaired", count=len(mended)))
        for problem in mended[:_MOST_TOLD]:
            shell.say(shell.messages(f"doctor-problem-{problem.kind}", detail=problem.detail))
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
