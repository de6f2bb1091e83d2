# Errors: one entry “error-<code>” for each subclass of EscaleError.
# Each text says what happened, to what, and what to do.

error-error = Escale ran into a problem.

error-data-folder-in-use =
    The data folder { $folder } is in use by { $holder }. Stop that process, or name another
    folder with --data.
error-data-folder-too-new =
    The data folder { $folder } was written by a newer version of Escale (schema { $found }).
    Upgrade Escale; nothing was changed.
error-data-folder-unusable = The data folder { $folder } can’t be used: { $reason }.
error-disk-full =
    No space left in { $folder }. Nothing was changed; free some space and try again.

error-unknown-report =
    There is no report “{ $report_id }”. The command “escale list” shows the ids.
error-unknown-passage =
    There is no passage “{ $passage_id }”. Its report may have been replaced or removed.

error-model-mismatch =
    The index was made with the embedding model { $index_model }, but the settings name
    { $configured_model }. Run “escale reindex” to move the index to it, or put the setting back.
error-model-unavailable = The embedding model { $model } can’t be loaded: { $reason }.
error-invalid-setting = { $source }: the setting { $setting } is wrong: { $reason }.

error-empty-query = The question is empty. Write a question of a few words.
error-query-too-long =
    The question has { $length } characters; the limit is { $limit }. Shorten it.

error-file-refused = “{ $file }” was refused.
error-unreadable-file =
    “{ $file }” can’t be read: { $reason }. Open it in its own program and save it again.
error-missing-file =
    There is no file “{ $file }” in { $folder }.
error-side-file =
    “{ $file }” holds the metadata of a report. Add the report itself; it is then read too.
error-empty-file =
    “{ $file }” is empty (0 bytes). Check that it was copied or downloaded whole.
error-no-text =
    No text was found in “{ $file }”. If it is a scan, it needs text recognition (OCR).
error-unsupported-file =
    “{ $file }” is of a type that can’t be read ({ $media_type }). Known types: { $known }.
error-file-too-large =
    “{ $file }” has { $megabytes } MB; the limit is { $limit } MB. Split it, or raise
    the setting [ingest] max_file_megabytes.
error-file-changed =
    “{ $file }” changed while it was being read. Add it again once it is saved.
error-invalid-metadata = The metadata of “{ $file }” is wrong: { $field }: { $reason }.

# Reading files
error-damaged-file =
    “{ $file }” is damaged or incomplete. Copy or download it again, or save it again in its own
    program.
error-reader-failed =
    Escale failed to read “{ $file }”. Save it again in its own program, or as a PDF.
error-encrypted-file =
    “{ $file }” is protected by a password. Save it without one and add it again.
error-too-large-unpacked =
    “{ $file }” is too large once unpacked (more than { $megabytes } MB). Split it, or make its
    pictures smaller; [ingest] reading_megabytes sets the limit.
error-reading-too-slow =
    Reading “{ $file }” made no progress for { $seconds } s. Save it again in its own program, or
    raise [ingest] reading_seconds_per_page.
error-reading-cancelled = Reading “{ $file }” was cancelled. Nothing was changed.
error-ocr-missing =
    “{ $file }” is a scan (an image without text) and Tesseract isn’t installed. Install it and
    add the file again: { $command }

# The web page
error-port-taken =
    Port { $port } of { $host } is taken by another program. Stop that program, or name another port
    with --port.
error-version-gone =
    This file is no longer in the library: its report was replaced or removed. Ask your question
    again to get the current version.
error-no-such-page = There is no page { $page }: the report has { $count } pages.
error-empty-draft = There is no text to check. Paste a sentence or a whole speech.
error-draft-too-long =
    The text has { $length } characters; the limit is { $limit }. Check it in several parts.
error-draft-too-large =
    “{ $file }” is larger than { $limit } MB. Save it without its pictures, or paste its text.
error-draft-unsupported =
    “{ $file }” isn’t of a type that can be read. Upload a DOCX, PDF, ODT or TXT file, or paste its
    text.
error-draft-too-slow = Reading “{ $file }” took too long. Paste its text instead.
error-address-unusable =
    The page can’t be served at { $host }, port { $port }: { $reason }. Name another address with
    --host or another port with --port.
error-ocr-failed =
    The text of “{ $file }”, a scan, could not be recognised: Tesseract failed. Scan it again in
    black and white at 300 dots per inch.

# Evaluation
error-invalid-evaluation-set =
    “{ $file }”, line { $line }: not a question of an evaluation set ({ $reason }).
error-empty-evaluation-set =
    “{ $file }” holds no question of the part asked for. Choose another set or another half
    (--split).
error-unknown-gold-report =
    Question { $question } expects the report “{ $report }”, which isn’t in the library. Add it,
    or name its folder with --reports.
error-gold-quote-not-found =
    Question { $question } quotes words that the report “{ $report }” doesn’t hold: “{ $quote }”.
error-invalid-evaluation-run =
    “{ $file }” isn’t a result that “escale eval --output” wrote: { $reason }.
error-runs-not-comparable =
    The two results share no question: they come from different sets.
error-evaluation-package-missing =
    The package { $package } isn’t installed. Install it with: pip install "escale[eval]".
error-evaluation-report-refused =
    The report { $file } of the evaluation can’t be added: { $reason }
