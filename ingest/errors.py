"""What can be wrong with a file. Each makes `Library.add` refuse that file and change nothing."""

from pathlib import Path
from typing import Self

from vectorstore.errors import EscaleError


def printable_name(path: Path) -> str:
    """A file's name on one line, whatever bytes it is made of."""
    return printable(path.name)


def printable(name: str) -> str:
    """A name on one line, with U+FFFD for what can't be shown."""
    decoded = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in decoded)


class FileRefused(EscaleError):
    """Base of what is wrong with a file; its parameter `file` is the file's name."""

    code = "file-refused"
    text = "“{file}” was refused."

    def __init__(self, file: Path | str, **params: str | int) -> None:
        self.file = Path(file)
        super().__init__(file=printable_name(self.file), **params)

    def called(self, name: Path) -> Self:
        """The same refusal of a file that its user knows by another name."""
        error = type(self).__new__(type(self))
        error.file = self.file
        EscaleError.__init__(error, **self.params | {"file": printable_name(name)})
        return error


class UnreadableFile(FileRefused):
    """The file can't be opened, or isn't what its content claims to be."""

    code = "unreadable-file"
    text = "“{file}” can't be read: {reason}. Open it in its own program and save it again."


class MissingFile(UnreadableFile):
    """There is no file of this name."""

    code = "missing-file"
    text = "There is no file “{file}” in {folder}."


class EmptyFile(UnreadableFile):
    """The file has no bytes."""

    code = "empty-file"
    text = "“{file}” is empty (0 bytes). Check that it was copied or downloaded whole."


class NoText(UnreadableFile):
    """The file was read, but there is no word in it."""

    code = "no-text"
    text = "No text was found in “{file}”. If it is a scan, it needs text recognition (OCR)."


class DamagedFile(UnreadableFile):
    """The file breaks off, or its inside doesn't hold together."""

    code = "damaged-file"
    text = (
        "“{file}” is damaged or incomplete. Copy or download it again, or save it again in its "
        "own program."
    )


class ReaderFailed(UnreadableFile):
    """The reader itself failed on the file; the log says how."""

    code = "reader-failed"
    text = "Escale failed to read “{file}”. Save it again in its own program, or as a PDF."


class EncryptedFile(UnreadableFile):
    """The file opens with a password only."""

    code = "encrypted-file"
    text = "“{file}” is protected by a password. Save it without one and add it again."


class UnsupportedFile(FileRefused):
    """No reader knows this type of file."""

    code = "unsupported-file"
    text = "“{file}” is of a type that can't be read ({media_type}). Known types: {known}."


class FileTooLarge(FileRefused):
    """The file is larger than the setting `max_file_megabytes` allows."""

    code = "file-too-large"
    text = (
        "“{file}” has {megabytes} MB; the limit is {limit} MB. "
        "Split it, or raise [ingest] max_file_megabytes."
    )


class TooLargeUnpacked(FileRefused):
    """Unpacked, the file would take more memory than it may: a zip bomb, a giant image."""

    code = "too-large-unpacked"
    text = (
        "“{file}” is too large once unpacked (more than {megabytes} MB). "
        "Split it, or make its pictures smaller; [ingest] reading_megabytes sets the limit."
    )


class ReadingTooSlow(FileRefused):
    """Reading the file made no progress for longer than it may."""

    code = "reading-too-slow"
    text = (
        "Reading “{file}” made no progress for {seconds} s. Save it again in its own program, "
        "or raise [ingest] reading_seconds_per_page."
    )


class ReadingCancelled(FileRefused):
    """The user cancelled the reading of the file."""

    code = "reading-cancelled"
    text = "Reading “{file}” was cancelled. Nothing was changed."


class OcrMissing(FileRefused):
    """The file is a scan, and no program that recognises text is installed."""

    code = "ocr-missing"
    text = (
        "“{file}” is a scan (an image without text) and Tesseract isn't installed. "
        "Install it and add the file again: {command}"
    )


class OcrFailed(FileRefused):
    """The program that recognises text failed on the file."""

    code = "ocr-failed"
    text = (
        "The text of “{file}”, a scan, could not be recognised: Tesseract failed. "
        "Scan it again in black and white at 300 dots per inch."
    )


class FileChanged(FileRefused):
    """The file was written to while it was being read."""

    code = "file-changed"
    text = "“{file}” changed while it was being read. Add it again once it is saved."


class InvalidMetadata(FileRefused):
    """The metadata given for a file, or in its side file, can't be used."""

    code = "invalid-metadata"
    text = "The metadata of “{file}” is wrong: {field}: {reason}."


class SideFile(FileRefused):
    """The file holds another file's metadata."""

    code = "side-file"
    text = "“{file}” holds the metadata of a report. Add the report itself; it is then read too."


class ReportInBin(FileRefused):
    """The file was to be a version of a report that is in the bin."""

    code = "report-in-bin"
    text = (
        "“{file}” can't be added as “{report_id}”: that report is in the bin. Restore it "
        "(`escale restore {report_id}`), purge it, or choose another id."
    )


class ReportExists(FileRefused):
    """The file was to be a new report, and names the id of one that is there."""

    code = "report-exists"
    text = (
        "“{file}” can't be added as a new report “{report_id}”: there is one of that id. "
        "Replace it (`escale replace {report_id} FILE`), or choose another id."
    )
