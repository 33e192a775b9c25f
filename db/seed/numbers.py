"""Numbers that are valid and belong to nobody: telephone, bank account, IMEI, serial number."""

import random
from typing import Final

from db.seed.chance import Weighted, one_of
from db.seed.places import Address
from db.seed.pools import things

# A Dutch mobile number has one of these after 06, each followed by seven digits.
_MOBILE: Final = "123458"
_MOBILES: Final = 60_000_000
_STEP: Final = 37_082_039  # prime to the size: counting in this step meets every number once
_ACCOUNTS: Final = 899_999_963
_ACCOUNT_STEP: Final = 618_033_987
_SERIALS: Final = 1_000_000
_SERIAL_STEP: Final = 381_957
_BANKS: Final = {
    "NL": Weighted(things.DUTCH_BANKS),
    "BE": Weighted(things.BELGIAN_BANKS),
    "DE": Weighted(things.GERMAN_BANKS),
}
_SERIAL_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_FIXED_LENGTH: Final = {"NL": 10, "BE": 9, "DE": 11}
CALLING_CODE: Final = {"NL": "+31", "BE": "+32", "DE": "+49"}


def mobile(seed: int, count: int, country: str) -> str:
    """The mobile number of the count-th person, in E.164; no two people get the same."""
    place = (seed * 7919 + count * _STEP) % _MOBILES
    if country == "NL":
        return f"+316{_MOBILE[place // 10_000_000]}{place % 10_000_000:07d}"
    if country == "BE":
        return f"+3247{place % 10_000_000:07d}"
    return f"+49151{place % 100_000_000:08d}"


def fixed(rng: random.Random, address: Address) -> str:
    """A number at home, with the area code of the place, in E.164."""
    country, area = address.place.country, address.place.area
    length = _FIXED_LENGTH[country] - len(area)
    # Belgium: no area has numbers that begin with anything but 2 or 3 in common.
    heads = 2 if country == "BE" else 6
    local = 2 * 10 ** (length - 1) + int(rng.random() * heads * 10 ** (length - 1))
    return f"{CALLING_CODE[country]}{area[1:]}{local}"


def as_typed(rng: random.Random, e164: str, area: str | None = None) -> str:
    """The number as a person wrote it: with or without signs, the country or a nought in front."""
    country, national = e164[:3], e164[3:]
    cut = len(area) - 1 if area else 1 if country == "+31" else 3
    head, tail = national[:cut], national[cut:]
    style = rng.random()
    if style < 0.45:
        return f"0{national}"
    if style < 0.75:
        return f"0{head}-{tail}"
    if style < 0.85:
        return f"{country} {head} {tail}"
    if style < 0.92:
        return f"00{country[1:]}{national}"
    return " ".join([f"0{head}", *(tail[place : place + 2] for place in range(0, len(tail), 2))])


def iban(rng: random.Random, seed: int, count: int, country: str) -> str:
    """The count-th account, at a bank that exists, with right check digits."""
    bank = _BANKS[country].pick(rng)
    account = 100_000_000 + (seed * 104_729 + count * _ACCOUNT_STEP) % _ACCOUNTS
    if country == "NL":
        body = f"{bank}{account:010d}"
    elif country == "BE":
        digits = f"{bank}{account % 10_000_000:07d}"
        body = f"{digits}{int(digits) % 97 or 97:02d}"
    else:
        body = f"{bank}{account:010d}"
    return with_check_digits(country, body)


def with_check_digits(country: str, body: str) -> str:
    """An IBAN of a country and what follows its check digits (ISO 13616: mod 97)."""
    number = "".join(str(int(sign, 36)) for sign in f"{body}{country}00")
    return f"{country}{98 - int(number) % 97:02d}{body}"


def imei(model: int, count: int) -> str:
    """The count-th device of a model: a test TAC (it starts with 00) and Luhn's digit."""
    serial = (count * _SERIAL_STEP + model * 7) % _SERIALS
    return with_luhn(f"00{model + 101:03d}{count // _SERIALS:03d}{serial:06d}")


def with_luhn(digits: str) -> str:
    """Fourteen digits and the check digit that belongs to them."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 if place % 2 else 2)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"


def serial_number(rng: random.Random, start: str, length: int) -> str:
    """Letters and digits as on the back of a device; never O or I."""
    return start + "".join([one_of(rng, _SERIAL_SIGNS) for _ in range(length)])
