"""The databases of tests/db: documents are made from rows that a real disclosure stored."""

from tests.db.conftest import agent, database

__all__ = ["agent", "database"]
