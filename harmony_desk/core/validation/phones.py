"""Telephone numbers: any notation in, E.164 and what was typed kept, shown as people write them."""

import re
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _
from harmony_desk.core.validation import text_input


class Kind(StrEnum):
    """What stands behind a number; OTHER is kept but never rung back (information and premium-rate
    numbers, pagers, machines)."""

    FIXED = "fixed"
    MOBILE = "mobile"
    VOIP = "voip"
    UAN = "uan"
    OTHER = "other"


@dataclass(frozen=True)
class Phone:
    """One number: `e164` to compare and dial, `raw` as typed, `kind`."""

    e164: str
    raw: str
    kind: Kind

    @property
    def can_call_back(self) -> bool:
        """Whether a person can be expected to answer there."""
        return self.kind is not Kind.OTHER


_KINDS = {
    PhoneNumberType.FIXED_LINE: Kind.FIXED,
    PhoneNumberType.MOBILE: Kind.MOBILE,
    # In North America the two cannot be told apart.
    PhoneNumberType.FIXED_LINE_OR_MOBILE: Kind.FIXED,
    PhoneNumberType.VOIP: Kind.VOIP,
    PhoneNumberType.UAN: Kind.UAN,
}
# Words are refused, for phonenumbers would dial them (0800-BELGIE); an extension may follow.
_SHAPE = re.compile(r"\+?[0-9()\s./-]+(?:\s*(?:;ext=|ext\.?|x|tst\.?|toestel)\s*[0-9]{1,6})?", re.IGNORECASE)
# Below this what no numbering plan knows is an emergency or service number. Not a rule by itself: on
# small islands people have numbers of four digits.
_SHORTEST = 7
_LONGEST_E164 = len("+") + 15
# 14 and an area code is the short number of a Dutch municipality; phonenumbers calls it valid.
_MUNICIPAL = re.compile(r"\+3114[0-9]{3,4}")
# M2M numbers, called mobile by phonenumbers: a meter or an alarm, nobody to ring back.
_MACHINE = re.compile(r"\+3197[0-9]+")


def parse(text: str, region: str = "NL", *, field: str = "phone") -> Phone:
    """Read a number as someone in `region` (ISO code of the customer's country) writes it.

    Raises InvalidInput for emergency and other short numbers, for words, and for what no numbering
    plan knows.
    """
    raw = text_input.code(text, field=field, label=_("Telephone number"))
    typed = re.sub(r"^tel:\s*", "", raw, flags=re.IGNORECASE)
    if not _SHAPE.fullmatch(typed):
        raise InvalidInput(
            _("Telephone number: use digits only; spaces, brackets, - and a + in front are fine."),
            field=field,
            code="invalid",
        )
    number = _known(re.sub("tst|toestel", "ext", typed, flags=re.IGNORECASE), region)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else ""
    if number is None or _MUNICIPAL.fullmatch(e164):
        digits = sum(character.isdigit() for character in typed)
        raise _short(field) if number or digits < _SHORTEST else _invalid(field)
    return Phone(e164=e164, raw=raw, kind=_kind(number, e164))


def display(e164: str, region: str = "NL") -> str:
    """A stored number as someone in `region` reads it: '06 12345678' at home, '+32 470 12 34 56' abroad.

    What cannot be read (an import's leftovers) is shown as it is.
    """
    try:
        number = phonenumbers.parse(e164, None)
    except NumberParseException:
        return e164
    at_home = phonenumbers.region_code_for_number(number) == region
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def _known(typed: str, region: str) -> PhoneNumber | None:
    """The number, if some numbering plan has it."""
    try:
        number = phonenumbers.parse(typed, region)
    except NumberParseException:
        return None
    # German area codes let the library accept more than E.164 has room for.
    fits = len(phonenumbers.format_number(number, PhoneNumberFormat.E164)) <= _LONGEST_E164
    return number if fits and phonenumbers.is_valid_number(number) else None


def _kind(number: PhoneNumber, e164: str) -> Kind:
    if _MACHINE.fullmatch(e164):
        return Kind.OTHER
    return _KINDS.get(phonenumbers.number_type(number), Kind.OTHER)


def _short(field: str) -> InvalidInput:
    return InvalidInput(
        _("Telephone number: this is a short or emergency number. Ask for a number to call back on."),
        field=field,
        code="short_number",
    )


def _invalid(field: str) -> InvalidInput:
    return InvalidInput(
        _("Telephone number: this number cannot exist. Check the digits; from abroad, begin with a +."),
        field=field,
        code="invalid",
    )
