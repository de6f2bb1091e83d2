"""What can be wrong with a file. Each makes `Library.add` refuse that file and change nothing."""

from pathlib import Path

from vectorstore.errors import EscaleError


def printable_name(path: Path) -> str:
    """A file's name on one line, whatever bytes it is made of."""
    named = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in named)


class FileRefused(EscaleError):
    """Base of what is wrong with a file; its parameter `file` is the file's name."""

    code = "file-refused"
    text = "“{file}” was refused."

    def __init__(self, file: Path | str, **params: str | int) -> None:
        self.file = Path(file)
        super().__init__(file=printable_name(self.file), **params)


class UnreadableFile(FileRefused):
    """The file can't be opened, or isn't what its content claims to be."""

    code = "unreadable-file"
    text = "“{file}” can't be read: {reason}. Open it in its own program and save it again."


class EmptyFile(UnreadableFile):
    """The file has no bytes."""

    code = "empty-file"
    text = "“{file}” is empty (0 bytes). Check that it was copied or downloaded whole."


class NoText(UnreadableFile):
    """The file was read, but there is no word in it."""

    code = "no-text"
    text = "No text was found in “{file}”. If it is a scan, it needs text recognition (OCR)."


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


class FileChanged(FileRefused):
    """The file was written to while it was being read."""

    code = "file-changed"
    text = "“{file}” changed while it was being read. Add it again once it is saved."


class InvalidMetadata(FileRefused):
    """The metadata given for a file, or in its side file, can't be used."""

    code = "invalid-metadata"
    text = "The metadata of “{file}” is wrong: {field}: {reason}."
