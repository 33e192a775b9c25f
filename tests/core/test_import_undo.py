"""What an undo of a list takes back, and who stays."""

from functools import partial

import pytest

from harmony_desk.core.database import Database as Desk
from harmony_desk.core.errors import NotAllowed
from harmony_desk.core.imports import runs
from tests import factories
from tests.core.lists import begin, bring_in, customer, desk_of, line, one, unique
from tests.database import Database, refused


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
