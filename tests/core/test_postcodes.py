"""Postcodes of the Netherlands and its neighbours (domain.md 4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony_desk.core.validation import postcodes
from tests.core.refusals import anything, near, outcome, refused


@pytest.mark.parametrize(
    ("typed", "country", "kept", "shown"),
    [
        ("3001 AL", "NL", "3001AL", "3001 AL"),
        ("2509AJ", "NL", "2509AJ", "2509 AJ"),
        ("3012 QF", "NL", "3012QF", "3012 QF"),
        ("3511zk", "NL", "3511ZK", "3511 ZK"),
        ("NL-2611ET", "NL", "2611ET", "2611 ET"),
        ("3511-ZK", "NL", "3511ZK", "3511 ZK"),
        ("1234FI", "NL", "1234FI", "1234 FI"),
        ("1234 OU", "NL", "1234OU", "1234 OU"),
        ("1234YQ", "NL", "1234YQ", "1234 YQ"),
        ("1000", "BE", "1000", "1000"),
        ("B-1000", "BE", "1000", "1000"),
        ("10115", "DE", "10115", "10115"),
        ("D-01067", "DE", "01067", "01067"),
        ("L-1234", "LU", "1234", "1234"),
        ("75001", "FR", "75001", "75001"),
        ("sw1a 1aa", "GB", "SW1A1AA", "SW1A1AA"),
    ],
)
def test_a_postcode_is_kept_without_space_and_shown_with_it(typed: str, country: str, kept: str, shown: str) -> None:
    assert postcodes.normalise(typed, country) == kept
    assert postcodes.display(kept, country) == shown
    assert postcodes.normalise(shown, country) == kept


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("0999 AA", "NL"),
        ("1234 SS", "NL"),
        ("1234 SA", "NL"),
        ("1234 sd", "NL"),
        ("1234 A1", "NL"),
        ("1234", "NL"),
        ("12345 AB", "NL"),
        ("", "NL"),
        ("١٢٣٤AB", "NL"),
        ("0999", "BE"),
        ("10115", "BE"),
        ("1000", "DE"),
        ("00000", "DE"),
        ("1234AB", "BE"),
        ("??", "GB"),
        ("12345678901", "PL"),
    ],
)
def test_what_is_no_postcode_is_refused(typed: str, country: str) -> None:
    assert refused(postcodes.normalise, typed, country).field == "postcode"


def test_the_refusal_says_how_to_write_it() -> None:
    assert refused(postcodes.normalise, "1234 A1").message == (
        "Postcode: gebruik vier cijfers en twee letters, zoals 3511 ZK. SA, SD en SS bestaan niet."
    )
    assert refused(postcodes.normalise, "1", "DE", field="visit_postcode").field == "visit_postcode"


@given(
    anything | near("1", "2", "0", "A", "z", "S", " ", "-", "NL", "B-"),
    st.sampled_from(["NL", "BE", "DE", "GB"]),
)
def test_any_text_gives_a_postcode_or_a_refusal(text: str, country: str) -> None:
    kept = outcome(postcodes.normalise, text, country)

    if isinstance(kept, str):
        assert postcodes.normalise(kept, country) == kept
        assert postcodes.normalise(postcodes.display(kept, country), country) == kept
        assert kept.isascii()
        assert kept.isalnum()
        assert len(kept) <= 10
