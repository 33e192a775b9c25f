"""IBAN and BIC (domain.md 4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony_desk.core.validation import iban
from tests.core.refusals import anything, near, outcome, refused

VALID = [
    "NL91ABNA0417164300",
    "NL20INGB0001234567",
    "NL02ABNA0123456789",
    "DE89370400440532013000",
    "BE68539007547034",
    "FR1420041010050500013M02606",
    "LU280019400644750000",
    "ES9121000418450200051332",
    "AT611904300234573201",
    "MT84MALT011000012345MTLCAST001S",
]


@pytest.mark.parametrize("number", VALID)
def test_a_right_iban_is_kept_in_capitals_without_spaces(number: str) -> None:
    assert iban.normalise(number) == number
    assert iban.normalise(f" {iban.display(number).lower()} ") == number
    assert iban.normalise(iban.display(number).replace(" ", "-")) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("NL92ABNA0417164300", "invalid"),
        ("NL00ABNA0417164300", "invalid"),
        ("NL91ABNA041716430", "unfinished"),
        ("NL91ABNA04171643000", "invalid"),
        ("NL91ABNA041716430O", "invalid"),
        ("NL9１ABNA0417164300", "invalid"),
        ("XX91ABNA0417164300", "invalid"),
        ("0417164300", "invalid"),
        ("", "required"),
        ("NL91ABNA0417164300NL91ABNA0417164300", "invalid"),
        ("n" * 61, "too_long"),
    ],
)
def test_a_wrong_iban_is_refused(typed: str, code: str) -> None:
    assert refused(iban.normalise, typed).code == code


@pytest.mark.parametrize("check_digits", ["00", "01", "99"])
def test_check_digits_that_are_never_given_out_are_refused(check_digits: str) -> None:
    twins = [f"NL{check_digits}ABNA{number:010d}" for number in range(300)]

    # Among these some satisfy mod 97; that is why they need a rule of their own.
    assert any(int("".join(str(int(c, 36)) for c in twin[4:] + twin[:4])) % 97 == 1 for twin in twins)
    assert {refused(iban.normalise, twin).code for twin in twins} == {"invalid"}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("NL", True),
        ("NL9", True),
        ("nl91 abna 0417", True),
        ("NL91ABNA041716430", True),
        ("NL91ABNA0417164300", False),
        ("NL91ABNA04171643000", False),
        ("N", False),
        ("XX91", False),
        ("NLABNA", False),
        ("Jansen", False),
        ("", False),
        ("NL91?", False),
    ],
)
def test_an_iban_that_is_still_being_typed_is_recognised(typed: str, answer: bool) -> None:
    assert iban.unfinished(typed) is answer


def test_the_refusal_counts_what_is_missing() -> None:
    assert refused(iban.normalise, "NL91ABNA0417").message == (
        "IBAN: er ontbreken nog 6 tekens. Typ het nummer helemaal."
    )
    assert refused(iban.normalise, "NL91ABNA041716430").message == (
        "IBAN: er ontbreekt nog één teken. Typ het nummer helemaal."
    )


def test_the_mask_shows_the_country_and_the_last_four() -> None:
    assert iban.mask("NL91ABNA0417164300") == "NL•• •••• ••43 00"
    assert iban.mask("NL91ABNA0417164300", digits=False) == "NL•• •••• •••• ••"


def test_the_mask_has_one_shape_for_every_country() -> None:
    masks = [iban.mask(number) for number in VALID]

    assert {len(mask) for mask in masks} == {17}
    for number, mask in zip(VALID, masks, strict=True):
        assert number[4:-4] not in mask


ELSEWHERE_IN_SEPA = ["CH9300762011623852957", "GB29NWBK60161331926819", "NO9386011117947"]
OUTSIDE_SEPA = ["TR330006100519786457841326", "BR1800360305000010009795493C1"]


@pytest.mark.parametrize("number", [*VALID, *ELSEWHERE_IN_SEPA, *OUTSIDE_SEPA])
def test_sepa_is_more_than_the_european_union(number: str) -> None:
    assert iban.is_sepa(iban.normalise(number)) is (number not in OUTSIDE_SEPA)


@pytest.mark.parametrize("code", ["ABNANL2A", "INGBNL2A", "RABONL2U", "TRIONL2U", "ABNANL2AXXX"])
def test_a_right_bic_is_kept(code: str) -> None:
    assert iban.normalise_bic(code) == iban.normalise_bic(f" {code.lower()} ") == code


@pytest.mark.parametrize("code", ["ABNANL2", "ABNANL2AX", "ABNA1L2A", "ABNAZZ2A", "", "????????"])
def test_a_wrong_bic_is_refused(code: str) -> None:
    assert refused(iban.normalise_bic, code).field == "bic"


def test_two_branches_are_one_bank() -> None:
    assert iban.same_bank("ABNANL2A", "ABNANL2AXXX")
    assert not iban.same_bank("ABNANL2A", "INGBNL2A")


PIECES = near("NL", "91", "ABNA", "0417", "1643", "00", " ", "-", "BE", "68", "x")


@given(anything | PIECES | st.sampled_from(VALID))
def test_any_text_gives_an_iban_or_a_refusal(text: str) -> None:
    number = outcome(iban.normalise, text)
    iban.unfinished(text)

    if isinstance(number, str):
        assert iban.normalise(number) == number
        assert iban.normalise(iban.display(number)) == number
        assert number.isascii()


@given(st.sampled_from(VALID), st.data())
def test_one_wrong_digit_is_always_found(number: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([i for i, c in enumerate(number) if c.isdigit()]))
    digit = data.draw(st.sampled_from([c for c in "0123456789" if c != number[place]]))

    assert outcome(iban.normalise, number[:place] + digit + number[place + 1 :]) == ("refused", "invalid")


@given(anything)
def test_any_text_gives_a_bic_or_a_refusal(text: str) -> None:
    code = outcome(iban.normalise_bic, text)

    assert not isinstance(code, str) or iban.normalise_bic(code) == code
