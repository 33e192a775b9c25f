"""The three roads: what commits, what is read-only, what happens when the answer is lost, what is said."""

import threading
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from harmony_desk.core import contacts, customers, disclosures, errors, incidents, staff
from harmony_desk.core.database import Database as Road
from tests import factories
from tests.database import Database

MOTIVE = "Terugbellen over een brief van vorige week"


@pytest.fixture
def road(database: Database, agent: str) -> Iterator[Road]:
    made = Road(lambda: psycopg.connect(database.dsn_of(agent)))
    yield made
    made.close()


def open_for(road: Road, person: factories.Person) -> None:
    opening = road.ask(lambda session: customers.open_file(session, person.id, reason="other", motive=MOTIVE))
    assert opening.is_open


def test_a_call_from_an_unknown_number_to_a_wrapped_up_contact(database: Database, road: Road) -> None:
    """The journey of an agent without a window: log, find, open, link, verify, agree, wrap up, end."""
    person = factories.customer(database)
    begun = road.write(lambda session: contacts.start_call(session, number="06 11 22 33 44", number_e164=None))

    cards = road.ask(lambda session: customers.search(session, person.customer_number))
    assert [card.customer_id for card in cards] == [person.id]
    assert road.ask(lambda session: customers.open_file(session, person.id, reason="call")).is_open
    assert road.write(lambda session: contacts.link_call(session, begun.call_id, person.id)) == "ok"

    def answered(question: str, answer: str) -> str:
        return road.ask(lambda s: contacts.check_answer(s, begun.call_id, question=question, answer=answer))

    assert answered("birth_date", "120387") == "match"
    assert answered("address", "3511 zk 14") == "match"
    assert answered("iban_last4", "0000") in ("no_match", "match")
    assert answered("policy_number", person.policy_number.lower()) == "match"
    level = road.read(
        lambda s: s.execute(
            text("select verification_level from harmony.call where id = :i"), {"i": begun.call_id}
        ).scalar_one()
    )
    assert level == 2

    road.write(
        lambda s: contacts.agree(
            s, begun.contact_id, customer_id=person.id, what="Stuurt de aankoopbon na", due_on=None
        )
    )
    version = road.read(
        lambda s: s.execute(
            text("select version from harmony.contact where id = :i"), {"i": begun.contact_id}
        ).scalar_one()
    )
    road.write(
        lambda s: contacts.wrap_up(s, begun.contact_id, version=version, note="Scherm gebroken", code="claim_new")
    )
    with pytest.raises(errors.Conflict):
        road.write(lambda s: contacts.wrap_up(s, begun.contact_id, version=version, note="x", code="claim_new"))

    whole = road.read(lambda s: customers.overview(s, person.id))
    assert whole["customer"]["customer_number"] == person.customer_number
    assert [commitment["text"] for commitment in whole["commitments"]] == ["Stuurt de aankoopbon na"]
    assert "iban" not in str(whole["bank_accounts"][0]["iban_masked"]).lower()
    assert person.iban not in str(whole)


def test_a_new_customer_is_visible_from_the_next_transaction_on(road: Road) -> None:
    person = {
        "first_name": "Nieuwe",
        "last_name": "Klant",
        "postcode": "3511ZK",
        "house_number": 3,
        "phones": [{"e164": "+31612345678", "raw": "06 1234 5678", "kind": "mobile"}],
        "emails": ["nieuwe@example.nl"],
    }

    def create_and_look(session: Session) -> tuple[int, int]:
        status, number = customers.create(session, person, reason="call")
        assert status == "open"
        assert number is not None
        seen = session.execute(text("select count(*) from harmony.customer where id = :i"), {"i": number})
        return number, seen.scalar_one()

    number, seen_inside = road.write(create_and_look)

    assert seen_inside == 0
    whole = road.read(lambda session: customers.overview(session, number))
    assert whole["customer"]["display_name"] == "Nieuwe Klant"
    assert [phone["e164"] for phone in whole["phones"]] == ["+31612345678"]
    assert [email["address"] for email in whole["emails"]] == ["nieuwe@example.nl"]


BAD_PEOPLE = {
    "postcode": ({"last_name": "Jansen", "postcode": "0999AA"}, "postcode"),
    "forbidden letters": ({"last_name": "Jansen", "postcode": "1234SS"}, "postcode"),
    "empty name": ({"last_name": "  "}, "last_name"),
    "no name": ({"first_name": "Jan"}, "last_name"),
    "long name": ({"last_name": "x" * 201}, "last_name"),
    "house number": ({"last_name": "Jansen", "house_number": 123456}, "house_number"),
    "birth date": ({"last_name": "Jansen", "birth_date": "1700-01-01"}, "birth_date"),
    "country": ({"last_name": "Jansen", "country": "Nederland"}, None),
    "phone": ({"last_name": "Jansen", "phones": [{"e164": "0612"}]}, "phone"),
    "email": ({"last_name": "Jansen", "emails": ["geen adres"]}, "email"),
}


@pytest.mark.parametrize("name", BAD_PEOPLE)
def test_bad_input_is_refused_in_words_with_its_field_and_changes_nothing(
    database: Database, road: Road, name: str
) -> None:
    person, field = BAD_PEOPLE[name]
    with database.superuser() as connection:
        before = connection.execute("select count(*) from harmony.customer").fetchone()

    with pytest.raises(errors.InvalidInput) as raised:
        road.write(lambda session: customers.create(session, person, reason="call"))

    assert field is None or raised.value.field == field
    assert len(str(raised.value)) > 15
    for value in person.values():
        assert str(value).strip() == "" or str(value) not in str(raised.value)
    assert raised.value.__cause__ is None
    with database.superuser() as connection:
        assert connection.execute("select count(*) from harmony.customer").fetchone() == before


def test_search_of_two_letters_says_what_to_do(road: Road) -> None:
    with pytest.raises(errors.InvalidInput) as raised:
        road.ask(lambda session: customers.search(session, "ja"))
    assert raised.value.code == "HD001"


def test_a_write_is_done_once_whatever_is_tried_again(database: Database, road: Road) -> None:
    command = uuid.uuid4()
    road.write(lambda session: contacts.start_call(session, number="once"), command=command)

    with pytest.raises(errors.Conflict):
        road.write(lambda session: contacts.start_call(session, number="once"), command=command)

    assert road.was_done(command)
    assert not road.was_done(uuid.uuid4())
    with database.superuser() as connection:
        count = connection.execute("select count(*) from harmony.call where ani_raw = 'once'").fetchone()
    assert count == (1,)


def test_a_connection_killed_before_the_commit_saves_nothing_and_says_so(database: Database, road: Road) -> None:
    def start_and_die(session: Session) -> None:
        contacts.start_call(session, number="killed")
        pid = session.execute(text("select pg_backend_pid()")).scalar_one()
        with database.superuser() as connection:
            connection.execute("select pg_terminate_backend(%s)", (pid,))

    with pytest.raises(errors.Unreachable):
        road.write(start_and_die)

    # The next write finds a fresh connection without help.
    road.write(lambda session: contacts.start_call(session, number="after the kill"))
    with database.superuser() as connection:
        count = connection.execute("select count(*) from harmony.call where ani_raw = 'killed'").fetchone()
    assert count == (0,)


def test_an_idle_connection_that_died_is_replaced_unseen(
    database: Database, road: Road, agent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    road.read(lambda session: staff.rights(session))
    with database.superuser() as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = %s and datname = %s",
            (agent, database.name),
        )
    monkeypatch.setattr("harmony_desk.core.database._PING_AFTER_IDLE_SECONDS", -1.0)

    assert "agent" in road.read(lambda session: staff.rights(session))


def test_the_read_road_changes_nothing(road: Road) -> None:
    with pytest.raises(errors.UserError):
        road.read(lambda session: contacts.start_call(session, number="read only"))


def test_the_thread_of_the_window_is_refused(database: Database, agent: str) -> None:
    road = Road(lambda: psycopg.connect(database.dsn_of(agent)), refused_thread=threading.current_thread())
    with pytest.raises(RuntimeError):
        road.read(lambda session: staff.rights(session))
    road.close()


def test_a_disclosure_holds_exactly_the_whitelist_and_is_stored_as_sent(database: Database, road: Road) -> None:
    person = factories.customer(database)
    order, recipient = factories.repair_order(database, person)
    closed = road.write(
        lambda s: disclosures.disclose(
            s, recipient_id=recipient, customer_id=person.id, kind="repair_order", subject_id=order
        )
    )
    assert closed.status == "refused: not_allowed"
    open_for(road, person)

    sent = road.write(
        lambda s: disclosures.disclose(
            s, recipient_id=recipient, customer_id=person.id, kind="repair_order", subject_id=order
        )
    )

    assert sent.status == "ok"
    assert sent.payload is not None
    assert sent.disclosure_id is not None
    assert set(sent.payload) == {
        "name",
        "street",
        "house_number",
        "postcode",
        "city",
        "phone",
        "brand",
        "model",
        "damage_text",
        "order_number",
    }
    number = sent.disclosure_id
    assert road.read(lambda s: disclosures.stored_payload(s, number)) == sent.payload
    for secret in (person.imei, person.iban, person.email, "1987"):
        assert secret not in str(sent.payload)


def test_nothing_is_disclosed_without_agreement(database: Database, road: Road) -> None:
    person = factories.customer(database)
    order, recipient = factories.repair_order(database, person, agreement=False)
    open_for(road, person)
    answer = road.write(
        lambda s: disclosures.disclose(
            s, recipient_id=recipient, customer_id=person.id, kind="repair_order", subject_id=order
        )
    )
    assert answer.status == "refused: no_agreement"


def test_a_report_gives_a_receipt_and_nothing_back(database: Database, road: Road) -> None:
    person = factories.customer(database)
    receipt, status = road.write(
        lambda s: incidents.report(s, customer_id=person.id, kind="fraud", account="Bon lijkt bewerkt met een foto")
    )
    assert status == "ok"
    assert receipt is not None
    assert road.write(lambda s: incidents.report(s, customer_id=person.id, kind="fraud", account="kort")) == (
        None,
        "refused: too_short",
    )
    with pytest.raises(errors.NotAllowed):
        road.read(lambda s: s.execute(text("select count(*) from harmony.incident")).scalar_one())
