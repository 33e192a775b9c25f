"""One row in every table that can hold something of a person: what row security has to hide or to show."""

import secrets

from tests import factories
from tests.database import Database
from tests.factories import Person

# Statement by table; %(person)s the customer, %(staff)s a staff.id, %(login)s its login, %(mark)s a text to look for.
# Parents come first. customer, customer_phone, customer_email, bank_account, policy and insured_item are made by
# factories.customer.
_INSERTS = {
    "preference": "(customer_id, kind, value) values (%(person)s, 'best_time', %(mark)s)",
    "objection": "(customer_id, scope, registered_by) values (%(person)s, 'marketing', %(login)s)",
    "contact": "(customer_id, staff_id, note) values (%(person)s, %(staff)s, %(mark)s)",
    "call": "(customer_id, staff_id, contact_id, ended_at) select customer_id, staff_id, id,"
    " started_at + interval '1 minute' from harmony.contact where note = %(mark)s",
    "call_segment": "(call_id, customer_id, staff_id, kind, started_at)"
    " select c.id, c.customer_id, c.staff_id, 'talk', c.started_at from harmony.call c"
    " join harmony.contact o on o.id = c.contact_id where o.note = %(mark)s",
    "call_verification": "(call_id, customer_id, staff_login, question, result)"
    " select c.id, c.customer_id, %(login)s, 'address', 'match' from harmony.call c"
    " join harmony.contact o on o.id = c.contact_id where o.note = %(mark)s",
    "commitment": "(contact_id, customer_id, staff_id, text) select id, customer_id, staff_id, %(mark)s"
    " from harmony.contact where note = %(mark)s",
    "task": "(customer_id, staff_id, kind, text) values (%(person)s, %(staff)s, 'follow_up', %(mark)s)",
    "recording": "(file_id, call_id, customer_id, staff_id, recorded_at, expires_at, status, location)"
    " select gen_random_uuid(), c.id, c.customer_id, c.staff_id, c.started_at,"
    " c.started_at + interval '4320 hours', 'kept', %(mark)s from harmony.call c"
    " join harmony.contact o on o.id = c.contact_id where o.note = %(mark)s",
    "recording_secret": "(file_id, salt, recorded_at) select file_id, '\\x00', recorded_at"
    " from harmony.recording where location = %(mark)s",
    "recording_listen": "(recording_id, customer_id, staff_login, purpose, reference, status)"
    " select id, customer_id, %(login)s, 'coaching', %(mark)s, 'requested' from harmony.recording"
    " where location = %(mark)s",
    "claim": "(claim_number, customer_id, policy_id, insured_item_id, kind, queue)"
    " select %(mark)s, customer_id, policy_id, id, 'damage', %(mark)s from harmony.insured_item"
    " where customer_id = %(person)s",
    "claim_detail": "(claim_id, customer_id, circumstances) select id, customer_id, %(mark)s from harmony.claim"
    " where customer_id = %(person)s",
    "repair_order": "(claim_id, customer_id, repairer_id) select id, customer_id, %(shop)s from harmony.claim"
    " where customer_id = %(person)s",
    "privacy_request": "(customer_id, kind, received_on, due_on) values (%(person)s, 'access', current_date, current_date)",
    "disclosure": "(recipient_id, customer_id, kind, payload, staff_login)"
    " values (%(recipient)s, %(person)s, 'repair_order', jsonb_build_object('name', %(mark)s::text), %(login)s)",
    "file_opening": "(customer_id, staff_login, reason, motive, status, expires_at)"
    " values (%(person)s, %(login)s, 'other', %(mark)s, 'refused: restricted', harmony.clock())",
    "bank_reveal": "(customer_id, staff_login, reason, status) values (%(person)s, %(login)s, %(mark)s, 'ok')",
    "signal": "(customer_id, rule, explanation) values (%(person)s, 'double_imei', %(mark)s)",
    "incident": "(kind, reported_by) values ('fraud', %(login)s)",
    "incident_subject": "(incident_id, customer_id, name) select max(id), %(person)s, %(mark)s from harmony.incident",
    "incident_note": "(incident_id, staff_login, text) select max(id), %(login)s, %(mark)s from harmony.incident",
}
# The tables above that carry the person's number.
OF_PERSONS = (
    "customer_phone",
    "customer_email",
    "bank_account",
    "policy",
    "insured_item",
    *(name for name in _INSERTS if name not in ("recording_secret", "incident", "incident_note")),
)


def fill(database: Database, login: str, **columns: object) -> tuple[Person, str]:
    """A customer with a row in every table, worked on by `login`; returns him and the mark in his texts."""
    mark = f"GEHEIM{secrets.token_hex(6)}"
    person = factories.customer(database, last_name=mark, **columns)
    with database.superuser() as connection, connection.transaction():
        recipient = connection.execute(
            "insert into harmony.recipient (name, category, role) values (%s, 'repairer', 'processor') returning id",
            (f"Telefix {mark}",),
        ).fetchone()[0]  # type: ignore[index]
        shop = connection.execute(
            "insert into harmony.repairer (recipient_id, name) values (%s, %s) returning id",
            (recipient, f"Telefix {mark[6:]}"),
        ).fetchone()[0]  # type: ignore[index]
        staff = connection.execute("select id from harmony.staff where login = %s", (login,)).fetchone()[0]  # type: ignore[index]
        values = {
            "person": person.id,
            "staff": staff,
            "login": login,
            "mark": mark,
            "recipient": recipient,
            "shop": shop,
        }
        for table, rest in _INSERTS.items():
            made = connection.execute(f"insert into harmony.{table} {rest}", values)  # type: ignore[call-overload]
            assert made.rowcount == 1, table
        connection.execute(
            "update harmony.bank_account set holder_name = %(mark)s where customer_id = %(person)s", values
        )
    return person, mark


def open_file(database: Database, login: str, person: Person) -> None:
    """Opens the file by a committed opening with a motive."""
    with database.login(login) as connection:
        status = connection.execute(
            "select status from harmony.open_file(%s, 'other', null, 'Voor een proef van de tests')", (person.id,)
        ).fetchone()
    assert status == ("open",), status


def restrict(database: Database, person: Person) -> None:
    with database.superuser() as connection:
        connection.execute("update harmony.customer set restricted_at = harmony.clock() where id = %s", (person.id,))
