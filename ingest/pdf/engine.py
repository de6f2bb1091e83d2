"""PDFium, opened with care: one caller at a time, and errors that name the file."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from ingest.errors import DamagedFile, EncryptedFile

LOCK: Final = threading.RLock()  # PDFium is not thread-safe
_NEEDS_KEY = "password"


@contextmanager
def open_pdf(path: Path) -> Iterator[Any]:
    """An open `pypdfium2.PdfDocument`, PDFium being ours until it is closed.

    Raises:
        EncryptedFile: a password is needed to open the file.
        DamagedFile: the file isn't a PDF that can be read, or has no page.
    """
    import pypdfium2

    with LOCK:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            if _NEEDS_KEY in str(error).lower():
                raise EncryptedFile(path) from error
            raise DamagedFile(path) from error
        try:
            if len(document) == 0:
                raise DamagedFile(path)
            yield document
        finally:
            document.close()
