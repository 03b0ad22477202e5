"""Alembic's way in: it is given an open connection and runs inside that connection's transaction."""

from alembic import context

from records.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the transaction is ours: begun, committed or rolled back by whoever called
)
context.run_migrations()
