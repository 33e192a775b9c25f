"""The repair order, as a paper for the repairer's desk and as a file for his system: what was disclosed, nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from harmony_desk.core.disclosures import Stored
from harmony_desk.core.installation import Installation
from harmony_desk.core.texts import N_, translate
from harmony_desk.core.validation import phones
from harmony_desk.core.validation.deadlines import day_in_amsterdam
from harmony_desk.documents import page

KIND = "repair_order"
FORMAT = "harmony-desk/repair-order/1"
# The whitelist of the privacy statement ("Reparateurs"), in the order of the paper. The database builds the row from
# the same list; a row with anything more is a bug there, and is not printed.
FIELDS = {
    "order_number": N_("Order number"),
    "name": N_("Name"),
    "street": N_("Street"),
    "house_number": N_("House number"),
    "postcode": N_("Postcode"),
    "city": N_("Place"),
    "phone": N_("Telephone number"),
    "brand": N_("Brand"),
    "model": N_("Model"),
    "damage_text": N_("Damage"),
}
_TITLE = N_("Repair order {number}")
# Repairers are Dutch companies, whatever the language of the desk.
_LANGUAGE = "nl"


def pdf(stored: Stored, installation: Installation) -> bytes:
    """The paper. The same row gives the same bytes."""
    order = _order(stored)
    title = translate(_TITLE, _LANGUAGE).format(number=order["order_number"])
    rows = [(translate(label, _LANGUAGE), _shown(field, order[field])) for field, label in FIELDS.items()]
    return page.make(title=title, rows=rows, day=day_in_amsterdam(stored.disclosed_at), installation=installation)


def machine_readable(stored: Stored, installation: Installation) -> bytes:
    """The file: one JSON object in UTF-8."""
    told = {
        "format": FORMAT,
        "demo": installation.is_demo,
        "disclosed_on": day_in_amsterdam(stored.disclosed_at).isoformat(),
        "order": dict(_order(stored)),
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"


def _order(stored: Stored) -> Mapping[str, Any]:
    """The disclosed fields. Raises ValueError when the row is not a repair order or is not made of exactly these."""
    if stored.kind != KIND or set(stored.payload) != set(FIELDS):
        raise ValueError("this disclosure is not a repair order of the whitelist")
    return {field: stored.payload[field] for field in FIELDS}


def _shown(field: str, value: object) -> str:
    text = "" if value is None else str(value)
    return phones.display(text) if field == "phone" else text
