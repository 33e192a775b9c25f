"""Core on a real PostgreSQL: the same databases as tests/db, reached through the product's own roads."""

from tests.db.conftest import agent, database, finance, handler, investigator, lead, officer

__all__ = ["agent", "database", "finance", "handler", "investigator", "lead", "officer"]
