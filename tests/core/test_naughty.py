"""Every parser against the corpus of naughty strings and texts of ten megabytes: a value or a clear
refusal, in time, and the value never in the refusal."""

import traceback
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.validation import (
    addresses,
    countries,
    dates,
    emails,
    iban,
    imei,
    money,
    names,
    phones,
    postcodes,
    registrations,
    serials,
    text_input,
)
from tests import naughty

TODAY = date(2026, 11, 22)


def surname(text: str) -> object:
    return names.parse(last_name=text)


def prefix(text: str) -> object:
    return names.parse(last_name="Jansen", prefix=text)


def street(text: str) -> object:
    return addresses.parse(street=text, house_number="1", postcode="3511ZK", city="Utrecht")


PARSERS: dict[str, Callable[[str], object]] = {
    "surname": surname,
    "prefix": prefix,
    "initials": names.normalise_initials,
    "street": street,
    "house number": addresses.parse_house_number,
    "postcode": postcodes.normalise,
    "postcode in Belgium": partial(postcodes.normalise, country="BE"),
    "phone": phones.parse,
    "iban": iban.normalise,
    "bic": iban.normalise_bic,
    "imei": imei.normalise,
    "serial number": serials.normalise,
    "e-mail": emails.normalise,
    "date": partial(dates.parse, today=TODAY),
    "birth date": partial(dates.parse_birth_date, today=TODAY),
    "amount": money.parse,
    "country": countries.parse,
    "kvk": registrations.kvk,
    "enterprise": registrations.belgian_enterprise,
    "line": partial(text_input.line, field="subject", label="Onderwerp"),
    "note": text_input.note,
}
HELPERS: dict[str, Callable[[str], object]] = {
    "fold": names.fold,
    "split prefix": names.split_prefix,
    "unfinished iban": iban.unfinished,
    "suggest imei": imei.suggest,
    "show phone": phones.display,
    "visible": text_input.visible,
}


def test_the_corpus_is_all_there() -> None:
    entries = naughty.strings()

    assert len(entries) >= 150
    assert {"", "\ud800", "\u202egnp.exe", "'; drop table customer; --", "a\0b", "=1+1"} <= set(entries)


@pytest.mark.parametrize("parser", PARSERS)
def test_every_naughty_string_gives_a_value_or_a_clear_refusal(parser: str) -> None:
    for entry in naughty.strings():
        try:
            value = PARSERS[parser](entry)
        except InvalidInput as error:
            refusal = error
        else:
            assert "\ud800" not in repr(value)
            continue
        assert refusal.field and refusal.code and refusal.message.endswith(".")  # noqa: PT018
        # Short entries such as "12" may well stand in a sentence; longer ones only if they were put there.
        if len(entry.strip()) > 8:
            assert entry.strip() not in refusal.message


@pytest.mark.parametrize("name", naughty.LARGE)
@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.timeout(20)
def test_a_huge_text_is_refused_in_time_and_does_not_come_back(parser: str, name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        PARSERS[parser](naughty.LARGE[name])

    assert caught.value.code == "too_long"
    assert len("".join(traceback.format_exception_only(caught.value))) < 500


@pytest.mark.parametrize("helper", HELPERS)
def test_helpers_take_every_naughty_string(helper: str) -> None:
    for entry in naughty.strings():
        HELPERS[helper](entry)


PERSONAL = {
    "surname": "Jansen\ud83d",
    "initials": "Margaretha",
    "street": "1234567890",
    "house number": "Kerkstraat 12 te Ede",
    "postcode": "9876 SS",
    "phone": "06 9876 543",
    "iban": "NL99ABNA0417164300",
    "bic": "QQQQ9999",
    "imei": "490154203237517",
    "serial number": "geheim!nummer",
    "e-mail": "anna.devries@thuis",
    "date": "31-02-1987",
    "birth date": "12-03-1887",
    "amount": "98765.43",
    "country": "Klein Zwitserland",
    "enterprise": "0403019262",
}


@pytest.mark.parametrize("parser", PERSONAL)
def test_no_personal_value_is_left_in_the_exception_or_its_chain(parser: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        PARSERS[parser](PERSONAL[parser])

    error: BaseException | None = caught.value
    while error is not None:
        assert PERSONAL[parser] not in f"{error!r} {error} {error.args} {vars(error)}"
        error = error.__cause__ or error.__context__
