"""Where the server of a data folder listens for the shell."""

import json
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import ClassVar, Final

from vectorstore.errors import EscaleError

_ADDRESS: Final = "escale.server"
_SOCKET: Final = "escale.sock"
# What the system's address of a socket holds (`sun_path` in unix(7)), less its end mark.
_LONGEST_PATH: Final = 103


class ServerOfAnotherVersion(EscaleError):
    """The running server is of another version than the shell."""

    code: ClassVar[str] = "server-of-another-version"
    text: ClassVar[str] = (
        "The server that holds {folder} is Escale {server}, and this is Escale {own}. Restart the "
        "server."
    )


class ServerUnreachable(EscaleError):
    """The running server doesn't answer."""

    code: ClassVar[str] = "server-unreachable"
    text: ClassVar[str] = (
        "The server that holds {folder} doesn't answer ({reason}). Wait until it has started, or "
        "restart it."
    )


@dataclass(frozen=True, slots=True)
class Address:
    """The socket's path, what opens it, and the server's version."""

    socket: str
    token: str
    version: str


@contextmanager
def listening(folder: Path) -> Iterator[tuple[socket.socket, Address]]:
    """A socket for the shell of a data folder that this process holds, for as long as it is used.

    It and its token are new each time, and gone afterwards. Nobody but their owner may open them.
    """
    path, private = _place(folder)
    path.unlink(missing_ok=True)  # of a server that was killed
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.bind(str(path))
        # Nobody can connect before it listens.
        path.chmod(0o600)
        listener.listen()
        address = Address(str(path), secrets.token_urlsafe(32), version("escale"))
        _write(folder / _ADDRESS, address)
        yield listener, address
    finally:
        listener.close()
        for file in (folder / _ADDRESS, path):
            with suppress(OSError):
                file.unlink()
        if private is not None:
            shutil.rmtree(private, ignore_errors=True)


def address_of(folder: Path) -> Address | None:
    """Where the server of a folder listens; None where none does, or it isn't this user's.

    Raises:
        ServerOfAnotherVersion: it wouldn't understand.
    """
    try:
        told = json.loads((folder / _ADDRESS).read_text(encoding="utf-8"))
        address = Address(told["socket"], told["token"], told["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    own = version("escale")
    if address.version != own:
        raise ServerOfAnotherVersion(folder=str(folder), server=address.version, own=own)
    return address


def _place(folder: Path) -> tuple[Path, Path | None]:
    """The socket's path, in the data folder; where that is too long, in a folder of its own."""
    path = folder.resolve() / _SOCKET
    if len(os.fsencode(path)) <= _LONGEST_PATH:
        return path, None
    private = Path(tempfile.mkdtemp(prefix="escale-"))
    return private / _SOCKET, private


def _write(file: Path, address: Address) -> None:
    told = {"socket": address.socket, "token": address.token, "version": address.version}
    handle, scratch = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # mode 0600
    with os.fdopen(handle, "w", encoding="utf-8") as written:
        json.dump(told, written)
    Path(scratch).replace(file)
