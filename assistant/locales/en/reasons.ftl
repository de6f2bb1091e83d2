# Why a claim is supported, contradicted or not found: one plain sentence.
# { $report } is the report's title; { $claimed } and { $given } are words of the checked text and
# of the report.

reason-same = The report “{ $report }” says so.
reason-loose = The report “{ $report }” says about the same: “{ $given }” rather than “{ $claimed }”.
reason-number = The report “{ $report }” says { $given }, not { $claimed }.
reason-unit = The report “{ $report }” says { $given }, not { $claimed }.
reason-counted = The report “{ $report }” says { $given }, not { $claimed }.
reason-date = The report “{ $report }” gives another date: { $given }, not { $claimed }.
reason-name = The report “{ $report }” names { $given }, not { $claimed }.
reason-negation = The report “{ $report }” says the opposite.
reason-opposite = The report “{ $report }” says “{ $given }”, not “{ $claimed }”.
reason-exclusive = The report “{ $report }” says “{ $given }”, not “{ $claimed }”.
reason-stage = The report “{ $report }” speaks of it as a plan, not as something done.
reason-missing = The reports speak of this, but not of “{ $claimed }”.
reason-stronger = The report “{ $report }” says only “{ $given }”: that isn’t enough for “{ $claimed }”.
reason-unrelated = Nothing of the kind was found in the reports.
reason-nothing = No passage of the reports speaks of this.

# Added when another report says otherwise.
reason-but-otherwise = { $reason } The report “{ $other }” says otherwise.
reason-but-newest = { $reason } The older report “{ $other }” said so.

# What can't be checked.
reason-not-checkable = This isn’t a fact that the reports could confirm.
