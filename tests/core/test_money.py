"""Money: what is typed and shown (domain.md 4), and the sums of a claim (2.6)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony_desk.core.validation import money
from harmony_desk.core.validation.money import Depreciation, Payout, RepairBill
from tests.core.refusals import anything, near, outcome, refused


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1.234,56", 123456),
        ("1234,56", 123456),
        ("€ 1.234,50", 123450),
        ("€\u00a01.234,50", 123450),
        ("€1234,5", 123450),
        ("EUR 12", 1200),
        ("12 euro", 1200),
        ("12,-", 1200),
        ("12,--", 1200),
        ("12,–", 1200),
        ("1.234", 123400),
        (",50", 50),
        ("0", 0),
        ("0,01", 1),
        ("100.000.000", 10_000_000_000),
    ],
)
def test_an_amount_is_read_the_dutch_way(typed: str, cents: int) -> None:
    assert money.parse(typed) == cents


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1234.56", "invalid"),
        ("12.50", "invalid"),
        ("1,234.56", "invalid"),
        ("1.23,4", "invalid"),
        ("12,345", "invalid"),
        ("1.2345", "invalid"),
        ("1 234,56", "invalid"),
        ("1e5", "invalid"),
        ("1_000", "invalid"),
        ("٣", "invalid"),
        ("twaalf", "invalid"),
        (",", "invalid"),
        ("€", "invalid"),
        ("", "required"),
        ("12,5-", "invalid"),
        ("--5", "invalid"),
        ("100.000.000,01", "too_large"),
        ("9" * 39, "too_large"),
        ("-5", "negative"),
        ("€ -1.234,50", "negative"),
    ],
)
def test_what_is_no_amount_is_refused(typed: str, code: str) -> None:
    error = refused(money.parse, typed)

    assert (error.field, error.code) == ("amount", code)


@pytest.mark.parametrize("typed", ["-1.234,50", "€ -1.234,50", "-€ 1.234,50", "€ −1.234,50", "- 1234,5"])
def test_a_negative_amount_is_read_where_one_may_be(typed: str) -> None:
    assert money.parse(typed, negative=True) == -123450


@pytest.mark.parametrize(
    ("cents", "shown"),
    [
        (123450, "€\u00a01.234,50"),
        (-123450, "€\u00a0-1.234,50"),
        (0, "€\u00a00,00"),
        (5, "€\u00a00,05"),
        (10_000_000_000, "€\u00a0100.000.000,00"),
    ],
)
def test_an_amount_is_shown_the_dutch_way(cents: int, shown: str) -> None:
    assert money.display(cents) == shown


@given(st.integers(-money.HIGHEST, money.HIGHEST))
def test_what_is_shown_is_read_back(cents: int) -> None:
    assert money.parse(money.display(cents), negative=True) == cents


@given(anything | near("1", "234", ".", ",", "50", "-", "€", " ", "EUR", "0"))
def test_any_text_gives_an_amount_or_a_refusal(text: str) -> None:
    cents = outcome(money.parse, text, negative=True)

    if isinstance(cents, int):
        assert abs(cents) <= money.HIGHEST
        assert money.parse(money.display(cents), negative=True) == cents


@pytest.mark.parametrize(
    ("price", "months", "value"),
    [
        (89_900, 14, 86_304),
        (124_900, 30, 79_936),
        (44_900, 60, 8_980),
        (89_900, 0, 89_900),
        (89_900, 12, 89_900),
        (89_900, 13, 88_102),
        (44_900, 52, 8_980),
        (44_900, 51, 9_878),
    ],
)
def test_a_device_loses_value_after_a_free_year_down_to_a_floor(price: int, months: int, value: int) -> None:
    assert money.current_value(price, months) == value


def test_the_rule_of_depreciation_is_a_setting() -> None:
    rule = Depreciation(free_months=0, percent_a_month=5, floor_percent=10)

    assert money.current_value(10_000, 3, rule) == 8_500
    assert money.current_value(10_000, 36, rule) == 1_000


def test_a_total_loss_pays_the_value_less_the_excess() -> None:
    assert money.payout(86_304, excess_cents=5_000) == Payout(81_304)


def test_a_theft_pays_less_a_tenth_of_the_price_and_the_arrears() -> None:
    excess = money.percentage(124_900, 10)

    assert excess == 12_490
    assert money.payout(79_936, excess_cents=excess, arrears_cents=2_390) == Payout(65_056)


def test_damage_under_the_excess_pays_nothing_and_says_why() -> None:
    assert money.payout(4_000, excess_cents=5_000) == Payout(0, end_reason="under_excess")
    assert money.payout(5_000, excess_cents=5_000) == Payout(0, end_reason="under_excess")


def test_arrears_never_turn_a_payout_into_a_bill() -> None:
    assert money.payout(10_000, excess_cents=5_000, arrears_cents=9_000) == Payout(0, end_reason="set_off")


def test_a_repair_above_three_quarters_of_the_value_is_a_total_loss() -> None:
    assert money.percentage(79_936, 75) == 59_952
    assert money.is_total_loss(61_000, 79_936)
    assert not money.is_total_loss(59_952, 79_936)
    assert money.is_total_loss(59_953, 79_936)


def test_a_repair_pays_the_repairer_and_debits_the_customer() -> None:
    assert money.repair_bill(21_450, 5_000) == RepairBill(
        repairer_cents=21_450, customer_debit_cents=5_000, payout_cents=0
    )
    assert money.repair_bill(4_000, 5_000).customer_debit_cents == 4_000


@pytest.mark.parametrize(
    ("cents", "percent", "part"),
    [(1, 50, 1), (3, 50, 2), (1, 49, 0), (-1, 50, -1), (333, Decimal("33.3"), 111)],
)
def test_half_a_cent_is_rounded_up(cents: int, percent: int | Decimal, part: int) -> None:
    assert money.percentage(cents, percent) == part


@given(st.integers(0, money.HIGHEST), st.integers(0, 600), st.integers(0, 600))
def test_no_device_gains_value_with_age(price: int, months: int, more: int) -> None:
    older, newer = money.current_value(price, months + more), money.current_value(price, months)

    assert 0 <= older <= newer <= price


@given(st.integers(0, money.HIGHEST), st.integers(0, money.HIGHEST), st.integers(0, money.HIGHEST))
def test_a_payout_is_never_negative_nor_above_the_loss(loss: int, excess: int, arrears: int) -> None:
    paid = money.payout(loss, excess_cents=excess, arrears_cents=arrears)

    assert 0 <= paid.cents <= loss
    assert (paid.cents == 0) is (paid.end_reason is not None)
