"""E-mail addresses (domain.md 4)."""

import pytest
from hypothesis import given

from harmony_desk.core.validation import emails
from tests.core.refusals import anything, near, outcome, refused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a.devries@example.com", "a.devries@example.com"),
        (" A.deVries@EXAMPLE.Com ", "A.deVries@example.com"),
        ("mailto:anna@example.org", "anna@example.org"),
        ("anna+polis@example.co.uk", "anna+polis@example.co.uk"),
        ("jürgen@müller.example", "jürgen@müller.example"),
        ("anna@xn--mller-kva.example", "anna@xn--mller-kva.example"),
        ("o'brien@example.com", "o'brien@example.com"),
        ("=1+1@example.com", "=1+1@example.com"),
        ("\u200banna@example.com", "anna@example.com"),
    ],
)
def test_an_address_is_kept_with_its_domain_in_lower_case(typed: str, kept: str) -> None:
    assert emails.normalise(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("anna", "invalid"),
        ("@example.com", "invalid"),
        ("anna@", "invalid"),
        ("anna@localhost", "invalid"),
        ("a@b@example.com", "invalid"),
        ("anna @example.com", "invalid"),
        (".anna@example.com", "invalid"),
        ("anna..b@example.com", "invalid"),
        ("anna@-example.com", "invalid"),
        ("anna@example..com", "invalid"),
        ("anna@example.com.", "invalid"),
        ("anna@192.0.2.1", "invalid"),
        ("anna@exam_ple.com", "invalid"),
        ('"an na"@example.com', "invalid"),
        ("anna@example.com\r\nBcc: bram@example.com", "invalid"),
        ("Anna <anna@example.com>", "invalid"),
        ("anna@example.com, bram@example.com", "invalid"),
        ("a" * 65 + "@example.com", "too_long"),
        ("anna@" + "a" * 64 + ".com", "invalid"),
        ("anna@" + "a." * 130 + "com", "too_long"),
        ("anna\udcff@example.com", "broken_character"),
    ],
)
def test_what_cannot_be_an_address_is_refused(typed: str, code: str) -> None:
    error = refused(emails.normalise, typed)

    assert (error.field, error.code) == ("email", code)


@given(anything | near("a", "B", "é", "@", ".", "-", "example", "com", "xn--", "ß", "İ", "。", "+", " "))
def test_any_text_gives_an_address_or_a_refusal(text: str) -> None:
    kept = outcome(emails.normalise, text)

    if isinstance(kept, str):
        assert emails.normalise(kept) == kept
        assert kept.count("@") == 1
        assert not any(c.isspace() for c in kept)
