"""Office files as LibreOffice prints them: the pages that DOCX, ODT and PPTX don't have."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ingest.errors import ReaderFailed
from ingest.media_type import MediaType

_SECONDS = 90
_SUFFIXES = {
    MediaType.DOCX.value: ".docx",
    MediaType.ODT.value: ".odt",
    MediaType.PPTX.value: ".pptx",
}


def to_pdf(path: Path, media_type: str) -> bytes:
    """The PDF that LibreOffice makes of an office file, with a profile of its own.

    Macros don't run: a fresh profile has them off.

    Raises:
        ReaderFailed: LibreOffice isn't installed, failed, or took too long.
    """
    program = shutil.which("soffice")
    if program is None:
        raise ReaderFailed(path)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        source = work / f"source{_SUFFIXES[media_type]}"
        shutil.copyfile(path, source)
        command = [
            program,
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            os.fspath(work),
            os.fspath(source),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
        except subprocess.TimeoutExpired as error:
            raise ReaderFailed(path) from error
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise ReaderFailed(path)
        return made.read_bytes()
