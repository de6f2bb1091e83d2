"""The errors of Escale: each says what happened, to what, and what to do.

An error carries a `code` and `params`, by which the page and the shell find its text in the
user's language (`ui/locales/*/errors.ftl`); `str(error)` is the English text, for logs and for
programs that call the library.
"""

from typing import ClassVar


class EscaleError(Exception):
    """Base of all errors that a user can be told about."""

    code: ClassVar[str] = "error"
    text: ClassVar[str] = "Escale failed."

    def __init__(self, **params: str | int) -> None:
        self.params = params
        super().__init__(self.text.format(**params))


class DataFolderInUse(EscaleError):
    """Another process owns the data folder."""

    code = "data-folder-in-use"
    text = (
        "The data folder {folder} is in use by {holder}. "
        "Stop that process, or name another folder with --data."
    )


class DataFolderTooNew(EscaleError):
    """The data folder was written by a newer version of Escale."""

    code = "data-folder-too-new"
    text = (
        "The data folder {folder} was written by a newer version of Escale "
        "(schema {found}). Upgrade Escale; nothing was changed."
    )


class DataFolderUnusable(EscaleError):
    """The data folder can't be created, read or written."""

    code = "data-folder-unusable"
    text = "The data folder {folder} can't be used: {reason}."


class DiskFull(EscaleError):
    """There was no room left; nothing was changed."""

    code = "disk-full"
    text = "No space left in {folder}. Nothing was changed; free some space and try again."


class UnknownReport(EscaleError):
    """No report has this id."""

    code = "unknown-report"
    text = "There is no report “{report_id}”. `escale list` shows the ids."


class UnknownVersion(EscaleError):
    """The report has no such version."""

    code = "unknown-version"
    text = (
        "The report “{report_id}” has no version {version}. "
        "`escale versions {report_id}` shows those it has."
    )


class SourceChanged(EscaleError):
    """The file of a version isn't what its version is named by; nothing was changed."""

    code = "source-changed"
    text = "“{file}” changed while it was being stored. Add it again once it is saved."


class PurgeUnfinished(EscaleError):
    """A purged report is gone, but bytes of it may be left in files that are being read."""

    code = "purge-unfinished"
    text = (
        "What was purged is gone from the library, but traces of it are still in the files of "
        "{folder}: {reason}. They go at the next start, or with the next purge."
    )


class NoDataFolder(EscaleError):
    """There is no data to back up."""

    code = "no-data-folder"
    text = "{folder} holds no data of Escale. Name the data folder with --data."


class NotABackup(EscaleError):
    """A file isn't a backup that this version of Escale can read."""

    code = "not-a-backup"
    text = "{file} isn't a backup of Escale, or was made by a newer version. It was left alone."


class BackupInDataFolder(EscaleError):
    """A backup was to be written into the folder that it backs up."""

    code = "backup-in-data-folder"
    text = "{file} is in the data folder {folder} itself. Write the backup somewhere else."


class BackupDamaged(EscaleError):
    """A backup isn't what was written; nothing was changed."""

    code = "backup-damaged"
    text = "The backup {file} is damaged ({member}). Nothing was changed; take another one."


class DataFolderNotEmpty(EscaleError):
    """A backup was to be restored over data."""

    code = "data-folder-not-empty"
    text = (
        "{folder} holds data already; nothing was changed. Restore {file} into another folder "
        "(--data), or put the old data aside with --force."
    )


class VectorIndexUnusable(EscaleError):
    """The vector index is broken, and was so again once it had been made anew."""

    code = "vector-index-unusable"
    text = (
        "The vector index {index} can't be used: {reason}. Nothing was changed. Check the disk, "
        "or the Chroma server, and run `escale doctor`."
    )


class UnknownPassage(EscaleError):
    """No passage has this id."""

    code = "unknown-passage"
    text = "There is no passage “{passage_id}”. Its report may have been replaced or removed."


class ModelMismatch(EscaleError):
    """The index was made by another embedding model than the one configured."""

    code = "model-mismatch"
    text = (
        "The index was made with the embedding model {index_model}, but the settings name "
        "{configured_model}. Run `escale reindex` to move the index to it, or put the setting back."
    )


class ModelUnavailable(EscaleError):
    """An embedding model can't be loaded."""

    code = "model-unavailable"
    text = "The embedding model {model} can't be loaded: {reason}."


class InvalidSetting(EscaleError):
    """A setting has a wrong name or value."""

    code = "invalid-setting"
    text = "{source}: the setting {setting} is wrong: {reason}."


class EmptyQuery(EscaleError):
    """A query holds no word."""

    code = "empty-query"
    text = "The question is empty. Write a question of a few words."


class QueryTooLong(EscaleError):
    """A query is longer than the limit."""

    code = "query-too-long"
    text = "The question has {length} characters; the limit is {limit}. Shorten it."
