"""Made-up people and their things, committed; a test names only what matters to it."""

import datetime as dt
import itertools
import random
from dataclasses import dataclass
from typing import Any

from stdnum import iban as stdnum_iban
from stdnum import luhn

from tests.database import Database

_numbers = itertools.count(random.SystemRandom().randrange(10**6))


@dataclass(frozen=True)
class Person:
    id: int
    customer_number: str
    phone: str
    email: str
    iban: str
    policy_id: int
    policy_number: str
    item_id: int
    imei: str


def imei() -> str:
    """A valid IMEI of a test TAC."""
    body = f"00{next(_numbers) % 10**12:012d}"
    return body + luhn.calc_check_digit(body)


def dutch_iban() -> str:
    bban = f"INGB{next(_numbers) % 10**10:010d}"
    return f"NL{stdnum_iban.calc_check_digits('NL00' + bban)}{bban}"


def customer(database: Database, **columns: Any) -> Person:
    """A customer with a phone, an e-mail address, a bank account, a policy and an insured phone."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "first_name": "Jolanda",
        "last_name": f"Testpersoon{number}",
        "birth_date": dt.date(1987, 3, 12),
        "street": "Twijnstraat",
        "house_number": 14,
        "postcode": "3511ZK",
        "city": "Utrecht",
    } | columns
    names = ", ".join(values)
    marks = ", ".join(["%s"] * len(values))
    phone = f"+316{number % 10**8:08d}"
    email = f"jolanda.{number}@example.nl"
    account = dutch_iban()
    device = imei()
    with database.superuser() as connection, connection.transaction():

        def one(statement: str, parameters: tuple[object, ...]) -> tuple[Any, ...]:
            row = connection.execute(statement, parameters).fetchone()  # type: ignore[arg-type]
            assert row is not None
            return row

        person, customer_number = one(
            f"insert into harmony.customer ({names}) values ({marks}) returning id, customer_number",
            tuple(values.values()),
        )
        one(
            "insert into harmony.customer_phone (customer_id, e164, raw, kind, since)"
            " values (%s, %s, %s, 'mobile', harmony.clock() - interval '90 days') returning id",
            (person, phone, phone),
        )
        one(
            "insert into harmony.customer_email (customer_id, address) values (%s, %s) returning id",
            (person, email),
        )
        one(
            "insert into harmony.bank_account (customer_id, iban, holder_name) values (%s, %s, 'J. Testpersoon')"
            " returning id",
            (person, account),
        )
        policy, policy_number = one(
            "insert into harmony.policy (customer_id, product_version_id, status, started_on, premium_cents)"
            " values (%s, %s, 'active', current_date - 400, 1195) returning id, policy_number",
            (person, product_version(database)),
        )
        item = one(
            "insert into harmony.insured_item (customer_id, policy_id, kind, imei, brand, model)"
            " values (%s, %s, 'phone', %s, 'Samsung', 'Galaxy S24') returning id",
            (person, policy, device),
        )[0]
    return Person(person, customer_number, phone, email, account, policy, policy_number, item, device)


def product_version(database: Database) -> int:
    with database.superuser() as connection:
        connection.execute(
            "insert into harmony.product (code, name) values ('TEL', 'Telefoon Compleet') on conflict do nothing"
        )
        connection.execute(
            "insert into harmony.product_version (product_id, version, valid_from, covers_theft)"
            " select id, 'v2024-1', date '2024-01-01', true from harmony.product where code = 'TEL'"
            " on conflict do nothing"
        )
        row = connection.execute("select max(id) from harmony.product_version").fetchone()
    assert row is not None
    return int(row[0])


def call(
    database: Database,
    login: str,
    person: Person | None = None,
    *,
    live: bool = True,
    started_minutes_ago: int = 5,
) -> int:
    """A call of `login`, linked to `person` when given; live, or ended a minute ago."""
    with database.superuser() as connection:
        row = connection.execute(
            """
            with who as (select id, team_id from harmony.staff where login = %(login)s),
            contact as (
                insert into harmony.contact (customer_id, staff_id, started_at)
                select %(person)s, id, harmony.clock() - make_interval(mins => %(ago)s) from who returning id, started_at)
            insert into harmony.call (contact_id, customer_id, staff_id, team_id, started_at, ended_at)
            select contact.id, %(person)s, who.id, who.team_id, contact.started_at,
                   case when not %(live)s then harmony.clock() - interval '1 minute' end
            from contact, who returning id
            """,
            {
                "login": login,
                "person": person.id if person else None,
                "live": live,
                "ago": started_minutes_ago,
            },
        ).fetchone()
    assert row is not None
    return int(row[0])


def claim(database: Database, person: Person, *, assigned_to: str | None = None, kind: str = "damage") -> str:
    """A claim with its detail; returns the claim number."""
    with database.superuser() as connection, connection.transaction():
        row = connection.execute(
            "insert into harmony.claim (claim_number, customer_id, policy_id, insured_item_id, kind, assigned_to)"
            " values (harmony.next_number('S'), %s, %s, %s, %s, (select id from harmony.staff where login = %s))"
            " returning id, claim_number",
            (person.id, person.policy_id, person.item_id, kind, assigned_to),
        ).fetchone()
        assert row is not None
        connection.execute(
            "insert into harmony.claim_detail (claim_id, customer_id, damage_text) values (%s, %s, 'Scherm gebroken')",
            (row[0], person.id),
        )
    return str(row[1])


def repair_order(database: Database, person: Person, *, agreement: bool = True) -> tuple[int, int]:
    """A repair order at a repairer of its own, with or without agreement; returns (order id, recipient id)."""
    number = claim(database, person)
    with database.superuser() as connection, connection.transaction():
        recipient = connection.execute(
            "insert into harmony.recipient (name, category, role) values (%s, 'repairer', 'processor') returning id",
            (f"Telefix {next(_numbers)}",),
        ).fetchone()
        assert recipient is not None
        if agreement:
            connection.execute(
                "insert into harmony.agreement (recipient_id, kind, signed_on, valid_from)"
                " values (%s, 'repair_order', date '2024-01-01', date '2024-01-01')",
                (recipient[0],),
            )
        row = connection.execute(
            """
            with shop as (insert into harmony.repairer (recipient_id, name)
                select id, name from harmony.recipient where id = %s returning id)
            insert into harmony.repair_order (claim_id, customer_id, repairer_id)
            select c.id, c.customer_id, shop.id from harmony.claim c, shop where c.claim_number = %s returning id
            """,
            (recipient[0], number),
        ).fetchone()
    assert row is not None
    return int(row[0]), int(recipient[0])


def incident(database: Database, person: Person, *, kind: str = "fraud", status: str = "investigation") -> int:
    with database.superuser() as connection, connection.transaction():
        row = connection.execute(
            "insert into harmony.incident (kind, status, reported_by) values (%s, %s, 'tests') returning id",
            (kind, status),
        ).fetchone()
        assert row is not None
        connection.execute(
            "insert into harmony.incident_subject (incident_id, customer_id, name) values (%s, %s, 'X')",
            (row[0], person.id),
        )
    return int(row[0])
