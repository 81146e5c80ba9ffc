"""Run by Alembic: takes the steps on the connection that it is given (``config.attributes``)."""

from alembic import context

attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    # Only comparing needs the models; taking the steps must work without them, or old steps would change with them.
    target_metadata=attributes.get("metadata"),
    process_revision_directives=attributes.get("directives"),
    render_item=attributes.get("render_item"),
    # SQLite can hardly alter a table: Alembic makes a new one and copies the rows.
    render_as_batch=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
