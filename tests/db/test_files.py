"""A file is closed until it is opened by a committed row, for a limited time, by this login only."""

from tests import factories
from tests.database import Database

MOTIVE = "Collega vroeg om mee te kijken bij dit dossier"


def visible(connection: object) -> int:
    return connection.execute("select count(*) from harmony.customer").fetchone()[0]  # type: ignore[attr-defined]


def test_agent_counts_exactly_the_open_files(database: Database, agent: str) -> None:
    person, other = factories.customer(database), factories.customer(database)
    with database.login(agent) as connection:
        before = visible(connection)

        for one in (person, other):
            answer = connection.execute(
                "select status from harmony.open_file(%s, 'other', null, %s)", (one.id, MOTIVE)
            ).fetchone()
            assert answer == ("open",)

        assert visible(connection) == before + 2
        connection.execute("select harmony.close_file(%s)", (person.id,))
        assert visible(connection) == before + 1


def test_opening_shows_nothing_in_its_own_transaction(database: Database, agent: str) -> None:
    person = factories.customer(database)
    with database.login(agent, autocommit=False) as connection:
        before = visible(connection)
        connection.execute("select harmony.open_file(%s, 'other', null, %s)", (person.id, MOTIVE))
        assert visible(connection) == before
        connection.rollback()
        assert visible(connection) == before


def test_opening_without_anything_behind_it_asks_a_motive(database: Database, agent: str) -> None:
    person = factories.customer(database)
    with database.login(agent) as connection:
        status = connection.execute("select status from harmony.open_file(%s, 'claim')", (person.id,)).fetchone()
    assert status == ("motive_required",)
