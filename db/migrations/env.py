"""Alembic's door: runs the migrations on the connection that `db.build` hands over.

Tables only; who sees what is in db/access.
"""

from alembic import context

from harmony_desk.core.model import Base


def run() -> None:
    """Upgrades in one transaction, as `harmony_migrator` (revisions make tables as `harmony_owner`), with one upgrade at a time on a server."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        version_table="alembic_version",
        version_table_schema="harmony",
    )
    with context.begin_transaction():
        context.run_migrations()


run()
