"""An agent with psql instead of the window: the same rules, told as short stories with the real program."""

import os
import subprocess
from collections.abc import Iterator

import pytest

from harmony_desk.local import binaries
from tests import factories, rows, servers
from tests.database import Database
from tests.probes import Probe

MOTIVE = "Collega vroeg om mee te kijken"


class Psql:
    """A psql session that stays open; `ask` sends a line and returns what came back, without the frame."""

    def __init__(self, database: Database, login: str) -> None:
        self.process = subprocess.Popen(
            [str(binaries.find(servers.bin_dir()).folder / "psql"), "-X", "-q", "-A", "-t"],
            env=os.environ | {
                "PGHOST": "127.0.0.1",
                "PGPORT": str(database.server.port),
                "PGUSER": login,
                "PGDATABASE": database.name,
                "PGPASSWORD": database.passwords[login],
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )  # fmt: skip

    def ask(self, line: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{line}\n\\echo :: end ::\n")
        self.process.stdin.flush()
        said = []
        for answer in self.process.stdout:
            if answer.startswith(":: end ::"):
                break
            said.append(answer.rstrip("\n"))
        return "\n".join(said)

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def anna(database: Database) -> str:
    return database.create_staff("agent", team="Noord")


@pytest.fixture
def psql(database: Database, anna: str) -> Iterator[Psql]:
    session = Psql(database, anna)
    yield session
    session.close()


def test_the_number_of_customers_is_the_number_of_open_files(probe: Probe, database: Database, psql: Psql) -> None:
    persons = [factories.customer(database) for _ in range(3)]

    probe.same(psql.ask("select count(*) from harmony.customer;"), "0", what="before")
    for number, person in enumerate(persons, start=1):
        assert psql.ask(f"select status from harmony.open_file({person.id}, 'other', null, '{MOTIVE}');") == "open"
        probe.same(psql.ask("select count(*) from harmony.customer;"), str(number), what=f"{number} files")
    psql.ask(f"select harmony.close_file({persons[0].id});")
    probe.same(
        psql.ask("select count(*), min(id), max(id) from harmony.customer;"),
        f"2|{persons[1].id}|{persons[2].id}",
        what="closed",
    )
    probe.same(psql.ask("select count(*) from harmony.customer_phone;"), "2", what="phones")


def test_a_new_customer_is_there_from_the_next_transaction_on(probe: Probe, psql: Psql) -> None:
    make = 'select status, customer_id from harmony.create_customer(\'{"last_name": "Nieuweling", "phones": [{"e164": "+31612345678"}]}\', \'call\');'
    look = "select last_name from harmony.customer where last_name = 'Nieuweling';"

    psql.ask("begin;")
    assert psql.ask(make).startswith("open|")
    probe.same(psql.ask(look), "", what="in its own transaction")
    psql.ask("rollback;")
    probe.same(psql.ask(look), "", what="after the rollback")
    assert psql.ask(make).startswith("open|")
    assert psql.ask(look) == "Nieuweling"
    assert psql.ask("select e164 from harmony.customer_phone;") == "+31612345678"


def test_an_unknown_caller_is_logged_without_a_customer(psql: Psql, database: Database, anna: str) -> None:
    contact = psql.ask("insert into harmony.contact (channel, note) values ('phone', 'Onbekende beller') returning id;")
    call = psql.ask(
        f"insert into harmony.call (contact_id, ani_raw) values ({contact}, '0612345678') returning id, customer_id, verification_level;"
    )

    assert call.split("|")[1:] == ["", "0"]
    assert psql.ask(f"select note from harmony.contact where id = {contact};") == "Onbekende beller"
    with database.superuser() as admin:
        staff = admin.execute(
            "select s.login, t.name from harmony.call c join harmony.staff s on s.id = c.staff_id"
            " join harmony.team t on t.id = c.team_id where c.id = %s",
            (call.split("|")[0],),
        ).fetchone()
    assert staff == (anna, "Noord")


def test_the_caller_is_found_opened_linked_and_wrapped_up(psql: Psql, database: Database) -> None:
    person = factories.customer(database)
    contact = psql.ask("insert into harmony.contact (channel) values ('phone') returning id;")
    call = psql.ask(f"insert into harmony.call (contact_id) values ({contact}) returning id;")

    assert psql.ask(f"select customer_id from harmony.find_customers('{person.phone}');") == str(person.id)
    assert psql.ask(f"select status from harmony.open_file({person.id}, 'call');") == "open"
    assert psql.ask(f"select status from harmony.link_call({call}, {person.id});") == "ok"
    assert psql.ask(f"select result from harmony.check_answer({call}, 'birth_date', '12-03-1987');") == "match"
    assert psql.ask(f"select result from harmony.check_answer({call}, 'address', '3511zk 14');") == "match"
    assert psql.ask(f"select verification_level from harmony.call where id = {call};") == "1"
    assert (
        psql.ask(
            f"update harmony.call set ended_at = harmony.clock(), wrap_up_code = 'premium' where id = {call} returning wrap_up_code;"
        )
        == "premium"
    )


def test_what_is_taken_away_is_gone_in_the_open_psql(probe: Probe, database: Database, psql: Psql, anna: str) -> None:
    person, _ = rows.fill(database, anna)
    admin = database.create_staff("admin")
    assert psql.ask(f"select status from harmony.open_file({person.id}, 'other', null, '{MOTIVE}');") == "open"
    assert psql.ask("select count(*) from harmony.customer;") == "1"

    rows.restrict(database, person)
    probe.same(psql.ask("select count(*) from harmony.customer;"), "0", what="restricted")
    probe.same(psql.ask("select count(*) from harmony.contact;"), "0", what="own contact of a restricted customer")
    probe.same(
        psql.ask(f"select status from harmony.open_file({person.id}, 'other', null, '{MOTIVE}');"),
        "refused: restricted",
        what="again",
    )
    with database.login(admin) as connection:
        connection.execute("select harmony.deactivate_staff(%s)", (anna,))
        said = psql.ask("select count(*) from harmony.customer;")
        probe.holds("permission denied" in said, said)
        assert connection.execute("select ended from harmony.end_sessions(%s)", (anna,)).fetchone() == (1,)
    said = psql.ask("select 1;")
    probe.holds("terminating connection" in said or "connection" in said, said)


def test_the_backslash_commands_of_psql_show_nothing(probe: Probe, database: Database, psql: Psql) -> None:
    person, mark = rows.fill(database, database.create_staff("agent"))
    for command in (
        "\\d harmony.customer", "\\d+ harmony.customer", "\\dp harmony.*", "\\df+ harmony.open_file", "\\du", "\\l+", "\\dt+ harmony.*",
        "\\copy harmony.customer to stdout", "\\copy (select * from harmony.customer_phone) to stdout", "\\lo_list",
        "\\watch 0", "select * from harmony.customer \\gdesc", "\\crosstabview", "\\sf harmony.open_file",
        "\\ds+ harmony.*", "\\dx+", "\\drds", "\\dconfig harmony*",
    ):  # fmt: skip
        said = psql.ask(command)
        probe.holds(mark not in said and person.phone not in said, f"{command} shows a closed file")
    said = psql.ask("\\copy harmony.incident to stdout")
    probe.holds("permission denied" in said, said)
