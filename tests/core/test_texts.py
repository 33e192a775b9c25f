"""Sentences for people: the language, the catalogue's three roads, the statuses of the database."""

import logging
from pathlib import Path

import pytest

from harmony_desk.core import texts
from harmony_desk.core.texts import _, ngettext

CODES = [
    *("no_confidentiality", "restricted", "unknown", "not_allowed", "objection", "expired"),
    *("not_committed", "ticket_old", "wrong_isolation", "no_epoch_key", "not_verified", "no_agreement"),
    *("no_authorisation", "rate_limited", "too_short", "already_done", "no_role"),
]
STATUSES = ["ok", "open", "motive_required", *(f"refused: {code}" for code in CODES)]

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Street"
msgstr "{dutch}"
"""


def test_dutch_is_spoken_unless_english_is_chosen() -> None:
    assert _("Date of birth") == "Geboortedatum"

    texts.use_language("en")

    assert texts.language() == "en"
    assert _("Date of birth") == "Date of birth"


def test_another_language_is_a_bug_of_the_caller() -> None:
    with pytest.raises(ValueError, match="nl, en"):
        texts.use_language("fr")

    assert texts.language() == "nl"


def test_plurals_follow_the_count() -> None:
    sentences = [
        ngettext("IBAN: still one character to go. Type it in full.",
                 "IBAN: still {count} characters to go. Type it in full.", count).format(count=count)
        for count in (1, 2)
    ]  # fmt: skip

    assert sentences == [
        "IBAN: er ontbreekt nog één teken. Typ het nummer helemaal.",
        "IBAN: er ontbreken nog 2 tekens. Typ het nummer helemaal.",
    ]


def test_a_letter_follows_the_customer_and_not_the_desk() -> None:
    texts.use_language("en")

    assert texts.translate("Dear Ms {name},", "nl") == "Geachte mevrouw {name},"
    assert texts.translate("Dear Ms {name},", "en") == "Dear Ms {name},"


def test_an_empty_text_stays_empty() -> None:
    assert _("") == ""


def test_a_sentence_without_translation_is_shown_as_it_is() -> None:
    assert _("Nobody translated this one.") == "Nobody translated this one."


@pytest.fixture
def po(tmp_path: Path) -> Path:
    path = tmp_path / "harmony_desk.po"
    path.write_text(PO.format(dutch="Straat"), encoding="utf-8")
    return path


def test_a_bare_clone_reads_the_po_itself(po: Path) -> None:
    catalogue = texts.load(po, po.with_suffix(".mo"))

    assert catalogue.gettext("Street") == "Straat"


def test_a_built_mo_is_used_without_reading_the_po_again(po: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mo = po.with_suffix(".mo")
    mo.write_bytes(texts.compile_po(po.read_bytes()))
    monkeypatch.setattr(texts, "compile_po", lambda _source: pytest.fail("compiled again"))

    assert texts.load(po, mo).gettext("Street") == "Straat"


def test_a_stale_mo_is_not_used(po: Path) -> None:
    mo = po.with_suffix(".mo")
    mo.write_bytes(texts.compile_po(po.read_bytes()))
    po.write_text(PO.format(dutch="Laan"), encoding="utf-8")

    assert texts.load(po, mo).gettext("Street") == "Laan"


def test_line_ends_of_another_system_do_not_make_a_mo_stale(po: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mo = po.with_suffix(".mo")
    mo.write_bytes(texts.compile_po(po.read_bytes()))
    po.write_bytes(po.read_bytes().replace(b"\n", b"\r\n"))
    monkeypatch.setattr(texts, "compile_po", lambda _source: pytest.fail("compiled again"))

    assert texts.load(po, mo).gettext("Street") == "Straat"


def test_a_mo_without_its_po_is_enough(po: Path) -> None:
    mo = po.with_suffix(".mo")
    mo.write_bytes(texts.compile_po(po.read_bytes()))
    po.unlink()

    assert texts.load(po, mo).gettext("Street") == "Straat"


def test_without_any_catalogue_people_read_english_and_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        catalogue = texts.load(tmp_path / "none.po", tmp_path / "none.mo")

    assert catalogue.gettext("Street") == "Street"
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_the_sentences_cover_exactly_the_statuses_of_the_contract() -> None:
    assert list(texts.STATUS_SENTENCES) == STATUSES


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_a_dutch_sentence(status: str) -> None:
    dutch = texts.status_sentence(status)
    texts.use_language("en")
    english = texts.status_sentence(status)

    assert dutch.endswith(".")
    assert dutch != english
    assert "refused" not in dutch


@pytest.mark.parametrize("status", [status for status in STATUSES if status not in ("ok", "open")])
def test_every_refusal_says_what_happened_and_then_what_to_do(status: str) -> None:
    sentence = texts.status_sentence(status)

    assert len([part for part in sentence.rstrip(".").split(". ") if part]) >= 2


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("status", [*STATUSES, "refused: something_new"])
def test_no_status_lets_the_reader_guess_at_the_incident_register(status: str, code: str) -> None:
    texts.use_language(code)
    sentence = texts.status_sentence(status).lower()

    for word in ("incident", "fraud", "suspic", "vermoeden", "onderzoek", "investigat", "register", "signa"):
        assert word not in sentence


def test_a_newer_servers_status_gets_a_sentence_and_a_line_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        sentence = texts.status_sentence("refused: something_new")

    assert sentence.startswith("De database weigert dit")
    assert "refused: something_new" in caplog.text


def test_a_status_that_is_no_code_is_kept_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        texts.status_sentence("Jansen, 06 12345678")

    assert caplog.records
    assert "Jansen" not in caplog.text
