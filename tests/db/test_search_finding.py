"""Finding customers: every kind of input, what a card shows, what is refused, what is logged."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from tests import factories
from tests.database import Connection, Database, refused
from tests.factories import Person

LETTERS = "bcdfghjklmnprstvwxz"


@pytest.fixture(scope="module")
def searching(database: Database) -> Iterator[Connection]:
    """An agent who may look up more often than people can type, on a search that is never in a hurry."""
    with database.superuser() as connection:
        connection.execute(
            "update harmony.setting set value = '100000' where key in ('lookup.per_minute', 'search.step_ms')"
        )
    with database.login(database.create_staff("agent", team="Noord")) as connection:
        yield connection


def new_word() -> str:
    """A surname that nobody else in the database has or resembles."""
    return "".join(random.choices(LETTERS, k=12)).capitalize()


def find(connection: Connection, typed: str, **more: Any) -> list[int]:
    rows = connection.execute(
        "select customer_id from harmony.find_customers(%s, %s, %s)",
        (typed, more.get("most", 20), more.get("kind")),
    )
    return [row[0] for row in rows]


def matched(connection: Connection, typed: str) -> set[str]:
    return {row[0] for row in connection.execute("select matched_on from harmony.find_customers(%s)", (typed,))}


@pytest.fixture(scope="module")
def anna(database: Database) -> tuple[Person, str]:
    """Anna Maria van der <word>-de <partner>, with one of everything that can be looked up."""
    surname, partner = new_word(), new_word()
    person = factories.customer(
        database, first_name="Annabel Mariëtta", initials="A.M.", prefix="van der", last_name=surname,
        partner_prefix="de", partner_last_name=partner, name_usage="partner_own", birth_date=dt.date(1971, 4, 23),
        postcode="9251KL", house_number=12, house_letter="A", city="Alphen aan den Rijn",
    )  # fmt: skip
    person = replace(person, phone=f"+3165{random.randrange(10**6, 10**7)}")
    with database.superuser() as connection:
        connection.execute(
            "update harmony.customer_phone set e164 = %s where customer_id = %s", (person.phone, person.id)
        )
        connection.execute(
            "update harmony.policy set certificate_number = %s where customer_id = %s",
            (f"C-2024-{person.id:05d}", person.id),
        )
        connection.execute(
            "update harmony.insured_item set serial_number = %s where customer_id = %s",
            (f"SN{person.id:06d}QX", person.id),
        )
    return person, f"{surname} {partner}"


@pytest.mark.parametrize(
    "typed",
    [
        "{s}", "van der {s}", "{s5}", "{mid}", "annabel {s}", "{s} annabel", "annabel van der {s}", "{s} van der, annabel",
        "mariëtta {s}", "{S} MARIETTA", "annabel {p}", "de {p} {s}", "{p}-van der {s}", "a.m. van der {s}", "a {s}",
        "anna {s5}", "{s} 1971", "{s} 23-04-1971", "{s} 23-4-71", "{s} 9251", "{s} 9251 kl", "{s} alphen aan den rijn",
        "alphen {s}", "{s} rijn 1971", "annabel {s} alphen", "dhr {s}", "{gone}", "{more}", "{other}", "{swap}", "annabel {gone}",
        "{swap} annabel", "anabel {s}", "annabel {more}", "{other} 1971", "{gone} 23-04-1971", "{swap} alphen",
        "{mid} annabel", "vander{s}", "xanthippe {gone} 23-04-1971", "z. {s}",
    ],
)  # fmt: skip
def test_a_person_is_found_by_name(searching: Connection, anna: tuple[Person, str], typed: str) -> None:
    person, names = anna
    surname, partner = names.lower().split()
    text = typed.format(
        s=surname, S=surname.upper(), p=partner, s5=surname[:5], mid=surname[2:9], gone=surname[:4] + surname[5:],
        more=surname[:6] + "q" + surname[6:], other=surname[:3] + "y" + surname[4:],
        swap=surname[:5] + surname[6] + surname[5] + surname[7:] if surname[5] != surname[6] else surname,
    )  # fmt: skip
    if text.startswith("xanthippe"):
        assert find(searching, text) == []
    else:
        assert find(searching, text)[:1] == [person.id]


def test_a_person_is_found_by_each_number_and_address(
    searching: Connection, anna: tuple[Person, str], database: Database
) -> None:
    person, _ = anna
    claim = factories.claim(database, person)
    national = "0" + person.phone[3:]
    typed = {
        "phone": [
            national,
            f"{national[:2]}-{national[2:]}",
            person.phone,
            "0031 6 " + national[2:],
            "tel:" + national,
        ],
        "phone_tail": ["tel:" + person.phone[-7:], person.phone[-9:]],
        "email": [person.email, person.email.upper(), person.email[:-4]],
        "customer_number": [person.customer_number, f" {person.customer_number} ", "klant:" + person.customer_number],
        "policy_number": [
            person.policy_number,
            person.policy_number.lower().replace("-", " "),
            person.policy_number[:-3],
        ],
        "certificate_number": [f"C-2024-{person.id:05d}"],
        "claim_number": [claim, claim[2:], claim.lower().replace("-", "")],
        "imei": [
            person.imei,
            f"{person.imei[:8]} {person.imei[8:14]} {person.imei[14:]}",
            person.imei + "0",
            person.imei[:14],
        ],
        "serial_number": [f"sn{person.id:06d}qx", f"SN{person.id:06d}"],
        "iban": [
            person.iban,
            " ".join(person.iban[i : i + 4] for i in range(0, 18, 4)),
            person.iban.lower(),
            person.iban[:16],
        ],
        "iban_tail": ["rek:" + person.iban[-6:], person.iban[4:]],
        "birth_date": ["23-04-1971", "23 4 71", "230471", "1971-04-23", "geb:23041971"],
        "postcode": ["9251kl 12a", "9251 KL 12", "9251KL", "12 9251KL", "9251kl12-a"],
    }

    for kind, texts in typed.items():
        for text in texts:
            assert (text, person.id in find(searching, text), matched(searching, text)) == (text, True, {kind})


def test_a_prefix_may_be_written_together_or_apart(searching: Connection, database: Database) -> None:
    core = new_word()
    apart = factories.customer(database, prefix="van den", last_name=core)
    together = factories.customer(database, last_name="Vanden" + core.lower(), country="BE", postcode="1000")

    assert set(find(searching, f"van den {core}")) == {apart.id, together.id}
    assert set(find(searching, f"vanden{core}")) == {apart.id, together.id}
    assert find(searching, f"van den {core}")[0] == apart.id
    assert find(searching, f"vanden{core}")[0] == together.id


def test_the_typed_prefix_and_initials_decide_the_order(searching: Connection, database: Database) -> None:
    core = new_word()
    plain = factories.customer(database, last_name=core, first_name="Aart", initials="A.")
    prefixed = factories.customer(database, last_name=core, prefix="van de", first_name="Zeger", initials="Z.")

    assert find(searching, core) == [plain.id, prefixed.id]
    assert find(searching, f"van de {core}") == [prefixed.id, plain.id]
    assert find(searching, f"z. {core}") == [prefixed.id, plain.id]


def test_names_that_consist_of_prefixes_are_found(searching: Connection, database: Database) -> None:
    person = factories.customer(database, first_name="Wubbegien", last_name="van")

    assert person.id in find(searching, "van", most=50)
    assert find(searching, "wubbegien van")[:1] == [person.id]


def test_a_year_or_a_place_narrows_and_never_widens(searching: Connection, database: Database) -> None:
    core = new_word()
    people = [
        factories.customer(database, last_name=core, birth_date=dt.date(year, 5, 1), city=city)
        for year, city in [(1960, "Goes"), (1961, "Goes"), (1961, "'s-Hertogenbosch")]
    ]

    assert find(searching, f"{core} 1960") == [people[0].id]
    assert find(searching, f"{core} 's-hertogenbosch") == [people[2].id]
    assert find(searching, f"goes {core} 1961") == [people[1].id]
    assert find(searching, f"{core} 1-5-1962") == []


def test_a_card_shows_few_things(searching: Connection, anna: tuple[Person, str], database: Database) -> None:
    person, names = anna
    surname, partner = names.split()

    cursor = searching.execute("select * from harmony.find_customers(%s)", (person.customer_number,))

    assert [column.name for column in cursor.description or []] == [
        "customer_id", "customer_number", "display_name", "birth_year", "postcode", "city", "matched_on", "rank",
    ]  # fmt: skip
    assert cursor.fetchall() == [
        (person.id, person.customer_number, f"Annabel Mariëtta de {partner}-van der {surname}", 1971, "9251KL",
         "Alphen aan den Rijn", "customer_number", 1.0)
    ]  # fmt: skip


def test_a_restricted_customer_is_a_number_for_all_but_the_officer(
    searching: Connection, database: Database, officer: str
) -> None:
    core = new_word()
    person = factories.customer(database, last_name=core, restricted_at=dt.datetime.now(dt.UTC))
    card = (
        "select customer_number, display_name, birth_year, postcode, city, matched_on from harmony.find_customers(%s)"
    )

    seen = searching.execute(card, (core,)).fetchall()
    with database.login(officer) as connection:
        seen_by_officer = connection.execute(card, (core,)).fetchall()

    assert seen == [(person.customer_number, "Klant afgeschermd", None, None, None, None)]
    assert seen_by_officer == [(person.customer_number, f"Jolanda {core}", 1987, "3511ZK", "Utrecht", "name")]


@pytest.mark.parametrize(
    "typed",
    ["", " ", "a", "ab", "a.", "x.y.", "''", "***", "é", "12", "%%%", "j@", "li 19", None, "\u200b\u200b\u200b"],
)
def test_a_text_that_is_too_short_is_refused(searching: Connection, typed: str | None) -> None:
    assert refused(searching, "select * from harmony.find_customers(%s)", (typed,)) == "HD001"


def test_two_letters_are_enough_beside_a_date_or_postcode(searching: Connection, database: Database) -> None:
    person = factories.customer(database, last_name="Li", birth_date=dt.date(1944, 2, 29), postcode="1017CE")

    assert find(searching, "li 29-02-1944") == [person.id]
    assert find(searching, "li 1017ce") == [person.id]
    assert refused(searching, "select * from harmony.find_customers('li')") == "HD001"


def test_a_kind_may_be_forced_and_must_exist(searching: Connection, anna: tuple[Person, str]) -> None:
    person, names = anna

    assert find(searching, person.phone[-8:], kind="phone") == [person.id]
    assert find(searching, person.customer_number, kind="customer_number") == [person.id]
    assert find(searching, person.customer_number, kind="claim_number") == []
    assert find(searching, names, kind="name") == [person.id]
    assert refused(searching, "select * from harmony.find_customers('jansen', 20, 'everything')") == "22023"


def test_no_more_than_fifty_cards_at_once(searching: Connection, database: Database) -> None:
    core = new_word()
    with database.superuser() as connection:
        connection.execute(
            "insert into harmony.customer (last_name, birth_date) select %s, '1901-01-01' from generate_series(1, 60)",
            (core,),
        )

    assert len(find(searching, core)) == 20
    assert len(find(searching, core, most=1000)) == 50
    assert len(find(searching, core, most=-5)) == 1
    assert len(find(searching, core, most=None)) == 20
    assert len(find(searching, "01-01-1901", most=1000)) == 50


def test_the_same_search_gives_the_same_order(searching: Connection, database: Database) -> None:
    core = new_word()
    for _ in range(12):
        factories.customer(database, last_name=core, first_name="Gelijk")

    answers = {tuple(find(searching, f"gelijk {core}")) for _ in range(5)}

    assert len(answers) == 1


def test_each_search_leaves_one_row_without_the_text(
    searching: Connection, anna: tuple[Person, str], database: Database
) -> None:
    person, _ = anna
    login = searching.info.user
    with database.superuser() as connection:
        before = connection.execute("select coalesce(max(id), 0) from harmony.search_log").fetchone()
        find(searching, person.phone)
        find(searching, "zzqxzzqx wwvvwwvv")
        find(searching, "123")
        rows = connection.execute(
            "select staff_login, kind, hits from harmony.search_log where id > %s order by id", before
        ).fetchall()
        columns = connection.execute(
            "select array_agg(attname::text order by attnum) from pg_attribute"
            " where attrelid = 'harmony.search_log'::regclass and attnum > 0"
        ).fetchone()

    assert rows == [(login, "phone", 1), (login, "name", 0), (login, "none", 0)]
    assert columns == (["id", "staff_login", "kind", "hits", "counter", "searched_at", "xid"],)


def test_a_refused_text_spends_nothing(searching: Connection, database: Database) -> None:
    def last_counter() -> int:
        find(searching, "zzqxzzqx")
        with database.superuser() as connection:
            row = connection.execute("select counter from harmony.search_log order by id desc limit 1").fetchone()
        assert row is not None
        return int(row[0])

    first = last_counter()
    refused(searching, "select * from harmony.find_customers('ab')")

    assert last_counter() == first + 1


def test_too_many_lookups_are_refused(database: Database) -> None:
    login = database.create_staff("agent")
    with database.superuser() as connection:
        connection.execute("update harmony.setting set value = '3' where key = 'lookup.per_minute'")
    try:
        with database.login(login) as connection:
            for _ in range(3):
                find(connection, "jansen")
            code = refused(connection, "select * from harmony.find_customers('jansen')")
    finally:
        with database.superuser() as connection:
            connection.execute("update harmony.setting set value = '100000' where key = 'lookup.per_minute'")

    assert code == "HD002"


@pytest.mark.parametrize("role", ["outreach", "admin"])
def test_who_has_no_customers_cannot_search(database: Database, role: str) -> None:
    with database.login(database.create_staff(role)) as connection:
        assert refused(connection, "select * from harmony.find_customers('jansen')") == "42501"


@pytest.mark.parametrize(
    "statement",
    [
        "select * from harmony.search_name", "select * from harmony.search_word", "delete from harmony.search_word",
        "select * from harmony.people_of_word('jansen', '{}', '', '', 20)", "select * from harmony.find_by_phone('phone', '+3161', 5)",
        "select * from harmony.near_words('jansen', '', 5)", "select harmony.rebuild_search()",
        "select harmony.refresh_search_words()", "select harmony.learn_words('{x}', '{1}')",
    ],
)  # fmt: skip
def test_the_parts_of_the_search_are_closed(searching: Connection, statement: str) -> None:
    assert refused(searching, statement) == "42501"


def test_quotes_and_wildcards_mean_themselves(searching: Connection) -> None:
    for typed in [
        "' or 1=1; -- jansen",
        "abc%",
        "a_c d%f",
        "\\'; select 1",
        "$$;$$abc",
        "{abc}",
        "jan\u202esen",
        "ＡＢＣ",
    ]:
        assert find(searching, typed) == [] or "name" in " ".join(matched(searching, typed))


@pytest.mark.parametrize("typed", ["a" * 10_000, "jan " * 2_000, "0" * 5_000, "x@" * 2_000, "van " * 3_000, "é" * 300])
def test_very_long_texts_are_answered(searching: Connection, typed: str) -> None:
    assert isinstance(find(searching, typed), list)


def test_a_nul_never_reaches_the_server(searching: Connection) -> None:
    with pytest.raises(psycopg.DataError):
        find(searching, "jan\x00sen")
