"""Telephone numbers in any notation (domain.md 4)."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony_desk.core.validation import phones
from harmony_desk.core.validation.phones import Kind, Phone
from tests.core.refusals import anything, near, outcome, refused


@pytest.mark.parametrize(
    ("typed", "region", "e164", "kind", "shown"),
    [
        ("010-2068675", "NL", "+31102068675", Kind.FIXED, "010 206 8675"),
        ("0031 6 1234 5678", "NL", "+31612345678", Kind.MOBILE, "06 12345678"),
        ("+31 (0)6 12345678", "NL", "+31612345678", Kind.MOBILE, "06 12345678"),
        ("085-2791198", "NL", "+31852791198", Kind.VOIP, "085 279 1198"),
        ("088 1234567", "NL", "+31881234567", Kind.UAN, "088 123 4567"),
        ("+32 470 12 34 56", "NL", "+32470123456", Kind.MOBILE, "+32 470 12 34 56"),
        # beyond the document
        ("0470 12 34 56", "BE", "+32470123456", Kind.MOBILE, "0470 12 34 56"),
        ("06 12 34 56 78", "NL", "+31612345678", Kind.MOBILE, "06 12345678"),
        ("0031201234567", "NL", "+31201234567", Kind.FIXED, "020 123 4567"),
        ("tel:+31612345678", "NL", "+31612345678", Kind.MOBILE, "06 12345678"),
        ("020 123 4567 tst. 12", "NL", "+31201234567", Kind.FIXED, "020 123 4567"),
        ("020/1234567 toestel 12", "NL", "+31201234567", Kind.FIXED, "020 123 4567"),
        ("+1 212 555 2368", "NL", "+12125552368", Kind.FIXED, "+1 212-555-2368"),
        ("0044 20 7946 0958", "NL", "+442079460958", Kind.FIXED, "+44 20 7946 0958"),
        ("0800 1234", "NL", "+318001234", Kind.OTHER, "0800 1234"),
        ("0900 1234", "NL", "+319001234", Kind.OTHER, "0900 1234"),
        ("0970 12345678", "NL", "+3197012345678", Kind.OTHER, "0970 123 45678"),
    ],
)
def test_a_number_is_kept_as_e164_with_what_was_typed(
    typed: str, region: str, e164: str, kind: Kind, shown: str
) -> None:
    phone = phones.parse(typed, region)

    assert phone == Phone(e164=e164, raw=typed, kind=kind)
    assert phones.display(e164, region) == shown
    assert phones.parse(shown, region).e164 == e164


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("06 123 4567", "invalid"),
        ("112", "short_number"),
        ("144", "short_number"),
        ("+31 112", "short_number"),
        ("1234567", "invalid"),
        ("06 00795315", "invalid"),
        ("14010", "short_number"),
        ("14 010", "short_number"),
        ("+31 14010", "short_number"),
        ("0800-BELGIE", "invalid"),
        ("anoniem", "invalid"),
        ("", "required"),
        ("++31612345678", "invalid"),
        ("0612345678 of 0201234567", "invalid"),
        ("+999 1234567", "invalid"),
        ("1" * 30, "invalid"),
        ("+4930000000000000", "invalid"),  # one digit more than E.164 and our column have
    ],
)
def test_what_cannot_be_rung_is_refused(typed: str, code: str) -> None:
    error = refused(phones.parse, typed)

    assert (error.field, error.code) == ("phone", code)


def test_only_numbers_where_a_person_answers_can_be_called_back() -> None:
    callable_kinds = {kind for kind in Kind if Phone("+31612345678", "", kind).can_call_back}

    assert callable_kinds == {Kind.FIXED, Kind.MOBILE, Kind.VOIP, Kind.UAN}


def test_invisible_marks_of_an_address_book_do_not_matter() -> None:
    assert phones.parse("\u202a+31 6 12345678\u202c") == Phone("+31612345678", "+31 6 12345678", Kind.MOBILE)


def test_leftovers_of_an_import_are_shown_as_they_are() -> None:
    assert phones.display("anonymous") == "anonymous"


NUMBERS = near("0", "6", "12345678", "31", "+", "(0)", " ", "-", "00", "32", "470", "tst.", ";ext=", "88", "14")


@given(anything | NUMBERS, st.sampled_from(["NL", "BE", "DE"]))
def test_any_text_gives_a_number_or_a_refusal(text: str, region: str) -> None:
    phone = outcome(phones.parse, text, region)

    if isinstance(phone, Phone):
        assert phones.parse(phone.e164, region).e164 == phone.e164
        assert phones.parse(phone.raw, region) == phone
        assert phones.parse(phones.display(phone.e164, region), region).e164 == phone.e164
        assert phone.e164.startswith("+")
        assert 8 <= len(phone.e164) <= 16


@given(anything)
def test_any_stored_text_can_be_shown(text: str) -> None:
    assert isinstance(phones.display(text), str)


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_the_example_of_every_country_survives_being_shown(region: str) -> None:
    example = phonenumbers.example_number(region)
    assert example is not None
    e164 = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)

    for home in ("NL", region):
        assert phones.parse(phones.display(e164, home), home).e164 == e164
