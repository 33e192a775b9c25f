"""The detector of citizen service numbers in notes: warns, and keeps nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn as numbers

from harmony_desk.core.validation import bsn
from tests import naughty
from tests.core.refusals import anything


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("BSN 123456782 genoemd", ["123456782"]),
        ("nummer 1112.22.333.", ["1112.22.333"]),
        ("111 222 333 en 123-456-782", ["111 222 333", "123-456-782"]),
        ("bsn: 10000008", ["10000008"]),
        ("Sofinummer 10000008", ["10000008"]),
        ("burgerservicenummer is 10000008", ["10000008"]),
        ("klant 10048213, 111222333", ["111222333"]),
        ("klant 10048213 111 222 333", ["111 222 333"]),
        ("bel +31 6 12345678 123456782", ["123456782"]),
        ("123456782\n123456782", ["123456782", "123456782"]),
        # what is none
        ("", []),
        ("123456783", []),
        ("000000000", []),
        ("klantnummer 10000008", []),
        ("06 12345678", []),
        ("+31 612345678", []),
        ("+31 123456782", []),
        ("+31612345678", []),
        ("NL91ABNA0417164300", []),
        ("IMEI 490154203237518", []),
        ("1234567821", []),
        ("S123456782", []),
        ("op 22-11-2026 om 10.15", []),
        ("€ 123.456,78", []),
    ],
)
def test_what_passes_the_eleven_test_is_pointed_at(note: str, found: list[str]) -> None:
    suspicion = bsn.suspicion(note)

    assert [note[begin:end] for begin, end in suspicion.positions] == found
    assert suspicion.count == len(found)


def test_nothing_but_positions_leaves_the_detector() -> None:
    suspicion = bsn.suspicion("BSN 123456782")

    assert "123456782" not in repr(suspicion)
    assert "123456782" not in str(bsn.warning("BSN 123456782"))
    assert vars(suspicion) == {"positions": ((4, 13),)}


def test_the_warning_says_what_to_do() -> None:
    assert bsn.warning("niets aan de hand") is None
    assert bsn.warning("123456782") == (
        "In deze notitie lijkt een burgerservicenummer te staan. Haal het weg: we mogen het niet bewaren."
    )
    assert bsn.warning("123456782 en 111222333") == (
        "In deze notitie lijken 2 burgerservicenummers te staan. Haal ze weg: we mogen ze niet bewaren."
    )


@given(st.integers(1, 999_999_999), st.sampled_from(["{}", "({})", "nr.{}", "x {} y", "{},"]))
def test_every_bsn_in_a_sentence_is_found(number: int, around: str) -> None:
    digits = f"{number:09d}"

    assert bsn.suspicion(around.format(digits)).count == numbers.is_valid(digits)


@given(anything | st.text("0123456789 .-+bsn"))
def test_any_text_gives_positions_inside_it(text: str) -> None:
    positions = bsn.suspicion(text).positions

    assert all(0 <= begin < end <= len(text) for begin, end in positions)
    assert list(positions) == sorted(set(positions))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", naughty.LARGE)
def test_a_large_text_is_searched_in_time(name: str) -> None:
    assert bsn.suspicion(naughty.LARGE[name]).count >= 0
