# The library: versions, bin, duplicates, backups, repair.

## Errors

error-unknown-version =
    The report “{ $report_id }” has no version { $version }. “escale versions { $report_id }”
    shows those it has.
error-purge-unfinished =
    What was purged is gone from the library, but traces of it are still in the files of
    { $folder }: { $reason }. They go at the next start, or with the next purge.
error-report-in-bin =
    “{ $file }” can’t be added as “{ $report_id }”: that report is in the bin. Restore it
    (escale restore { $report_id }), purge it, or choose another id.
error-source-changed =
    “{ $file }” changed while it was being stored. Add it again once it is saved.
error-sync-folder-missing = There is no folder { $folder }. Nothing was changed.
error-sync-folder-emptied =
    { $folder } holds no file any more, though reports came from it ({ $count }). Nothing was changed.
    If they are all to go into the bin, say so: --allow-empty.
error-report-exists =
    “{ $file }” can’t become the new report “{ $report_id }”: that id is taken. Replace that report
    (escale replace { $report_id } FILE), or choose another id.
error-no-data-folder = { $folder } holds no data of Escale. Name the data folder with --data.
error-not-a-backup =
    { $file } isn’t a backup of Escale, or was made by a newer version. It was left alone.
error-backup-in-data-folder =
    { $file } is in the data folder { $folder } itself. Write the backup somewhere else.
error-backup-damaged =
    The backup { $file } is damaged ({ $member }). Nothing was changed; take another one.
error-data-folder-not-empty =
    { $folder } holds data already; nothing was changed. Restore { $file } into another folder
    (--data), or put the old data aside with --force.
error-vector-index-unusable =
    The vector index { $index } can’t be used: { $reason }. Nothing was changed. Check the disk or the
    Chroma server, then run “escale doctor”.
