"""search_name and search_word follow the customers, one statement or a million at a time."""

import threading

import pytest

from tests import factories
from tests.benchmarks import load
from tests.benchmarks.people import people
from tests.database import Connection, Database

ROWS = "select customer_id, word, role, next, others, initials, prefix from harmony.search_name order by 1, 2, 3, 4"
WORDS = "select word, role, people, sound, slips from harmony.search_word order by 1, 2"


@pytest.fixture
def connection(database: Database):
    with database.superuser() as made:
        yield made


def words_of(connection: Connection, person: int) -> set[tuple[str, str]]:
    return set(
        connection.execute("select word, next from harmony.search_name where customer_id = %s", (person,)).fetchall()
    )


def known(connection: Connection, word: str) -> int:
    row = connection.execute("select count(*) from harmony.search_word where word = %s", (word,)).fetchone()
    assert row is not None
    return int(row[0])


def test_a_change_of_name_is_searched_at_once_and_the_old_one_is_gone(
    connection: Connection, database: Database
) -> None:
    person = factories.customer(database, first_name="Quirina", last_name="Zwartsluysveld")
    assert words_of(connection, person.id) == {("zwartsluysveld", "quirina"), ("quirina", "zwartsluysveld")}

    connection.execute("update harmony.customer set last_name = 'Blauwsluysveld' where id = %s", (person.id,))

    assert words_of(connection, person.id) == {("blauwsluysveld", "quirina"), ("quirina", "blauwsluysveld")}
    assert (known(connection, "zwartsluysveld"), known(connection, "blauwsluysveld")) == (0, 1)


def test_a_word_that_another_person_bears_stays(connection: Connection, database: Database) -> None:
    one = factories.customer(database, last_name="Tweelingnaam")
    factories.customer(database, last_name="Tweelingnaam")

    connection.execute("update harmony.customer set last_name = 'Andersnaam' where id = %s", (one.id,))

    assert known(connection, "tweelingnaam") == 1


def test_what_is_not_searched_by_name_changes_nothing(connection: Connection, database: Database) -> None:
    person = factories.customer(database, last_name="Onveranderd")
    before = connection.execute(
        "select min(ctid::text) from harmony.search_name where customer_id = %s", (person.id,)
    ).fetchone()

    connection.execute("update harmony.customer set street = 'Elders', house_number = 3 where id = %s", (person.id,))

    after = connection.execute(
        "select min(ctid::text) from harmony.search_name where customer_id = %s", (person.id,)
    ).fetchone()
    assert before == after


def test_address_and_birth_date_narrow_as_they_are_now(connection: Connection, database: Database) -> None:
    person = factories.customer(database, last_name="Verhuisd")

    connection.execute(
        "update harmony.customer set city = 'Goes', postcode = '4461AB', birth_date = '1950-06-07' where id = %s",
        (person.id,),
    )

    row = connection.execute(
        "select distinct right(others, 25) from harmony.search_name where customer_id = %s", (person.id,)
    )
    assert row.fetchall() == [("| goes 4461AB 1950-06-07 ",)]


def test_an_erased_person_leaves_no_word_behind(connection: Connection) -> None:
    number = connection.execute(
        "insert into harmony.customer (first_name, last_name, partner_last_name)"
        " values ('Canaryvoor', 'Canaryachter', 'Canarypartner') returning id"
    ).fetchone()
    assert number is not None
    assert known(connection, "canaryachter") == 1

    connection.execute("delete from harmony.customer where id = %s", number)

    left = connection.execute(
        "select (select count(*) from harmony.search_name where word like 'canary%' or others like '%canary%')"
        " + (select count(*) from harmony.search_word where word like 'canary%' or array_to_string(slips, ' ') like '%canar%')"
    ).fetchone()
    assert left == (0,)


def test_names_of_any_length_and_script_are_kept_within_bounds(connection: Connection) -> None:
    names = ["x" * 200, "a b " * 50, "-" * 200, "Иван", "'" * 200, "van " * 50, "é" * 200, "\u202e" + "q" * 30]

    for name in names:
        connection.execute(
            "insert into harmony.customer (first_name, last_name) values (left(%s, 100), %s)", (name, name)
        )

    bounds = connection.execute(
        "select max(length(word)), max(per_person) from harmony.search_name,"
        " (select count(*) as per_person from harmony.search_name group by customer_id) as p"
    ).fetchone()
    assert bounds is not None
    assert bounds[0] <= 40
    assert bounds[1] <= 64


def test_a_bulk_load_and_a_rebuild_give_what_single_rows_give(connection: Connection, database: Database) -> None:
    crowd = list(people(400, seed=3, first_number=7_000_001))
    load.copy(connection, crowd[:200])
    for person in crowd[200:]:
        load.copy(connection, [person])
    connection.execute("select harmony.refresh_search_words()")
    by_triggers = connection.execute(ROWS).fetchall(), connection.execute(WORDS).fetchall()

    connection.execute("select harmony.rebuild_search()")

    assert by_triggers == (connection.execute(ROWS).fetchall(), connection.execute(WORDS).fetchall())
    assert len(by_triggers[0]) > 800


def test_doubles_in_the_dictionary_are_counted_away(connection: Connection, database: Database) -> None:
    factories.customer(database, last_name="Dubbelwoord")
    connection.execute("insert into harmony.search_word select * from harmony.search_word where word = 'dubbelwoord'")
    connection.execute(
        "insert into harmony.search_word (word, role, sound, slips) values ('nergens', 1, 'nergens', '{}')"
    )

    connection.execute("select harmony.refresh_search_words()")

    assert (known(connection, "dubbelwoord"), known(connection, "nergens")) == (1, 0)


def test_two_colleagues_who_enter_the_same_new_name_do_not_wait_for_each_other(database: Database) -> None:
    entered = threading.Event()

    def second() -> None:
        with database.superuser() as connection:
            connection.execute("set statement_timeout = '5s'")
            connection.execute("insert into harmony.customer (first_name, last_name) values ('Jan', 'Gelijktijdig')")
            entered.set()

    with database.superuser() as connection, connection.transaction():
        connection.execute("insert into harmony.customer (first_name, last_name) values ('An', 'Gelijktijdig')")
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(10)

        assert entered.is_set()
