"""The repair order holds the ten fields of the privacy statement, as stored, and nothing else of the person."""

import datetime as dt
import io
import json
import re

import psycopg
import pypdf
import pytest

from harmony_desk.core import customers, disclosures
from harmony_desk.core.database import Database as Desk
from harmony_desk.core.disclosures import Stored
from harmony_desk.core.installation import Installation
from harmony_desk.core.texts import translate
from harmony_desk.documents import repair_order
from tests import factories
from tests.database import Database

REAL, DEMO = Installation("production"), Installation("demo")
PAYLOAD = {
    "order_number": "R-26-30871", "name": "P.J. van der Meulen", "street": "Twijnstraat", "house_number": "14A-2",
    "postcode": "3511ZK", "city": "Utrecht", "phone": "+31612345678", "brand": "Samsung", "model": "Galaxy S24",
    "damage_text": "Scherm gebroken, camera werkt niet",
}  # fmt: skip
STORED = Stored(7, "repair_order", PAYLOAD, dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC))


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("installation", [REAL, DEMO])
def test_the_paper_holds_the_whitelist_and_not_one_word_more(installation: Installation) -> None:
    left = " ".join(text_of(repair_order.pdf(STORED, installation)).split())

    shown = {**PAYLOAD, "phone": "06 12345678"}
    known = [
        *([] if installation is REAL else ["DEMO"]), "Reparatieopdracht R-26-30871", "Harmony Desk", "1 juli 2026", "Pagina 1",
        *(f"{translate(label, 'nl')} {shown[field]}" for field, label in repair_order.FIELDS.items()),
    ]  # fmt: skip
    for part in known:
        assert len(re.findall(re.escape(part), left)) == 1, part
        left = left.replace(part, "")
    assert left.split() == []


def test_the_file_holds_the_same_ten_fields() -> None:
    told = json.loads(repair_order.machine_readable(STORED, REAL))

    assert told == {
        "format": "harmony-desk/repair-order/1", "demo": False, "disclosed_on": "2026-07-01", "order": PAYLOAD
    }  # fmt: skip
    assert json.loads(repair_order.machine_readable(STORED, DEMO))["demo"] is True


@pytest.mark.parametrize(
    "stored",
    [
        Stored(7, "repair_order", {**PAYLOAD, "imei": "350000000000006"}, STORED.disclosed_at),
        Stored(7, "repair_order", {k: v for k, v in PAYLOAD.items() if k != "phone"}, STORED.disclosed_at),
        Stored(7, "print_mail", PAYLOAD, STORED.disclosed_at),
    ],
)
def test_a_row_of_another_shape_is_not_printed(stored: Stored) -> None:
    for make in (repair_order.pdf, repair_order.machine_readable):
        with pytest.raises(ValueError, match="whitelist"):
            make(stored, REAL)


def test_an_absent_field_is_a_dash() -> None:
    paper = text_of(repair_order.pdf(Stored(7, "repair_order", {**PAYLOAD, "phone": None}, STORED.disclosed_at), REAL))

    assert "Telefoonnummer –" in " ".join(paper.split())


def test_what_a_real_disclosure_stored_is_printed_and_nothing_that_it_kept_back(database: Database, agent: str) -> None:
    person = factories.customer(database, first_name="Jolanda")
    order, recipient = factories.repair_order(database, person)
    desk = Desk(lambda: psycopg.connect(database.dsn_of(agent)))
    desk.ask(lambda session: customers.open_file(session, person.id, reason="other", motive="proef van de opdracht"))
    given = desk.write(
        lambda session: disclosures.disclose(
            session, recipient_id=recipient, customer_id=person.id, kind="repair_order", subject_id=order
        )
    )
    assert given.disclosure_id is not None
    number = given.disclosure_id

    stored = desk.read(lambda session: disclosures.stored(session, number))
    desk.close()

    assert stored is not None
    assert stored.payload == given.payload
    paper, file = text_of(repair_order.pdf(stored, DEMO)), repair_order.machine_readable(stored, DEMO).decode()
    for printed in (paper, file):
        assert str(stored.payload["order_number"]) in printed
        for kept_back in (person.imei, person.email, person.iban, person.policy_number, person.customer_number, "1987"):
            assert kept_back not in printed
    assert paper.count("DEMO") == 1


def test_a_disclosure_of_a_closed_file_gives_nothing(database: Database, agent: str) -> None:
    desk = Desk(lambda: psycopg.connect(database.dsn_of(agent)))

    assert desk.read(lambda session: disclosures.stored(session, 1_000_000_000)) is None
    assert desk.read(lambda session: disclosures.stored_payload(session, 1_000_000_000)) is None
    desk.close()
