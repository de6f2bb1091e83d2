"""Run by Alembic: migrates over the connection that `vectorstore.database` hands in."""

from alembic import context

from vectorstore.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
