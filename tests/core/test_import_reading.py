"""Files of customers: every notation that spreadsheets write, and a clear refusal for what should not come in."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.imports import reading, xlsx_files
from harmony_desk.core.validation import csv_safe
from tests import naughty
from tests.core import workbooks
from tests.core.refusals import refused

LISTS = Path(__file__).parents[1] / "data" / "imports"
NAMES = [["Achternaam", "Plaats"], ["Yılmaz", "Den Haag"], ["d'Ançona", "Ieper"]]


def rows(data: bytes, **choices: str | None) -> list[list[str]]:
    sheet = reading.read(data, **choices)
    return [list(sheet.header), *(cells for _number, cells in sheet.rows)]


def everything(data: bytes) -> None:
    rows(data)


def csv(lines: list[list[str]], delimiter: str, encoding: str) -> bytes:
    return "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_each_delimiter_is_found_out(delimiter: str, encoding: str) -> None:
    assert rows(csv(NAMES, delimiter, encoding)) == NAMES


def test_windows_encoding_is_found_out() -> None:
    lines = [["Achternaam", "Plaats"], ["Müller", "’s-Hertogenbosch"], ["Señor", "€"]]

    assert rows(csv(lines, ";", "cp1252")) == lines


def test_a_real_file_of_another_system_is_read_with_its_own_row_numbers() -> None:
    sheet = reading.read_file(LISTS / "portefeuille.csv")

    lines = dict(sheet.rows)

    assert sheet.header[:3] == ("Voorletters", "Tussenvoegsel", "Achternaam")
    assert list(lines) == [2, 3, 4, 6, 7]
    assert lines[6][10] == "0701234567"


def test_what_was_chosen_comes_before_what_is_found_out() -> None:
    data = b"a,b;c\n1,2;3"

    assert rows(data) == rows(data, delimiter=";")
    assert rows(data, delimiter=";") == [["a,b", "c"], ["1,2", "3"]]
    assert rows(data, delimiter=",") == [["a", "b;c"], ["1", "2;3"]]


def test_a_delimiter_inside_quotes_is_part_of_a_name() -> None:
    assert rows(b'"Naam, voorletters, titel";Plaats\nJansen;Edam')[0] == ["Naam, voorletters, titel", "Plaats"]


def test_apostrophes_that_kept_a_cell_from_running_are_taken_off() -> None:
    data = csv_safe.write([["Achternaam", "Telefoon"], ["=HYPERLINK(1)", "+31612345678"], ["'t Hart", ""]])

    assert rows(data)[1:] == [["=HYPERLINK(1)", "+31612345678"], ["'t Hart", ""]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\r\n;;\r\n", "empty"),
        (b"Naam;Plaats\nJans\0en;Edam", "not_text"),
        ("Naam;Plaats\nJansen;Edam".encode("utf-16"), "not_text"),
        (b"Naam\nM\xc3\xbcller\nG\xe9rard", "not_text"),
        (b"Naam\nhalf \xed\xa0\x80 paar", "not_text"),
        (b"Naam\nMuller\x81", "not_text"),
        (b'Naam;Plaats\n"Jansen;Edam\nPietersen;Edam', "not_csv"),
        (b"Naam\n" + b"a" * 10_000_000, "not_csv"),
        (b'Naam\n"' + b"a" * 10_000_000 + b'"', "not_csv"),
        (b";".join([b"x"] * 201), "too_many_columns"),
        (b"N" * 500 + b"\nJansen", "too_long"),
        (b"Naam\n" + b"x\n" * (reading.MOST_ROWS + 1), "too_many_rows"),
    ],
    ids=[
        "nothing", "no cell filled", "NUL", "UTF-16", "two encodings", "half a pair", "no letter of Windows",
        "open quotation mark", "ten megabytes in a cell", "ten megabytes in quotes", "columns", "a long header", "rows",
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused(data: bytes, code: str) -> None:
    assert refused(everything, data).code == code


@pytest.mark.parametrize(("choice", "value"), [("delimiter", "|"), ("encoding", "utf-7")])
def test_a_notation_that_we_do_not_have_is_refused(choice: str, value: str) -> None:
    assert refused(lambda data: rows(data, **{choice: value}), b"a;b").field == choice


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * 11)

    assert refused(everything, b"x" * 11).code == "too_large"
    for path in (large, tmp_path / "gone.csv", tmp_path):
        with pytest.raises(InvalidInput):
            reading.read_file(path)


def test_headers_get_one_name_each() -> None:
    data = "Naam;naam;Naam;;\u202eNaam\u202c\nJansen;x;y;z;q".encode()

    assert reading.read(data).header == ("Naam", "naam", "Naam (2)", "Kolom D", "Naam (3)")


def test_fifty_thousand_rows_are_read_in_the_memory_of_the_file() -> None:
    line = b"P.J.;van der;Meulen;12-03-1987;Twijnstraat;14;3511 ZK;Utrecht;0612345678;pieter@example.nl\n"
    data = b"Voorletters;Tv;Achternaam;Geboren;Straat;Nr;Postcode;Plaats;Telefoon;Mail\n" + line * 50_000

    tracemalloc.start()
    count = sum(1 for _row in reading.read(data).rows)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 50_000
    # The text once decoded and once as the lines' source; never 50,000 lists of cells at a time.
    assert peak < 10 * len(data)


# ="..." is how other systems keep text as text, and is read as that text.
cells = st.text(st.characters(codec="utf-8", exclude_characters="\0")).filter(lambda cell: not cell.startswith('="'))


@given(st.lists(st.lists(cells, min_size=4, max_size=4)))
@settings(max_examples=60, deadline=None)
def test_what_the_desk_exports_it_reads_back(lines: list[list[str]]) -> None:
    data = csv_safe.write([["a", "b", "c", "d"], *lines])

    assert rows(data, delimiter=";")[1:] == [line for line in lines if any(cell.strip() for cell in line)]


def attempt(act: Callable[[], object]) -> str | None:
    """The code of the refusal, None when there is none; any other exception is a failing test."""
    try:
        act()
    except InvalidInput as error:
        return error.code
    return None


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_list_or_a_refusal(data: bytes) -> None:
    for content in (data, xlsx_files.SIGNATURE + data):
        assert attempt(lambda content=content: everything(content)) != ""


def storable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


@pytest.mark.parametrize("text", [text for text in naughty.strings() if storable(text)])
def test_naughty_cells_come_through_or_are_refused(text: str) -> None:
    data = csv_safe.write([["Achternaam", "x"], [text, "y"]])

    if "\0" in text:
        assert attempt(lambda: everything(data)) == "not_text"
    else:
        assert rows(data, delimiter=";")[1] == [text, "y"]


# XLSX


def test_a_workbook_gives_texts_days_and_numbers_as_people_type_them() -> None:
    data = workbooks.of_rows(
        ["Achternaam", "Geboren", "Nr", "Telefoon", "Bedrag"],
        ["  Jansen", workbooks.Day(31848), 14, 612345678, 1.5],
        [],
        ["De Vries", "12-3-1987", "14-A", "06 12345678"],
    )

    sheet = reading.read(data)

    assert sheet.header == ("Achternaam", "Geboren", "Nr", "Telefoon", "Bedrag")
    assert list(sheet.rows) == [
        (2, ["  Jansen", "1987-03-12", "14", "612345678", "1.5"]),
        (4, ["De Vries", "12-3-1987", "14-A", "06 12345678", ""]),
    ]


def test_the_first_visible_sheet_is_read_or_the_one_that_is_named() -> None:
    sheets = [(name, workbooks.sheet_xml(workbooks.rows_xml([["Kop"], [name]]))) for name in ("Oud", "Nieuw", "Extra")]
    data = workbooks.workbook(*sheets, hidden=["Oud"])

    assert rows(data) == [["Kop"], ["Nieuw"]]
    assert rows(data, sheet="Extra") == [["Kop"], ["Extra"]]
    for unseen in ("Oud", "Nergens"):
        assert refused(lambda _sheet, name=unseen: rows(data, sheet=name), unseen).code == "no_sheet"


def with_sheet(xml: str) -> bytes:
    return workbooks.workbook(("Klanten", xml))


def zip_bomb() -> bytes:
    blanks = b"<a>" + b" " * xlsx_files.MOST_UNPACKED + b"</a>"
    return workbooks.workbook(("Klanten", workbooks.sheet_xml("")), extra={"xl/more.xml": blanks})


def lying_about_its_size() -> bytes:
    """The bomb, with small sizes in the directory."""
    size = (xlsx_files.MOST_UNPACKED + len("<a></a>")).to_bytes(4, "little")
    return zip_bomb().replace(size, (1000).to_bytes(4, "little"))


def many_parts() -> bytes:
    extra = {f"xl/part{i}.bin": b"" for i in range(xlsx_files.MOST_PARTS + 1)}
    return workbooks.workbook(("Klanten", workbooks.sheet_xml("")), extra=extra)


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "ha"}">' for i in range(10))
    return with_sheet(workbooks.sheet_xml('<row><c t="str"><v>&a9;</v></c></row>', f"<!DOCTYPE x [{entities}]>"))


def of_another_program() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    return target.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (zip_bomb, "unpacks_too_large"),
        (lying_about_its_size, "not_xlsx"),
        (many_parts, "unpacks_too_large"),
        (laughs, "not_xlsx"),
        (of_another_program, "not_xlsx"),
        (lambda: workbooks.of_rows(["Naam"], ["x"])[:-40], "not_xlsx"),
        (lambda: with_sheet("<worksheet><sheetData><row>"), "not_xlsx"),
        (lambda: with_sheet(workbooks.sheet_xml('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')), "too_many_rows"),
        (lambda: with_sheet(workbooks.sheet_xml('<row r="1"><c r="XFD1"><v>1</v></c></row>')), "too_many_rows"),
        (lambda: with_sheet(workbooks.sheet_xml('<row r="1"><c r="xfd1"><v>1</v></c></row>')), "too_many_rows"),
        (lambda: with_sheet(workbooks.sheet_xml('<row r="1"><c r="GR99999"><v>1</v></c></row>')), "too_many_rows"),
        (lambda: with_sheet(workbooks.sheet_xml('<row r="1"><c r="A1:XFD9"><v>1</v></c></row>')), "not_xlsx"),
        (lambda: with_sheet(workbooks.sheet_xml('<row r="7"><c r="B7"><f>1+1</f><v>2</v></c></row>')), "formula"),
        (lambda: with_sheet(workbooks.sheet_xml('<row><c/><c><x:f xmlns:x="y">A1</x:f></c></row>')), "formula"),
        (lambda: with_sheet(workbooks.sheet_xml("")), "empty"),
    ],
    ids=[
        "zip bomb", "sizes that lie", "thousands of parts", "a billion laughs", "another program's", "cut off",
        "XML that stops", "a cell in the last row", "a cell in the last column", "in small letters",
        "a cell far away both ways", "a range for a cell", "formula", "formula, other prefix",
        "nothing in it",
    ],
)  # fmt: skip
def test_a_workbook_that_is_a_trap_is_refused(make: Callable[[], bytes], code: str) -> None:
    assert refused(everything, make()).code == code


def test_the_refusal_of_a_formula_says_where_it_is() -> None:
    data = with_sheet(workbooks.sheet_xml('<row r="7"><c r="B7"><f>1+1</f></c></row>'))

    assert "B7" in refused(everything, data).message


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_workbook_with_flipped_bytes_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(
        workbooks.workbook(("K", workbooks.sheet_xml(workbooks.rows_xml([["Naam"], ["x"]]))), packed=False)
    )
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=6)):
        whole[place] = data.draw(st.integers(0, 255))

    assert attempt(lambda: everything(bytes(whole))) != ""
