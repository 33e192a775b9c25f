"""Countries by their Dutch names, and the numbers of companies (domain.md 4)."""

from collections.abc import Callable

import pytest
from hypothesis import given

from harmony_desk.core.validation import countries, registrations
from tests.core.refusals import anything, near, outcome, refused


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Nederland", "NL"),
        ("nederland", "NL"),
        ("België", "BE"),
        ("Belgie", "BE"),
        ("NL", "NL"),
        ("de", "DE"),
        ("Duitsland", "DE"),
        ("Curaçao", "CW"),
    ],
)
def test_a_country_is_known_by_its_dutch_name_or_its_code(typed: str, code: str) -> None:
    assert countries.parse(typed) == code


@pytest.mark.parametrize("typed", ["Atlantis", "", "Europese Unie", "EU", "ZZ", "The Netherlands"])
def test_what_is_no_country_is_refused(typed: str) -> None:
    assert refused(countries.parse, typed).field == "country"


def test_the_neighbours_stand_first_and_the_rest_by_the_alphabet() -> None:
    choices = countries.choices()
    names = [name for _code, name in choices]

    assert names[:3] == ["Nederland", "België", "Duitsland"]
    assert names[3] == "Afghanistan"
    assert names.index("Egypte") < names.index("Zweden")
    assert len(set(choices)) == len(choices) > 200


def test_every_choice_is_read_back() -> None:
    assert all(countries.parse(name) == countries.parse(code) == code for code, name in countries.choices())
    assert countries.name("NL") == "Nederland"
    assert countries.name("QQ") == "QQ"


@pytest.mark.parametrize(
    ("read", "typed", "kept"),
    [
        (registrations.kvk, "12345678", "12345678"),
        (registrations.kvk, "1234 5678", "12345678"),
        (registrations.afm_licence, "12004420", "12004420"),
        (registrations.belgian_enterprise, "BE 0403.019.261", "0403019261"),
    ],
)
def test_a_company_number_is_kept_as_digits(read: Callable[[str], str], typed: str, kept: str) -> None:
    assert read(typed) == read(kept) == kept


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (registrations.kvk, "1234567"),
        (registrations.kvk, "123456789"),
        (registrations.kvk, "1234567A"),
        (registrations.kvk, "١٢٣٤٥٦٧٨"),
        (registrations.afm_licence, "1200442"),
        (registrations.belgian_enterprise, "0403019262"),
        (registrations.belgian_enterprise, ""),
    ],
)
def test_a_wrong_company_number_is_refused(read: Callable[[str], str], typed: str) -> None:
    refused(read, typed)


@given(anything | near("1", "2345", "678", " ", ".", "BE", "0403019261", "٣"))
def test_any_text_gives_a_value_or_a_refusal(text: str) -> None:
    for read in (
        countries.parse,
        *(vars(registrations)[n] for n in ("kvk", "afm_licence", "belgian_enterprise")),
    ):
        kept = outcome(read, text)

        assert not isinstance(kept, str) or (read(kept) == kept and kept.isascii())
