"""0001. The foundation: staff, customers, policies, contacts, recordings, claims, privacy, incidents, traces."""

from importlib.resources import files

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates all tables of the foundation in an empty schema."""
    op.get_bind().exec_driver_sql("set local role harmony_owner")
    for name in ("v0001_foundation.sql", "v0001_search.sql"):
        op.get_bind().exec_driver_sql(files("db.migrations.versions").joinpath(name).read_text("utf-8"))
    op.get_bind().exec_driver_sql("set local role harmony_migrator")
