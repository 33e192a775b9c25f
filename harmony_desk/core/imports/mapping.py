"""Which column is which field: found by the header, changed by a person, kept as a profile for the next list."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.imports.csv_files import DELIMITERS, ENCODINGS
from harmony_desk.core.imports.fields import FIELDS, field_of, is_forbidden
from harmony_desk.core.texts import _
from harmony_desk.core.validation import countries

MOST_PROFILE_BYTES = 64 * 1024
_FORMAT = 1


@dataclass(frozen=True)
class Profile:
    """How lists of one sender are read. `columns`: header -> field; what is not named there is left out."""

    columns: Mapping[str, str]
    country: str = "NL"
    delimiter: str | None = None
    encoding: str | None = None
    sheet: str | None = None


def guess(header: Sequence[str], changes: Mapping[str, str | None] | None = None) -> Profile:
    """The columns whose header we know; of two for one field the first. What `changes` says comes before that:
    a field for a header, or None to leave a column out. Raises InvalidInput as `fitting` does."""
    chosen = dict(changes or {})
    columns = {name: field for name, field in chosen.items() if field is not None}
    for name in header:
        field = field_of(name)
        if field and name not in chosen and (FIELDS[field].many or field not in columns.values()):
            columns[name] = field
    return fitting(Profile(MappingProxyType(_known_fields(columns))), header)


def changed(profile: Profile, changes: Mapping[str, str | None]) -> Profile:
    """The profile with other columns; None leaves a column out. Raises InvalidInput for a field that is none."""
    columns = {**profile.columns, **changes}
    return Profile(
        MappingProxyType(_known_fields({name: field for name, field in columns.items() if field is not None})),
        profile.country,
        profile.delimiter,
        profile.encoding,
        profile.sheet,
    )


def fitting(profile: Profile, header: Sequence[str]) -> Profile:
    """The profile, when this list can be read with it.

    Raises InvalidInput when the list has a column of citizen service numbers (also one that would be left out),
    lacks a column of the profile, gives one field twice, or has no name.
    """
    if any(is_forbidden(name) for name in header):
        raise InvalidInput(
            _("File: there is a column of citizen service numbers. We may not have these: remove the column first."),
            field="file",
            code="citizen_service_number",
        )
    missing = len(set(profile.columns) - set(header))
    if missing:
        raise InvalidInput(
            _("Mapping: {count} of its columns are not in this file.").format(count=missing),
            field="mapping",
            code="missing_column",
        )
    given = list(profile.columns.values())
    twice = [FIELDS[field].label for field in FIELDS if not FIELDS[field].many and given.count(field) > 1]
    if twice:
        raise InvalidInput(
            _("Mapping: more than one column is {field}. Choose one.").format(field=_(twice[0])),
            field="mapping",
            code="field_twice",
        )
    if not {"last_name", "full_name"} & set(given):
        raise InvalidInput(
            _("Mapping: no column holds the surname. The first row must name the columns; or say which column it is."),
            field="mapping",
            code="no_name_column",
        )
    return profile


def dump(profile: Profile) -> str:
    """The profile as JSON, for `load`."""
    kept = {
        "format": _FORMAT,
        "columns": dict(profile.columns),
        "country": profile.country,
        "delimiter": profile.delimiter,
        "encoding": profile.encoding,
        "sheet": profile.sheet,
    }
    return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


def load(text: str) -> Profile:
    """A profile that `dump` wrote, or a person. Raises InvalidInput for anything that we do not know."""
    try:
        kept = json.loads(text) if len(text) <= MOST_PROFILE_BYTES else None
    except (ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict) or kept.get("format") != _FORMAT or not _strings(kept.get("columns")):
        raise _unreadable()
    for key, allowed in (("delimiter", DELIMITERS), ("encoding", ENCODINGS)):
        if kept.get(key) is not None and kept[key] not in allowed:
            raise _unreadable()
    sheet = kept.get("sheet")
    country = kept.get("country", "NL")
    if not isinstance(sheet, str | None) or not isinstance(country, str):
        raise _unreadable()
    return Profile(
        MappingProxyType(_known_fields(kept["columns"])),
        countries.parse(country),
        kept.get("delimiter"),
        kept.get("encoding"),
        sheet,
    )


def _known_fields(columns: Mapping[str, str]) -> dict[str, str]:
    if not set(columns.values()) <= set(FIELDS):
        raise InvalidInput(
            _("Mapping: it names a field that does not exist. Choose from: {fields}.").format(fields=", ".join(FIELDS)),
            field="mapping",
            code="unknown_field",
        )
    return dict(columns)


def _strings(columns: Any) -> bool:
    return isinstance(columns, dict) and all(isinstance(field, str) for field in columns.values())


def _unreadable() -> InvalidInput:
    return InvalidInput(
        _("Mapping: this is not a profile of columns. Let the desk write a new one."),
        field="mapping",
        code="not_a_profile",
    )
