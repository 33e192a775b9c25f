"""How a text typed in the search box is read (`read_query`), one table for all clients."""

from collections.abc import Iterator

import pytest

from tests.database import Connection, Database

NAME = "name"
PHONE = [("phone", "+31612345678")]
READ = [
    # names, with and without what narrows them
    ("jansen", [(NAME, "jansen")]),
    ("  Jan de  Vries ", [(NAME, "jan de vries")]),
    ("j.p. jansen", [(NAME, "j p jansen")]),
    ("dhr. de Vries", [(NAME, "de vries")]),
    ("de Heer", [(NAME, "de heer")]),
    ("'s-Gravesande", [(NAME, "s gravesande")]),
    ("jansen utrecht", [(NAME, "jansen utrecht")]),
    ("de vries 1987", [(NAME, "de vries 1987")]),
    ("jansen 12-03-1987", [(NAME, "jansen 1987-03-12")]),
    ("jansen geb. 12-3-87", [(NAME, "jansen 1987-03-12")]),
    ("12/03/1987 jansen", [(NAME, "jansen 1987-03-12")]),
    ("jansen 12-3-12", [(NAME, "jansen 2012-03-12"), (NAME, "jansen 1912-03-12")]),
    ("bakker 3511", [(NAME, "bakker 3511")]),
    ("bakker 3511 zk 12", [(NAME, "bakker 3511ZK")]),
    ("jansen 31-02-1987", [(NAME, "jansen 1987")]),
    ("1234 SS", [(NAME, "1234 ss")]),
    ("foo:bar", [(NAME, "foo bar")]),
    ("%'; drop table klant", [(NAME, "drop table klant")]),
    ("NAAM: Jansen", [(NAME, "jansen")]),
    # telephone, in many notations
    ("0612345678", [*PHONE, ("phone", "+32612345678"), ("phone", "+49612345678"), ("phone_tail", "12345678")]),
    ("06-12 34 56 78", [*PHONE, ("phone", "+32612345678"), ("phone", "+49612345678"), ("phone_tail", "12345678")]),
    ("+31 6 12345678", [*PHONE, ("phone_tail", "12345678")]),
    ("+31 (0)6 12345678", [*PHONE, ("phone_tail", "12345678")]),
    ("+31 06 12345678", [*PHONE, ("phone_tail", "12345678")]),
    ("0031612345678", [*PHONE, ("phone_tail", "12345678")]),
    ("31612345678", [*PHONE, ("phone_tail", "12345678")]),
    ("010-2068675", [("phone", "+31102068675"), ("phone", "+32102068675"), ("phone", "+49102068675")]),
    ("(010) 206 86 75", [("phone", "+31102068675"), ("phone", "+32102068675"), ("phone", "+49102068675")]),
    ("+32 470 12 34 56", [("phone", "+32470123456")]),
    ("02 123 45 67", [("phone", "+3221234567"), ("phone", "+4921234567")]),
    ("+49 30 123456", [("phone", "+4930123456")]),
    ("612345678", [("phone_tail", "12345678")]),
    ("tel:2068675", [("phone_tail", "2068675")]),
    # e-mail
    ("Jan@X.nl", [("email", "jan@x.nl")]),
    ("Jan J <Jan.J@X.nl>", [("email", "jan.j@x.nl")]),
    ("jan@", [("email", "jan@")]),
    # our own numbers
    ("10048213", [("customer_number", "10048213"), ("phone_tail", "10048213")]),
    ("10 048 213", [("customer_number", "10048213"), ("phone_tail", "10048213")]),
    ("10.048.213", [("customer_number", "10048213"), ("phone_tail", "10048213")]),
    ("P-10517-01", [("policy_number", "P-10517-01")]),
    ("p10517-01", [("policy_number", "P-10517-01")]),
    ("10517-01", [("policy_number", "P-10517-01")]),
    ("P 10517", [("policy_number", "P-10517")]),
    ("p1051701", [("policy_number", "P-10517-01"), ("policy_number", "P-1051701")]),
    ("polis: 10517-01", [("policy_number", "P-10517-01")]),
    ("polis:10517", [("policy_number", "P-10517")]),
    ("C-2024-00517", [("certificate_number", "C-2024-00517")]),
    ("c2024 517", [("certificate_number", "C-2024-00517")]),
    ("S-26-118402", [("claim_number", "S-26-118402")]),
    ("d26118402", [("claim_number", "D-26-118402")]),
    ("26-118402", [("claim_number", "26-118402")]),
    ("schade:26-118402", [("claim_number", "26-118402")]),
    # devices
    ("490154203237518", [("imei", "490154203237518")]),
    ("49-015420-323751-8", [("imei", "490154203237518")]),
    ("001234567890128", [("imei", "001234567890128")]),
    ("4901542032375180", [("imei", "49015420323751")]),
    ("IMEI: 49015420323751", [("imei", "49015420323751")]),
    ("dnpx1234abcd", [("serial_number", "DNPX1234ABCD")]),
    ("sn: 1234-5678", [("serial_number", "1234-5678")]),
    # accounts
    ("NL91 ABNA 0417 1643 00", [("iban", "NL91ABNA0417164300")]),
    ("nl91abna0417", [("iban", "NL91ABNA0417")]),
    ("BE68 5390 0754 7034", [("iban", "BE68539007547034")]),
    ("abna0417164300", [("iban_tail", "ABNA0417164300")]),
    ("4171643009", [("iban_tail", "4171643009")]),
    ("rek:164300", [("iban_tail", "164300")]),
    # dates
    ("12-03-1987", [("birth_date", "1987-03-12")]),
    ("12 3 87", [("birth_date", "1987-03-12")]),
    ("1987-03-12", [("birth_date", "1987-03-12")]),
    ("120387", [("birth_date", "1987-03-12")]),
    ("12031987", [("customer_number", "12031987"), ("birth_date", "1987-03-12")]),
    ("19870312", [("customer_number", "19870312"), ("birth_date", "1987-03-12")]),
    ("03021987", [("birth_date", "1987-02-03")]),
    ("1-1-05", [("birth_date", "2005-01-01"), ("birth_date", "1905-01-01")]),
    ("29-02-2024", [("birth_date", "2024-02-29")]),
    ("29-02-2023", [("phone_tail", "29022023")]),
    ("geb: 12-3-87", [("birth_date", "1987-03-12")]),
    # addresses
    ("3511ZK", [("postcode", "3511ZK")]),
    ("3511 zk 12", [("postcode", "3511ZK 12")]),
    ("3511zk12a", [("postcode", "3511ZK 12 A")]),
    ("3511ZK 12-2", [("postcode", "3511ZK 12 2")]),
    ("3511ZK, 12 bis", [("postcode", "3511ZK 12 BIS")]),
    ("12 3511ZK", [("postcode", "3511ZK 12")]),
    ("1000 12", [("postcode", "1000 12")]),
    ("3511", [("postcode", "3511")]),
    ("10115", [("postcode", "10115")]),
]
# Readings that come after the wanted ones are welcome: a wrong first guess must not hide a person.
NOTHING = ["", "   ", "***", "1", "12", "123", "Иван", "١٢٣", "polis:", "imei: 123", "tel:abc", "geb:31-02-1987"]


@pytest.fixture(scope="module")
def connection(database: Database, agent: str) -> Iterator[Connection]:
    with database.login(agent) as made:
        yield made


def read(connection: Connection, typed: str) -> list[tuple[str, str]]:
    return [tuple(row) for row in connection.execute("select * from harmony.read_query(%s)", (typed,))]


@pytest.mark.parametrize(("typed", "readings"), READ)
def test_a_typed_text_is_read_as(connection: Connection, typed: str, readings: list[tuple[str, str]]) -> None:
    assert read(connection, typed)[: len(readings)] == readings


@pytest.mark.parametrize("typed", NOTHING)
def test_a_text_that_can_be_nothing_has_no_reading(connection: Connection, typed: str) -> None:
    assert read(connection, typed) == []


@pytest.mark.parametrize("typed", ["tel:0612345678", "mail:jan@x.nl", "klant:10048213", "imei:490154203237518"])
def test_a_forced_kind_leaves_no_other(connection: Connection, typed: str) -> None:
    kinds = {kind.removesuffix("_tail") for kind, _ in read(connection, typed)}

    assert len(kinds) == 1


@pytest.mark.parametrize(
    "typed",
    ["a" * 10_000, "'" * 500, "\\", "%_" * 50, "1" * 300, "12-" * 100, "\u202e\u0000".replace("\0", ""), "é" * 300],
)
def test_hostile_text_is_read_without_an_error(connection: Connection, typed: str) -> None:
    readings = read(connection, typed)

    assert all(len(normalised) <= 400 for _, normalised in readings)
