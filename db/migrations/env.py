"""Runs migrations on the connection that ``db/schema.py`` passes, in its transaction."""

from alembic import context

from db.table_parts import metadata  # the tables themselves were imported by the caller

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
