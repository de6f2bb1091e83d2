"""The first catalogue: reports, versions, passages, embeddings and the lexical index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create all tables."""
    op.create_table(
        "reports",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column(
            "current_version_id",
            sa.Integer,
            sa.ForeignKey("versions.id", name="fk_reports_current_version"),
        ),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("start_date", sa.Date),
        sa.Column("end_date", sa.Date),
        sa.Column("year", sa.Integer),
        sa.Column("published_on", sa.Date),
        sa.Column("language", sa.String, nullable=False),
    )
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("report_id", sa.String, _parent("reports.id"), nullable=False, index=True),
        sa.Column("sha256", sa.String, nullable=False, index=True),
        sa.Column("source_name", sa.String, nullable=False),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("page_count", sa.Integer),
        sa.Column("passage_count", sa.Integer, nullable=False),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("report_id", "sha256"),
    )
    op.create_table(
        "destinations",
        sa.Column("report_id", sa.String, _parent("reports.id"), primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("city", sa.String, nullable=False),
        sa.Column("country", sa.String, nullable=False),
        sa.Column("folded_city", sa.String, nullable=False, index=True),
        sa.Column("folded_country", sa.String, nullable=False, index=True),
    )
    op.create_table(
        "participants",
        sa.Column("report_id", sa.String, _parent("reports.id"), primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
    )
    op.create_table(
        "pages",
        sa.Column("version_id", sa.Integer, _parent("versions.id"), primary_key=True),
        sa.Column("start", sa.Integer, primary_key=True),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
    )
    op.create_table(
        "sections",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version_id", sa.Integer, _parent("versions.id"), nullable=False, index=True),
        sa.Column("heading_path", sa.JSON, nullable=False),
        sa.Column("pillar", sa.String, index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uid", sa.String, nullable=False, unique=True),
        sa.Column("version_id", sa.Integer, _parent("versions.id"), nullable=False, index=True),
        sa.Column("section_id", sa.Integer, _parent("sections.id"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("sentences", sa.JSON, nullable=False),
    )
    op.create_table(
        "models",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("dimension", sa.Integer, nullable=False),
        sa.Column("query_prompt", sa.String, nullable=False),
        sa.Column("passage_prompt", sa.String, nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "embeddings",
        sa.Column("model_key", sa.String, _parent("models.key"), primary_key=True),
        sa.Column("passage_id", sa.Integer, _parent("passages.id"), primary_key=True, index=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("sentence_vectors", sa.LargeBinary, nullable=False),
    )
    # The columns hold tokens that Escale made (stems, folded words), parted by spaces: the
    # tokenizer only has to leave decimals whole.
    op.execute(
        "CREATE VIRTUAL TABLE passages_fts USING fts5("
        "stems, headings, surface, tokenize = \"unicode61 remove_diacritics 2 tokenchars '.'\")"
    )
    op.execute("CREATE VIRTUAL TABLE passages_terms USING fts5vocab(passages_fts, 'col')")


def _parent(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, ondelete="CASCADE")
