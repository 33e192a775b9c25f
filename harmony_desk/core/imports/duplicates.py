"""Who stands twice in one list, by the same signs as the database knows people by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from harmony_desk.core.imports.rows import Person
from harmony_desk.core.texts import N_
from harmony_desk.core.validation import names

SIGNS = {
    "birth_date": N_("same date of birth and surname"),
    "phone": N_("same telephone number"),
    "email": N_("same e-mail address"),
    "iban": N_("same IBAN"),
    "address": N_("same surname at the same address"),
}
"""By what a person is known, in words; the codes are the database's too."""


@dataclass(frozen=True)
class Twin:
    """A row that is somebody of an earlier row, and by what (SIGNS)."""

    row: int
    matched_on: str
    earlier_row: int


def within(people: Sequence[Person]) -> list[Twin]:
    """The twins in the order of the list, each with the first row that it is like."""
    seen: dict[tuple[object, ...], list[tuple[str, int]]] = {}
    found = []
    for person in people:
        initial = _initial(person)
        signs = list(_signs(person))
        twin = next(
            (
                Twin(person.row, str(sign[0]), row)
                for sign in signs
                for other, row in seen.get(sign, ())
                # Twins by birth, and spouses at one address, share everything but the first letter.
                if sign[0] not in ("birth_date", "address") or not initial or not other or initial == other
            ),
            None,
        )
        if twin:
            found.append(twin)
        for sign in signs:
            first = seen.setdefault(sign, [])
            # One row for each initial is enough to compare with, however often a name stands in the list.
            if all(other != initial for other, _row in first):
                first.append((initial, person.row))
    return found


def question(person: Person) -> dict[str, Any]:
    """What the database needs to say whether this person is known (`harmony.import_duplicates`)."""
    values = person.values
    return {
        "row": person.row,
        "last_name": values["last_name"],
        "given": values.get("first_name") or values.get("initials") or "",
        "birth_date": values.get("birth_date"),
        "phones": [phone["e164"] for phone in values.get("phones", ())],
        "emails": values.get("emails", []),
        "iban": next((account["iban"] for account in values.get("accounts", ())), None),
        "postcode": values.get("postcode"),
        "house_number": values.get("house_number"),
    }


def _signs(person: Person) -> Iterator[tuple[object, ...]]:
    asked = question(person)
    name = names.fold(asked["last_name"])
    if asked["birth_date"]:
        yield ("birth_date", asked["birth_date"], name)
    yield from (("phone", number) for number in asked["phones"])
    yield from (("email", address.lower()) for address in asked["emails"])
    if asked["iban"]:
        yield ("iban", asked["iban"])
    if asked["postcode"] and asked["house_number"]:
        yield ("address", asked["postcode"], asked["house_number"], name)


def _initial(person: Person) -> str:
    return names.fold(str(question(person)["given"]))[:1]
