"""CSV that no spreadsheet takes for formulas (security.md F14)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony_desk.core.validation import csv_safe
from tests import naughty
from tests.core.refusals import refused

MARKS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
CELLS = st.text() | st.lists(st.sampled_from([*MARKS, "'", '"', ";", "a", "\r\n"]), max_size=8).map("".join)


@pytest.mark.parametrize("mark", MARKS)
def test_a_formula_gets_an_apostrophe_in_front(mark: str) -> None:
    assert csv_safe.escape(f"{mark}1+1") == f"'{mark}1+1"
    assert csv_safe.escape(f"'{mark}1+1") == f"''{mark}1+1"


@pytest.mark.parametrize("name", ["'t Hart", "'s-Gravesande", "Jansen", "", "'", "1-2", "a=b", " =1"])
def test_other_cells_stay_as_they_are(name: str) -> None:
    assert csv_safe.escape(name) == csv_safe.unescape(name) == name


def test_a_file_is_quoted_and_begins_with_a_mark_for_excel() -> None:
    data = csv_safe.write([["Naam", "Bedrag"], ["=cmd|' /C calc'!A0", -5], ['Jan "de" Vries; jr.', None]])

    assert data == (b'\xef\xbb\xbf"Naam";"Bedrag"\r\n"\'=cmd|\' /C calc\'!A0";"-5"\r\n"Jan ""de"" Vries; jr.";""\r\n')


def test_numbers_of_ours_are_no_formulas_and_stay_numbers() -> None:
    assert csv_safe.write([[-5, 7]], delimiter=",") == b'\xef\xbb\xbf"-5","7"\r\n'


@given(st.lists(st.lists(CELLS, max_size=5), max_size=5), st.sampled_from([";", ",", "\t"]))
def test_what_is_written_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    assert csv_safe.read(csv_safe.write(rows, delimiter=delimiter), delimiter=delimiter) == rows


@given(CELLS)
def test_no_cell_begins_with_a_formula_and_none_is_changed_for_good(cell: str) -> None:
    escaped = csv_safe.escape(cell)

    assert not escaped.startswith(tuple(MARKS))
    assert csv_safe.unescape(escaped) == cell


def test_every_naughty_string_survives_or_is_refused() -> None:
    entries = naughty.strings()
    broken = [e for e in entries if any("\ud800" <= c <= "\udfff" for c in e)]
    whole = [e for e in entries if e not in broken]

    assert csv_safe.read(csv_safe.write([[entry, entry] for entry in whole])) == [[e, e] for e in whole]
    assert len(broken) >= 4
    for entry in broken:
        assert refused(csv_safe.write, [[entry]]).code == "broken_character"


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b'"open', b'"a"b;c', "é".encode("latin-1"), b'"' + b"a" * 200_000 + b'"']
)
def test_what_is_no_csv_is_refused(data: bytes) -> None:
    assert refused(csv_safe.read, data).code == "not_csv"


@given(st.binary())
def test_any_bytes_give_rows_or_a_refusal(data: bytes) -> None:
    try:
        rows = csv_safe.read(data)
    except csv_safe.InvalidInput:
        return
    assert all(isinstance(cell, str) for row in rows for cell in row)
