"""What can be wrong with a job or an upload."""

from typing import ClassVar

from vectorstore.errors import EscaleError


class QueueFull(EscaleError):
    """Too many jobs wait already."""

    code: ClassVar[str] = "queue-full"
    text: ClassVar[str] = (
        "{limit} jobs wait already. Try again once some are done; [ingest] max_waiting_jobs sets "
        "the limit."
    )


class UnknownJob(EscaleError):
    """There is no such job, or it is somebody else's."""

    code: ClassVar[str] = "unknown-job"
    text: ClassVar[str] = "There is no job {job}. `escale jobs` lists them."


class UnknownUpload(EscaleError):
    """There is no such upload, or it is somebody else's."""

    code: ClassVar[str] = "unknown-upload"
    text: ClassVar[str] = "This upload is gone. Upload the file again."


class NotReadYet(EscaleError):
    """The upload wasn't read, so it can't be confirmed."""

    code: ClassVar[str] = "not-read-yet"
    text: ClassVar[str] = "“{file}” isn't waiting to be confirmed. Reload the page to see why."


class TooManyUploads(EscaleError):
    """The user has too many uploads that aren't decided yet."""

    code: ClassVar[str] = "too-many-uploads"
    text: ClassVar[str] = (
        "“{file}” was refused: {limit} uploads wait for you already. Add or discard some of them; "
        "[ingest] max_uploads sets the limit."
    )


class UploadTooLarge(EscaleError):
    """An uploaded file is larger than the settings allow."""

    code: ClassVar[str] = "upload-too-large"
    text: ClassVar[str] = (
        "“{file}” is larger than {limit} MB. Split it, or raise [ingest] max_file_megabytes."
    )


class UploadsTooLarge(EscaleError):
    """All uploads together take too much room."""

    code: ClassVar[str] = "uploads-too-large"
    text: ClassVar[str] = (
        "“{file}” was refused: the uploads that wait take more than {limit} MB. Add or discard "
        "some of them; [ingest] incoming_megabytes sets the limit."
    )


class UploadCutOff(EscaleError):
    """The connection broke before the whole file was there."""

    code: ClassVar[str] = "upload-cut-off"
    text: ClassVar[str] = "“{file}” didn't arrive whole. Upload it again."


class JobFailed(EscaleError):
    """A job failed for a reason that nobody thought of; the log says which."""

    code: ClassVar[str] = "job-failed"
    text: ClassVar[str] = "The work on “{name}” failed ({kind}). The server's log says why."


class JobGivenUp(EscaleError):
    """The server ended several times while the job was running."""

    code: ClassVar[str] = "job-given-up"
    text: ClassVar[str] = (
        "The work on “{name}” was given up: the server stopped {times} times while it ran."
    )
