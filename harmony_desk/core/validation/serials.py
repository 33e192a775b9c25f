"""Serial numbers of devices without an IMEI: every maker's own, so little can be checked."""

import re

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _
from harmony_desk.core.validation import text_input


def normalise(text: str, *, field: str = "serial_number") -> str:
    """Capitals, digits and hyphens, 4 to 30 of them; spaces go. Raises InvalidInput."""
    typed = text_input.code(text, field=field, label=_("Serial number"))
    compact = typed.replace(" ", "").upper()
    if not re.fullmatch(r"[A-Z0-9-]{4,30}", compact) or not re.search(r"[A-Z0-9]", compact):
        raise InvalidInput(
            _("Serial number: use 4 to 30 letters, digits and hyphens, as on the device."),
            field=field,
            code="invalid",
        )
    return compact


def warnings(serial: str) -> list[str]:
    """What to look at once more before saving: letters and digits that look alike. Never an error."""
    found = []
    if re.search("[O0]", serial):
        found.append(_("Serial number: check whether it is the letter O or the digit 0."))
    if re.search("[I1]", serial):
        found.append(_("Serial number: check whether it is the letter I or the digit 1."))
    return found
