"""Read the sheet of a file, whatever kind it is: its header, and its rows with the numbers a spreadsheet shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.imports import csv_files, xlsx_files
from harmony_desk.core.texts import _
from harmony_desk.core.validation import text_input

MOST_BYTES = 50_000_000
MOST_ROWS = 100_000
"""Rows of one list; the database takes no more (import_run.rows)."""
MOST_COLUMNS = 200
_HEADER_LENGTH = 100
_HEADER_ROW = 1


@dataclass(frozen=True)
class Sheet:
    """A header and the rows under it. Rows are read once, as they are asked for."""

    header: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    digest: str


def read_file(path: Path, **choices: str | None) -> Sheet:
    """As `read`, from a file on this machine. Raises InvalidInput, also when it cannot be opened."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _too_large()
        data = path.read_bytes()
    except OSError:
        raise InvalidInput(_("File: it cannot be read. Check the name and the rights."), field="file") from None
    return read(data, **choices)


def read(data: bytes, *, delimiter: str | None = None, encoding: str | None = None, sheet: str | None = None) -> Sheet:
    """The sheet in `data`: XLSX by its signature, else CSV, whose notation is sniffed unless it is chosen.

    `sheet` names one of a workbook; the first that is visible otherwise. Raises InvalidInput for what is neither,
    for what holds more than a list of customers can, and for a header that says nothing.
    """
    if len(data) > MOST_BYTES:
        raise _too_large()
    if data.startswith(xlsx_files.SIGNATURE):
        lines = xlsx_files.lines(data, sheet=sheet, most_rows=MOST_ROWS + _HEADER_ROW, most_columns=MOST_COLUMNS)
    else:
        lines = csv_files.lines(data, delimiter=delimiter, encoding=encoding)
    numbered = enumerate(lines, start=1)
    for number, line in numbered:
        if any(cell.strip() for cell in line):
            rows = _rows(numbered, width=len(line), begin=number)
            return Sheet(_header(line), rows, hashlib.sha256(data).hexdigest())
    raise InvalidInput(_("File: there is nothing in it."), field="file", code="empty")


def _header(cells: Iterable[str]) -> tuple[str, ...]:
    """The names of the columns: without invisible marks, one of each; a column without a name gets its letter."""
    titles = list(cells)
    if len(titles) > MOST_COLUMNS:
        raise InvalidInput(
            _("File: a list has at most {count} columns. Remove the others.").format(count=MOST_COLUMNS),
            field="file",
            code="too_many_columns",
        )
    names: list[str] = []
    for place, cell in enumerate(titles):
        name = text_input.code(cell, field="file", label=_("Column name"), limit=_HEADER_LENGTH, required=False)
        name = name or _("Column {letter}").format(letter=column_letter(place))
        twins = (name, *(f"{name} ({count})" for count in range(2, len(titles) + 2)))
        names.append(next(twin for twin in twins if twin not in names))
    return tuple(names)


def _rows(numbered: Iterable[tuple[int, list[str]]], *, width: int, begin: int) -> Iterator[tuple[int, list[str]]]:
    for number, line in numbered:
        if number - begin > MOST_ROWS:
            raise InvalidInput(
                _("File: a list has at most {count} rows. Divide it.").format(count=MOST_ROWS),
                field="file",
                code="too_many_rows",
            )
        if any(cell.strip() for cell in line):
            yield number, line + [""] * (width - len(line))


def column_letter(place: int) -> str:
    """'A' for 0, 'AB' for 27: what a spreadsheet calls the column."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _too_large() -> InvalidInput:
    return InvalidInput(
        _("File: it is larger than {size} MB. Divide the list.").format(size=MOST_BYTES // 1_000_000),
        field="file",
        code="too_large",
    )
