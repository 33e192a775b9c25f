"""Check each row of a list with the rules of the desk: people who can come in, and a problem for each cell that cannot."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.imports import csv_files
from harmony_desk.core.imports.fields import FIELDS
from harmony_desk.core.imports.mapping import Profile
from harmony_desk.core.imports.reading import Sheet, column_letter
from harmony_desk.core.imports.words import GENDERS, LANGUAGES, USAGES, split_address, split_name
from harmony_desk.core.texts import _
from harmony_desk.core.validation import addresses, countries, dates, emails, iban, names, phones, postcodes, text_input

_HOLDER_LENGTH = 140
_LONGEST_CELL = 1000
# Whom to blame when a field has no column of its own.
_MADE_OF = {
    "street": ("address_line",),
    "house_number": ("house_letter", "house_addition", "address_line"),
    "partner_last_name": ("partner_prefix", "name_usage"),
}
Progress = Callable[[int], None]
Result = TypeVar("Result")


@dataclass(frozen=True)
class Problem:
    """Why a row stays out: the row as the spreadsheet numbers it, the column's header, a sentence without the value."""

    row: int
    column: str
    sentence: str
    code: str | None


@dataclass(frozen=True)
class Person:
    """One row as it is stored: the columns of a customer, with `phones`, `emails` and `accounts`."""

    row: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Checked:
    """A whole list after the check. `rows` counts those that held something."""

    rows: int
    digest: str
    people: Sequence[Person]
    problems: Sequence[Problem]


@dataclass
class _Row:
    """One row while it is checked: its cells by field, and what was wrong with them so far."""

    number: int
    cells: Mapping[str, Sequence[tuple[str, str]]]
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The first filled cell of a field."""
        return next((cell for _column, cell in self.cells.get(name, ()) if cell.strip()), "")

    def attempt(self, check: Callable[[], Result], *, column: str | None = None) -> Result | None:
        """What the check gives; None when it refuses, which is noted beside the column that it names."""
        try:
            return check()
        except InvalidInput as error:
            self.note(column or self._column_of(error.field), str(error), error.code)
        return None

    def note(self, column: str, sentence: str, code: str | None) -> None:
        self.problems.append(Problem(self.number, column, sentence, code))

    def _column_of(self, name: str | None) -> str:
        """The column that held the field, or what the field was made of."""
        for one in (name or "", *_MADE_OF.get(name or "", ("full_name",))):
            if self.text(one):
                return self.cells[one][0][0]
        given = self.cells.get(name or "") or self.cells.get("full_name")
        return given[0][0] if given else _(FIELDS[name].label) if name in FIELDS else ""


def check(sheet: Sheet, profile: Profile, *, today: dt.date, progress: Progress | None = None) -> Checked:
    """All rows of a sheet. `today` bounds dates of birth. Raises InvalidInput when the file breaks off while reading."""
    people: list[Person] = []
    problems: list[Problem] = []
    count = 0
    for number, cells in sheet.rows:
        count += 1
        person, wrong = check_row(number, cells, sheet.header, profile, today=today)
        problems += wrong
        if person:
            people.append(person)
        if progress:
            progress(count)
    return Checked(count, sheet.digest, people, problems)


def check_row(
    number: int, cells: Sequence[str], header: Sequence[str], profile: Profile, *, today: dt.date
) -> tuple[Person | None, list[Problem]]:
    """The person in one row, or None with all that is wrong with it."""
    by_field: dict[str, list[tuple[str, str]]] = {}
    for title, cell in zip(header, cells, strict=False):
        if title in profile.columns:
            by_field.setdefault(profile.columns[title], []).append((title, cell))
    row = _Row(number, by_field)
    _refuse_odd_cells(row, cells, header)
    if row.problems:
        return None, row.problems
    values = _values(row, profile.country, today)
    return (None if row.problems else Person(number, values)), row.problems


def _refuse_odd_cells(row: _Row, cells: Sequence[str], header: Sequence[str]) -> None:
    for place in range(len(header), len(cells)):
        if cells[place].strip():
            row.note(
                column_letter(place),
                _("This row has more cells than there are columns. Look for a delimiter inside a cell."),
                "too_many_cells",
            )
            return
    for given in row.cells.values():
        for column, cell in given:
            # Before anything looks into it: folding ten megabytes takes seconds, and a list has many rows.
            if len(cell) > _LONGEST_CELL:
                row.note(column, _("This cell holds far more than fits. Shorten it."), "too_long")
            elif csv_files.is_formula(cell):
                row.note(column, _("This cell holds a formula. Put its value there instead."), "formula")


def _values(row: _Row, country: str, today: dt.date) -> dict[str, Any]:
    code = row.attempt(lambda: countries.parse(row.text("country") or country)) or country
    name = row.attempt(lambda: _name(row, code))
    born = row.text("birth_date")
    values: dict[str, Any] = {
        **_name_columns(name),
        **_address(row, code),
        "country": code,
        "gender": row.attempt(lambda: _word(row, "gender", GENDERS)),
        "language": row.attempt(lambda: _word(row, "language", LANGUAGES)),
        "birth_date": row.attempt(lambda: dates.parse_birth_date(born, today=today).isoformat()) if born else None,
        "phones": _phones(row, code),
        "emails": _emails(row),
        "accounts": _accounts(row, name),
    }
    return {key: value for key, value in values.items() if value}


def _name(row: _Row, country: str) -> names.PersonName:
    parts = {
        part: row.text(part)
        for part in ("initials", "first_name", "prefix", "last_name", "partner_prefix", "partner_last_name")
    }
    if not parts["last_name"]:
        parts |= split_name(row.text("full_name"), known=parts)
    return names.parse(**parts, usage=_word(row, "name_usage", USAGES) or names.Usage.OWN, country=country)


def _name_columns(name: names.PersonName | None) -> dict[str, str]:
    if name is None:
        return {}
    return {
        "last_name": name.last_name,
        "prefix": name.prefix,
        "initials": name.initials,
        "first_name": name.first_name,
        "partner_prefix": name.partner_prefix,
        "partner_last_name": name.partner_last_name,
        "name_usage": str(name.usage),
    }


def _word(row: _Row, name: str, known: Mapping[str, str]) -> str | None:
    """A word out of a closed list, None for an empty cell. Raises InvalidInput."""
    typed = names.fold(row.text(name))
    if typed and typed not in known:
        raise InvalidInput(
            _("{field}: this word is not known here. Use one of: {words}.").format(
                field=_(FIELDS[name].label), words=", ".join(dict.fromkeys(known.values()))
            ),
            field=name,
            code="unknown_word",
        )
    return known[typed] if typed else None


def _address(row: _Row, country: str) -> dict[str, Any]:
    """The parts that are there: a list without streets is a list, and the desk can fill them in later."""
    street, number = row.text("street"), _house_number(row)
    if line := row.text("address_line"):
        split = split_address(line)
        street, number = street or split[0], number or split[1]
        if not number and any(character.isdigit() for character in line.split()[-1]):
            # It ends like a house number that we cannot read: better a problem than a street with a number in it.
            number = line.split()[-1]
    postcode, city = row.text("postcode"), row.text("city")
    house = row.attempt(lambda: addresses.parse_house_number(number)) if number else None
    return {
        "street": row.attempt(lambda: _line(street, "street", addresses.STREET_LENGTH)),
        "house_number": house and house.number,
        "house_letter": house and house.letter,
        # A houseboat lies opposite its number; there is no column for that, and the postman must know.
        "house_addition": house and (house.addition or ("t/o" if house.opposite else "")),
        "postcode": row.attempt(lambda: postcodes.normalise(postcode, country)) if postcode else None,
        "city": row.attempt(lambda: _line(city, "city", addresses.CITY_LENGTH)),
    }


def _house_number(row: _Row) -> str:
    """Number, letter and addition in one, as `parse_house_number` reads it."""
    number = row.text("house_number").strip() + row.text("house_letter").strip()
    addition = row.text("house_addition").strip().lstrip("-/ ")
    if not addition:
        return number
    return f"{number} {addition}" if re.match(r"(?i)(bus|bte|bo[iî]te)\b", addition) else f"{number}-{addition}"


def _line(text: str, name: str, limit: int) -> str:
    return text_input.line(text, field=name, label=_(FIELDS[name].label), limit=limit)


def _phones(row: _Row, country: str) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for column, cell in row.cells.get("phone", ()):
        if cell.strip():
            phone = row.attempt(lambda cell=cell: phones.parse(cell, country), column=column)  # type: ignore[misc]
            if phone:
                found.setdefault(phone.e164, {"e164": phone.e164, "raw": phone.raw, "kind": str(phone.kind)})
    return list(found.values())


def _emails(row: _Row) -> list[str]:
    found: dict[str, str] = {}
    for column, cell in row.cells.get("email", ()):
        if cell.strip():
            address = row.attempt(lambda cell=cell: emails.normalise(cell), column=column)  # type: ignore[misc]
            if address:
                found.setdefault(address.lower(), address)
    return list(found.values())


def _accounts(row: _Row, name: names.PersonName | None) -> list[dict[str, str]]:
    typed, holder = row.text("iban"), row.text("holder_name")
    if not typed:
        return []
    number = row.attempt(lambda: iban.normalise(typed))
    owner = row.attempt(lambda: _line(holder, "holder_name", _HOLDER_LENGTH))
    if not number or name is None:
        return []
    return [{"iban": number, "holder_name": owner or names.formal(name)[:_HOLDER_LENGTH]}]
