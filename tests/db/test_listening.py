"""No second of audio without a committed request for an allowed purpose, and never after 180 days."""

import datetime as dt
import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from harmony_desk.local.postgres import Server
from tests import database as databases
from tests import factories
from tests.database import Connection, Database


@dataclass(frozen=True)
class Stored:
    id: int
    file_id: uuid.UUID
    data_key: bytes
    person: factories.Person


@pytest.fixture(scope="module")
def database(server: Server) -> Iterator[Database]:
    """A database of this file's own: its clock is moved and its day keys are destroyed."""
    with databases.fresh(server) as made:
        made.create_staff("recorder", login=f"rec{secrets.token_hex(4)}")
        made.create_staff("custodian", login=f"cust{secrets.token_hex(4)}")
        made.create_staff("agent", login=f"an{secrets.token_hex(4)}", team="Noord")
        made.create_staff("team_lead", login=f"te{secrets.token_hex(4)}", team="Noord")
        yield made


def login(database: Database, start: str) -> str:
    return next(name for name in database.passwords if name.startswith(start))


def load_key(database: Database, day: dt.date) -> None:
    with database.login(login(database, "cust")) as connection:
        row = connection.execute("select status from harmony.load_epoch_key(%s, %s)", (day, secrets.token_bytes(32)))
        assert row.fetchone()[0] in ("ok", "refused: already_done")  # type: ignore[index]


def store(database: Database, *, days_ago: float = 0, consent: str = "announced") -> Stored:
    """A recording of a call of the agent, brought in by the recorder's own login."""
    person = factories.customer(database)
    call_id = factories.call(database, login(database, "an"), person, live=False)
    with database.superuser() as connection:
        recorded_at: dt.datetime = connection.execute(
            "select harmony.clock() - make_interval(secs => %s)", (days_ago * 86400,)
        ).fetchone()[0]  # type: ignore[index]
    load_key(database, recorded_at.astimezone(dt.UTC).date())
    with database.login(login(database, "rec")) as connection:
        status, file_id, key = connection.execute(
            "select * from harmony.prepare_recording(%s)", (recorded_at,)
        ).fetchone()  # type: ignore[misc]
        assert status == "ok"
        status, recording_id = connection.execute(
            "select * from harmony.store_recording(%s, %s, 60000, 100, %s, %s, %s)",
            (file_id, f"2026/{file_id}", "0" * 64, call_id, consent),
        ).fetchone()  # type: ignore[misc]
        assert status == "ok"
    return Stored(recording_id, file_id, key, person)


def ask(connection: Connection, recording: Stored, purpose: str, reference: str | None = None) -> tuple[str, object]:
    row = connection.execute(
        "select status, ticket from harmony.request_listen(%s, %s, %s)", (recording.id, purpose, reference)
    ).fetchone()
    assert row is not None
    return row[0], row[1]


def redeem(connection: Connection, ticket: object) -> tuple[str, bytes | None]:
    row = connection.execute("select status, data_key from harmony.redeem_listen(%s)", (ticket,)).fetchone()
    assert row is not None
    return row[0], row[1]


def shift_clock(database: Database, interval: str) -> None:
    with database.superuser() as connection:
        connection.execute("update harmony.installation set clock_shift = %s::interval", (interval,))


def test_lead_of_the_team_gets_the_key_that_the_file_was_made_with(database: Database) -> None:
    recording = store(database)
    with database.login(login(database, "te")) as connection:
        status, ticket = ask(connection, recording, "coaching")
        assert status == "ok"
        assert redeem(connection, ticket) == ("ok", recording.data_key)
        report = connection.execute(
            "select status from harmony.report_listened(%s, '[[0, 5000], [8000, 10000]]')", (ticket,)
        ).fetchone()
        assert report == ("ok",)
    with database.superuser() as connection:
        heard = connection.execute(
            "select seconds_heard, status from harmony.recording_listen where ticket = %s", (ticket,)
        ).fetchone()
    assert heard == (7, "playing")


def test_a_ticket_of_the_same_transaction_opens_nothing(database: Database) -> None:
    recording = store(database)
    with database.login(login(database, "te"), autocommit=False) as connection:
        _status, ticket = ask(connection, recording, "coaching")
        assert redeem(connection, ticket) == ("refused: not_committed", None)
        connection.rollback()


def test_an_objection_stops_what_is_playing_and_what_comes_after(database: Database) -> None:
    recording = store(database)
    with database.login(login(database, "te")) as listening, database.login(login(database, "an")) as agent:
        _status, ticket = ask(listening, recording, "coaching")
        assert redeem(listening, ticket)[0] == "ok"
        agent.execute(
            "select harmony.open_file(%s, 'other', null, 'klant belde terug met bezwaar')",
            (recording.person.id,),
        )
        assert agent.execute(
            "select status from harmony.set_objection(%s, 'training')", (recording.person.id,)
        ).fetchone() == ("ok",)
        stopped = listening.execute("select status from harmony.report_listened(%s, '[]')", (ticket,)).fetchone()
        assert stopped == ("refused: objection",)
        assert ask(listening, recording, "coaching") == ("refused: objection", None)


@pytest.mark.parametrize("purpose", ["agreement", "fraud", "privacy_request", "analysis", "nonsense", None])
def test_lead_hears_nothing_for_other_purposes_without_reference(database: Database, purpose: str | None) -> None:
    recording = store(database)
    with database.login(login(database, "te")) as connection:
        assert ask(connection, recording, purpose) == ("refused: not_allowed", None)  # type: ignore[arg-type]


def test_recording_of_unknown_consent_is_heard_by_its_own_agent_only(database: Database) -> None:
    recording = store(database, consent="unknown")
    with database.login(login(database, "te")) as connection:
        assert ask(connection, recording, "coaching") == ("refused: not_allowed", None)
    with database.login(login(database, "an")) as connection:
        status, ticket = ask(connection, recording, "agreement")
        assert status == "ok"
        assert redeem(connection, ticket)[0] == "ok"


def test_after_4320_hours_and_a_second_nobody_hears_it_with_the_custodian_stopped(database: Database) -> None:
    recording = store(database, days_ago=0)
    with database.login(login(database, "te")) as connection:
        with database.superuser() as clock:
            clock.execute(
                "update harmony.installation set clock_shift = (select expires_at - interval '1 minute' - clock_timestamp()"
                " from harmony.recording where id = %s)",
                (recording.id,),
            )
        _status, ticket = ask(connection, recording, "coaching")
        assert ticket is not None
        with database.superuser() as clock:
            clock.execute(
                "update harmony.installation set clock_shift = (select expires_at + interval '1 second' - clock_timestamp()"
                " from harmony.recording where id = %s)",
                (recording.id,),
            )
        assert redeem(connection, ticket) == ("refused: expired", None)
        assert ask(connection, recording, "coaching") == ("refused: expired", None)
    shift_clock(database, "0")


def test_a_destroyed_day_takes_its_recordings_with_it(database: Database) -> None:
    recording = store(database, days_ago=178.5)
    shift_clock(database, "26 hours")
    day = (dt.datetime.now(dt.UTC) - dt.timedelta(days=178.5)).date()
    with database.login(login(database, "cust")) as connection:
        status, gone = connection.execute(
            "select status, recordings from harmony.destroy_epoch_key(%s)", (day,)
        ).fetchone()  # type: ignore[misc]
        assert (status, gone) == ("ok", 1)
        again = connection.execute(
            "select status from harmony.load_epoch_key(%s, %s)", (day, secrets.token_bytes(32))
        ).fetchone()
        assert again == ("refused: expired",)
    with database.login(login(database, "te")) as connection:
        assert ask(connection, recording, "coaching")[0].startswith("refused: ")
    shift_clock(database, "0")
    with database.superuser() as connection:
        left = connection.execute(
            "select count(*) from harmony.recording_secret where file_id = %s", (recording.file_id,)
        ).fetchone()
    assert left == (0,)


def test_a_day_that_is_not_due_cannot_be_destroyed(database: Database) -> None:
    with database.login(login(database, "cust")) as connection:
        row = connection.execute(
            "select status from harmony.destroy_epoch_key(%s)", (dt.datetime.now(dt.UTC).date(),)
        ).fetchone()
    assert row == ("refused: not_allowed",)


def test_without_the_key_of_its_day_nothing_is_prepared(database: Database) -> None:
    with database.login(login(database, "rec")) as connection:
        row = connection.execute(
            "select status, data_key from harmony.prepare_recording(harmony.clock() - interval '100 days')"
        ).fetchone()
    assert row == ("refused: no_epoch_key", None)


def test_an_objection_to_recording_means_that_nothing_is_kept(database: Database) -> None:
    person = factories.customer(database)
    call_id = factories.call(database, login(database, "an"), person, live=False)
    with database.superuser() as connection:
        connection.execute(
            "insert into harmony.objection (customer_id, scope, registered_by) values (%s, 'recording', 'tests')",
            (person.id,),
        )
    load_key(database, dt.datetime.now(dt.UTC).date())
    with database.login(login(database, "rec")) as connection:
        file_id = connection.execute("select file_id from harmony.prepare_recording(harmony.clock())").fetchone()[0]  # type: ignore[index]
        row = connection.execute(
            "select * from harmony.store_recording(%s, 'x', 1, 1, %s, %s, 'announced')",
            (file_id, "0" * 64, call_id),
        ).fetchone()
    assert row == ("refused: objection", None)
    with database.superuser() as connection:
        left = connection.execute("select count(*) from harmony.recording_secret where file_id = %s", (file_id,))
        assert left.fetchone() == (0,)
