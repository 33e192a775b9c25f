"""Nobody guesses consent: a person says it, and who takes it back is heard by nobody from that moment."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.database import refused
from tests.recordings.conftest import CALLS, Office, take_in, told


@pytest.fixture
def recording(clean: Office, monitor: Path, store_folder: Path) -> int:
    """Anna's first call, taken in with consent unknown."""
    take_in(clean, monitor, store_folder, calls=told(clean))
    return int(clean.one("select id from harmony.recording where pbx_uniqueid = %s", CALLS[0]))


def said(office: Office, login: str, recording: int, state: str | None) -> str:
    with office.database.login(login) as connection:
        row = connection.execute("select status from harmony.set_consent(%s, %s)", (recording, state)).fetchone()
    assert row is not None
    return str(row[0])


def listen(office: Office, login: str, recording: int, purpose: str) -> str:
    with office.database.login(login) as connection:
        row = connection.execute("select status from harmony.request_listen(%s, %s)", (recording, purpose)).fetchone()
    assert row is not None
    return str(row[0])


def test_what_was_announced_is_for_every_purpose(clean: Office, recording: int) -> None:
    assert listen(clean, clean.lead, recording, "coaching") == "refused: not_allowed"

    assert said(clean, clean.anna, recording, "announced_recorded") == "ok"

    assert listen(clean, clean.lead, recording, "coaching") == "ok"
    assert clean.one("select recording_state from harmony.call where linkedid = %s", CALLS[0]) == "announced_recorded"


def test_what_was_not_announced_stays_with_the_agent_and_goes_to_the_officer(clean: Office, recording: int) -> None:
    before = clean.one("select count(*) from harmony.task where queue = 'privacy'")
    said(clean, clean.anna, recording, "announced_recorded")

    assert said(clean, clean.anna, recording, "not_announced") == "ok"

    assert clean.one("select status from harmony.recording where id = %s", recording) == "unknown"
    assert clean.one("select count(*) from harmony.task where queue = 'privacy'") == before + 1
    assert listen(clean, clean.lead, recording, "coaching") == "refused: not_allowed"
    assert listen(clean, clean.anna, recording, "agreement") == "ok"


@pytest.mark.parametrize("state", ["announced_objection", "withdrawn_afterwards"])
@pytest.mark.parametrize("who", ["anna", "officer"])
def test_who_takes_it_back_is_heard_no_more(clean: Office, recording: int, state: str, who: str) -> None:
    with clean.database.login(clean.anna) as connection:
        connection.execute("listen harmony")
        asked = connection.execute(
            "select ticket from harmony.request_listen(%s, 'agreement')", (recording,)
        ).fetchone()
        assert asked is not None
        given = connection.execute("select status from harmony.redeem_listen(%s)", asked).fetchone()

        assert said(clean, getattr(clean, who), recording, state) == "ok"

        report = connection.execute("select status from harmony.report_listened(%s, '[]')", asked).fetchone()
        notes = [note.payload for note in connection.notifies(timeout=1, stop_after=1)]
    assert (given, report) == (("ok",), ("refused: not_allowed",))
    assert notes == ["objection"]
    assert clean.one("select status from harmony.recording where id = %s", recording) == "destroyed"
    assert clean.one("select count(*) from harmony.recording_secret s join harmony.recording r using (file_id)"
                     " where r.id = %s", recording) == 0  # fmt: skip
    assert said(clean, clean.officer, recording, "announced_recorded") == "refused: not_allowed"


def test_an_objection_that_the_agent_writes_on_the_call_counts_too(clean: Office, recording: int) -> None:
    said(clean, clean.anna, recording, "announced_recorded")
    with clean.database.login(clean.anna) as connection:
        connection.execute(
            "update harmony.call set recording_state = 'announced_objection' where linkedid = %s", (CALLS[0],)
        )

    assert listen(clean, clean.anna, recording, "agreement") == "refused: objection"
    assert listen(clean, clean.lead, recording, "coaching") == "refused: objection"


@pytest.mark.parametrize("who", ["bram", "lead"])
def test_it_is_for_the_own_agent_and_the_officer(clean: Office, recording: int, who: str) -> None:
    assert said(clean, getattr(clean, who), recording, "announced_recorded") == "refused: not_allowed"
    assert clean.one("select status from harmony.recording where id = %s", recording) == "unknown"


@pytest.mark.parametrize("state", ["unknown", "destroyed", "", None])
def test_other_words_are_refused(clean: Office, recording: int, state: str | None) -> None:
    assert said(clean, clean.anna, recording, state) == "refused: not_allowed"


def test_the_recorder_decides_nothing(clean: Office, recording: int) -> None:
    with psycopg.connect(clean.database.dsn_of(clean.recorder), autocommit=True) as connection:
        assert refused(connection, "select harmony.set_consent(%s, 'announced_recorded')", (recording,)) == "42501"
        assert refused(connection, "select * from harmony.recording") == "42501"
        assert refused(connection, "select * from harmony.call") == "42501"


def test_taking_it_back_has_a_name_of_its_own(clean: Office, recording: int) -> None:
    with clean.database.login(clean.anna) as connection:
        row = connection.execute("select status from harmony.withdraw_consent(%s)", (recording,)).fetchone()

    assert row == ("ok",)
    assert clean.one("select recording_state from harmony.call where linkedid = %s", CALLS[0]) == "withdrawn_afterwards"
