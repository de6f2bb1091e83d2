# The command line “escale”: help, messages, tables.

## Help: commands

help-escale =
    Escale answers your questions about mission reports, with citations that hold.

    The shared options may stand before or after the command’s name.
help-serve = Open the web page (the very first start indexes the sample report).
help-ask =
    Ask a question and get an answer with its citations.

    Exit code: 0 when the reports answer, 3 when they don’t.
help-search = Search for the passages nearest to a few words.
help-check =
    Check a text, claim by claim.

    Exit code: 4 when a claim is contradicted, else 0.
help-add = Add or replace reports.
help-list = List the reports.
help-show = Show a report: what is known of it, its outline, its passages.
help-remove = Remove reports.
help-reindex =
    Build the index anew with the model that the settings name.

    The old index answers until the new one is whole.
help-doctor = Check the installation and the data folder, and say what to do.

## Help: shared options

help-data = The data folder (default: ./data).
help-config = The settings file (default: ./escale.toml).
help-lang = The language of the messages.
help-json = Write the result as JSON on standard output.
help-debug = Write a detailed log on standard error.
help-version = Show Escale’s version.
help-help = Show this help.
help-install-completion = Install completion in the current shell.
help-show-completion = Show the completion script.

## Help: arguments and options of the commands

help-question = The question, in French or English (“-”: standard input).
help-query = A few words or a question (“-”: standard input).
help-text = A file, the text itself, or “-” for standard input.
help-count = How many passages.
help-in-report = Only this report (repeatable).
help-in-year = Only missions of this year (repeatable).
help-in-destination = Only missions to this city or country (repeatable).
help-in-pillar = Only this pillar (repeatable).
help-paths = Files, or folders with --recursive.
help-recursive = Add all files of the folders too.
help-id = The report’s id, new or to be replaced.
help-title = The report’s title.
help-destination = The destination, such as “Rotterdam, Netherlands” (repeatable).
help-year = The year of the mission.
help-start = The first day of the mission (YYYY-MM-DD).
help-end = The last day of the mission (YYYY-MM-DD).
help-report-id = The report’s id, as in “escale list”.
help-report-ids = The reports’ ids, as in “escale list”.
help-passages = Write the text of the passages too.
help-yes = Don’t ask for confirmation.
help-host = The address on which the page is served.
help-port = The port on which the page is served.
help-sample = Index the sample report on the very first start.

metavar-address = ADDRESS
metavar-command = COMMAND [ARGUMENTS]…
metavar-day = YYYY-MM-DD
metavar-file = FILE
metavar-folder = FOLDER
metavar-options = [OPTIONS]
metavar-paths = PATH
metavar-place = PLACE
metavar-query = WORDS
metavar-question = QUESTION
metavar-report = REPORT
metavar-reports = REPORT
metavar-text = TEXT
metavar-title = TITLE
metavar-year = YEAR

help-arguments = Arguments
help-options = Options
help-commands = Commands
help-default = [default: { $value }]
help-variable = [variable: { $name }]
help-required = [required]

## Wrong use

shell-see-help = See “{ $command } --help”.
shell-no-such-command = There is no command “{ $name }”.
shell-near-command = There is no command “{ $name }”. Did you mean “{ $near }”?
shell-no-such-option = There is no option “{ $option }”.
shell-option-misused = The option “{ $option }” is misused: it lacks a value, or takes none.
shell-missing = “{ $name }” is missing.
shell-bad-value = The value of “{ $name }” is wrong: { $expected } is expected.
shell-wrong-arguments = The arguments are misplaced or too many. Put a question or a text in straight quotation marks.
shell-no-such-file = The file { $path } doesn’t exist.
shell-is-a-folder = { $path } is a folder; add --recursive to take its files.
shell-no-file = The folders named hold no file.
shell-not-text = Standard input isn’t text.
shell-metadata-of-many = A title, a destination or dates can only describe one file at a time.
shell-ends-before-start = The mission can’t end before it starts.

## Failures

shell-interrupted = Interrupted.
shell-system = { $file }: { $reason }.
shell-unexpected = Escale ran into an unexpected problem ({ $kind }).
shell-use-debug = Run the command again with --debug to see the details.

## Work in progress

shell-opening = Opening the data folder…
shell-preparing-model = Preparing the model, just this once…
shell-examining = Examining…
shell-first-start = First start: the sample report is being indexed.
shell-serving = Escale listens at { $url } (Ctrl+C stops it).
shell-reindexing = Reindexing
shell-reindexed =
    { $passages ->
        [one] The index is rebuilt: { $passages } passage.
       *[other] The index is rebuilt: { $passages } passages.
    }
shell-removed = The report “{ $report_id }” is removed.
shell-confirm-remove = Remove “{ $title }” ({ $report_id }) and its files?

## Answers

quoted = “{ $text }”
page-number = p. { $page }
shell-quotes-in = The quotes are in the language of the reports ({ $languages }).
shell-abstained = The reports don’t answer this question.
shell-searched = Searched in: { $reports }.
shell-nearest = Perhaps worth reading, but not an answer:
shell-no-hit = No passage found.
shell-check-summary =
    Supported: { $supported } · contradicted: { $contradicted } · not found: { $not_found } · not checkable: { $unchecked }

verdict-supported = supported
verdict-contradicted = contradicted
verdict-not-found = not found
verdict-not-checkable = not checkable

language-fr = French
language-en = English

## Reports

column-file = File
column-result = Result
column-report = Report
column-why = Why
column-id = Id
column-title = Title
column-destination = Destination
column-dates = Dates
column-language = Language
column-version = Version
column-pages = Pages
column-passages = Passages
column-added-on = Added on

status-added = added
status-replaced = replaced
status-unchanged = unchanged
status-duplicate = duplicate
status-refused = refused

stage-reading = reading
stage-embedding = indexing
stage-storing = storing

reason-unchanged = Already in the library.

warning-ocr-pages = Scanned pages were read by text recognition; check them.
warning-ocr-pages-missing = Scanned pages were not read, for lack of text recognition.

pillar-objectifs = Objectives
pillar-rayonne = Québec shines
pillar-apprend = Québec learns
pillar-attire = Québec attracts

shell-no-report = There is no report yet. “escale add FILE” adds one.
shell-outline = Outline

## Examination (escale doctor)

doctor-python = Python
doctor-python-advice = Install Python { $oldest } to { $newest }.
doctor-sqlite = SQLite
doctor-sqlite-advice = Install a Python whose SQLite has FTS5.
doctor-chroma = Chroma
doctor-settings = Settings
doctor-settings-default = defaults (no escale.toml)
doctor-disk = Disk
doctor-disk-free = { $gigabytes } GB free
doctor-disk-advice = Free some space, or put the data folder elsewhere.
doctor-data-folder = Data
doctor-data-folder-missing = { $folder } doesn’t exist yet
doctor-data-folder-missing-advice = Nothing to do: it is created on first use.
doctor-data-folder-holds =
    { $reports ->
        [one] { $folder }: { $reports } report
       *[other] { $folder }: { $reports } reports
    }
doctor-in-use-advice = Stop that process and examine again to check the index too.
doctor-index = Index
doctor-index-agrees = the catalogue, the full text and the vectors agree
doctor-model = Model
doctor-model-works = { $model }, { $dimension } dimensions, a question in { $milliseconds } ms
doctor-ocr = Text recognition
doctor-ocr-missing = Tesseract isn’t there: scanned documents will be refused
doctor-ocr-languages = Tesseract lacks the languages { $languages }
doctor-ocr-advice = To install it: { $command }
doctor-port = Port
doctor-port-free = { $address } is free
doctor-port-advice = Nothing to do where it is Escale itself that listens.

## Examination: what doesn’t agree in the data folder, and what to do

doctor-problem-database = The catalogue is damaged: { $detail }.
doctor-problem-full-text = The full text doesn’t follow the catalogue: { $detail }.
doctor-problem-span = A passage is no longer its report’s text: { $detail }.
doctor-problem-embedding = A passage lacks its vector: { $detail }.
doctor-problem-vector-index = The vector index doesn’t follow the catalogue: { $detail }.
doctor-problem-source = An original file is missing or changed: { $detail }.

doctor-mend-database = Run “escale doctor --repair”; if that isn’t enough, restore a backup (escale restore-backup).
doctor-mend-full-text = Run “escale doctor --repair”: it is made again from the catalogue.
doctor-mend-span = Run “escale doctor --repair”: the passages are cut from the text again.
doctor-mend-embedding = Run “escale doctor --repair”: the missing vectors are made again.
doctor-mend-vector-index = Run “escale doctor --repair”: the index is made again from the catalogue.
doctor-mend-source = Add the same file again (escale add), or restore a backup: it can’t be made again.
doctor-more-problems =
    { $count ->
        [one] and { $count } more of its kind
       *[other] and { $count } more of their kind
    }

## The library: replacing, restoring, purging, following a folder, backing up

help-replace =
    Replace a report by a new version.

    The old version stays restorable (see “escale versions”).
help-versions = List a report’s versions.
help-edit = Correct a report’s title, destinations or dates.
help-reread = Read originals again, when Escale has learned to read better.
help-restore =
    Bring back a report from the bin, an older version, or all data from a backup.
help-purge = Delete reports for good, with all their versions.
help-sync =
    Follow a folder: add what is new, replace what changed, put into the bin what is no longer there.

    Only reports that came from this folder are touched.
help-backup = Back up all data into one file, also while the server is working.
help-restore-backup = Restore all data from a backup.

help-replaced = The report that the file replaces.
help-keep-both = Add even a text that is nearly that of another report.
help-removed = List the reports in the bin instead.
help-new-version = The file of the new version.
help-restored = A report’s id, or the file of a backup.
help-restored-version = The version, or its beginning, as “escale versions” shows it.
help-force = Restore even over data, which are put aside.
help-published = The day on which the report was published (YYYY-MM-DD).
help-report-language = The report’s language.
help-reset = Take what the file says for this field again (repeatable).
help-outdated = All reports that an older version read.
help-if-exists = Do nothing, without an error, where there is no such report.
help-synced-folder = The folder to follow, with its subfolders.
help-dry-run = Show what would be done, and do nothing.
help-allow-empty = Go on even if the folder holds no file any more.
help-backup-file = The file of the backup.

metavar-restored = REPORT|FILE

shell-restored = The report “{ $report_id }” is in the library.
shell-edited = The report “{ $report_id }” is corrected.
shell-purging = Purging “{ $report_id }”…
shell-purged = The report “{ $report_id }” is deleted for good.
shell-confirm-purge =
    { $versions ->
        [one] Delete “{ $report_id }” ({ $versions } version) for good? Nothing can bring it back.
       *[other] Delete “{ $report_id }” ({ $versions } versions) for good? Nothing can bring it back.
    }
shell-confirm-gone =
    { $count ->
        [one] Put { $count } report into the bin?
       *[other] Put { $count } reports into the bin?
    }
shell-say-yes = Nobody is there to confirm: add --yes.
shell-nothing-to-edit = Say what to correct: --title, --destination, --year, --reset…
shell-reread-what = Name reports, or say --outdated for all that are to be read again.
shell-comparing = Comparing the folder with the library…
shell-unchanged-files =
    { $count ->
        [one] { $count } unchanged file.
       *[other] { $count } unchanged files.
    }
shell-backing-up = Backup
shell-backed-up =
    { $reports ->
        [one] { $reports } report is backed up in { $file } ({ $megabytes } MB, verified).
       *[other] { $reports } reports are backed up in { $file } ({ $megabytes } MB, verified).
    }
shell-restoring = Restoring
shell-backup-restored =
    { $reports ->
        [one] { $folder } holds { $reports } report again, as on { $day }.
       *[other] { $folder } holds { $reports } reports again, as on { $day }.
    }
shell-kept-aside = The data before it are in { $folder }; delete them once all is checked.

column-change = Change
column-added-by = Added by
change-new = new
change-changed = changed
change-renamed = renamed
change-gone = gone → bin
change-unchanged = unchanged
change-left = left
change-refused = refused
sync-was = was { $path }
sync-left = Removed or purged by somebody: “escale restore” or “escale add” brings it back.

like-same-bytes =
    { $superseded ->
        [true] The same file is an older version of “{ $title }” ({ $report_id }).
       *[false] The same file is there already: “{ $title }” ({ $report_id }).
    }
like-same-text =
    { $superseded ->
        [true] The same text is an older version of “{ $title }” ({ $report_id }).
       *[false] The same text is there already: “{ $title }” ({ $report_id }).
    }
like-near-text = Looks like a version of “{ $title }” ({ $report_id }): { $share } of the text is the same.
like-same-mission = Looks like a version of “{ $title }” ({ $report_id }): the mission is the same.
like-decide = To replace it: --replace { $report_id }; to keep both: --keep-both.
like-added =
    Both are kept; to make one of them: “escale purge { $added_id }”, then
    “escale replace { $report_id } FILE”.

## Repairs

help-repair = First mend in the data what can be mended.
shell-repairing = Repairing…
shell-repaired =
    { $count ->
        [0] There was nothing to repair.
        [one] { $count } problem was dealt with.
       *[other] { $count } problems were dealt with.
    }
doctor-problem-stray = There are traces of what was interrupted or purged: { $detail }.
doctor-problem-report = A report has lost its version: { $detail }.
doctor-problem-text = A report’s text is no longer what was read: { $detail }.
doctor-problem-reindexing = The move to another model wasn’t finished: { $detail }.
doctor-mend-stray = Run “escale doctor --repair”: the traces are deleted.
doctor-mend-report = Run “escale doctor --repair”: the latest version is taken.
doctor-mend-text = Run “escale doctor --repair”: the original is read again.
doctor-mend-reindexing = Run “escale reindex” to finish it, or “escale doctor --repair”.
