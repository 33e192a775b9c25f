"""Amounts in whole cents: read, shown, and the sums of a claim.

Parts of a cent are rounded half up (as banks and invoices do), once, at the end of a sum. Nothing
here is ever a float.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import NumberFormatError, format_currency, parse_decimal

from harmony_desk.core.errors import InvalidInput
from harmony_desk.core.texts import _
from harmony_desk.core.validation import text_input

HIGHEST = 10_000_000_000
"""Cents: a hundred million euro; more is a slip of the finger in this trade."""

# babel's strict parser still takes 1e5, 1_000 and digits of other scripts.
# '12,-' and the same with a dash are how prices are written.
_SHAPE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)?(?:,([0-9]{1,2}|--?|\u2013))?")


def parse(text: str, *, field: str = "amount", negative: bool = False) -> int:
    """Cents from '1.234,50', '€ 1234,5', '12,-' or 'EUR 12'. Raises InvalidInput.

    Strictly Dutch: '12.50' is refused, for a lenient reader makes 1.250 euro of it. A minus is only
    taken with `negative`.
    """
    typed = text_input.code(text, field=field, label=_("Amount"), limit=40)
    unsigned, minus = _without_signs(typed)
    found = _SHAPE.fullmatch(unsigned)
    if not unsigned or unsigned == "," or found is None:
        raise _invalid(field)
    try:
        euros = parse_decimal(re.sub("[-\u2013]", "0", unsigned), locale="nl", strict=True)
    except NumberFormatError:
        raise _invalid(field) from None
    cents = int(euros * 100)
    if cents > HIGHEST:
        raise InvalidInput(_("Amount: this is too much. Check the digits."), field=field, code="too_large")
    if minus and not negative:
        raise InvalidInput(_("Amount: leave out the minus."), field=field, code="negative")
    return -cents if minus else cents


def display(cents: int) -> str:
    """'€ 1.234,50', with a non-breaking space; a negative amount is '€ -1.234,50'."""
    return format_currency(Decimal(cents) / 100, "EUR", locale="nl")


@dataclass(frozen=True)
class Depreciation:
    """How a device loses value: nothing for some months, then a part of the price a month, to a floor."""

    free_months: int = 12
    percent_a_month: int = 2
    floor_percent: int = 20


@dataclass(frozen=True)
class Payout:
    """What the customer gets, and why it is nothing when it is nothing ('under_excess')."""

    cents: int
    end_reason: str | None = None


@dataclass(frozen=True)
class RepairBill:
    """Who pays what for a repair: the repairer gets the invoice, the customer is debited the excess."""

    repairer_cents: int
    customer_debit_cents: int
    payout_cents: int = 0


_DEFAULT_DEPRECIATION = Depreciation()


def percentage(cents: int, percent: int | Decimal) -> int:
    """That part of an amount, rounded half up to the cent."""
    return _rounded(Decimal(cents) * percent / 100)


def current_value(price_cents: int, months: int, rule: Depreciation = _DEFAULT_DEPRECIATION) -> int:
    """What a device is worth (dagwaarde) so many whole months after it was bought, in cents."""
    lost = max(0, months - rule.free_months) * rule.percent_a_month
    return percentage(price_cents, max(rule.floor_percent, 100 - lost))


def payout(loss_cents: int, *, excess_cents: int, arrears_cents: int = 0) -> Payout:
    """The loss less the excess (eigen risico) and less premium in arrears; never below nothing."""
    if loss_cents <= excess_cents:
        return Payout(0, end_reason="under_excess")
    rest = loss_cents - excess_cents - arrears_cents
    return Payout(rest) if rest > 0 else Payout(0, end_reason="set_off")


def is_total_loss(estimate_cents: int, value_cents: int, limit_percent: int = 75) -> bool:
    """Whether a repair costs more than that part of the current value; exactly the limit is repaired."""
    return Decimal(estimate_cents) * 100 > Decimal(value_cents) * limit_percent


def repair_bill(invoice_cents: int, excess_cents: int) -> RepairBill:
    """A repair is paid to the repairer; the customer pays the excess, never more than the invoice."""
    return RepairBill(repairer_cents=invoice_cents, customer_debit_cents=min(invoice_cents, excess_cents))


def _without_signs(typed: str) -> tuple[str, bool]:
    """(the amount without currency and sign, whether there was a minus before it)."""
    compact = re.sub(r"(?i)€|\beur(?:o)?\b", "", typed).strip()
    minus = compact.startswith(("-", "\u2212"))
    return (compact[1:].strip() if minus else compact), minus


def _rounded(cents: Decimal) -> int:
    return int(cents.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _invalid(field: str) -> InvalidInput:
    return InvalidInput(_("Amount: write it as 1234,50, with a comma before the cents."), field=field, code="invalid")
