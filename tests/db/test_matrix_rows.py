"""What the letters of the access matrix mean, shown with real rows: R, O, A, and the restricted customer."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests import matrix, rows
from tests.database import Connection, Database
from tests.factories import Person

MATRIX = matrix.load()
# Rows of one's own looking stay when a customer is restricted: they tell what I did, not who he is.
OWN_TRACES = {"recording_listen", "file_opening", "search_log", "bank_reveal"}


@dataclass(frozen=True)
class Scene:
    """A login of one role and four customers with a row in every table."""

    login: str
    role: str
    opened: Person  # his file is open
    closed: Person  # a colleague worked on him
    mine: Person  # this login worked on him; the file is closed
    restricted: Person  # this login worked on him and opened his file before he was restricted


@pytest.fixture(scope="module", params=MATRIX.desk)
def scene(request: pytest.FixtureRequest, database: Database) -> Iterator[tuple[Scene, Connection]]:
    role = str(request.param)
    login = database.create_staff(matrix.GROUPS[role], team="Noord")
    colleague = database.create_staff("agent", team="Noord")
    opened, closed = (rows.fill(database, colleague)[0] for _ in range(2))
    mine, restricted = (rows.fill(database, login)[0] for _ in range(2))
    if role not in ("outreach", "admin"):
        for person in (opened, restricted):
            rows.open_file(database, login, person)
    rows.restrict(database, restricted)
    with database.login(login) as connection:
        yield Scene(login, role, opened, closed, mine, restricted), connection


def seen(connection: Connection, table: str, person: Person) -> int:
    column = "id" if table == "customer" else "customer_id"
    row = connection.execute(
        f"select count(*) from harmony.{table} where {column} = %s",  # type: ignore[call-overload]
        (person.id,),
    ).fetchone()
    return int(row[0])


def expected(table: str, scene: Scene) -> dict[str, bool]:
    """Which of the four customers' rows the letters promise to show."""
    codes = MATRIX.codes(table, scene.role)
    everything = "A" in codes
    past_restriction = scene.role == "privacy" or table in OWN_TRACES
    return {
        # The opening that opened it is this login's own row.
        "opened": everything or "R" in codes or (table == "file_opening" and "O" in codes and scene.role != "outreach"),
        "closed": everything,
        "mine": everything or "O" in codes,
        "restricted": past_restriction and (everything or "R" in codes or "O" in codes),
    }


@pytest.mark.parametrize("table", ["customer", *rows.OF_PERSONS])
def test_a_role_sees_the_rows_that_its_letters_say(scene: tuple[Scene, Connection], table: str) -> None:
    who, connection = scene
    codes = MATRIX.codes(table, who.role)

    if not codes & matrix.READS:
        # Nothing to see is refused by the grants already: test_matrix.
        assert not any(MATRIX.reads(table, who.role, column) for column in ("id", "customer_id"))
        return
    got = {name: seen(connection, table, getattr(who, name)) > 0 for name in ("opened", "closed", "mine", "restricted")}

    assert got == expected(table, who), f"{who.role} {table} {sorted(codes)}"


@pytest.mark.parametrize("table", ["search_log", "recording_listen", "file_opening", "bank_reveal", "command"])
def test_traces_without_a_file_are_shown_to_their_maker_only(
    scene: tuple[Scene, Connection], database: Database, table: str
) -> None:
    who, connection = scene
    codes = MATRIX.codes(table, who.role)
    if "O" not in codes:
        assert codes <= {"A", "-"}
        return
    with database.superuser() as admin:
        if table == "search_log":
            for login in (who.login, "somebody.else"):
                admin.execute(
                    "insert into harmony.search_log (staff_login, kind, hits, counter) values (%s, 'name', 1, 0)",
                    (login,),
                )
        if table == "command":
            for login in (who.login, "somebody.else"):
                admin.execute("insert into harmony.command (id, staff_login) values (gen_random_uuid(), %s)", (login,))
        others = admin.execute(
            f"select count(*) from harmony.{table} where staff_login <> %s",  # type: ignore[call-overload]
            (who.login,),
        ).fetchone()

    logins = {row[0] for row in connection.execute(f"select distinct staff_login from harmony.{table}")}  # type: ignore[call-overload]

    assert others != (0,)
    assert logins == {who.login}


def test_nothing_of_a_person_is_seen_once_the_file_is_closed(database: Database) -> None:
    login = database.create_staff("agent", team="Noord")
    person, _ = rows.fill(database, database.create_staff("agent"))
    rows.open_file(database, login, person)
    with database.login(login) as connection:
        tables = [t for t in ("customer", *rows.OF_PERSONS) if "R" in MATRIX.codes(t, "agent")]
        before = {table: seen(connection, table, person) for table in tables}
        connection.execute("select harmony.close_file(%s)", (person.id,))
        after = {table: seen(connection, table, person) for table in tables}

    assert len(tables) > 15
    assert all(before.values())
    assert not any(after.values())


def test_every_column_that_the_matrix_lets_an_agent_change_can_be_changed(database: Database) -> None:
    """`where false` proves the grant; this proves that the row, its generated columns and triggers go along."""
    login = database.create_staff("agent", team="Noord")
    person, _ = rows.fill(database, login)
    rows.open_file(database, login, person)
    failed = []
    with database.login(login) as connection:
        for (table, command), by_role in MATRIX.write.items():
            for column in by_role.get("agent", ()) if command == "update" else ():
                if (table, column) == ("call", "ended_at"):
                    continue  # it has ended: test_probes_calls
                key = "id" if table == "customer" else "customer_id"
                changed = connection.execute(
                    f'update harmony.{table} set "{column}" = "{column}" where {key} = %s',  # type: ignore[call-overload]
                    (person.id,),
                ).rowcount
                if changed < 1:
                    failed.append(f"{table}.{column}")

    assert failed == []
