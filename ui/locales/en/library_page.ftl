# The library on the web page, for staff.

library-title = Library
library-parts = Parts of the library
library-reports = Reports
library-jobs = Jobs
library-bin = Bin
library-back = Back to the reports
library-back-to-bin = Back to the bin
library-back-to-report = Back to the report
library-cancel = Cancel
library-cancel-of = Cancel: { $name }
library-cancelling = Cancelling…

## Uploading

library-drop = Drop reports here or choose files
library-drop-hint =
    PDF, Word, PowerPoint, OpenDocument, HTML, text or scans, up to { $limit } MB each. Nothing is
    added before you confirm it.
library-send = Upload
library-sending = Files being uploaded
library-uploading = Uploading
library-upload-failed = “{ $file }” couldn’t be uploaded. Check the network and try again.
library-is-folder = “{ $file }” is a folder. Drop the files in it instead.
library-uploads = Your files
library-uploads-told =
    { $under_way ->
        [0] { $to_decide ->
            [one] One file waits for your decision.
           *[other] { $to_decide } files wait for your decision.
        }
        [one] One file under way.
       *[other] { $under_way } files under way.
    }
library-step-opening = Reading…
library-step-reading = Reading: page { $done } of { $total }
library-step-embedding = Indexing: { $done } of { $total } sentences and passages
library-step-storing = Storing…
library-megabytes = { $count } MB
library-kilobytes = { $count } kB
library-pages =
    { $count ->
        [one] 1 page
       *[other] { $count } pages
    }
library-passages =
    { $count ->
        [one] 1 passage
       *[other] { $count } passages
    }
library-untitled = Untitled
library-nothing-read = Neither a destination nor a date was found in the text.
library-new-version = This is a new version of “{ $title }”, by the name of its file.
library-alike-same-bytes = This file is in the library already: “{ $title }”.
library-alike-same-bytes-old = This file is an old version of “{ $title }”.
library-alike-same-bytes-bin = This file is that of “{ $title }”, which is in the bin.
library-alike-same-text = Its text is the same as that of “{ $title }”.
library-alike-same-text-old = Its text is that of an old version of “{ $title }”.
library-alike-same-text-bin = Its text is the same as that of “{ $title }”, in the bin.
library-alike-near-text = { $percent }% of its text is already in “{ $title }”.
library-alike-near-text-old = { $percent }% of its text is that of an old version of “{ $title }”.
library-alike-near-text-bin = { $percent }% of its text is already in “{ $title }”, in the bin.
library-alike-same-mission =
    “{ $title }” is about the same mission: same destination, same dates.
library-alike-same-mission-old = An old version of “{ $title }” is about the same mission.
library-alike-same-mission-bin = “{ $title }”, in the bin, is about the same mission.
library-see-report = See that report
library-recognised =
    { $count ->
        [one] One scanned page was read by text recognition; check it.
       *[other] { $count } scanned pages were read by text recognition; check them.
    }
library-choose = What should become of this file?
library-choose-new = Add
library-choose-both = Add it as a report of its own
library-choose-replace = Replace “{ $title }”; the old version stays restorable
library-choose-restore = Bring “{ $title }” back from the bin
library-change-metadata = Change the title, dates, destinations…
library-outline-and-text = See the outline and the beginning of the text
library-no-outline = No headings were found.
library-confirm = Confirm
library-confirm-simple = Add the { $count } files without warnings
library-confirm-simple-hint = Those with a warning wait for you below.
library-discard = Discard
library-discard-of = Discard { $name }
library-over = Finished
library-clear = Clear this list
library-why = Explanation
library-status-added = added
library-status-replaced = replaced
library-status-unchanged = already there
library-status-duplicate = already there
library-status-refused = refused
library-status-failed = failed
library-status-cancelled = cancelled
library-skipped = Already in the library, as “{ $report_id }”.
library-ended-added = Added.
library-ended-replaced = Replaced.
library-ended-unchanged = Nothing changed.
library-ended-duplicate = A duplicate: nothing changed.
library-ended-read = Read.
library-ended-purged = Deleted for good.
library-ended-reindexed = The index is rebuilt.
library-ended-cancelled = Cancelled: nothing changed.

## The list of reports

library-count =
    { $count ->
        [0] No reports
        [one] 1 report
       *[other] { $count } reports
    }
library-empty = The library is empty. Drop a first report above.
library-search = Search a title, a city, a year…
library-find = Search
library-sort = Sort
library-sort-title = By title
library-sort-destination = By destination
library-sort-dates = By dates
library-sort-pages = By pages
library-sort-passages = By passages
library-sort-language = By language
library-sort-by = By person
library-sort-added = By addition
library-found =
    { $count ->
        [0] No report has “{ $words }”.
        [one] One report has “{ $words }”.
       *[other] { $count } reports have “{ $words }”.
    }
library-show-all = Show all reports
library-turn = Pages of the list
library-column-title = Title
library-column-destination = Destination
library-column-dates = Dates
library-column-pages = Pages
library-column-passages = Passages
library-column-language = Language
library-column-state = State
library-state-available = available
library-state-outdated = read again
library-sort-state = By state
library-column-by = Added by
library-column-added = Added on
library-outdated =
    { $count ->
        [one] One report was read by an older version of Escale; reading it again may improve it.
       *[other] { $count } reports were read by an older version of Escale; reading them again may
    improve them.
    }
library-reread-all = Read them again

## One report

library-size = Size
library-added = Added
library-download = Download the original
library-download-short = Download
library-download-of = Download { $name }, version { $version }
library-reread = Read again
library-reread-hint = Read the original again, by the reader as it is now
library-outdated-one =
    An older version of Escale read this report; reading it again may improve it.
library-remove = Remove
library-remove-hint = Move to the bin, from which it can come back
library-in-bin = This report has been in the bin since { $when }. It no longer answers questions.
library-restore = Restore
library-restore-report = Restore { $title }
library-replace = Replace by a new version
library-replace-drop = Drop the new version here or choose a file
library-replace-hint =
    You will see it before you confirm it. The version of now stays restorable.
library-edit = Details
library-edit-hint =
    What is set by hand stays, even where a new version or another reading says something else.
library-by-hand = set by hand
library-save = Save
library-field-title = Title
library-field-destinations = Destinations
library-field-participants = Participants
library-field-start_date = First day
library-field-end_date = Last day
library-field-year = Year
library-field-published_on = Date of publication
library-field-language = Language
library-hint-destinations = One per line: city, country
library-hint-participants = One per line: name, role
library-reset-title = Use the file’s title again
library-reset-destinations = Use the file’s again
library-reset-participants = Use the file’s again
library-reset-dates = Use the file’s dates again
library-reset-published_on = Use the file’s again
library-reset-language = Use the file’s again
library-versions =
    { $count ->
        [one] One version
       *[other] { $count } versions
    }
library-current = current
library-what-to-do = Actions
library-restore-version = Make current
library-restore-of = Make { $name }, version { $version }, current again
library-outline = Outline
library-purge-link = Delete this report for good…

## The bin, and deleting for good

library-bin-hint =
    What is here no longer answers questions. After { $days } days it is deleted for good.
library-bin-empty = The bin is empty.
library-removed-on = Removed on
library-purge = Delete for good…
library-purge-report = Delete { $title } for good
library-purge-title = Delete “{ $title }” for good?
library-purge-what = This will be deleted and can’t be found again:
library-purge-text =
    { $passages ->
        [one] its text (one passage), and what it is found by;
       *[other] its text ({ $passages } passages), and what it is found by;
    }
library-purge-versions =
    { $count ->
        [one] its original file:
       *[other] the original files of its { $count } versions:
    }
library-purge-images = the images of its pages.
library-purge-kept =
    Backups made before keep what they hold. The audit keeps the report’s id and title, and who
    deleted it.
library-purge-type = To confirm, type the report’s title:
library-purge-mistyped = This isn’t the report’s title. Nothing was deleted.
library-purge-now = Delete for good

## Jobs

library-jobs-hint =
    Long work is done one job after the other. It goes on when you leave this page, and begins
    again if the server restarts.
library-job-when = Asked on

## What was just done

library-done-edited = The details are saved.
library-done-nothing = There was nothing to change.
library-done-removed = “{ $name }” is in the bin.
library-done-restored = “{ $name }” is back in the library.
library-done-version = This version of “{ $name }” is the current one again.
library-done-purged =
    “{ $name }” is deleted for good: its text, its index, its original files and the images of its
    pages are no longer here.
library-done-reread = “{ $name }” was read again, and the new reading is in place.
library-done-unchanged = “{ $name }” was read again: nothing changed.
library-done-queued = The job is in the queue. This page shows how far it is.
library-done-cancelled = The job is cancelled, or stops at its next step.
library-done-discarded = The file is discarded.
