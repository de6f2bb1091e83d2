# The queue of the library's long work, and the files that were uploaded.

error-queue-full =
    { $limit } jobs wait already. Try again once some are done; [ingest] max_waiting_jobs sets the
    limit.
error-unknown-job = There is no job { $job }. “escale jobs” lists them.
error-unknown-upload = This upload is gone. Upload the file again.
error-not-read-yet = “{ $file }” isn’t waiting to be confirmed. Reload the page to see why.
error-too-many-uploads =
    “{ $file }” was refused: { $limit } files already wait for your decision. Add or discard some
    of them; [ingest] max_uploads sets the limit.
error-upload-too-large =
    “{ $file }” is larger than { $limit } MB. Split it, or raise [ingest] max_file_megabytes.
error-uploads-too-large =
    “{ $file }” was refused: the files that wait take more than { $limit } MB. Add or discard some
    of them; [ingest] incoming_megabytes sets the limit.
error-upload-cut-off = “{ $file }” didn’t arrive whole. Upload it again.
error-job-failed = The work on “{ $name }” failed ({ $kind }). The server’s log says why.
error-job-given-up =
    The work on “{ $name }” was given up: the server stopped { $times } times while it ran.

error-server-of-another-version =
    The server that holds { $folder } is Escale { $server }, and this command is Escale { $own }.
    Restart the server.
error-server-unreachable =
    The server that holds { $folder } doesn’t answer ({ $reason }). Wait until it has started, or
    restart it.

help-jobs =
    Lists the server’s jobs, the last first, and how far they are.
help-cancel-job = Cancels this job; the option can be repeated.
help-watch-jobs = Waits until all jobs are over, and shows how far they are.
metavar-job = NUMBER

library-no-job = No recent job.
library-job = Job
library-job-state = State
library-job-who = Asked by
job-kind-read = Reading
job-kind-add = Adding
job-kind-replace = Replacing
job-kind-reread = Reading again
job-kind-purge = Deleting
job-kind-reindex = Reindexing
job-state-waiting = waiting
job-state-running = running
job-state-done = done
job-state-refused = refused
job-state-failed = failed
job-state-cancelled = cancelled
