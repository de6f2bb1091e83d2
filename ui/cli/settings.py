"""All rooms' settings, for the commands and the documentation that look at every one."""

from importlib import import_module

from vectorstore.configuration import TABLES, RoomSettings


def all_settings() -> list[type[RoomSettings]]:
    """The settings class of each room that has one, in the order of their tables' names."""
    found = []
    for table in sorted(TABLES):
        module = import_module(f"{table}.settings")
        found += [
            value
            for value in vars(module).values()
            if isinstance(value, type)
            and issubclass(value, RoomSettings)
            and value.__module__ == module.__name__
        ]
    return found
