"""How well names are found among generated people: unique ones first, mistyped ones among the first twenty."""

import random
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from tests.benchmarks import load
from tests.benchmarks.people import Person, people
from tests.benchmarks.queries import full_surname, slip
from tests.database import Connection, Database

COUNT = 3_000
ASKED = 150


@pytest.fixture(scope="module")
def crowd(database: Database) -> list[Person]:
    """Customers of a spread like the real one, in the database of this module."""
    crowd = list(people(COUNT, seed=11, first_number=5_000_001))
    with database.superuser() as connection:
        load.copy(connection, crowd)
        connection.execute("select harmony.refresh_search_words()")
        connection.execute("vacuum analyze harmony.search_name, harmony.search_word, harmony.customer")
        connection.execute(
            "update harmony.setting set value = '100000' where key in ('lookup.per_minute', 'search.step_ms')"
        )
    return crowd


@pytest.fixture(scope="module")
def find(database: Database, crowd: list[Person]) -> Iterator[Callable[[str], tuple[int, ...]]]:
    with database.login(database.create_staff("agent")) as connection:
        yield cache(lambda typed: _found(connection, typed))


def _found(connection: Connection, typed: str) -> tuple[int, ...]:
    return tuple(row[0] for row in connection.execute("select customer_id from harmony.find_customers(%s)", (typed,)))


# what stands beside the surname, and how it is mistyped
BESIDE: dict[str, Callable[[Person, str], str]] = {
    "first name": lambda person, surname: f"{person.first_name or person.initials[0]} {surname}",
    "first name behind": lambda person, surname: f"{surname} {person.first_name or person.initials[0]}",
    "year": lambda person, surname: f"{surname} {person.birth_date.year}",
    "city": lambda person, surname: f"{surname} {person.city}",
    "birth date": lambda person, surname: f"{surname} {person.birth_date:%d-%m-%Y}",
}


@pytest.mark.parametrize("beside", BESIDE)
def test_a_slip_in_the_surname_finds_what_the_right_name_would_have(
    find: Callable[[str], tuple[int, ...]], crowd: list[Person], beside: str
) -> None:
    rng = random.Random(5)
    attainable = found = 0

    for person in rng.sample(crowd, ASKED):
        if len(person.last_name) < 4 or person.id not in find(BESIDE[beside](person, full_surname(person))):
            continue
        attainable += 1
        found += person.id in find(BESIDE[beside](person, slip(person.last_name, rng)))

    assert attainable >= ASKED * 0.8
    assert found >= attainable * 0.95


def test_a_slip_in_both_names_still_finds_most(find: Callable[[str], tuple[int, ...]], crowd: list[Person]) -> None:
    rng = random.Random(6)
    asked = [p for p in rng.sample(crowd, ASKED) if p.first_name and min(len(p.first_name), len(p.last_name)) >= 4]

    found = sum(p.id in find(f"{slip(p.first_name, rng)} {slip(p.last_name, rng)}") for p in asked)

    assert len(asked) >= 80
    assert found >= len(asked) * 0.9


@pytest.mark.parametrize("order", ["{first} {surname}", "{surname} {first}", "{core} {first}", "{first} {core}"])
def test_a_unique_name_stands_first(
    find: Callable[[str], tuple[int, ...]], crowd: list[Person], database: Database, order: str
) -> None:
    seen: dict[tuple[object, ...], int] = {}
    for person in crowd:
        key = (person.first_name, person.prefix, person.last_name)
        seen[key] = seen.get(key, 0) + 1
    unique = [
        p for p in random.Random(7).sample(crowd, ASKED)
        if p.first_name and seen[p.first_name, p.prefix, p.last_name] == 1
    ]  # fmt: skip

    answers = [
        find(order.format(first=p.first_name, surname=full_surname(p), core=p.last_name))[:1] == (p.id,) for p in unique
    ]

    assert len(unique) >= 40
    # A namesake with another prefix or behind a partner's name may be meant as well, when no prefix is typed.
    assert sum(answers) >= len(answers) * (0.97 if "surname" in order else 0.85)


def test_initials_and_the_begin_of_a_name_find_most(
    find: Callable[[str], tuple[int, ...]], crowd: list[Person]
) -> None:
    asked = [p for p in random.Random(8).sample(crowd, ASKED) if p.first_name]

    by_initials = sum(p.id in find(f"{p.initials} {full_surname(p)}") for p in asked)
    by_begin = sum(p.id in find(f"{p.first_name} {p.last_name[:4]}") for p in asked)

    assert by_initials >= len(asked) * 0.9
    assert by_begin >= len(asked) * 0.85
