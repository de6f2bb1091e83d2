"""The speech check: a draft split into claims, each judged against the reports."""
