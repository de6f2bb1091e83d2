"""The command line `escale`: one module per group of commands.

`application` puts the commands together; `shell` is what each of them is given. A new command is
a function in a module of its own, registered in `application`, whose help texts are keys of
`ui/locales/*/shell.ftl`. Heavy libraries are imported inside the commands, so that
`escale --help` stays quick.
"""

from ui.cli.application import main, run

__all__ = ["main", "run"]
