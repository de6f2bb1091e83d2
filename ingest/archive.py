"""Office files are zip archives: looked at before they are unpacked."""

import lzma
import zipfile
import zlib
from pathlib import Path

from ingest.errors import DamagedFile, EncryptedFile, TooLargeUnpacked

_MOST_PARTS = 20_000
_MEGABYTE = 2**20
_ENCRYPTED = 0x1


def check_archive(path: Path, megabytes: int) -> None:
    """Unpacks an archive once, to nowhere, and refuses it where that fails.

    Raises:
        DamagedFile: the archive can't be read, or a part's checksum is wrong.
        EncryptedFile: its parts are encrypted.
        TooLargeUnpacked: its parts are too many, or larger than `megabytes` together.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & _ENCRYPTED for part in parts):
                raise EncryptedFile(path)
            if len(parts) > _MOST_PARTS:
                raise TooLargeUnpacked(path, megabytes=megabytes)
            room = megabytes * _MEGABYTE
            for part in parts:
                room -= _unpacked_size(archive, part, room)
                if room < 0:
                    raise TooLargeUnpacked(path, megabytes=megabytes)
    except (
        zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError,
        OSError, ValueError, EOFError,
    ) as error:  # fmt: skip
        raise DamagedFile(path) from error


def _unpacked_size(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> int:
    """The size of a part by unpacking it, or a size over `most`."""
    size = 0
    with archive.open(part) as stream:
        while size <= most and (chunk := stream.read(_MEGABYTE)):
            size += len(chunk)
    return size
