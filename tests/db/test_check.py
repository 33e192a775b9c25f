"""`db check` is quiet about a database as it was built, and speaks about every way to undo it."""

from collections.abc import Iterator

import psycopg
import pytest

from db import build, check
from db.check import network
from db.check.network import HostRule
from harmony_desk.core.errors import UserError
from harmony_desk.local.postgres import Server
from tests.database import Database
from tests.db.sabotage import ALL, Sabotage

LONGEST_SECONDS = 10


@pytest.fixture(scope="module")
def checked(own_server: Server) -> Iterator[Database]:
    """A fresh database with people in it, on a server of its own: these tests change roles of the whole server."""
    database = Database(own_server, "checked")
    admin = psycopg.conninfo.make_conninfo(own_server.dsn, password=own_server.password)
    build.create(admin, database.name, kind="test", made_by="tests")
    database.create_staff("agent", login="anna.agent", team="Noord")
    database.create_staff("agent", "team_lead", login="tessa.teamlead", team="Noord")
    database.create_staff("recorder", login="recorder")
    database.create_staff("finance", login="fenna.finance", signed=False)
    try:
        yield database
    finally:
        database.drop_staff_logins()
        build.drop(admin, database.name)


@pytest.fixture(scope="module")
def expected(checked: Database) -> check.Snapshot:
    return check.filed(checked.dsn)


def databases_of(database: Database) -> set[str]:
    with database.superuser() as connection:
        return {row[0] for row in connection.execute("select datname from pg_database").fetchall()}


def test_a_fresh_database_has_no_findings_and_is_left_as_it_was(checked: Database) -> None:
    before = databases_of(checked)

    report = check.run(checked.dsn)

    assert report.findings == ()
    assert report.kind == "test"
    assert report.seconds < LONGEST_SECONDS
    assert databases_of(checked) == before


def test_every_kind_of_object_was_compared(expected: check.Snapshot) -> None:
    empty = {kind for kind, objects in expected.items() if not objects}

    # Ours has none of these; a sabotage below adds one of each.
    assert empty == {"rule", "event_trigger", "cast", "outside_road"}


@pytest.mark.parametrize("sabotage", ALL, ids=lambda one: one.name)
def test_red(sabotage: Sabotage, checked: Database, expected: check.Snapshot) -> None:
    with psycopg.connect(checked.dsn) as connection:
        staff = connection.execute("select id from harmony.staff where login = 'anna.agent'").fetchone()
        assert staff is not None
        statement = sabotage.does.format(
            db=checked.name, agent="anna.agent", other="tessa.teamlead", staff=staff[0], hash="0" * 32
        )
        connection.execute(statement)

        findings = check.examine(connection, expected)

        connection.rollback()
    assert sabotage.code in {one.code for one in findings}, [(one.code, one.object) for one in findings]
    assert all(one.sentence and "{" not in one.sentence for one in findings)


def test_an_unsigned_role_is_not_expected_in_force(checked: Database, expected: check.Snapshot) -> None:
    with psycopg.connect(checked.dsn) as connection:
        connection.execute('grant harmony_finance to "fenna.finance"')

        findings = check.examine(connection, expected)

        connection.rollback()
    assert [(one.code, one.object) for one in findings] == [
        ("staff_membership_unknown", "fenna.finance in harmony_finance")
    ]


def test_a_change_names_what_should_be_and_what_is(checked: Database, expected: check.Snapshot) -> None:
    with psycopg.connect(checked.dsn) as connection:
        connection.execute("alter function harmony.clock() immutable")

        (finding,) = check.examine(connection, expected)

        connection.rollback()
    assert (finding.object, finding.expected, finding.found) == ("harmony.clock()", "volatility: s", "volatility: i")


def test_without_the_roles_nothing_is_compared(checked: Database, expected: check.Snapshot) -> None:
    with psycopg.connect(checked.dsn) as connection:
        connection.execute("alter role harmony_outreach rename to was_outreach")

        codes = {one.code for one in check.examine(connection, expected)}

        connection.rollback()
    assert {"role_missing", "not_compared"} <= codes
    assert not any(code.startswith("grant_") for code in codes)


def test_an_upgrade_puts_everything_back_and_loses_nothing(checked: Database) -> None:
    with checked.superuser() as connection:
        connection.execute("insert into harmony.team (name) values ('Oost')")
        for statement in (
            "alter table harmony.customer no force row level security",
            "alter policy select_1 on harmony.preference using (true)",
            "grant select on harmony.incident to harmony_agent",
            'grant update (iban) on harmony.bank_account to "anna.agent"',
            "grant execute on function harmony.fold(text) to public",
            "alter function harmony.clock() immutable",
            "drop trigger audit on harmony.customer",
            "alter table harmony.call disable trigger audit",
            "alter role harmony_gate login createdb",
            "grant connect on database postgres to public",
            f"alter database {checked.name} reset log_statement",
        ):
            connection.execute(statement)
    assert len(check.run(checked.dsn).findings) > 10

    build.upgrade(checked.dsn)

    assert check.run(checked.dsn).findings == ()
    with checked.superuser() as connection:
        assert connection.execute("select count(*) from harmony.team where name = 'Oost'").fetchone() == (1,)


def test_what_a_killed_check_left_is_swept_after_an_hour(checked: Database) -> None:
    old, young = "harmony_check_1000000000_0badcafe", "harmony_check_9000000000_0badcafe"
    with checked.superuser() as connection:
        for name in (old, young):
            connection.execute(f"create database {name}")
            connection.execute(f"revoke all on database {name} from public")

    check.run(checked.dsn)

    assert {old, young} & databases_of(checked) == {young}
    build.drop(checked.dsn, young)


def test_a_member_of_staff_cannot_run_it(checked: Database) -> None:
    with pytest.raises(UserError) as refused:
        check.run(checked.dsn_of("anna.agent"))

    assert refused.value.code == "superuser_needed"


def test_a_foreign_database_is_no_database_of_ours(own_server: Server) -> None:
    with pytest.raises(UserError) as refused:
        check.run(psycopg.conninfo.make_conninfo(own_server.dsn, password=own_server.password))

    assert refused.value.code == "not_ours"


def test_red_for_a_line_that_lets_people_in_without_a_password(checked: Database, expected: check.Snapshot) -> None:
    file = checked.server.data_dir / "conf" / "pg_hba.conf"
    before = file.read_text()
    file.write_text(before + "host all all 127.0.0.1/32 trust\nhost all all 10.0.0.0/8 md5\nnonsense\n")
    try:
        with checked.superuser() as connection:
            findings = check.examine(connection, expected)
    finally:
        file.write_text(before)

    assert [one.code for one in findings] == [
        "host_rule_trust",
        "host_rule_weak",
        "host_rule_plain",
        "host_rule_broken",
    ]


@pytest.mark.parametrize(
    ("kind", "database", "address", "netmask", "method", "codes"),
    [
        ("local", "all", None, None, "peer", []),
        ("local", "all", None, None, "trust", ["host_rule_trust"]),
        ("host", "all", "127.0.0.1", "255.255.255.255", "scram-sha-256", []),
        ("host", "all", "127.0.0.0", "255.0.0.0", "md5", []),
        ("host", "all", "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "scram-sha-256", []),
        ("host", "all", "localhost", None, "scram-sha-256", []),
        ("host", "all", "127.0.0.1", "0.0.0.0", "scram-sha-256", ["host_rule_plain"]),
        ("host", "all", "::", "::", "scram-sha-256", ["host_rule_plain"]),
        ("hostssl", "all", "10.0.0.0", "255.0.0.0", "scram-sha-256", []),
        ("hostssl", "all", "all", None, "scram-sha-256", []),
        ("hostssl", "all", "10.0.0.0", "255.0.0.0", "password", ["host_rule_weak"]),
        ("hostssl", "harmony", "10.0.0.0", "255.0.0.0", "trust", ["host_rule_trust"]),
        ("host", "all", "10.0.0.0", "255.0.0.0", "scram-sha-256", ["host_rule_plain"]),
        ("hostnossl", "sameuser", "desk.example.nl", None, "scram-sha-256", ["host_rule_plain"]),
        ("hostnossl", "replication", ".example.nl", None, "md5", ["host_rule_weak", "host_rule_plain"]),
        ("host", "other", "10.0.0.0", "255.0.0.0", "trust", []),
        ("host", "all", "10.0.0.0", "255.0.0.0", "reject", []),
    ],
)
def test_host_rules(
    kind: str, database: str, address: str | None, netmask: str | None, method: str, codes: list[str]
) -> None:
    rule = HostRule(7, kind, [database], address, netmask, method)

    found = list(network.of_rules([rule], "harmony"))

    assert [code for code, _name, _told in found] == codes


@pytest.mark.parametrize(
    ("addresses", "tls", "codes"),
    [
        ("localhost", False, []),
        ("127.0.0.1, ::1", False, []),
        ("", False, []),
        ("*", False, ["tls_off"]),
        ("127.0.0.1, 10.0.0.5", False, ["tls_off"]),
        ("0.0.0.0", True, []),
    ],
)
def test_tls_is_on_where_others_can_reach_the_server(addresses: str, tls: bool, codes: list[str]) -> None:
    assert [code for code, _name, _told in network.of_listening(addresses, tls=tls)] == codes
