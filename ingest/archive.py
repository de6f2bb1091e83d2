"""Office files are zip archives: looked at before they are unpacked."""

import zipfile
from pathlib import Path

from ingest.errors import DamagedFile, EncryptedFile, TooLargeUnpacked

_MOST_PARTS = 20_000
_MEGABYTE = 2**20
_ENCRYPTED = 0x1


def check_archive(path: Path, megabytes: int) -> None:
    """Refuses an archive that says it would unpack to more than `megabytes`.

    One that lies about it ends at the memory limit of the reading process.

    Raises:
        DamagedFile: the archive can't be read.
        EncryptedFile: its parts are encrypted.
        TooLargeUnpacked: its parts are too many or too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise DamagedFile(path) from error
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise EncryptedFile(path)
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > megabytes * _MEGABYTE:
        raise TooLargeUnpacked(path, megabytes=megabytes)
