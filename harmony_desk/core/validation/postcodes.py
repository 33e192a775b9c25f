"""Postcodes, kept without space and in capitals ('3511ZK'), shown as the country writes them.

Whether a postcode exists is never an error: post-box postcodes are in no list of places.
"""

import re

from stdnum.exceptions import ValidationError
from stdnum.nl import postcode as dutch

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _
from harmony_desk.core.validation import text_input

# People write the country in front in the old way: 'B-1000', 'D-10115'.
_PREFIX = re.compile(r"(?:BE?|DE?|L|F|A)-", re.ASCII)
_DIGITS = {"BE": 4, "DE": 5, "LU": 4, "FR": 5, "AT": 4}


def normalise(text: str, country: str = "NL", *, field: str = "postcode") -> str:
    """The postcode without space, in capitals. `country` is the ISO code of the address.

    NL: 1000-9999 and two letters, not SA, SD or SS (stdnum); BE, LU, AT 4 and DE, FR 5 digits; any
    other country 3 to 10 letters and digits. Raises InvalidInput.
    """
    typed = text_input.code(text, field=field, label=_("Postcode"), limit=20).upper()
    if country == "NL":
        return _dutch(typed, field)
    compact = re.sub(r"[ .-]", "", _PREFIX.sub("", typed))
    length = _DIGITS.get(country)
    if length is None:
        if re.fullmatch(r"[A-Z0-9]{3,10}", compact):
            return compact
        raise InvalidInput(_("Postcode: use 3 to 10 letters and digits, as on a letter."), field=field, code="invalid")
    if re.fullmatch(rf"[0-9]{{{length}}}", compact) and not compact.startswith("0" if length == 4 else "000"):
        return compact
    raise InvalidInput(
        _("Postcode: use {count} digits for this country.").format(count=length), field=field, code="invalid"
    )


def display(postcode: str, country: str = "NL") -> str:
    """A normalised postcode as it is written: '3511 ZK', '1000', '10115'."""
    return f"{postcode[:4]} {postcode[4:]}" if country == "NL" else postcode


def _dutch(typed: str, field: str) -> str:
    try:
        return dutch.validate(typed).replace(" ", "")
    except ValidationError:
        raise InvalidInput(
            _("Postcode: use four digits and two letters, such as 3511 ZK. SA, SD and SS do not exist."),
            field=field,
            code="invalid",
        ) from None
