"""IMEI and serial numbers (domain.md 4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony_desk.core.validation import imei, serials
from tests.core.refusals import anything, near, outcome, refused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("490154203237518", "490154203237518"),
        ("356938035643809", "356938035643809"),
        ("49-015420-323751-8", "490154203237518"),
        ("352099001761481", "352099001761481"),
        ("00 440153 014887 9", "004401530148879"),
        (" 49 015420 323751 8 ", "490154203237518"),
        ("49/015420/323751.8", "490154203237518"),
    ],
)
def test_an_imei_is_kept_as_15_digits(typed: str, kept: str) -> None:
    assert imei.normalise(typed) == kept
    assert imei.normalise(imei.display(kept)) == kept


def test_an_imei_is_shown_in_the_groups_people_read_aloud() -> None:
    assert imei.display("004401530148879") == "00 440153 014887 9"
    assert imei.type_code("490154203237518") == "49015420"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("490154203237517", "checksum"),
        ("000000000000000", "checksum"),
        ("49015420323751", "no_check_digit"),
        ("4901542032375180", "imeisv"),
        ("0000000000000000", "imeisv"),
        ("4901542032", "length"),
        ("49015420323751856", "length"),
        ("49015420323751O", "invalid"),
        ("٤٩٠١٥٤٢٠٣٢٣٧٥١٨", "invalid"),
        ("", "required"),
        ("-", "invalid"),
    ],
)
def test_a_wrong_imei_is_refused(typed: str, code: str) -> None:
    error = refused(imei.normalise, typed)

    assert (error.field, error.code) == ("imei", code)


@pytest.mark.parametrize(
    ("typed", "proposal"),
    [
        ("4901542032375101", "490154203237518"),
        ("49-015420-323751-01", "490154203237518"),
        ("49015420323751", "490154203237518"),
        ("490154203237518", None),
        ("0000000000000000", None),
        ("49015420323751AB", None),
        ("", None),
    ],
)
def test_the_imei_that_was_probably_meant_is_proposed(typed: str, proposal: str | None) -> None:
    assert imei.suggest(typed) == proposal


IMEIS = near("49", "015420", "323751", "8", "0", " ", "-", "01")


@given(anything | IMEIS)
def test_any_text_gives_an_imei_or_a_refusal(text: str) -> None:
    kept = outcome(imei.normalise, text)

    if isinstance(kept, str):
        assert len(kept) == 15
        assert imei.normalise(kept) == imei.normalise(imei.display(kept)) == kept


@given(anything | IMEIS)
def test_what_is_proposed_is_itself_accepted(text: str) -> None:
    proposal = imei.suggest(text)

    assert proposal is None or imei.normalise(proposal) == proposal


@given(st.text("0123456789", min_size=14, max_size=14), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(body: str, place: int, change: int) -> None:
    right = imei.suggest(body)
    if right is None:
        assert len(set(body)) == 1
        return
    wrong = right[:place] + str((int(right[place]) + change) % 10) + right[place + 1 :]

    assert outcome(imei.normalise, wrong) == ("refused", "checksum")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("f2lxk9", "F2LXK9"), ("C02-ABC 123", "C02-ABC123"), ("A" * 30, "A" * 30), ("1234", "1234")],
)
def test_a_serial_number_is_kept_in_capitals(typed: str, kept: str) -> None:
    assert serials.normalise(typed) == kept


@pytest.mark.parametrize("typed", ["", "abc", "A" * 31, "----", "ABC_1", "ÅBCD", "ＡＢＣＤ"])
def test_a_wrong_serial_number_is_refused(typed: str) -> None:
    assert refused(serials.normalise, typed).field == "serial_number"


@pytest.mark.parametrize(("serial", "count"), [("F2LXK9", 0), ("C02ABC", 1), ("CO2ABC", 1), ("I234", 1), ("1OAB", 2)])
def test_letters_and_digits_that_look_alike_are_pointed_at(serial: str, count: int) -> None:
    assert len(serials.warnings(serial)) == count


def test_the_warning_names_the_letter_and_the_digit() -> None:
    assert serials.warnings("C02ABC") == ["Serienummer: controleer of het de letter O of het cijfer 0 is."]


@given(anything | near("A", "b", "0", "-", " ", "ß"))
def test_any_text_gives_a_serial_number_or_a_refusal(text: str) -> None:
    kept = outcome(serials.normalise, text)

    assert not isinstance(kept, str) or (serials.normalise(kept) == kept and kept.isascii())
