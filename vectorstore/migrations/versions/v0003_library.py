"""The library: versions that remember how they came, a bin, edited metadata, purges.

Columns are added by plain SQL: Alembic's batch mode makes a table anew, and dropping the old one
would cascade to all that refers to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("reports", "removed_at DATETIME"),
    ("reports", "removed_version_id INTEGER REFERENCES versions(id)"),
    ("reports", "edited JSON NOT NULL DEFAULT '[]'"),
    ("versions", "added_by VARCHAR"),
    ("versions", "reading INTEGER NOT NULL DEFAULT 1"),
    ("versions", "reader_revision INTEGER NOT NULL DEFAULT 0"),
    ("versions", "read_metadata JSON"),
    ("versions", "text_digest VARCHAR"),
    ("versions", "signature BLOB"),
)


def upgrade() -> None:
    """Add the columns, and the table of purges that still have to be finished."""
    for table, column in _COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    op.create_index("ix_versions_text_digest", "versions", ["text_digest"])
    op.create_table("purges", sa.Column("version", sa.String, primary_key=True))
