"""Attacks on the incident register: nobody but an investigator can tell who is in it, by any road."""

from collections.abc import Iterator

import pytest

from tests import factories, rows
from tests.database import Connection, Database
from tests.factories import Person
from tests.probes import Probe

OUTSIDERS = ["agent", "claims_handler", "team_lead", "finance", "outreach", "admin", "privacy_officer", "custodian"]
TABLES = ["incident", "incident_subject", "incident_note", "signal"]
ACCOUNT = "De aankoopbon lijkt bewerkt"


@pytest.fixture(scope="module")
def suspect(database: Database) -> Person:
    person = factories.customer(database)
    factories.incident(database, person)
    return person


@pytest.fixture(scope="module")
def innocent(database: Database) -> Person:
    return factories.customer(database)


@pytest.fixture(scope="module", params=OUTSIDERS)
def outsider(
    request: pytest.FixtureRequest, database: Database, suspect: Person, innocent: Person
) -> Iterator[tuple[str, Connection]]:
    role = str(request.param)
    login = database.create_staff(role)
    if role not in ("outreach", "admin", "custodian"):
        for person in (suspect, innocent):
            rows.open_file(database, login, person)
    with database.login(login) as connection:
        yield role, connection


@pytest.mark.parametrize("table", TABLES)
def test_no_statement_reaches_the_register(probe: Probe, outsider: tuple[str, Connection], table: str) -> None:
    _, connection = outsider
    for statement in (
        f"select count(*) from harmony.{table}",
        f"select 1 from harmony.{table} where false",
        f"select 1 from harmony.{table} limit 0",
        f"explain select 1 from harmony.{table}",
        f"explain analyze select 1 from harmony.{table} where id = 1",
        f"insert into harmony.{table} (id) values (1)",
        f"insert into harmony.{table} (id) values (1) on conflict (id) do nothing",
        f"update harmony.{table} set id = id",
        f"delete from harmony.{table}",
        f"truncate harmony.{table}",
        f"do $$ begin lock table harmony.{table} in access share mode; end $$",
        f"copy harmony.{table} to stdout",
        f"merge into harmony.{table} t using (values (1)) v(id) on t.id = v.id when not matched then do nothing",
        f"select nextval('harmony.{table}_id_seq')",
        f"select last_value from harmony.{table}_id_seq",
        f"select currval('harmony.{table}_id_seq')",
        f"analyze harmony.{table}; select 1 from harmony.{table}",
        f"select ts_stat('select to_tsvector(id::text) from harmony.{table}')",
        f"do $$ begin perform 1 from harmony.{table}; end $$",
    ):
        probe.refused(connection, statement)
    probe.nothing(connection, "select * from pg_stats where tablename = %s", (table,))
    probe.nothing(
        connection,
        "select last_value from pg_sequences where sequencename = %s and last_value is not null",
        (f"{table}_id_seq",),
    )


@pytest.mark.parametrize(
    "function", ["incident_covers(1, %s)", "have_role('harmony_fraud_investigator')", "restricted_subjects()"]
)
def test_the_gates_own_questions_are_not_answered(
    probe: Probe, outsider: tuple[str, Connection], suspect: Person, function: str
) -> None:
    _, connection = outsider
    probe.refused(connection, f"select harmony.{function}", (suspect.id,) if "%s" in function else ())


def test_every_card_and_row_of_suspect_and_innocent_looks_the_same(
    probe: Probe, outsider: tuple[str, Connection], suspect: Person, innocent: Person
) -> None:
    role, connection = outsider
    if role in ("outreach", "admin", "custodian"):
        probe.refused(
            connection,
            "select * from harmony.open_file(%s, 'other', null, 'Voor een proef van de tests')",
            (suspect.id,),
        )
        return

    def seen(person: Person) -> list[object]:
        """What this role learns of a customer, without what names or numbers him."""
        answers: list[object] = []
        for query in (
            "select status from harmony.open_file(%s, 'fraud', '1')",
            "select status from harmony.open_file(%s, 'claim', '1')",
            "select count(*) from harmony.open_requests(%s)",
            "select count(*), array_agg(distinct reason) from harmony.who_looked(%s)",
            "select status from harmony.touch_file(%s)",
            "select restricted_at, version, language from harmony.customer where id = %s",
        ):
            answers.append(connection.execute(query, (person.id,)).fetchall())
        for table in ("claim", "contact", "task", "disclosure", "file_opening", "insured_item", "policy"):
            answers.append(
                connection.execute(
                    f"select count(*) from harmony.{table} where customer_id = %s", (person.id,)
                ).fetchone()
            )  # type: ignore[call-overload]
        if role != "privacy_officer":
            cards = connection.execute("select * from harmony.find_customers(%s)", (person.customer_number,)).fetchall()
            answers.append([card[3:] for card in cards])
        return answers

    probe.same(seen(suspect), seen(innocent), what=f"{role} compares suspect and innocent")


def test_a_report_answers_the_same_whatever_is_on_file(
    probe: Probe, outsider: tuple[str, Connection], suspect: Person, innocent: Person
) -> None:
    role, connection = outsider
    query = "select status, receipt is null, pg_typeof(receipt) from harmony.report_incident(%s, %s, %s)"
    if role in ("outreach", "admin", "custodian"):
        probe.refused(connection, query, (suspect.id, "fraud", ACCOUNT))
        return
    for kind, account in (
        ("fraud", ACCOUNT),
        ("payment_default", ACCOUNT),
        ("fraud", "kort"),
        ("other", ACCOUNT),
        ("fraud", "x" * 70000),
    ):
        probe.same(
            *(
                connection.execute(query, (person, kind, account)).fetchone()
                for person in (suspect.id, innocent.id, 10**15, -1, None)
            ),
            what=f"report of {kind}",
        )


def test_an_investigator_sees_the_register_but_not_the_restricted(probe: Probe, database: Database) -> None:
    suspect, restricted = factories.customer(database), factories.customer(database)
    for person in (suspect, restricted):
        factories.incident(database, person)
    rows.restrict(database, restricted)
    with database.login(database.create_staff("fraud_investigator")) as connection:
        found = {row[0] for row in connection.execute("select customer_id from harmony.incident_subject")}
        probe.holds(suspect.id in found and restricted.id not in found, "a restricted subject is shown")
        for statement in (
            "insert into harmony.incident (kind) values ('fraud')",
            "update harmony.incident set status = 'established'",
            "update harmony.incident set reported_by = 'x'",
            "delete from harmony.incident",
            "update harmony.incident_note set text = 'x'",
            "insert into harmony.incident_subject (incident_id, name) values (1, 'x')",
            "insert into harmony.incident_note (incident_id, staff_login, text) values (1, 'somebody.else', 'x')",
        ):
            probe.refused(connection, statement)


def test_an_opening_or_listen_for_fraud_is_not_shown_to_others(probe: Probe, database: Database) -> None:
    person = factories.customer(database)
    number = factories.incident(database, person)
    investigator = database.create_staff("fraud_investigator")
    with database.login(investigator) as connection:
        status = connection.execute(
            "select status from harmony.open_file(%s, 'fraud', %s)", (person.id, str(number))
        ).fetchone()
        assert status == ("open",)
        other = factories.customer(database)
        probe.answers(
            connection,
            "motive_required",
            "select status from harmony.open_file(%s, 'fraud', %s)",
            (other.id, str(number)),
        )
    agent = database.create_staff("agent")
    rows.open_file(database, agent, person)
    with database.login(agent) as connection:
        probe.nothing(connection, "select * from harmony.who_looked(%s) where reason ~ 'fraud'", (person.id,))
        probe.nothing(connection, "select * from harmony.file_opening where reason = 'fraud'")
        probe.nothing(
            connection, "select harmony.file_overview(%s) -> 'who_looked' @> '[{\"reason\": \"fraud\"}]'", (person.id,)
        )
