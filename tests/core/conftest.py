"""Core on a real PostgreSQL: the same databases as tests/db, reached through the product's own roads.
Dutch is the language again after each test."""

from collections.abc import Iterator

import pytest

from harmony_desk.core import texts
from harmony_desk.core.database import Database as Desk
from tests.core import lists
from tests.database import Database
from tests.db.conftest import agent, database, finance, handler, investigator, lead, officer

__all__ = ["agent", "database", "dutch", "finance", "handler", "investigator", "lead", "officer"]


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    texts.use_language("nl")
    yield
    texts.use_language("nl")


@pytest.fixture
def leader(database: Database) -> Iterator[Desk]:
    """The desk of a team lead of this test alone: what one may offer in a day is counted by login."""
    yield from lists.desk_of(database, database.create_staff("team_lead"))
