"""Addresses: house numbers taken apart, addresses compared, the lines on an envelope."""

import re
from dataclasses import dataclass

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _
from harmony_desk.core.validation import countries, postcodes, text_input

STREET_LENGTH = 80
CITY_LENGTH = 80
PO_BOX = "Postbus"
"""What stands as the street of a post-office box; its number is then the house number."""


@dataclass(frozen=True)
class HouseNumber:
    """12A-2 is number 12, letter 'A', addition '2'. `opposite` is t/o (tegenover): a houseboat."""

    number: int
    letter: str = ""
    addition: str = ""
    opposite: bool = False


@dataclass(frozen=True)
class Address:
    """A postal address as it is stored; `postcode` normalised, `country` an ISO code."""

    street: str
    house_number: HouseNumber
    postcode: str
    city: str
    country: str = "NL"


# number, letter, addition; a separator before the addition, or 123456 would be 12345 addition 6
_PARTED = re.compile(
    r"(t/o\s+)?([1-9][0-9]{0,4})(?:\s?([a-z])(?![a-z]))?(?:(?:\s*[-/]\s*|\s+)([a-z0-9]{1,6}))?", re.I | re.A
)
# 12bis, 12hs, 12bg2: letters against the number; six characters, as any addition
_AGAINST = re.compile(r"([1-9][0-9]{0,4})\s?(?!\w{7})([a-z]{2,6}[0-9]{0,2})", re.I | re.A)
# Belgian: 12 bus 3, 12 bte 3; kept as addition 'bus3', which fits in six characters
_BELGIAN = re.compile(r"([1-9][0-9]{0,4})\s?(?:bus|bte|bo[iîÎ]te)\s*([a-z0-9]{1,3})", re.I | re.A)


def parse_house_number(text: str, *, field: str = "house_number") -> HouseNumber:
    """Take a typed house number apart: 12, 12A, 12-2, 12 bis, 12A-2, t/o 12, 12 bus 3.

    Number 1 to 99999, one letter (kept as a capital), an addition of at most six letters and digits
    (kept as typed). Raises InvalidInput.
    """
    typed = text_input.code(text, field=field, label=_("House number"), limit=30)
    if belgian := _BELGIAN.fullmatch(typed):
        return HouseNumber(number=int(belgian[1]), addition=f"bus{belgian[2]}")
    if parted := _PARTED.fullmatch(typed):
        return HouseNumber(
            number=int(parted[2]),
            letter=(parted[3] or "").upper(),
            addition=parted[4] or "",
            opposite=parted[1] is not None,
        )
    if against := _AGAINST.fullmatch(typed):
        return HouseNumber(number=int(against[1]), addition=against[2])
    raise InvalidInput(
        _("House number: write it as 12, 12A, 12-2 or 12 bis; the street has a field of its own."),
        field=field,
        code="invalid",
    )


def display_house_number(house: HouseNumber) -> str:
    """'12A-2', '12 bis', 't/o 12', '12 bus 3'; typed again it gives the same parts."""
    number = f"{'t/o ' if house.opposite else ''}{house.number}{house.letter}"
    box = re.fullmatch(r"bus([A-Za-z0-9]{1,3})", house.addition)
    if box and number.isdigit():
        return f"{number} bus {box[1]}"
    if not house.addition:
        return number
    word = house.addition.isalpha() and len(house.addition) > 1
    return f"{number}{' ' if word else '-'}{house.addition}"


def parse(*, street: str, house_number: str, postcode: str, city: str, country: str = "NL") -> Address:
    """The typed parts as they are stored. Raises InvalidInput naming the part."""
    code = countries.parse(country)
    return Address(
        street=_place(street, field="street", label=_("Street"), limit=STREET_LENGTH),
        house_number=parse_house_number(house_number),
        postcode=postcodes.normalise(postcode, code),
        city=_place(city, field="city", label=_("Place"), limit=CITY_LENGTH),
        country=code,
    )


def comparison_key(address: Address) -> tuple[str, str, int, str, str]:
    """What two spellings of one address have in common: postcode, number, letter and addition."""
    house = address.house_number
    return (
        address.country,
        address.postcode.casefold(),
        house.number,
        house.letter.casefold(),
        house.addition.casefold(),
    )


def same(one: Address, other: Address) -> bool:
    """Whether both are the same front door."""
    return comparison_key(one) == comparison_key(other)


def envelope_lines(addressee: str, address: Address) -> list[str]:
    """The lines of an envelope: PostNL wants two spaces and capitals in '3511 ZK  UTRECHT'; a foreign
    country stands last."""
    house = display_house_number(address.house_number)
    code = postcodes.display(address.postcode, address.country)
    gap = "  " if address.country == "NL" else " "
    lines = [addressee, f"{address.street} {house}", f"{code}{gap}{address.city.upper()}"]
    return lines if address.country == "NL" else [*lines, countries.name(address.country).upper()]


def _place(text: str, *, field: str, label: str, limit: int) -> str:
    name = text_input.line(text, field=field, label=label, limit=limit, required=True)
    if not any(character.isalpha() for character in name):
        raise InvalidInput(
            _("{field}: there is no letter in it. Type the name as it is written.").format(field=label),
            field=field,
            code="invalid",
        )
    return name
