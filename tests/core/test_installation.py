"""A demo does nothing in the real world."""

import psycopg
import pytest

from harmony_desk.core import installation
from harmony_desk.core.database import Database as Desk
from harmony_desk.core.errors import NotAllowed
from harmony_desk.core.installation import Action, Installation
from tests.database import Database


@pytest.mark.parametrize("action", Action)
def test_a_demo_refuses_whatever_reaches_outside(action: Action) -> None:
    with pytest.raises(NotAllowed) as caught:
        installation.refuse_in_demo(Installation("demo"), action)

    assert caught.value.code == "demo"
    assert caught.value.message.startswith("Dit is de demo: ")


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("kind", ["production", "test"])
def test_elsewhere_nothing_is_refused(kind: str, action: Action) -> None:
    installation.refuse_in_demo(Installation(kind), action)


def test_every_role_can_ask_which_database_this_is(database: Database, agent: str, lead: str, officer: str) -> None:
    for login in (agent, lead, officer):
        desk = Desk(lambda login=login: psycopg.connect(database.dsn_of(login)))  # type: ignore[misc]

        assert desk.read(installation.read) == Installation("test")
        desk.close()


def test_a_demo_knows_itself_by_its_database(database: Database, agent: str) -> None:
    desk = Desk(lambda: psycopg.connect(database.dsn_of(agent)))
    try:
        with database.superuser() as connection:
            connection.execute("update harmony.installation set kind = 'demo'")
        assert desk.read(installation.read).is_demo
    finally:
        with database.superuser() as connection:
            connection.execute("update harmony.installation set kind = 'test'")
        desk.close()
