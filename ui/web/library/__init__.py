"""The library's pages, for staff: reports added, edited, replaced, removed, restored, purged."""
