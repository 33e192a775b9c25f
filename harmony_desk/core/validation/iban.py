"""IBAN and BIC: checked, masked, and told apart while they are still being typed."""

import re

from stdnum import bic, iban, numdb
from stdnum.exceptions import ValidationError

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _, ngettext
from harmony_desk.core.validation import text_input

# Countries whose accounts a SEPA transfer reaches, by the code in the IBAN (overseas parts use their
# state's). Not the same as the EU. Checked against ABN AMRO's list of participating countries; new
# members join every year.
_EUROPEAN_UNION = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_OUTSIDE_IT = "AD AL CH GB GI IS LI MC MD ME MK NO SM VA"
SEPA_COUNTRIES = frozenset([*_EUROPEAN_UNION.split(), *_OUTSIDE_IT.split()])
_SEPARATORS = re.compile(r"[ .-]")


def normalise(text: str, *, field: str = "iban") -> str:
    """The IBAN in capitals without spaces: country, length, structure and check digits are right.

    Whether the bank exists is not checked (`check_country=False`): stdnum's lists of banks refuse the
    Belgian registry's own example. Raises InvalidInput, with code `unfinished` when it is only short.
    """
    compact = _SEPARATORS.sub("", text_input.code(text, field=field, label=_("IBAN"))).upper()
    if unfinished(compact):
        left = (_length(compact[:2]) or 0) - len(compact)
        raise InvalidInput(
            ngettext(
                "IBAN: still one character to go. Type it in full.",
                "IBAN: still {count} characters to go. Type it in full.",
                left,
            ).format(count=left),
            field=field,
            code="unfinished",
        )
    try:
        # 00, 01 and 99 satisfy mod 97 for some numbers but are never given out (ISO 13616: 02-98).
        if not compact.isascii() or not "02" <= compact[2:4] <= "98":
            raise ValidationError
        return iban.validate(compact, check_country=False)
    except ValidationError:
        raise InvalidInput(
            _("IBAN: this number is not right. Compare it digit by digit with the bank card."),
            field=field,
            code="invalid",
        ) from None


def unfinished(text: str) -> bool:
    """Whether this is the begin of an IBAN: a known country and too few characters, all possible."""
    compact = _SEPARATORS.sub("", text).upper()
    if not re.fullmatch(r"[A-Z]{2}(?:[0-9]|[0-9]{2}[A-Z0-9]*)?", compact, re.ASCII):
        return False
    length = _length(compact[:2])
    return length is not None and len(compact) < length


def mask(normalised: str, *, digits: bool = True) -> str:
    """'NL•• •••• ••43 00': the country and the last four; without `digits` the country only.

    The shape is the same for every length, so it tells nothing else.
    """
    last = normalised[-4:] if digits else "••••"
    return f"{normalised[:2]}•• •••• ••{last[:2]} {last[2:]}"


def display(normalised: str) -> str:
    """In groups of four: 'NL91 ABNA 0417 1643 00'."""
    return iban.format(normalised)


def is_sepa(normalised: str) -> bool:
    """Whether a SEPA transfer reaches this account's country; if not, a payout needs another road."""
    return normalised[:2] in SEPA_COUNTRIES


def normalise_bic(text: str, *, field: str = "bic") -> str:
    """The BIC in capitals, 8 or 11 characters (ISO 9362). Raises InvalidInput."""
    try:
        return bic.validate(text_input.code(text, field=field, label=_("BIC")))
    except ValidationError:
        raise InvalidInput(
            _("BIC: use 8 or 11 letters and digits, such as INGBNL2A."), field=field, code="invalid"
        ) from None


def same_bank(one: str, other: str) -> bool:
    """Whether two normalised BICs name the same bank: the last three characters are only its branch."""
    return one[:8] == other[:8]


def _length(country: str) -> int | None:
    """How many characters an IBAN of this country has, from stdnum's copy of the registry."""
    info = numdb.get("iban").info(country)[0][1]
    parts = re.findall(r"([0-9]+)!", info.get("bban", ""))
    return 4 + sum(map(int, parts)) if parts else None
