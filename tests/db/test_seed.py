"""Ten thousand people who do not exist: valid, consistent, spread as the sources say; and the cast among them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import phonenumbers
import psycopg
import pytest
from phonenumbers import PhoneNumberType
from stdnum import iban as stdnum_iban
from stdnum import imei as stdnum_imei
from stdnum import luhn
from stdnum.nl import postcode as stdnum_postcode

from db import seed
from db.seed import checks, people, report, staff
from harmony_desk.core.errors import UserError
from tests.database import Connection
from tests.db import seeded
from tests.db.seeded import Seeded
from tests.local.app import ROOT

CUSTOMERS = 10_000


@pytest.fixture(scope="module")
def makers() -> Iterator[Seeded]:
    with seeded.start() as started:
        yield started


@pytest.fixture(scope="module")
def dsn(makers: Seeded) -> str:
    """Ten thousand customers, made once; tests only read."""
    return makers.filled("demo", CUSTOMERS)


@pytest.fixture
def demo(dsn: str) -> Iterator[Connection]:
    with psycopg.connect(dsn) as connection:
        yield connection
        connection.rollback()


def column(connection: Connection, query: str) -> list[Any]:
    return [row[0] for row in connection.execute(query.encode()).fetchall()]


def test_there_are_as_many_customers_as_asked_for(demo: Connection) -> None:
    assert column(demo, "select count(*) from harmony.customer") == [CUSTOMERS]


def test_every_telephone_number_is_valid_and_belongs_to_its_country(demo: Connection) -> None:
    allowed = {
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
    }
    rows = demo.execute(
        "select p.e164, p.raw, p.kind, c.country from harmony.customer_phone p join harmony.customer c on c.id = customer_id"
    ).fetchall()

    wrong = []
    for e164, raw, kind, country in rows:
        number = phonenumbers.parse(e164)
        typed = phonenumbers.parse(raw, country)
        found = phonenumbers.number_type(number)
        fits = kind != "mobile" or found in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
        if not (phonenumbers.is_valid_number_for_region(number, country) and found in allowed and fits):
            wrong.append(e164)
        if typed != number:
            wrong.append(raw)

    assert len(rows) > CUSTOMERS
    assert wrong == []


def test_every_account_is_valid_and_of_a_bank_that_exists(demo: Connection) -> None:
    ibans = column(demo, "select iban from harmony.bank_account")
    banks = {iban[4:8] for iban in ibans if iban.startswith("NL")}

    assert len(ibans) > CUSTOMERS * 0.95
    assert [iban for iban in ibans if not stdnum_iban.is_valid(iban, check_country=False)] == []
    assert banks <= {
        "INGB", "RABO", "ABNA", "ASNB", "SNSB", "BUNQ", "KNAB", "RBRB", "TRIO", "REVO", "FVLB", "HAND",
    }  # fmt: skip
    assert len(set(ibans)) == len(ibans)


def test_belgian_accounts_pass_their_own_check_as_well(demo: Connection) -> None:
    ibans = column(demo, "select iban from harmony.bank_account where iban like 'BE%'")

    assert len(ibans) > 100
    assert [iban for iban in ibans if int(iban[4:14]) % 97 not in (int(iban[14:]), int(iban[14:]) - 97)] == []


def test_every_imei_is_a_valid_test_number(demo: Connection) -> None:
    imeis = column(demo, "select imei from harmony.insured_item where imei is not null")

    assert len(imeis) > CUSTOMERS * 0.5
    assert [
        imei
        for imei in imeis
        if not (
            len(imei) == 15
            and imei.startswith("00")
            and luhn.is_valid(imei)
            and stdnum_imei.is_valid(imei)
            and len(set(imei)) > 1
        )
    ] == []


def test_every_postcode_is_valid_and_belongs_to_one_street_and_place(demo: Connection) -> None:
    dutch = column(demo, "select postcode from harmony.customer where country = 'NL'")
    shared = demo.execute(
        "select postcode from harmony.customer where country = 'NL' group by 1 having count(distinct (street, city)) > 1"
    ).fetchall()
    foreign = demo.execute(
        "select country, postcode from harmony.customer"
        " where not (country = 'NL' or country = 'BE' and postcode ~ '^[1-9][0-9]{3}$'"
        " or country = 'DE' and postcode ~ '^[0-9]{5}$')"
    ).fetchall()

    assert [one for one in dutch if not stdnum_postcode.is_valid(one)] == []
    assert shared == []
    assert foreign == []


def test_mail_goes_to_reserved_domains_only(demo: Connection) -> None:
    domains = column(demo, "select distinct split_part(address_norm, '@', 2) from harmony.customer_email")

    assert len(domains) > 3
    assert [d for d in domains if d not in ("example.com", "example.org", "example.net")
            and not d.endswith((".example", ".invalid"))] == []  # fmt: skip


def test_no_foreign_key_and_no_rule_is_broken(demo: Connection) -> None:
    assert checks.broken(demo) == {}


@pytest.mark.parametrize(
    ("sabotage", "rule"),
    [
        ("delete from harmony.policy where id = 5", "insured_item_customer_id_policy_id_fkey"),
        ("update harmony.call set customer_id = 99999999 where id = 40", "call_customer_id_fkey"),
        ("update harmony.recording set location = 'x' where id = 1", "recording_without_location"),
        (
            "update harmony.contact set started_at = harmony.clock() + interval '1 hour' where id = 1",
            "nothing_in_the_future",
        ),
    ],
)
def test_what_breaks_a_key_or_a_rule_is_found(demo: Connection, sabotage: str, rule: str) -> None:
    demo.execute("set local session_replication_role = replica")
    demo.execute(sabotage.encode())

    assert rule in checks.broken(demo)
    with pytest.raises(UserError) as told:
        checks.refuse_broken(demo)
    assert told.value.code == "seed_broken"


def test_distributions_are_those_of_the_sources(demo: Connection) -> None:
    found = list(report.lines(demo))

    print("\n" + report.table(found))
    assert len(found) > 70
    assert [f"{one.subject}, {one.part}: {one.made:.3g} not {one.wanted:g}" for one in found if not one.holds] == []


def test_the_report_is_a_command(dsn: str) -> None:
    parts = psycopg.conninfo.conninfo_to_dict(dsn)
    password = str(parts.pop("password"))

    told = subprocess.run(
        [sys.executable, "-m", "db.seed", "--report", "--dsn", psycopg.conninfo.make_conninfo(**parts)],
        cwd=ROOT, env={**os.environ, "PGPASSWORD": password}, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert "product mix, %" in told.stdout
    assert told.stderr == ""


def test_surnames_follow_a_few_common_and_many_rare_ones(demo: Connection) -> None:
    counts = column(demo, "select count(*) from harmony.customer group by last_name order by 1 desc")
    prefixed = column(demo, "select avg((prefix is not null)::int) from harmony.customer where country = 'NL'")[0]

    assert len(counts) > 1500
    assert counts[0] > 15 * counts[400]
    assert 0.2 < prefixed < 0.5


def test_disclosed_names_are_those_on_the_cards(demo: Connection) -> None:
    wrong = column(
        demo,
        "select d.id from harmony.disclosure d join harmony.customer c on c.id = d.customer_id"
        " where d.payload->>'name' <> c.display_name",
    )
    repairs = demo.execute(
        "select distinct jsonb_object_keys(payload) from harmony.disclosure where kind = 'repair_order'"
    ).fetchall()

    assert wrong == []
    assert {key for (key,) in repairs} == {
        "order_number", "name", "street", "house_number", "postcode", "city", "phone", "brand", "model", "damage_text",
    }  # fmt: skip


def test_the_next_numbers_are_free(demo: Connection) -> None:
    demo.execute("set local session_replication_role = origin")
    row = demo.execute(
        "insert into harmony.customer (last_name) values ('Nieuw') returning id, customer_number"
    ).fetchone()

    assert row is not None
    assert row[0] == CUSTOMERS + 1
    assert int(row[1]) > people.FIRST_NUMBER + CUSTOMERS - 100
    for letters, table, number in (
        ("P", "policy", "policy_number"),
        ("T", "task", "task_number"),
        ("R", "repair_order", "order_number"),
        ("PV", "privacy_request", "request_number"),
        ("S", "claim", "claim_number"),
        ("D", "claim", "claim_number"),
    ):
        following = column(demo, f"select harmony.next_number('{letters}')")[0]
        assert column(demo, f"select count(*) from harmony.{table} where {number} = '{following}'") == [0]


def test_staff_log_in_and_find_the_callers_of_the_samples(makers: Seeded, dsn: str) -> None:
    with psycopg.connect(makers.dsn_of(dsn, "anna.agent", staff.PASSWORD), autocommit=True) as anna:
        found = {
            typed: anna.execute("select customer_number from harmony.find_customers(%s)", (typed,)).fetchall()
            for typed in ("0612345678", "+31104567890", "0031201234567", "vander laan luc")
        }

    assert {typed: cards[0][0] for typed, cards in found.items()} == {
        "0612345678": "10010910",
        "+31104567890": "10010920",
        "0031201234567": "10010930",
        "vander laan luc": "10010190",
    }


def test_the_staff_is_that_of_the_decisions(demo: Connection) -> None:
    counts = dict(
        demo.execute("select role, count(*) from harmony.staff_role where status = 'approved' group by 1").fetchall()
    )

    assert counts == {
        "harmony_agent": 24, "harmony_claims_handler": 8, "harmony_team_lead": 3, "harmony_fraud_investigator": 2,
        "harmony_finance": 2, "harmony_privacy_officer": 2, "harmony_outreach": 1, "harmony_admin": 2,
        "harmony_recorder": 1, "harmony_custodian": 1, "harmony_telephony": 1, "harmony_portal": 1,
    }  # fmt: skip


CAST = {
    "1 repaired from end to end": """select from harmony.customer c join harmony.claim k on k.customer_id = c.id
        join harmony.repair_order r on r.claim_id = k.id join harmony.disclosure d on d.subject_id = r.id
        where customer_number = '10010010' and k.status = 'closed' and r.status = 'closed' and d.kind = 'repair_order'""",
    "4 loss without cover": """select from harmony.customer c join harmony.claim k on k.customer_id = c.id
        join harmony.policy p on p.id = k.policy_id join harmony.product_version v on v.id = p.product_version_id
        where customer_number = '10010040' and k.kind = 'loss' and not v.covers_loss and k.status = 'intended_rejection'""",
    "6 cover suspended": """select from harmony.customer c join harmony.policy p on p.customer_id = c.id
        where customer_number = '10010060' and p.status = 'suspended'""",
    "7 Find My is on": """select from harmony.customer c join harmony.repair_order r on r.customer_id = c.id
        join harmony.task t on t.customer_id = c.id and t.kind = 'callback' and t.status = 'open'
        where customer_number = '10010070' and r.status = 'blocked_activation_lock'""",
    "10 ring of four": """select from harmony.customer c join harmony.insured_item i on i.customer_id = c.id
        join harmony.incident_subject s on s.customer_id = c.id
        where customer_number between '10010100' and '10010103' group by i.imei, s.incident_id having count(*) = 4""",
    "12 objects to recording": """select from harmony.customer c join harmony.objection o on o.customer_id = c.id
        join harmony.call k on k.customer_id = c.id and k.recording_state = 'announced_objection'
        where customer_number = '10010120' and o.scope = 'recording'
        and not exists (select from harmony.recording r where r.customer_id = c.id)""",
    "13 withdrew later": """select from harmony.customer c join harmony.recording r on r.customer_id = c.id
        where customer_number = '10010130' and r.status = 'destroyed' and r.destroyed_at is not null""",
    "14 due on the next working day": """select from harmony.customer c join harmony.privacy_request q
        on q.customer_id = c.id where customer_number = '10010140' and q.due_on = date '2026-11-23'
        and (select count(*) from harmony.recording r where r.customer_id = c.id and r.status = 'kept') = 3""",
    "15 erasure with an open claim": """select from harmony.customer c join harmony.privacy_request q
        on q.customer_id = c.id and q.kind = 'erasure' join harmony.claim k on k.customer_id = c.id
        where customer_number = '10010150' and k.status = 'under_review'""",
    "16 recording of 178 days": """select from harmony.customer c join harmony.recording r on r.customer_id = c.id
        join harmony.task t on t.customer_id = c.id and t.kind = 'complaint' and t.status = 'open'
        where customer_number = '10010160' and r.recorded_at::date = date '2026-11-20' - 178""",
    "18 account changed": """select from harmony.customer c join harmony.bank_account b on b.customer_id = c.id
        join harmony.claim k on k.customer_id = c.id and k.status = 'payment_prepared'
        where customer_number = '10010180' and b.valid_until > harmony.clock() - interval '5 days'""",
    "19 Belgian": """select from harmony.customer where customer_number = '10010190' and country = 'BE'
        and prefix is null and last_name = 'Vander Laan' and display_name = 'Luc Vander Laan'""",
    "20 same name and birthday": """select from harmony.customer where customer_number in ('10010200', '10010201')
        group by display_name, birth_date having count(*) = 2 and count(distinct (street, house_number)) = 2""",
    "21 no match": """select from harmony.call where ani_e164 = '+31658000021' and customer_id is null
        and not exists (select from harmony.customer_phone p where p.e164 = ani_e164)""",
    "23 deceased": "select from harmony.customer where customer_number = '10010230' and deceased_on is not null",
    "24 prefers writing": """select from harmony.customer c join harmony.preference p on p.customer_id = c.id
        where customer_number = '10010240' and p.kind = 'channel' and p.value = 'email'""",
    "sample: screen": """select from harmony.customer where customer_number = '10010910' and postcode = '3071AB'
        and house_number = 12 and city = 'Rotterdam'""",
    "sample: repair is ready": """select from harmony.customer c join harmony.repair_order r on r.customer_id = c.id
        where customer_number = '10010930' and r.status = 'ready_for_collection'""",
}


@pytest.mark.parametrize("part", CAST)
def test_the_cast_plays_its_part(demo: Connection, part: str) -> None:
    assert demo.execute(CAST[part].encode()).fetchone() is not None


def test_one_seed_makes_one_database_and_another_seed_another(makers: Seeded) -> None:
    first, second, other = (
        seeded.digests(makers.filled(name, 300, number)) for name, number in (("one", 7), ("two", 7), ("other", 8))
    )

    assert len(first) > 30
    assert first == second
    for table in ("customer", "customer_phone", "bank_account", "policy", "insured_item", "call", "recording", "claim"):
        assert first[table] != other[table]
    assert first["staff"] == other["staff"]


def test_a_database_with_people_or_a_real_one_is_refused(makers: Seeded, dsn: str) -> None:
    with pytest.raises(UserError) as told:
        seed.fill(dsn, customers=10, seed=1)
    assert told.value.code == "not_empty"

    real = makers.empty("real")
    with psycopg.connect(real) as connection:
        connection.execute("update harmony.installation set clock_shift = interval '0', kind = 'production'")
    with pytest.raises(UserError) as told:
        seed.fill(real, customers=10, seed=1)
    assert told.value.code == "not_a_demo"
