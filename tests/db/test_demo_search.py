"""Among 5,000 people of the demo an agent finds the right one, by twelve kinds of input, typing errors included."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from harmony_desk.local.postgres import Server
from tests import database as databases
from tests.database import Connection, Database

PEOPLE = 5_000
SAMPLE = 40
TODAY = dt.date(2026, 11, 22)
Row = dict[str, Any]

WHO = """
select c.id, c.customer_number, c.first_name, c.prefix, c.last_name, c.postcode, c.house_number, c.city, c.country,
       c.birth_date, p.e164 as phone, e.address as email, b.iban, o.policy_number, i.imei, k.claim_number
from harmony.customer c
left join lateral (select * from harmony.customer_phone x where x.customer_id = c.id order by id limit 1) p on true
left join lateral (select * from harmony.customer_email x where x.customer_id = c.id order by id limit 1) e on true
left join lateral (select * from harmony.bank_account x where x.customer_id = c.id order by id limit 1) b on true
left join lateral (select * from harmony.policy x where x.customer_id = c.id order by id limit 1) o on true
left join lateral (select * from harmony.insured_item x where x.customer_id = c.id and x.imei is not null limit 1) i on true
left join lateral (select * from harmony.claim x where x.customer_id = c.id order by id limit 1) k on true
where c.restricted_at is null
order by c.id
"""


@pytest.fixture(scope="module")
def demo(server: Server) -> Iterator[Database]:
    with databases.fresh(server) as made:
        databases.fill(made, customers=PEOPLE, seed=1, today=TODAY)
        made.create_staff("agent")
        with made.superuser() as connection:
            connection.execute("update harmony.setting set value = '1000000' where key = 'lookup.per_minute'")
        yield made


@pytest.fixture(scope="module")
def people(demo: Database) -> list[Row]:
    with demo.superuser() as connection:
        rows = connection.execute(WHO)
        assert rows.description is not None
        names = [column.name for column in rows.description]
        return [dict(zip(names, row, strict=True)) for row in rows]


def surname(person: Row) -> str:
    return f"{person['prefix']} {person['last_name']}" if person["prefix"] else str(person["last_name"])


def slip(word: str, chance: random.Random) -> str:
    """One letter too few, two changed places, or one doubled; never the first."""
    place = chance.randrange(1, len(word) - 1)
    return chance.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place] + word[place:],
        ]
    )


def national(person: Row) -> str:
    return "0" + person["phone"][3:]


KINDS: dict[str, tuple[Callable[[Row], bool], Callable[[Row, random.Random], str], float]] = {
    # kind: (who it can be asked about, what is typed, share that must be in the first 20)
    "customer number": (
        lambda p: True,
        lambda p, _: f"{p['customer_number'][:2]} {p['customer_number'][2:5]} {p['customer_number'][5:]}",
        1.0,
    ),
    "policy number": (lambda p: p["policy_number"], lambda p, _: p["policy_number"].lower(), 1.0),
    "claim number": (lambda p: p["claim_number"], lambda p, _: p["claim_number"], 1.0),
    "phone, national": (
        lambda p: p["phone"] and p["country"] == "NL",
        lambda p, _: f"{national(p)[:2]}-{national(p)[2:]}",
        1.0,
    ),
    "phone, international": (lambda p: p["phone"], lambda p, _: f"00{p['phone'][1:3]} {p['phone'][3:]}", 1.0),
    "phone, E.164": (lambda p: p["phone"], lambda p, _: p["phone"], 1.0),
    "e-mail": (lambda p: p["email"], lambda p, _: p["email"].upper(), 1.0),
    "IMEI": (
        lambda p: p["imei"],
        lambda p, _: f"{p['imei'][:2]}-{p['imei'][2:8]}-{p['imei'][8:14]}-{p['imei'][14]}",
        1.0,
    ),
    "IBAN": (
        lambda p: p["iban"],
        lambda p, _: " ".join(p["iban"][i : i + 4] for i in range(0, len(p["iban"]), 4)),
        1.0,
    ),
    "postcode and number": (
        lambda p: p["country"] == "NL" and p["postcode"],
        lambda p, _: f"{p['postcode'].lower()} {p['house_number']}",
        1.0,
    ),
    "birth date and name": (lambda p: p["birth_date"], lambda p, _: f"{surname(p)} {p['birth_date']:%d-%m-%Y}", 0.97),
    "first name and surname": (lambda p: p["first_name"], lambda p, _: f"{p['first_name']} {surname(p)}", 0.97),
    "surname, first name": (lambda p: p["first_name"], lambda p, _: f"{p['last_name']} {p['first_name']}", 0.97),
    "typing error": (
        lambda p: p["first_name"] and p["birth_date"] and len(p["last_name"]) > 5 and p["last_name"].isalpha(),
        lambda p, chance: f"{p['first_name']} {slip(p['last_name'], chance)} {p['birth_date'].year}",
        0.95,
    ),
}


def found(connection: Connection, typed: str) -> list[int]:
    return [row[0] for row in connection.execute("select customer_id from harmony.find_customers(%s)", (typed,))]


@pytest.mark.parametrize("kind", KINDS)
def test_agent_finds_the_person_meant(demo: Database, people: list[Row], kind: str) -> None:
    possible, typed_as, share = KINDS[kind]
    chance = random.Random(kind)
    asked = chance.sample([person for person in people if possible(person)], SAMPLE)
    with demo.login(next(iter(demo.passwords))) as connection:
        missed = [
            len(typed_as(person, chance))
            for person in asked
            if person["id"] not in found(connection, typed_as(person, chance))
        ]

    assert 1 - len(missed) / SAMPLE >= share, f"{kind}: {len(missed)} of {SAMPLE} not in the first 20"


def test_a_number_gives_one_person_first_and_only(demo: Database, people: list[Row]) -> None:
    with demo.login(next(iter(demo.passwords))) as connection:
        for person in people[:20]:
            assert found(connection, person["customer_number"]) == [person["id"]]
