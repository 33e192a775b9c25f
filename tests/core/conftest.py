"""Core on a real PostgreSQL: the same databases as tests/db, reached through the product's own roads.
Dutch is the language again after each test."""

from collections.abc import Iterator

import pytest

from harmony_desk.core import texts
from tests.db.conftest import agent, database, finance, handler, investigator, lead, officer

__all__ = ["agent", "database", "dutch", "finance", "handler", "investigator", "lead", "officer"]


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    texts.use_language("nl")
    yield
    texts.use_language("nl")
