"""The queue of long work on the library: uploads read, reports added, read again, purged."""

from ingest.jobs.models import Job, JobKind, JobState, Outcome, Task, Upload
from ingest.jobs.worker import Jobs

__all__ = ["Job", "JobKind", "JobState", "Jobs", "Outcome", "Task", "Upload"]
