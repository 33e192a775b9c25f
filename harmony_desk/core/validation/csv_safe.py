"""CSV that a spreadsheet cannot take for formulas, and back again without loss.

A cell that begins with one of the marks below is run as a formula by Excel and LibreOffice: a
customer could put one in a name. An apostrophe in front stops that (not a TAB: CVE-2021-41270).
"""

import csv
import io
from collections.abc import Iterable, Sequence

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _
from harmony_desk.core.validation import text_input

# The last four are the full-width forms, which Excel reads as the plain ones.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def escape(cell: str) -> str:
    """The cell with an apostrophe in front when a spreadsheet would run it. Names such as 't Hart stay
    as they are; only apostrophes before a formula mark are doubled, so that `unescape` is exact."""
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def unescape(cell: str) -> str:
    """What `escape` was given."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def write(rows: Iterable[Sequence[str | int | None]], *, delimiter: str = ";") -> bytes:
    """A file for a Dutch spreadsheet: UTF-8 with BOM, every cell quoted. None is an empty cell.

    Raises InvalidInput for half a surrogate pair.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return target.getvalue().encode("utf-8-sig")


def read(data: bytes, *, delimiter: str = ";") -> list[list[str]]:
    """The rows of such a file, as they were before `escape`. Raises InvalidInput when it is no CSV in
    UTF-8."""
    try:
        text = data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise InvalidInput(
            _("File: this is not a CSV file in UTF-8. Save it again from the spreadsheet as CSV UTF-8."),
            field="file",
            code="not_csv",
        ) from None
    return [[unescape(cell) for cell in row] for row in rows]


def _cell(value: str | int | None) -> str:
    if isinstance(value, str):
        text_input.refuse_surrogates(value, field="file", label=_("File"))
        return escape(value)
    return "" if value is None else str(value)
