"""The command line `escale`: one module per group of commands.

`application` puts the commands together; `shell` is what each of them is given. A new command is
a function in a module of its own, registered in `application`, whose help texts are keys of
`ui/locales/*/shell.ftl`. Heavy libraries are imported inside the commands, so that
`escale --help` stays quick.
"""

import sys
from collections.abc import Sequence

__all__ = ["main", "run"]

INTERRUPTED = 130


def main() -> None:
    """Run `escale` with the process's arguments and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code.

    0 done, 1 failed, 2 wrong use, 3 not answered (`ask`), 4 something is contradicted (`check`),
    5 a file is like a report that is there and somebody has to decide (`add`, `replace`, `sync`),
    130 interrupted.
    """
    try:
        # Here, so that an impatient Ctrl+C is heard while modules are still being imported.
        from ui.cli.application import run as run_application

        return run_application(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
