"""The files of folders that the index mirrors."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; a purged report leaves its row, so that no sync brings it back."""
    op.create_table(
        "synced_files",
        sa.Column("folder", sa.String, primary_key=True),
        sa.Column("path", sa.String, primary_key=True),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("side_file", sa.String, nullable=False),
        sa.Column("is_pending", sa.Boolean, nullable=False),
        sa.Column(
            "report_id", sa.String, sa.ForeignKey("reports.id", ondelete="SET NULL"), index=True
        ),
    )
