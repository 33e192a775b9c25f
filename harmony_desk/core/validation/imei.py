"""The IMEI of a telephone (3GPP TS 23.003): 15 digits, the last one a check digit."""

import re

from stdnum import luhn

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _
from harmony_desk.core.validation import text_input

_SEPARATORS = re.compile(r"[ ./-]")


def normalise(text: str, *, field: str = "imei") -> str:
    """The 15 digits, from any spacing. Raises InvalidInput.

    stdnum would take 14 and 16 digits and fifteen zeros as well; a repairer's device never shows
    those. With code `imeisv` or `no_check_digit`, `suggest` gives the IMEI that was probably meant.
    """
    compact = _compact(text, field)
    if not re.fullmatch(r"[0-9]+", compact):
        raise InvalidInput(
            _("IMEI: use digits only. Dial *#06# on the device to read it."), field=field, code="invalid"
        )
    if len(compact) == 16:
        raise InvalidInput(
            _("IMEI: these are the 16 digits of an IMEISV. Take over the proposed IMEI of 15 digits."),
            field=field,
            code="imeisv",
        )
    if len(compact) == 14:
        raise InvalidInput(
            _("IMEI: the last digit is missing. Take over the IMEI that is proposed, after comparing it."),
            field=field,
            code="no_check_digit",
        )
    if len(compact) != 15:
        raise InvalidInput(_("IMEI: it has 15 digits. Count them again."), field=field, code="length")
    # Fifteen zeros pass the check digit; phones with wiped firmware show them.
    if len(set(compact)) == 1 or not luhn.is_valid(compact):
        raise InvalidInput(
            _("IMEI: a digit is wrong. Read it again from the device or the box."),
            field=field,
            code="checksum",
        )
    return compact


def suggest(text: str) -> str | None:
    """The IMEI behind an IMEISV (16 digits) or one without its check digit (14); None for anything else.

    The caller shows it as a proposal, to be confirmed.
    """
    compact = _SEPARATORS.sub("", text.strip())
    if not re.fullmatch(r"[0-9]{14}(?:[0-9]{2})?", compact) or len(set(compact[:14])) == 1:
        return None
    return compact[:14] + luhn.calc_check_digit(compact[:14])


def type_code(imei: str) -> str:
    """The TAC, first 8 digits: the same for every device of a model."""
    return imei[:8]


def display(imei: str) -> str:
    """In the groups people read aloud: '00 440153 014887 9'."""
    return f"{imei[:2]} {imei[2:8]} {imei[8:14]} {imei[14:]}"


def _compact(text: str, field: str) -> str:
    return _SEPARATORS.sub("", text_input.code(text, field=field, label=_("IMEI")))
