"""Alembic's entry point: a migration runs on the connection it is given, in one transaction with its record."""

from alembic import context

from sheets_sync.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
