"""Lists of customers for tests, and the desk of whoever brings them in."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

import psycopg

from harmony_desk.core.database import Database as Desk
from harmony_desk.core.imports import carry_out, mapping, reading, rows, runs
from tests import factories
from tests.database import Database

TODAY = dt.date(2026, 11, 22)
HEADER = "Voornaam;Achternaam;Geboren;Straat;Nr;Postcode;Plaats;Telefoon;Mail;IBAN"


def checked(*lines: str, header: str = HEADER) -> rows.Checked:
    sheet = reading.read("\n".join([header, *lines]).encode(), delimiter=";")
    found = rows.check(sheet, mapping.guess(sheet.header), today=TODAY)
    assert found.problems == []
    return found


def desk_of(database: Database, login: str) -> Iterator[Desk]:
    desk = Desk(lambda: psycopg.connect(database.dsn_of(login)), pool_size=1)
    yield desk
    desk.close()


def begin(desk: Desk, count: int = 1) -> int:
    return desk.ask(partial(runs.begin, source="Portefeuille van een test", digest="0" * 64, rows=count))


def bring_in(desk: Desk, *lines: str, header: str = HEADER) -> tuple[int, carry_out.Added]:
    people = checked(*lines, header=header).people
    run = begin(desk, len(people))
    return run, carry_out.add(desk, run, people)


def line(number: int, *, iban: str = "") -> str:
    return f"Anna;Lijst{number};5-4-1987;Kerkstraat;12;3511ZK;Utrecht;061{number:07d};anna.{number}@example.nl;{iban}"


def calling(e164: str) -> rows.Person:
    """Somebody of another name with this number; the factory's numbers are of no numbering plan."""
    return rows.Person(2, {"last_name": "Ander", "phones": [{"e164": e164}]})


def unique() -> int:
    return next(factories._numbers) % 10**7


def one(database: Database, statement: str, *parameters: object) -> tuple[Any, ...]:
    with database.superuser() as connection:
        row = connection.execute(statement, parameters).fetchone()  # type: ignore[call-overload]
    assert row is not None
    return tuple(row)


def customer(database: Database, number: int) -> int:
    return int(one(database, "select id from harmony.customer where last_name = %s", f"Lijst{number}")[0])
