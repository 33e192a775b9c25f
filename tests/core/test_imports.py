"""A list in the database: who may bring it in, who is known, what comes in."""

import datetime as dt
import json
from functools import partial
from typing import Any

import pytest

from harmony_desk.core import customers
from harmony_desk.core.database import Database as Desk
from harmony_desk.core.errors import NotAllowed, UserError
from harmony_desk.core.imports import carry_out, rows, runs
from tests import factories
from tests.core.lists import begin, bring_in, calling, checked, customer, desk_of, line, one, unique
from tests.database import Database, refused


def test_a_list_comes_in_whole(database: Database, leader: Desk) -> None:
    number, account = unique(), factories.dutch_iban()

    run, added = bring_in(leader, line(number, iban=account), line(unique()))

    assert added == carry_out.Added(2, ())
    assert one(
        database,
        "select c.display_name, c.birth_date, c.postcode, c.house_number, p.e164, e.address, b.iban, b.holder_name,"
        " i.run_id from harmony.customer c join harmony.customer_phone p on p.customer_id = c.id"
        " join harmony.customer_email e on e.customer_id = c.id join harmony.bank_account b on b.customer_id = c.id"
        " join harmony.import_customer i on i.customer_id = c.id where c.last_name = %s",
        f"Lijst{number}",
    ) == (
        f"Anna Lijst{number}", dt.date(1987, 4, 5), "3511ZK", 12, f"+3161{number:07d}", f"anna.{number}@example.nl",
        account, f"Anna Lijst{number}", run,
    )  # fmt: skip
    assert one(database, "select rows, imported, status from harmony.import_run where id = %s", run) == (2, 2, "done")


def test_who_came_in_is_found_by_the_search_and_no_file_is_open(database: Database, leader: Desk, agent: str) -> None:
    number = unique()
    bring_in(leader, line(number))

    with database.login(agent) as connection:
        found = connection.execute(
            "select display_name from harmony.find_customers(%s)", (f"anna.{number}@example.nl",)
        )

        assert found.fetchall() == [(f"Anna Lijst{number}",)]
    assert (
        leader.read(
            lambda session: session.connection().exec_driver_sql("select count(*) from harmony.customer").scalar_one()
        )
        == 0
    )


def test_the_audit_of_an_import_holds_names_of_columns_only(database: Database, leader: Desk) -> None:
    number = unique()
    bring_in(leader, line(number))

    events = one(
        database,
        "select count(*), count(detail_hash) from harmony.audit_event where customer_id = %s and action = 'insert'",
        customer(database, number),
    )

    # the customer, the number, the address
    assert events == (3, 0)


def test_what_else_the_same_transaction_writes_is_audited_with_its_values(database: Database, leader: Desk) -> None:
    """Or a lead could hide a change of a file behind an import."""
    person, run = factories.customer(database), begin(leader)
    leader.ask(lambda session: customers.open_file(session, person.id, reason="other", motive="proef van het spoor"))

    def both(session: Any) -> None:
        runs.add(session, run, checked(line(unique())).people)
        session.connection().exec_driver_sql(
            "update harmony.customer set city = 'Zwaluwstad' where id = %s", (person.id,)
        )

    leader.write(both)

    assert one(
        database,
        "select d.values -> 'new' ->> 'city' from harmony.audit_event e join harmony.audit_detail d on d.event_id = e.id"
        " where e.customer_id = %s and e.action = 'update'",
        person.id,
    ) == ("Zwaluwstad",)


@pytest.mark.parametrize(
    "role", ["agent", "claims_handler", "fraud_investigator", "finance", "privacy_officer", "outreach", "admin"]
)
def test_nobody_but_a_team_lead_brings_a_list_in(database: Database, role: str) -> None:
    login = database.create_staff(role)

    with database.login(login) as connection:
        for call in (
            "select harmony.begin_import('bron', repeat('0', 64), 1)",
            "select harmony.import_duplicates(1, '[{}]')",
            "select harmony.import_customers(1, '[{}]')",
            "select harmony.finish_import(1)",
        ):
            assert refused(connection, call) == "42501"


def test_a_lead_needs_a_valid_statement_of_confidentiality(database: Database) -> None:
    login = database.create_staff("team_lead")
    with database.superuser() as connection:
        connection.execute(
            "update harmony.staff set confidentiality_signed_on = '2020-01-01' where login = %s", (login,)
        )

    with database.login(login) as connection:
        row = connection.execute("select * from harmony.begin_import('bron', repeat('0', 64), 1)").fetchone()

    assert row == ("refused: no_confidentiality", None)


@pytest.mark.parametrize("size", [0, 100_001])
def test_a_run_has_a_size_that_makes_sense(leader: Desk, size: int) -> None:
    with pytest.raises(UserError) as caught:
        begin(leader, size)

    assert caught.value.code == "refused: not_allowed"


def test_a_day_has_its_limit_of_rows(leader: Desk) -> None:
    begin(leader, 60_000)

    with pytest.raises(NotAllowed) as caught:
        begin(leader, 60_000)

    assert caught.value.code == "refused: rate_limited"


def test_a_run_is_its_makers_and_of_the_size_that_was_said(database: Database, leader: Desk, lead: str) -> None:
    people = checked(line(unique()), line(unique())).people
    run = begin(leader, 1)

    def refusal(desk: Desk, count: int) -> str | None:
        with pytest.raises(NotAllowed) as caught:
            desk.write(partial(runs.add, run_id=run, people=people[:count]))
        return caught.value.code

    assert refusal(leader, 2) == "refused: not_allowed"
    for other in desk_of(database, lead):
        assert refusal(other, 1) == "refused: not_allowed"
        with pytest.raises(NotAllowed):
            other.ask(partial(runs.known, run_id=run, people=people[:1]))
    leader.write(partial(runs.finish, run_id=run))
    assert refusal(leader, 1) == "refused: not_allowed"


# Who is known already


@pytest.mark.parametrize("sign", ["birth_date", "phone", "email", "iban", "address"])
def test_somebody_we_know_is_shown_as_a_card_by_each_sign(database: Database, leader: Desk, sign: str) -> None:
    number = unique()
    person = factories.customer(
        database, last_name=f"Bekend{number}", first_name="Jolanda", birth_date=dt.date(1960, 1, 1 + number % 28),
        postcode=f"{1000 + number % 8999}AB", house_number=1 + number % 900, city="Edam",
    )  # fmt: skip
    cells = {
        "birth_date": f"J;BEKEND{number};{1 + number % 28}-1-1960;;;;;;;",
        "email": f"X;Ander;;;;;;;{person.email.upper()};",
        "iban": f"X;Ander;;;;;;;;{person.iban}",
        "address": f"J;Bekend{number};;;{1 + number % 900};{1000 + number % 8999}ab;;;;",
    }
    people = [calling(person.phone)] if sign == "phone" else checked(cells[sign]).people
    run = begin(leader)

    found = leader.ask(partial(runs.known, run_id=run, people=people))

    assert found == [
        runs.Known(
            2,
            sign,
            person.id,
            person.customer_number,
            f"Jolanda Bekend{number}",
            1960,
            f"{1000 + number % 8999}AB",
            "Edam",
        )
    ]


def test_a_spouse_and_a_stranger_are_not_known(database: Database, leader: Desk) -> None:
    number = unique()
    factories.customer(database, last_name=f"Bekend{number}", first_name="Jolanda", birth_date=dt.date(1960, 1, 2))
    run = begin(leader, 2)
    people = checked(f"Piet;Bekend{number};2-1-1960;;14;3511ZK;;;;", f"J;Vreemd{number};2-1-1960;;14;3511ZK;;;;").people

    assert leader.ask(partial(runs.known, run_id=run, people=people)) == []


def test_a_restricted_customer_is_a_number(database: Database, leader: Desk) -> None:
    person = factories.customer(database, restricted_at=dt.datetime.now(dt.UTC))
    run = begin(leader)

    [found] = leader.ask(partial(runs.known, run_id=run, people=[calling(person.phone)]))

    assert found == runs.Known(2, "phone", person.id, person.customer_number, "Klant afgeschermd", None, None, None)


def test_fifty_cards_at_most_and_the_other_rows_named_only(database: Database, leader: Desk) -> None:
    number = unique()
    for _copy in range(3):
        factories.customer(database, last_name=f"Vaak{number}", birth_date=dt.date(1970, 2, 3))
    people = checked(*[f";Vaak{number};3-2-1970;;;;;;;"] * 30).people
    run = begin(leader, 30)

    found = leader.ask(partial(runs.known, run_id=run, people=people))

    assert len(found) == 90
    assert [one.customer_id is not None for one in found] == [True] * 50 + [False] * 40
    assert [one.display_name for one in found[50:]] == [None] * 40


def test_a_comparison_is_a_logged_lookup_and_ends_after_three_times_the_list(database: Database, leader: Desk) -> None:
    people = checked(line(unique())).people
    run = begin(leader)
    look = partial(runs.known, run_id=run, people=people)

    for _time in range(3):
        leader.ask(look)
    with pytest.raises(NotAllowed) as caught:
        leader.ask(look)

    assert caught.value.code == "HD002"
    assert one(
        database,
        "select count(*) from harmony.search_log l join harmony.import_run r on r.staff_login = l.staff_login"
        " where r.id = %s and l.kind = 'import'",
        run,
    ) == (3,)


def test_a_comparison_in_the_transaction_of_its_own_run_gives_nothing(database: Database) -> None:
    login = database.create_staff("team_lead")
    batch = json.dumps([{"row": 2, "last_name": "Bos"}])

    with database.login(login, autocommit=False) as connection:
        row = connection.execute("select run_id from harmony.begin_import('bron', repeat('0', 64), 1)").fetchone()
        assert row is not None
        assert refused(connection, "select * from harmony.import_duplicates(%s, %s)", (row[0], batch)) == "42501"


@pytest.mark.parametrize("batch", ["[]", json.dumps([{}] * 1001)])
def test_a_batch_has_a_size(database: Database, leader: Desk, batch: str) -> None:
    run = begin(leader, 2000)
    login = one(database, "select staff_login from harmony.import_run where id = %s", run)[0]

    with database.login(login) as connection:
        assert refused(connection, "select * from harmony.import_duplicates(%s, %s)", (run, batch)) == "22023"
        row = connection.execute("select * from harmony.import_customers(%s, %s)", (run, batch)).fetchone()
    assert row == ("refused: not_allowed", 0)


# What the database refuses


def test_a_row_that_the_database_refuses_stays_out_and_the_others_come_in(database: Database, leader: Desk) -> None:
    people = list(checked(*(line(unique()) for _ in range(5))).people)
    people[3] = rows.Person(5, {**people[3].values, "house_number": 100_000})
    run = begin(leader, 5)

    added = carry_out.add(leader, run, people)

    assert added.imported == 4
    assert [(problem.row, problem.code) for problem in added.problems] == [(5, "customer_house_number_range")]


def test_a_list_cannot_set_what_is_not_in_a_list(database: Database, leader: Desk) -> None:
    number = unique()
    [person] = checked(line(number)).people
    more = {
        "id": 1,
        "customer_number": "99999999",
        "version": 7,
        "restricted_at": "2026-01-01",
        "deceased_on": "2026-01-01",
    }
    run = begin(leader)

    carry_out.add(leader, run, [rows.Person(2, {**person.values, **more})])

    assert one(
        database,
        "select id = 1, customer_number = '99999999', version, restricted_at, deceased_on from harmony.customer"
        " where last_name = %s",
        f"Lijst{number}",
    ) == (False, False, 1, None, None)


def test_many_batches_are_compared_at_the_pace_that_the_database_allows(
    leader: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "BATCH", 1)
    people = checked(line(1)).people * 22
    pauses: list[float] = []
    run = begin(leader, len(people))

    carry_out.compare(leader, run, people, pause=pauses.append)

    assert pauses == [1.5, 1.5]
