"""The readers, by media type. A reader's module is imported when its first file comes.

A new reader is one line here, "module:class"; the class is called with the room's settings and
satisfies `ingest.document.Reader`.
"""

from importlib import import_module
from pathlib import Path

from ingest.document import Reader
from ingest.errors import UnsupportedFile
from ingest.media_type import MediaType
from ingest.settings import IngestSettings

READERS: dict[str, str] = {
    MediaType.TEXT: "ingest.readers.text:TextReader",
    MediaType.MARKDOWN: "ingest.readers.markdown:MarkdownReader",
    MediaType.HTML: "ingest.readers.html:HtmlReader",
    MediaType.PDF: "ingest.readers.pdf:PdfReader",
    MediaType.DOCX: "ingest.readers.docx:DocxReader",
    MediaType.ODT: "ingest.readers.odt:OdtReader",
    MediaType.PPTX: "ingest.readers.pptx:PptxReader",
    MediaType.PNG: "ingest.readers.image:ImageReader",
    MediaType.JPEG: "ingest.readers.image:ImageReader",
    MediaType.TIFF: "ingest.readers.image:ImageReader",
    MediaType.WEBP: "ingest.readers.image:ImageReader",
    MediaType.BMP: "ingest.readers.image:ImageReader",
    MediaType.GIF: "ingest.readers.image:ImageReader",
}


def reader_for(media_type: str, path: Path, settings: IngestSettings) -> Reader:
    """The reader of a media type; `path` is the file that an error would name.

    Raises:
        UnsupportedFile: no reader knows the type.
    """
    target = READERS.get(media_type)
    if target is None:
        known = ", ".join(
            sorted(media_type.value for media_type in MediaType if media_type in READERS)
        )
        raise UnsupportedFile(path, media_type=media_type, known=known)
    module, _, name = target.partition(":")
    reader: Reader = getattr(import_module(module), name)(settings)
    return reader
