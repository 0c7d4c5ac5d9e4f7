"""What Alembic runs to take steps: on the connection it is given, inside that one's transaction."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    render_as_batch=True,  # SQLite alters a table by making it anew
)
context.run_migrations()
