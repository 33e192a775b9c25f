"""XLSX: looked through for bombs, formulas and cells far away before the library opens it.

The library (calamine) makes a grid as large as the outermost cell says: a file of one kilobyte with a cell in
XFD1048576 would take all memory. So each part is counted first, by a parser that keeps nothing. What was looked
at is packed anew, and only that is given to the library: it cannot read the archive in another way than we did.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from xml.parsers import expat

import python_calamine

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _

SIGNATURE = b"PK\x03\x04"
MOST_PARTS = 500
MOST_UNPACKED = 300_000_000
"""Bytes of all parts together. A list of 100,000 customers with twenty columns unpacks to about 120 MB."""
MOST_CELLS = 5_000_000
"""Of the rectangle around all cells: 100,000 rows of fifty columns."""
_CHUNK = 1 << 20
_CELL = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def lines(data: bytes, *, sheet: str | None, most_rows: int, most_columns: int) -> Iterator[list[str]]:
    """The rows of one sheet as texts, from row 1 and column A. Raises InvalidInput."""
    seen = _look_through(data, most_rows, most_columns)
    try:
        with python_calamine.load_workbook(seen) as book:
            chosen = _chosen(book, sheet)
            rows = book.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError):
        raise _broken() from None
    except BaseException as error:
        # A panic of the library's Rust is no Exception, and its class has no name to import.
        if type(error).__name__ != "PanicException":
            raise
        raise _broken() from None
    return ([_text(cell) for cell in row] for row in rows)


def _chosen(book: python_calamine.CalamineWorkbook, sheet: str | None) -> str:
    visible = [one.name for one in book.sheets_metadata if one.visible == python_calamine.SheetVisibleEnum.Visible]
    if sheet is None and visible:
        return visible[0]
    if sheet in visible:
        return str(sheet)
    raise InvalidInput(_("Sheet: the workbook has no visible sheet of that name."), field="sheet", code="no_sheet")


def _text(cell: Cell) -> str:
    """A cell as somebody would type it; days in the one notation that is never read the wrong way round."""
    if isinstance(cell, dt.datetime):
        return (cell.date() if cell.time() == dt.time() else cell).isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def _look_through(data: bytes, most_rows: int, most_columns: int) -> io.BytesIO:
    """The XML of the workbook, packed anew. Raises InvalidInput when it is no workbook, unpacks to too much, or holds
    what we do not take."""
    seen = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as archive,
            zipfile.ZipFile(seen, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy,
        ):
            names = archive.namelist()
            if "xl/workbook.xml" not in names or len(set(names)) < len(names):
                raise _broken()
            # The sizes of the directory are the file's own word; they are believed only when they refuse.
            if len(names) > MOST_PARTS or sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise _bomb()
            left = MOST_UNPACKED
            # Pictures and macros stay behind.
            for name in names:
                if name.endswith((".xml", ".rels")):
                    with archive.open(name) as source, copy.open(name, "w") as target:
                        left = _look_at(source, target, left, _Scan(most_rows, most_columns))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        # RuntimeError: a part is encrypted. NotImplementedError: packed in a way that nobody uses.
        raise _broken() from None
    seen.seek(0)
    return seen


def _look_at(source: IO[bytes], target: IO[bytes], left: int, scan: _Scan) -> int:
    """Copies one part past the scan and says how many bytes are left of those that may be unpacked."""
    while chunk := source.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            raise _bomb()
        scan.feed(chunk)
        target.write(chunk)
    scan.feed(b"", last=True)
    return left


class _Scan:
    """Counts the cells of one XML part and refuses what we do not take; keeps nothing of what is in them."""

    def __init__(self, most_rows: int, most_columns: int) -> None:
        self._most_rows = most_rows
        self._most_columns = most_columns
        self._row = self._column = self._height = self._width = 0
        self._name = "A1"
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        # A document type can define entities that grow to gigabytes; no spreadsheet writes one.
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Looks at the next piece. Raises InvalidInput."""
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError:
            raise _broken() from None

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                given = attributes.get("r", str(self._row + 1))
                if not re.fullmatch(r"[0-9]{1,7}", given):
                    raise _broken()
                self._row, self._column = int(given), 0
                self._within()
            case "c":
                self._column += 1
                if "r" in attributes:
                    self._go_to(attributes["r"])
                self._within()
            case "f":
                raise InvalidInput(
                    _(
                        "File: cell {cell} holds a formula. Copy the sheet, paste it as values only, save it and try again."
                    ).format(cell=self._name),
                    field="file",
                    code="formula",
                )

    def _go_to(self, place: str) -> None:
        found = _CELL.fullmatch(place)
        if found is None:
            raise _broken()
        self._name = place
        self._row, self._column = int(found[2]), _column(found[1].upper())

    def _within(self) -> None:
        self._height, self._width = max(self._height, self._row), max(self._width, self._column)
        if (
            self._height > self._most_rows
            or self._width > self._most_columns
            or self._height * self._width > MOST_CELLS
        ):
            raise InvalidInput(
                _("File: a sheet has at most {rows} rows and {columns} columns. Remove what stands outside.").format(
                    rows=self._most_rows, columns=self._most_columns
                ),
                field="file",
                code="too_many_rows",
            )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _refuse_doctype(*_given: Any) -> None:
    raise _broken()


def _broken() -> InvalidInput:
    return InvalidInput(
        _(
            "File: this is not an XLSX workbook that can be read. Save it again from the spreadsheet, without a password."
        ),
        field="file",
        code="not_xlsx",
    )


def _bomb() -> InvalidInput:
    return InvalidInput(
        _("File: it unpacks to far more than a list of customers. Save only the list in a new workbook."),
        field="file",
        code="unpacks_too_large",
    )
