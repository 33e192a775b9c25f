"""A backup is whole or refused, holds no key, and comes back as a guarded database in which nothing is open."""

import json
import secrets
import stat
import subprocess
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from db import backup, build, check
from harmony_desk.core.errors import UserError
from harmony_desk.local import binaries
from harmony_desk.local.custodian import Custodian
from harmony_desk.local.keystore import Keystore
from harmony_desk.local.postgres import Server
from tests import database as databases
from tests import factories
from tests.database import Connection, Database

MOTIVE = "Collega vroeg om mee te kijken bij dit dossier"
LETTERS = str.maketrans("0123456789", "ghijklmnop")
PEOPLE = {"anna": "agent", "tessa": "team_lead", "cust": "custodian", "recorder": "recorder"}


@dataclass(frozen=True)
class Place:
    """The database that is saved, its people, and what saves it."""

    database: Database
    logins: dict[str, str]
    keystore: Keystore
    dump: Path
    restore: Path

    def custodian(self, database: Database) -> Custodian:
        dsn = database.dsn_of(self.logins["cust"])
        return Custodian(lambda: psycopg.connect(dsn, autocommit=True), self.keystore)

    def save(self, folder: Path) -> backup.Manifest:
        return backup.backup(self.database.dsn, folder, pg_dump=self.dump, program="test")


@pytest.fixture(scope="module")
def place(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    programs = binaries.find(None, major=server.version // 10000)
    folder = tmp_path_factory.mktemp("keys")
    with databases.fresh(server) as made:
        logins = {
            name: made.create_staff(role, login=f"{name}{secrets.token_hex(4)}".translate(LETTERS), team="Noord")
            for name, role in PEOPLE.items()
        }
        keystore = Keystore(folder / "one", folder / "two")
        yield Place(made, logins, keystore, programs.program("pg_dump"), programs.program("pg_restore"))


Restore = Callable[[Path], Database]


@pytest.fixture
def restore(place: Place, own_server: Server) -> Iterator[Restore]:
    """Restores on a server that knows none of the logins; takes everything away afterwards."""
    admin = make_conninfo(own_server.dsn, password=own_server.password)
    made: list[str] = []

    def into_new(folder: Path) -> Database:
        database = Database(own_server, f"restored_{secrets.token_hex(4)}")
        backup.restore(admin, folder, database.name, pg_restore=place.restore)
        made.append(database.name)
        database.passwords = dict(place.database.passwords)
        return database

    yield into_new
    for name in made:
        build.drop(admin, name)
    with psycopg.connect(admin, autocommit=True) as connection:
        for login in place.database.passwords:
            connection.execute(f'drop role if exists "{login}"')


def names_of_databases(server: Server) -> set[str]:
    with psycopg.connect(server.dsn, password=server.password) as connection:
        return {row[0] for row in connection.execute("select datname from pg_database").fetchall()}


def one(connection: Connection, query: str, *parameters: object) -> object:
    row = connection.execute(query, parameters).fetchone()
    assert row is not None
    return row[0]


def counts(database: Database) -> dict[str, int]:
    with database.superuser() as connection:
        tables = connection.execute("select relname from pg_class where relnamespace = 'harmony'::regnamespace"
                                    " and relkind = 'r' order by 1").fetchall()  # fmt: skip
        return {name: one(connection, f"select count(*) from harmony.{name}") for (name,) in tables}  # type: ignore[misc]


@dataclass(frozen=True)
class Recorded:
    id: int
    file_id: uuid.UUID
    data_key: bytes


def record(place: Place) -> Recorded:
    """A recording of today, made under today's key as the recorder makes it."""
    place.custodian(place.database).round()
    person = factories.customer(place.database)
    call = factories.call(place.database, place.logins["anna"], person, live=False)
    with place.database.login(place.logins["recorder"]) as connection:
        prepared = connection.execute("select * from harmony.prepare_recording(harmony.clock())").fetchone()
        assert prepared is not None
        assert prepared[0] == "ok"
        stored = connection.execute(
            "select * from harmony.store_recording(%s, 'x/y', 60000, 100, %s, %s, 'announced')",
            (prepared[1], "0" * 64, call),
        ).fetchone()
        assert stored is not None
        assert stored[0] == "ok"
    return Recorded(stored[1], prepared[1], prepared[2])


def listen(place: Place, database: Database, recording: int) -> tuple[str, bytes | None]:
    """What the team lead gets who asks for this recording: a status and perhaps a key."""
    with database.login(place.logins["tessa"]) as connection:
        asked = connection.execute(
            "select status, ticket from harmony.request_listen(%s, 'coaching')", (recording,)
        ).fetchone()
        assert asked is not None
        if asked[0] != "ok":
            return asked[0], None
        given = connection.execute("select status, data_key from harmony.redeem_listen(%s)", (asked[1],)).fetchone()
    assert given is not None
    return given[0], given[1]


@contextmanager
def shifted(database: Database, interval: str) -> Iterator[None]:
    change = "update harmony.installation set clock_shift = %s::interval"
    with database.superuser() as connection:
        connection.execute(change, (interval,))
        yield
        connection.execute(change, ("0",))


def test_everything_comes_back_but_keys_and_what_was_open(place: Place, restore: Restore, tmp_path: Path) -> None:
    person = factories.customer(place.database)
    recording = record(place)
    with place.database.login(place.logins["anna"]) as connection:
        connection.execute("select harmony.open_file(%s, 'other', null, %s)", (person.id, MOTIVE))
        assert one(connection, "select count(*) from harmony.customer where id = %s", person.id) == 1
    with place.database.login(place.logins["tessa"]) as connection:
        ticket = one(connection, "select ticket from harmony.request_listen(%s, 'coaching')", recording.id)
    before = counts(place.database)
    assert before["epoch_key"] > 0

    manifest = place.save(tmp_path / "saved")
    database = restore(tmp_path / "saved")

    assert (manifest.kind, manifest.schema, manifest.database) == ("test", build.SCHEMA_HEAD, place.database.name)
    after = counts(database)
    assert after.pop("epoch_key") == 0
    assert after == {name: count for name, count in before.items() if name not in ("epoch_key", "keeper_work")} | {
        "keeper_work": 0
    }
    with database.login(place.logins["anna"]) as connection:
        assert one(connection, "select count(*) from harmony.customer") == 0
        connection.execute("select harmony.open_file(%s, 'other', null, %s)", (person.id, MOTIVE))
        assert one(connection, "select count(*) from harmony.customer") == 1
    with database.login(place.logins["tessa"]) as connection:
        assert one(connection, "select status from harmony.redeem_listen(%s)", ticket) == "refused: ticket_old"
    assert check.run(database.dsn).findings == ()


def test_the_chain_holds_and_goes_on(place: Place, restore: Restore, tmp_path: Path, own_server: Server) -> None:
    factories.customer(place.database)
    sealed = place.custodian(place.database).round()
    person = factories.customer(place.database)  # not sealed yet when the backup is made
    with psycopg.connect(own_server.dsn, password=own_server.password) as connection:
        next_there = int(str(one(connection, "select pg_current_xact_id()")))
    with place.database.superuser() as connection:
        # The keeper's old transactions have numbers that the new server gives out again.
        connection.execute(
            "insert into harmony.keeper_work (xid) select n::text::xid8 from generate_series(%s::bigint, %s::bigint) n",
            (next_there, next_there + 5000),
        )

    manifest = place.save(tmp_path / "saved")
    database = restore(tmp_path / "saved")

    assert (manifest.audit_number, manifest.audit_head) == (sealed.seal_number, sealed.head)
    with database.superuser() as connection:
        assert one(connection, "select harmony.sealed_hash(%s)", sealed.seal_number) == sealed.head
        connection.execute("update harmony.customer set city = 'Zeist' where id = %s", (person.id,))
        told = "select values -> 'new' ->> 'city' from harmony.audit_detail order by event_id desc limit 1"
        assert one(connection, told) == "Zeist"
    goes_on = place.custodian(database).round()
    assert goes_on.seal_number > sealed.seal_number + 1
    with database.superuser() as connection:
        assert connection.execute("select status, sealed_rows from harmony.verify_audit()").fetchone() == (
            "ok",
            goes_on.seal_number,
        )
        assert one(connection, "select count(*) from harmony.audit_event") == goes_on.seal_number


def test_no_key_is_in_it_and_nobody_else_can_read_it(place: Place, tmp_path: Path) -> None:
    recording = record(place)
    folder = tmp_path / "saved"

    place.save(folder)

    keys = place.keystore.known_keys().values()
    assert len(keys) > 100
    written = subprocess.run(
        [place.restore, "--file=-", folder / backup.DUMP], capture_output=True, text=True, check=True
    )
    plain = written.stdout
    assert str(recording.file_id) in plain
    assert not any(key.hex() in plain for key in keys)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert not list(tmp_path.glob("*.part-*"))


def test_a_restored_backup_cannot_open_a_day_whose_key_was_destroyed(
    place: Place, restore: Restore, tmp_path: Path
) -> None:
    recording = record(place)
    assert listen(place, place.database, recording.id) == ("ok", recording.data_key)
    place.save(tmp_path / "saved")
    with shifted(place.database, "180 days"):
        assert place.custodian(place.database).round().recordings_destroyed >= 1

    database = restore(tmp_path / "saved")

    # The row and its salt are back, as they were; the key of the day is nowhere any more.
    assert listen(place, database, recording.id) == ("refused: no_epoch_key", None)
    place.custodian(database).round()
    status, key = listen(place, database, recording.id)
    assert (status, key == recording.data_key) == ("ok", False)
    with place.database.superuser() as connection:
        connection.execute("truncate harmony.epoch_key_destroyed")  # for the tests after this one


def test_what_came_due_since_the_backup_is_destroyed_at_the_restore(
    place: Place, restore: Restore, tmp_path: Path
) -> None:
    recording = record(place)
    with shifted(place.database, "180 days"):
        place.save(tmp_path / "saved")

    database = restore(tmp_path / "saved")

    with database.superuser() as connection:
        assert one(connection, "select status from harmony.recording where id = %s", recording.id) == "destroyed"
        assert one(connection, "select count(*) from harmony.recording_secret") == 0
    assert listen(place, database, recording.id) == ("refused: not_allowed", None)


def test_a_login_that_the_server_has_already_is_left_as_it_is(
    place: Place, restore: Restore, own_server: Server, tmp_path: Path
) -> None:
    place.save(tmp_path / "saved")
    admin = make_conninfo(own_server.dsn, password=own_server.password)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"create role \"{place.logins['anna']}\" login password 'another password'")

    database = restore(tmp_path / "saved")

    findings = [(found.code, found.object) for found in check.run(database.dsn).findings]
    assert findings == [("staff_membership_missing", f"{place.logins['anna']} in harmony_agent")]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        database.login(place.logins["anna"]).__enter__()


def spoil_dump(folder: Path) -> None:
    file = folder / backup.DUMP
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def spoil_roles(folder: Path) -> None:
    file = folder / backup.ROLES
    file.write_text(file.read_text().replace('"connection_limit": 6', '"connection_limit": 9'))


def spoil_manifest(folder: Path) -> None:
    (folder / backup.MANIFEST).write_text('{"format": 1}')


def forget(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (spoil_dump, "backup_damaged"),
        (spoil_roles, "backup_damaged"),
        (spoil_manifest, "backup_damaged"),
        (forget(backup.DUMP), "no_backup"),
        (forget(backup.ROLES), "no_backup"),
        (forget(backup.MANIFEST), "no_backup"),
    ],
    ids=["dump", "roles", "manifest", "no dump", "no roles", "no manifest"],
)
def test_a_damaged_backup_is_refused(
    damage: Callable[[Path], None], code: str, place: Place, own_server: Server, tmp_path: Path
) -> None:
    place.save(tmp_path / "saved")
    before = names_of_databases(own_server)
    damage(tmp_path / "saved")

    with pytest.raises(UserError) as refused:
        backup.restore(
            make_conninfo(own_server.dsn, password=own_server.password),
            tmp_path / "saved",
            "never_made",
            pg_restore=place.restore,
        )

    assert refused.value.code == code
    assert names_of_databases(own_server) == before


def change_manifest(folder: Path, **changed: object) -> None:
    manifest = json.loads((folder / backup.MANIFEST).read_text())
    (folder / backup.MANIFEST).write_text(json.dumps(manifest | changed))


def test_a_restore_that_fails_leaves_nothing(place: Place, own_server: Server, tmp_path: Path) -> None:
    place.save(tmp_path / "saved")
    (tmp_path / "saved" / backup.DUMP).write_bytes(b"PGDMP and then something else")
    hashes = {name: backup._sha256(tmp_path / "saved" / name) for name in (backup.DUMP, backup.ROLES)}
    change_manifest(tmp_path / "saved", files=hashes)
    before = names_of_databases(own_server)

    with pytest.raises(UserError) as refused:
        backup.restore(
            make_conninfo(own_server.dsn, password=own_server.password),
            tmp_path / "saved",
            "never_made",
            pg_restore=place.restore,
        )

    assert refused.value.code == "restore_failed"
    assert names_of_databases(own_server) == before


@pytest.mark.parametrize("newer", [{"server_version": 990001}, {"schema": "9999"}])
def test_a_backup_of_something_newer_is_refused(
    newer: dict[str, object], place: Place, own_server: Server, tmp_path: Path
) -> None:
    place.save(tmp_path / "saved")
    change_manifest(tmp_path / "saved", **newer)

    with pytest.raises(UserError) as refused:
        backup.restore(
            make_conninfo(own_server.dsn, password=own_server.password),
            tmp_path / "saved",
            "never_made",
            pg_restore=place.restore,
        )

    assert refused.value.code == "backup_newer"


def test_nothing_is_ever_written_over(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    place.save(folder)  # an empty folder is fine
    with pytest.raises(UserError) as refused:
        place.save(folder)
    assert refused.value.code == "folder_exists"

    with pytest.raises(UserError) as refused:
        backup.restore(place.database.dsn, folder, place.database.name, pg_restore=place.restore)
    assert refused.value.code == "database_exists"


def test_the_password_is_in_no_argument(place: Place, tmp_path: Path) -> None:
    spy = tmp_path / "pg_dump"
    spy.write_text(f'#!/bin/sh\necho "$@" >{tmp_path}/arguments\necho "$PGPASSWORD" >{tmp_path}/password\nexit 1\n')
    spy.chmod(0o755)

    with pytest.raises(UserError) as refused:
        backup.backup(place.database.dsn, tmp_path / "saved", pg_dump=spy, program="test")

    assert refused.value.code == "backup_failed"
    assert not (tmp_path / "saved").exists()
    assert (tmp_path / "password").read_text().strip() == place.database.server.password
    arguments = (tmp_path / "arguments").read_text()
    assert "--role=harmony_migrator" in arguments
    assert place.database.server.password not in arguments
