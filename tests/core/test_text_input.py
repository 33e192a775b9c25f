"""The filter for typed text (security.md F13)."""

import time
import unicodedata

import pytest
from hypothesis import given

from harmony_desk.core.validation import text_input
from tests import naughty
from tests.core.refusals import anything, outcome, refused


def line(text: str, **named: object) -> str:
    return text_input.line(text, field="city", label="Plaats", **named)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Utrecht", "Utrecht"),
        ("  's-Gravenhage ", "'s-Gravenhage"),
        ("Den\u00a0 \tHaag\r\n", "Den Haag"),
        ("Cafe\u0301", "Café"),
        ("a\0b", "ab"),
        ("a\x1b[31mb\x7f", "a[31mb"),
        ("\u202eutrecht", "\u202eutrecht"),
        ("'; drop table customer; --", "'; drop table customer; --"),
        ("", ""),
    ],
)
def test_a_line_is_kept_as_one_clean_line(typed: str, kept: str) -> None:
    assert line(typed) == kept


def test_half_a_character_is_refused_in_words_that_help() -> None:
    error = refused(line, "Jansen\ud83d")

    assert error.code == "broken_character"
    assert error.message == (
        "Plaats: er staat een half teken in deze tekst. Typ de tekst opnieuw in plaats van te plakken."
    )


def test_a_line_of_200_characters_fits_and_one_of_201_does_not() -> None:
    assert len(line("x" * 200)) == 200
    assert refused(line, "x" * 201).code == "too_long"


def test_the_limit_counts_what_is_kept_not_what_was_typed() -> None:
    assert len(line("e\u0301" * 200)) == 200


def test_a_required_line_asks_to_be_filled_in() -> None:
    for empty in ("", " \t\n", "\0", "\u2003"):
        assert refused(line, empty, required=True).message == "Vul in: Plaats."


@pytest.mark.parametrize("name", naughty.LARGE)
def test_what_is_far_too_long_is_refused_at_once(name: str) -> None:
    begin = time.monotonic()

    for function in (line, text_input.note):
        assert refused(function, naughty.LARGE[name]).code == "too_long"

    # Ordering a megabyte of accents takes minutes; refusing it takes none.
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize(
    "text",
    [
        "Mevrouw belt over haar toestel.\r\nAfspraak:\tmorgen.\n",
        "  ingesprongen  ",
        "e\u0301 blijft zoals getypt",
        "\u202eomgekeerd",
        "😀 ﷺ",
    ],
)
def test_a_note_is_read_back_as_it_was_written(text: str) -> None:
    assert text_input.note(text) == text


def test_a_note_loses_only_nul() -> None:
    assert text_input.note("voor\0na\x01") == "voorna\x01"


def test_a_note_is_measured_in_bytes() -> None:
    assert text_input.note("é" * 32_768) == "é" * 32_768
    assert refused(text_input.note, "é" * 32_769).code == "too_long"
    assert refused(text_input.note, "a" * 65_537).message.startswith("Notitie: dit is meer dan 64 kB.")
    assert refused(text_input.note, "\ud800").code == "broken_character"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202egnp.exe", "[RLO]gnp.exe"),
        ("\u2066Jansen\u2069\u200e\u200f\u061c", "[LRI]Jansen[PDI][LRM][RLM][ALM]"),
        ("a\x07b\x1b", "a[U+0007]b[U+001B]"),
        ("regel\nregel\tkolom\r", "regel\nregel\tkolom\r"),
        ("שלום", "שלום"),
    ],
)
def test_hidden_marks_are_shown_as_words(text: str, shown: str) -> None:
    assert text_input.visible(text) == shown


def test_a_code_loses_the_marks_that_an_address_book_adds() -> None:
    assert text_input.code("\u202a+31 6\u200b12\u202c", field="phone", label="Telefoonnummer") == "+31 612"
    assert refused(text_input.code, "\u200b", field="phone", label="Telefoonnummer").code == "required"
    assert text_input.code("\u200b", field="phone", label="Telefoonnummer", required=False) == ""


@given(anything)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = outcome(line, text)

    assert not isinstance(once, str) or (line(once) == once and unicodedata.is_normalized("NFC", once))


@given(anything)
def test_what_passed_can_be_stored(text: str) -> None:
    for kept in (outcome(line, text), outcome(text_input.note, text)):
        assert not isinstance(kept, str) or "\0" not in kept.encode().decode()


@given(anything)
def test_what_is_shown_hides_nothing(text: str) -> None:
    shown = text_input.visible(text)

    assert not {"\u202e", "\u202d", "\u2066", "\u2069", "\0", "\x1b"} & set(shown)
    assert text_input.visible(shown) == shown
