"""Addresses (domain.md 4.2): house numbers, comparing, envelopes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony_desk.core.validation import addresses
from harmony_desk.core.validation.addresses import Address, HouseNumber
from tests.core.refusals import anything, near, outcome, refused


@pytest.mark.parametrize(
    ("typed", "parts", "shown"),
    [
        ("12", HouseNumber(12), "12"),
        ("12A", HouseNumber(12, "A"), "12A"),
        ("12 a", HouseNumber(12, "A"), "12A"),
        ("12-2", HouseNumber(12, "", "2"), "12-2"),
        ("12 bis", HouseNumber(12, "", "bis"), "12 bis"),
        ("12bis", HouseNumber(12, "", "bis"), "12 bis"),
        ("12-A02", HouseNumber(12, "", "A02"), "12-A02"),
        ("12hs", HouseNumber(12, "", "hs"), "12 hs"),
        ("12 III", HouseNumber(12, "", "III"), "12 III"),
        ("12A-2", HouseNumber(12, "A", "2"), "12A-2"),
        ("t/o 12", HouseNumber(12, opposite=True), "t/o 12"),
        ("99999", HouseNumber(99999), "99999"),
        # beyond the document
        ("  12  ", HouseNumber(12), "12"),
        ("12/2", HouseNumber(12, "", "2"), "12-2"),
        ("12 - 2", HouseNumber(12, "", "2"), "12-2"),
        ("12bg2", HouseNumber(12, "", "bg2"), "12-bg2"),
        ("12A bis", HouseNumber(12, "A", "bis"), "12A bis"),
        ("T/O 12A", HouseNumber(12, "A", opposite=True), "t/o 12A"),
        ("12 bus 3", HouseNumber(12, "", "bus3"), "12 bus 3"),
        ("12 bte 3", HouseNumber(12, "", "bus3"), "12 bus 3"),
        ("12BUS 12", HouseNumber(12, "", "bus12"), "12 bus 12"),
        ("12A bus2", HouseNumber(12, "A", "bus2"), "12A-bus2"),
        ("t/o 12 bus2", HouseNumber(12, "", "bus2", opposite=True), "t/o 12-bus2"),
        ("12 boîte 3", HouseNumber(12, "", "bus3"), "12 bus 3"),
    ],
)
def test_a_house_number_is_taken_apart_and_shown(typed: str, parts: HouseNumber, shown: str) -> None:
    assert addresses.parse_house_number(typed) == parts
    assert addresses.display_house_number(parts) == shown
    assert addresses.parse_house_number(shown) == parts


@pytest.mark.parametrize(
    "typed",
    [
        "0",
        "012",
        "123456",
        "A12",
        "12-1234567",
        "",
        "12-",
        "12--2",
        "-12",
        "12 2 hoog",
        "١٢",
        "12\u0660",
        "t/o",
        "12abcde12",
        "12bus\u017f",
    ],
)
def test_what_is_no_house_number_is_refused(typed: str) -> None:
    assert refused(addresses.parse_house_number, typed).field == "house_number"


def address(**changed: str) -> Address:
    parts = {"street": "Stationsweg", "house_number": "12A-2", "postcode": "3511zk", "city": "Utrecht"}
    return addresses.parse(**(parts | changed))  # type: ignore[arg-type]


def test_typed_parts_are_stored_normalised() -> None:
    assert address(country="Nederland") == Address(
        street="Stationsweg",
        house_number=HouseNumber(12, "A", "2"),
        postcode="3511ZK",
        city="Utrecht",
        country="NL",
    )


def test_an_address_in_belgium_follows_belgian_rules() -> None:
    there = address(country="BE", postcode="B-1000", city="Brussel", house_number="12 bus 3")

    assert (there.postcode, there.house_number.addition) == ("1000", "bus3")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"street": ""}, "street"),
        ({"street": "12"}, "street"),
        ({"street": "x" * 81}, "street"),
        ({"city": "  "}, "city"),
        ({"city": "x" * 81}, "city"),
        ({"city": "Den\ud800Haag"}, "city"),
        ({"postcode": "1234 SS"}, "postcode"),
        ({"house_number": "0"}, "house_number"),
        ({"country": "Atlantis"}, "country"),
    ],
)
def test_a_part_that_cannot_be_is_refused_by_name(changed: dict[str, str], field: str) -> None:
    assert refused(address, **changed).field == field


@pytest.mark.parametrize(
    "changed",
    [
        {"postcode": "3511 ZK"},
        {"house_number": "12a-2"},
        {"house_number": "12A/2"},
        {"street": "Stationswg."},
        {"city": "UTRECHT"},
    ],
)
def test_one_front_door_is_recognised_in_two_spellings(changed: dict[str, str]) -> None:
    assert addresses.same(address(), address(**changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"postcode": "3511ZL"},
        {"house_number": "12A-3"},
        {"house_number": "12-2"},
        {"house_number": "13A-2"},
    ],
)
def test_another_front_door_is_another_address(changed: dict[str, str]) -> None:
    assert not addresses.same(address(), address(**changed))


def test_additions_are_compared_without_case() -> None:
    assert addresses.same(address(house_number="12 BIS"), address(house_number="12bis"))


@pytest.mark.parametrize(
    ("changed", "lines"),
    [
        ({"house_number": "12 bis"}, ["Mevrouw A. de Vries", "Stationsweg 12 bis", "3511 ZK  UTRECHT"]),
        (
            {"street": addresses.PO_BOX, "house_number": "1234", "postcode": "3001 AL", "city": "Rotterdam"},
            ["Mevrouw A. de Vries", "Postbus 1234", "3001 AL  ROTTERDAM"],
        ),
        (
            {"country": "BE", "postcode": "1000", "city": "Brussel", "house_number": "12 bus 3"},
            ["Mevrouw A. de Vries", "Stationsweg 12 bus 3", "1000 BRUSSEL", "BELGIË"],
        ),
        (
            {"country": "DE", "postcode": "10115", "city": "Berlin", "house_number": "12"},
            ["Mevrouw A. de Vries", "Stationsweg 12", "10115 BERLIN", "DUITSLAND"],
        ),
    ],
)
def test_an_envelope_is_written_as_the_post_wants_it(changed: dict[str, str], lines: list[str]) -> None:
    assert addresses.envelope_lines("Mevrouw A. de Vries", address(**changed)) == lines


HOUSE_NUMBERS = near("1", "2", "99", "0", "a", "B", " ", "-", "/", "t/o ", "bis", "bus", "hs", "III")


@given(anything | HOUSE_NUMBERS)
def test_what_is_shown_gives_the_same_parts_when_typed_again(text: str) -> None:
    house = outcome(addresses.parse_house_number, text)

    if isinstance(house, HouseNumber):
        assert addresses.parse_house_number(addresses.display_house_number(house)) == house
        assert 1 <= house.number <= 99999
        assert len(house.letter) <= 1
        assert len(house.addition) <= 6


@given(street=anything, city=anything, postcode=anything, country=st.sampled_from(["NL", "BE", "Polen"]))
def test_any_text_gives_an_address_or_a_refusal(street: str, city: str, postcode: str, country: str) -> None:
    there = outcome(addresses.parse, street=street, house_number="12", postcode=postcode, city=city, country=country)

    assert isinstance(there, Address) or there[0] == "refused"  # type: ignore[index]
