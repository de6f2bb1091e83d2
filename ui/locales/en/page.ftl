# The web page: its controls, its answers, its sources.

## Header and welcome

page-title = Escale — mission reports
page-tagline = Mission reports, questioned and quoted word for word
page-language = Language of the page
page-language-name = English
page-new = New conversation
page-welcome = What would you like to know about the missions?
page-library =
    { $count ->
        [one] One report is at your disposal: { $missions }.
       *[other] { $count } reports are at your disposal: { $missions }.
    }
page-library-many = { $count } reports are at your disposal, among them { $missions }.
page-empty-title = The library is empty
page-empty-library =
    No report has been added yet. Add one with the command “escale add”, then reload this page.
page-empty-scope =
    No report matches these filters. Choose another mission or year, or remove a filter.

## Proposed questions

page-example-apprend = What was learned { $where }?
page-example-objectifs = What were the objectives of the mission { $where }?
page-example-rayonne = How did the City raise its profile { $where }?
page-example-attire = What did the mission { $where } help to attract?
page-example-section = What does the report “{ $mission }” say about “{ $heading }”?

## The question and the filters

page-question = Your question
page-question-placeholder = Ask your question…
page-ask = Ask
page-stop = Stop
page-filters = Filters
page-filter-mission = Mission
page-filter-year = Year
page-filter-pillar = Pillar
page-all-missions = All missions
page-all-years = All years
page-all-pillars = All pillars
page-privacy =
    This conversation is erased soon after you close the page. Questions aren’t stored. Open the source
    before you quote it.
page-privacy-stored =
    Questions are stored for { $days } days, without saying who asked. Open the source before you
    quote it.
page-rating = Is this answer helpful?
page-helpful = Yes
page-unhelpful = No
page-links = Account and library
page-rated = Thank you, your opinion is counted.

## The answer

page-chat-label = Conversation
page-mission-name = { $place } ({ $year })
page-searching = Searching the reports…
page-queued =
    { $position ->
        [one] Your question is next…
       *[other] Your question is number { $position } in the queue…
    }
page-writing = Writing ({ $writer })…
page-written-by =
    Written by the language model { $writer } from the reports. The sentences with a citation were
    verified; open their sources.
page-unverified = unverified
page-frame-one = Here is what the mission report “{ $mission }” says:
page-frame-many = Here is what the mission reports say:
page-quotes-in = The quotes are in { $languages }, the language of the report.
page-sources = Sources
page-copy-answer = Copy the answer
page-stopped = Stopped at your request.
page-unavailable-title = Escale isn’t responding
page-unavailable =
    The server is busy, or the connection is down. Your question is kept; try again in a moment.
page-dismiss = Dismiss this message
page-failed =
    An unexpected problem prevented an answer. Your question is still in its box; try again in a
    moment.

## Abstention

page-abstained = The reports don’t answer this question.
page-abstained-scope = The search was limited to: { $scope }. Try without a filter.
page-searched = Reports consulted: { $reports }.
page-searched-many = { $count } reports were consulted.
page-searched-nothing = No report could be consulted.
page-nearest = Perhaps worth reading — doesn’t answer the question

## The source of a citation

page-source = Cited source
page-section = Section of the report
page-source-gone = Source not found
page-source-failed = The source couldn’t be loaded. Check your connection and try again.
page-close = Close the source
page-copy-quote = Copy the quote
page-copy-link = Copy the link
page-copied = Copied
page-tabs = Views of the source
page-tab-page = Page
page-tab-text = Text
page-open-original = Open the original
page-download-original = Download the original

## The page of the report

page-viewer = Page of the report. Left and right arrows turn the pages; plus and minus zoom.
page-viewer-tools = Pages and zoom
page-previous = Previous page
page-next = Next page
page-smaller = Zoom out
page-fit = Fit the page’s width
page-larger = Zoom in
page-page-of = p. { $page } of { $count }
page-page-alt = Page { $page } of { $count } of the report
page-page-alt-quote = Page { $page } of { $count } of the report, with the quote highlighted
page-page-loading = Loading the page…
page-page-image-failed = The page couldn’t be shown. Check your connection and try again.
page-retry = Try again
page-quote-goes-on = The quote goes on on p. { $page } ›
page-quote-begins = ‹ The quote begins on p. { $page }
page-quote-back = ‹ Back to the quote, p. { $page }
page-quote-not-located = The quoted words weren’t located on the image; the tab “Text” shows them.

## What the question limited

page-scope-read = Search limited to:
page-scope-remove = Search without “{ $name }”
page-scope-widened = Search widened, without { $names }

## Checking a speech

page-tab-chat = Ask a question
page-tab-speech = Check a speech
page-speech-title = Check a speech before you give it
page-speech-intro =
    Each claim is compared with the mission reports: supported, contradicted or not found, with the
    quote and its page.
page-draft = The text to check
page-draft-placeholder = Paste a sentence, a paragraph or the whole speech here…
page-upload = Upload a file
page-check = Check
page-edit-draft = Edit the text
page-check-privacy =
    The text isn’t stored: it is gone soon after you close the page, and an uploaded file as soon as
    it is read.
page-draft-reading = Reading “{ $file }”…
page-draft-read = “{ $file }” was read. Look the text over, then have it checked.
page-draft-failed = The file couldn’t be read. Check your connection and try again.
page-draft-too-large = “{ $file }” is too large. Save it without its pictures, or paste its text.
page-checking = Checking: { $percent }%
page-check-stopped = Stopped at your request. Your text is still in its box.
page-check-failed =
    An unexpected problem prevented the check. Your text is still in its box; try again in a moment.
page-check-scope = Checked in: { $scope }
page-check-hint =
    Choose a claim to see why, and by which source. “Not found” doesn’t mean wrong: the reports
    don’t speak of it.
page-check-gone = This file is no longer available: the checked text is gone. Check it again.
page-no-claim = No claim to check was found in this text.
page-near = What comes near it in the reports:
page-confidence = confidence { $percent }%
page-summary = Summary of the verdicts
page-next-claim = Go to the next of this kind
page-count-supported = { $count } supported
page-count-contradicted = { $count } contradicted
page-count-not-found = { $count } not found
page-count-unchecked = { $count } not checkable
page-verdict-supported = Supported
page-verdict-contradicted = Contradicted
page-verdict-not-found = Not found
page-verdict-unchecked = Not checkable
page-export = Take along:
page-export-docx = Annotated text (Word)
page-export-pdf = Note (PDF)
page-export-md = Note (Markdown)
page-note-file = speech-check
page-note-title = Speech check
page-note-made-on = Made by Escale on { $day } from the mission reports
page-note-supported = Supported by the reports
page-note-contradicted = Contradicted by the reports
page-note-not-found = Not found in the reports
page-note-caution =
    Quotes are the reports’ own words. “Not found” doesn’t mean wrong. Open the source before you
    quote it.
