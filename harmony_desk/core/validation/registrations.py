"""Numbers of companies: chamber of commerce, AFM licence, Belgian enterprise."""

import re

from stdnum.be import vat
from stdnum.exceptions import ValidationError

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _
from harmony_desk.core.validation import text_input


def kvk(text: str, *, field: str = "kvk_number") -> str:
    """A chamber-of-commerce number: 8 digits; no check digit is published. Raises InvalidInput."""
    compact = text_input.code(text, field=field, label=_("KvK number")).replace(" ", "")
    if not re.fullmatch(r"[0-9]{8}", compact):
        raise InvalidInput(_("KvK number: use the 8 digits of the extract."), field=field, code="invalid")
    return compact


def afm_licence(text: str, *, field: str = "afm_licence") -> str:
    """An AFM licence number: 8 digits. Raises InvalidInput."""
    compact = text_input.code(text, field=field, label=_("AFM licence number")).replace(" ", "")
    if not re.fullmatch(r"[0-9]{8}", compact):
        raise InvalidInput(_("AFM licence number: use the 8 digits of the register."), field=field, code="invalid")
    return compact


def belgian_enterprise(text: str, *, field: str = "enterprise_number") -> str:
    """A Belgian enterprise or VAT number: 10 digits with a check. Raises InvalidInput."""
    try:
        return vat.validate(text_input.code(text, field=field, label=_("Enterprise number")))
    except ValidationError:
        raise InvalidInput(
            _("Enterprise number: use the 10 digits, such as 0403.019.261."), field=field, code="invalid"
        ) from None
