"""CSV as it comes from spreadsheets and other systems: the encoding and the delimiter found out, nothing guessed away."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _
from harmony_desk.core.validation import csv_safe

DELIMITERS = (";", ",", "\t")
ENCODINGS = ("utf-8", "cp1252")
# Letters beyond ASCII as UTF-8 writes them. In Windows-1252 the same bytes are 'Ã«' and the like: nobody's name.
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SNIFFED = 64 * 1024
# How other systems keep a spreadsheet from dropping the first zero: ="0612345678".
_KEPT_TEXT = re.compile(r'="([^"]*)"')


def lines(data: bytes, *, delimiter: str | None = None, encoding: str | None = None) -> Iterator[list[str]]:
    """Each line's cells, apostrophes that keep a spreadsheet from running a cell taken off again.

    Raises InvalidInput for a notation that we do not have or that does not fit, while reading as well.
    """
    if delimiter is not None and delimiter not in DELIMITERS:
        raise InvalidInput(
            _("Delimiter: choose a semicolon, a comma or a tab."), field="delimiter", code="unknown_delimiter"
        )
    text = decode(data, encoding)
    return _cells(text, delimiter or sniff_delimiter(text))


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of a file: UTF-8 with or without its mark, else Windows-1252. Raises InvalidInput for anything else."""
    if encoding is not None and encoding not in ENCODINGS:
        raise InvalidInput(_("Encoding: choose utf-8 or cp1252."), field="encoding", code="unknown_encoding")
    # UTF-16 is full of NUL, and so is whatever is no text.
    if b"\0" in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_text()
    if encoding is not None:
        return _decoded(data, encoding)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # UTF-8 with a broken spot must not come in as Windows-1252: every name with an accent would be wrong.
        if data.startswith(b"\xef\xbb\xbf") or _UTF8.search(data):
            raise _not_text() from None
    return _decoded(data, "cp1252")


def sniff_delimiter(text: str) -> str:
    """The delimiter that makes most columns of the first line; a tie goes to the semicolon, as Dutch Excel writes."""
    # Inside quotes a delimiter is part of a name, and a line end does not end the line.
    outside = re.sub(r'"[^"]*"', '""', text[:_SNIFFED]).lstrip("\r\n")
    first = re.split(r"[\r\n]", outside, maxsplit=1)[0]
    return max(DELIMITERS, key=first.count)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError:
        raise _not_text() from None


def _cells(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for line in reader:
            number += 1
            yield [_cell(cell) for cell in line]
    except csv.Error:
        # Also for a cell above 131,072 characters: a quotation mark that is never closed swallows the file.
        raise InvalidInput(
            _("File: row {row} is not CSV. Look for a quotation mark that is not closed, or a very long cell.").format(
                row=number + 1
            ),
            field="file",
            code="not_csv",
        ) from None


def _cell(cell: str) -> str:
    if kept := _KEPT_TEXT.fullmatch(cell):
        return kept[1]
    return csv_safe.unescape(cell)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run it. A + or - begins a telephone number as well, and is left to its own check."""
    return cell.lstrip().startswith(("=", "@", "＝", "＠"))


def _not_text() -> InvalidInput:
    return InvalidInput(
        _("File: the text is not in UTF-8 or Windows-1252. Save it from the spreadsheet as CSV UTF-8."),
        field="file",
        code="not_text",
    )
