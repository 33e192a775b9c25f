"""A list in the database: who may bring it in, who is known, what comes in, what an undo takes back."""

import datetime as dt
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

import psycopg
import pytest

from harmony_desk.core import customers
from harmony_desk.core.database import Database as Desk
from harmony_desk.core.errors import NotAllowed, UserError
from harmony_desk.core.imports import carry_out, mapping, reading, rows, runs
from tests import factories
from tests.database import Database, refused

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


@pytest.fixture
def leader(database: Database) -> Iterator[Desk]:
    """The desk of a team lead of this test alone: what one may offer in a day is counted by login."""
    yield from desk_of(database, database.create_staff("team_lead"))


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


@pytest.mark.parametrize(("size", "code"), [(0, "import_run_rows_range"), (100_001, "refused: rate_limited")])
def test_a_run_has_a_size_that_makes_sense(leader: Desk, size: int, code: str) -> None:
    with pytest.raises(UserError) as caught:
        begin(leader, size)

    assert caught.value.code == code


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


# Undo


def test_an_undo_removes_a_list_and_leaves_no_copy(database: Database, leader: Desk) -> None:
    number, account = unique(), factories.dutch_iban()
    run, _added = bring_in(leader, line(number, iban=account), line(unique()))
    person = customer(database, number)

    undone = leader.write(partial(runs.undo, run_id=run))

    assert undone == runs.Undone(2, ())
    with database.superuser() as connection:
        for table, column, value in (
            ("customer", "last_name", f"Lijst{number}"), ("customer_phone", "e164", f"+3161{number:07d}"),
            ("customer_email", "address", f"anna.{number}@example.nl"), ("bank_account", "iban", account),
            ("import_customer", "run_id", run), ("search_name", "customer_id", person),
            ("audit_detail", "values::text", f"%Lijst{number}%"),
        ):  # fmt: skip
            sign = "like" if "%" in str(value) else "="
            query = f"select count(*) from harmony.{table} where {column} {sign} %s"
            assert connection.execute(query, (value,)).fetchone() == (0,), table  # type: ignore[arg-type]
    assert one(database, "select status, imported, removed from harmony.import_run where id = %s", run) == (
        "undone",
        2,
        2,
    )


TOUCHES = {
    "a file that was opened": "insert into harmony.file_opening (customer_id, staff_login, reason, status, expires_at)"
    " values (%(id)s, 'x', 'call', 'open', now())",
    "a contact": "insert into harmony.contact (customer_id) values (%(id)s)",
    "a task": "insert into harmony.task (customer_id, kind) values (%(id)s, 'check')",
    "a policy": "insert into harmony.policy (customer_id, product_version_id, started_on)"
    " select %(id)s, max(id), current_date from harmony.product_version",
    "an objection": "insert into harmony.objection (customer_id, scope, registered_by) values (%(id)s, 'other', 'x')",
    "a changed address": "update harmony.customer set city = 'Edam' where id = %(id)s",
    "a changed number": "update harmony.customer_phone set kind = 'other' where customer_id = %(id)s",
    "a second address": "insert into harmony.customer_email (customer_id, address) values (%(id)s, 'x@example.nl')",
    "a second account": "insert into harmony.bank_account (customer_id, iban, holder_name)"
    " values (%(id)s, 'NL91ABNA0417164300', 'x')",
    "an incident": "with i as (insert into harmony.incident (kind, status, reported_by) values ('fraud', 'signal', 'x')"
    " returning id) insert into harmony.incident_subject (incident_id, customer_id, name) select id, %(id)s, 'x' from i",
}


@pytest.mark.parametrize("touch", TOUCHES)
def test_whoever_was_touched_stays_and_nothing_says_by_what(database: Database, leader: Desk, touch: str) -> None:
    number = unique()
    factories.product_version(database)
    run, _added = bring_in(leader, line(number), line(unique()), line(unique()))
    person = customer(database, number)
    with database.superuser() as connection:
        connection.execute(TOUCHES[touch], {"id": person})
    stays = one(database, "select customer_number from harmony.customer where id = %s", person)[0]

    undone = leader.write(partial(runs.undo, run_id=run))

    assert undone == runs.Undone(2, (stays,))
    assert customer(database, number) == person


def test_an_undo_is_done_once_and_in_time(database: Database, leader: Desk) -> None:
    old, new = bring_in(leader, line(unique()))[0], bring_in(leader, line(unique()))[0]
    with database.superuser() as connection:
        connection.execute(
            "update harmony.import_run set started_at = now() - interval '31 days' where id = %s", (old,)
        )

    def refusal(run: int) -> str | None:
        with pytest.raises(NotAllowed) as caught:
            leader.write(partial(runs.undo, run_id=run))
        return caught.value.code

    assert refusal(old) == "refused: expired"
    leader.write(partial(runs.undo, run_id=new))
    assert refusal(new) == "refused: already_done"
    assert refusal(0) == "refused: not_allowed"


def test_the_privacy_officer_undoes_any_run_and_another_lead_does_not(
    database: Database, leader: Desk, lead: str, officer: str
) -> None:
    run, _added = bring_in(leader, line(unique()))
    undo = partial(runs.undo, run_id=run)

    for other in desk_of(database, lead):
        with pytest.raises(NotAllowed):
            other.write(undo)
    for desk in desk_of(database, officer):
        assert desk.write(undo).removed == 1
    assert one(database, "select undone_by from harmony.import_run where id = %s", run) == (officer,)


def test_a_run_is_seen_by_its_maker_and_the_officer(database: Database, leader: Desk, lead: str, officer: str) -> None:
    run = begin(leader)
    maker = one(database, "select staff_login from harmony.import_run where id = %s", run)[0]
    seen = "select count(*) from harmony.import_run where id = %s"

    for login, count in ((maker, 1), (officer, 1), (lead, 0)):
        with database.login(login) as connection:
            assert connection.execute(seen, (run,)).fetchone() == (count,)
            assert refused(connection, "select * from harmony.import_customer") == "42501"
            assert refused(connection, "delete from harmony.import_run") == "42501"
            assert refused(connection, "update harmony.import_run set rows = 1") == "42501"


def test_many_batches_are_compared_at_the_pace_that_the_database_allows(
    leader: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "BATCH", 1)
    people = checked(line(1)).people * 22
    pauses: list[float] = []
    run = begin(leader, len(people))

    carry_out.compare(leader, run, people, pause=pauses.append)

    assert pauses == [1.5, 1.5]
