"""The database of this room: one clone of the template per worker; every test makes its own people in it."""

from collections.abc import Iterator

import pytest

from harmony_desk.local.postgres import Server
from tests import database as databases
from tests import rows
from tests.database import Connection, Database
from tests.factories import Person


@pytest.fixture(scope="session")
def database(server: Server) -> Iterator[Database]:
    with databases.fresh(server) as made:
        yield made


@pytest.fixture(scope="session")
def agent(database: Database) -> str:
    """A login with the role agent, in team Noord."""
    return database.create_staff("agent", team="Noord")


@pytest.fixture(scope="session")
def lead(database: Database) -> str:
    return database.create_staff("team_lead", team="Noord")


@pytest.fixture(scope="session")
def handler(database: Database) -> str:
    return database.create_staff("claims_handler")


@pytest.fixture(scope="session")
def officer(database: Database) -> str:
    return database.create_staff("privacy_officer")


@pytest.fixture(scope="session")
def investigator(database: Database) -> str:
    return database.create_staff("fraud_investigator")


@pytest.fixture(scope="session")
def finance(database: Database) -> str:
    return database.create_staff("finance")


@pytest.fixture(scope="session")
def outreach(database: Database) -> str:
    return database.create_staff("outreach")


@pytest.fixture(scope="session")
def admin(database: Database) -> str:
    return database.create_staff("admin")


@pytest.fixture(scope="module")
def anna(database: Database) -> str:
    return database.create_staff("agent", team="Noord")


@pytest.fixture(scope="module")
def hidden(database: Database) -> tuple[Person, str]:
    """A customer of a colleague with a row in every table; his file is closed for anna."""
    return rows.fill(
        database,
        database.create_staff("agent", team="Noord"),
        birth_date="1931-03-12",
        postcode="9999XX",
        house_number=99,
        city="Verweg",
    )


@pytest.fixture(scope="module")
def shown(database: Database, anna: str) -> tuple[Person, str]:
    made = rows.fill(database, anna)
    rows.open_file(database, anna, made[0])
    return made


@pytest.fixture
def session(database: Database, anna: str, shown: tuple[Person, str]) -> Iterator[Connection]:
    with database.login(anna) as connection:
        yield connection
