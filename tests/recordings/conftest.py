"""A desk at 11:00 UTC on 22 November 2026, an hour after the samples of tests/data/asterisk were recorded."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from harmony_desk.local.postgres import Server
from harmony_desk.recordings.inbox import Inbox
from harmony_desk.recordings.ingest import Ingest, Report
from harmony_desk.recordings.store import Folder
from harmony_desk.telephony import profiles
from harmony_desk.telephony.numbers import Agents
from tests import database as databases
from tests.database import Database

ROOT = Path(__file__).parent.parent.parent
SAMPLES = Path(__file__).parent.parent / "data" / "asterisk"
CALLS = ("1795343250.8", "1795343325.12", "1795343381.16", "1795343415.20")
DAY = "2026-11-22"


@dataclass(frozen=True)
class Office:
    """A database with the logins of the samples, by role; each worker has its own."""

    database: Database
    recorder: str
    custodian: str
    anna: str
    bram: str
    officer: str
    lead: str

    @property
    def agents(self) -> Agents:
        return Agents({"anna.agent": self.anna, "bram.agent": self.bram, "201": self.anna})

    def connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.database.dsn_of(self.recorder), autocommit=True)

    def rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        with self.database.superuser() as connection:
            return connection.execute(statement, parameters).fetchall()  # type: ignore[arg-type]

    def one(self, statement: str, *parameters: object) -> Any:
        (row,) = self.rows(statement, *parameters)
        return row[0]


@pytest.fixture(scope="session")
def office(server: Server) -> Iterator[Office]:
    with databases.fresh(server) as database:
        with database.superuser() as connection:
            connection.execute(
                "update harmony.installation set clock_shift = timestamptz '2026-11-22 11:00:00Z' - clock_timestamp()"
            )
        made = Office(
            database=database,
            recorder=database.create_staff("recorder", signed=False),
            custodian=database.create_staff("custodian", signed=False),
            anna=database.create_staff("agent", team="Noord"),
            bram=database.create_staff("agent", team="Zuid"),
            officer=database.create_staff("privacy_officer"),
            lead=database.create_staff("team_lead", team="Noord"),
        )
        load_key(made, DAY)
        yield made


def load_key(office: Office, day: str) -> None:
    with office.database.login(office.custodian) as connection:
        row = connection.execute("select status from harmony.load_epoch_key(%s, %s)", (day, os.urandom(32))).fetchone()
    assert row is not None


@pytest.fixture
def clean(office: Office) -> Iterator[Office]:
    """The office without calls and recordings of other tests, and left so."""
    forget(office)
    yield office
    forget(office)


def forget(office: Office) -> None:
    with office.database.superuser() as connection:
        connection.execute("set role harmony_migrator")
        for table in ("recording_listen", "recording", "recording_secret", "call_segment", "call", "contact"):
            connection.execute(f"delete from harmony.{table}")  # type: ignore[arg-type]


@pytest.fixture
def store_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    folder.mkdir()
    return folder


@pytest.fixture
def monitor(tmp_path: Path) -> Path:
    """A copy of the samples' folder of recordings, all quiet for an hour."""
    folder = tmp_path / "monitor"
    shutil.copytree(SAMPLES / "monitor", folder)
    settle(folder)
    return folder


def settle(folder: Path) -> None:
    before = time.time() - 3600
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            os.utime(path, (before, before))


def told(office: Office, *, queue_log: bool = True) -> profiles.Told:
    return profiles.read_calls(
        profiles.PROFILES["asterisk"],
        SAMPLES / "cdr-csv" / "Master.csv",
        SAMPLES / "queue_log" if queue_log else None,
        office.agents,
    )


def take_in(office: Office, folder: Path, store: Path, *, calls: profiles.Told | None = None, jobs: int = 1) -> Report:
    """One run of the ingest as the recorder."""
    import threading  # only here

    worker = Ingest(office.connect, Folder(store), pbx="asterisk", jobs=jobs)
    inbox = Inbox(folder, profiles.PROFILES["asterisk"], office.agents, settle_seconds=1)
    report = Report()
    if calls is not None:
        worker.import_calls(calls.events, report)
    worker.take(inbox, report, lambda _done, _of: None, threading.Event())
    return report


def name_of(call: str, *, side: str = "", number: str = "0612345678", at: str = "20261122-102730") -> str:
    return f"in-8500-{number}-{at}-{call}{side}.wav"


def put(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / name
    path.write_bytes(data)
    settle(folder)
    return path


Command = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def command(office: Office, store_folder: Path, tmp_path: Path) -> Command:
    """Starts `harmony-desk ...` as the recorder; the list of agents is in tmp_path."""
    agents = tmp_path / "agents.csv"
    agents.write_text(f"anna.agent,{office.anna}\nbram.agent,{office.bram}\n")

    def start(*arguments: str | Path, login: str | None = None) -> subprocess.Popen[bytes]:
        login = login or office.recorder
        facts = psycopg.conninfo.conninfo_to_dict(office.database.dsn_of(login))
        password = str(facts.pop("password"))
        environment = {
            **os.environ,
            "HARMONY_DSN": psycopg.conninfo.make_conninfo(**facts),
            "HARMONY_PASSWORD": password,
            "HARMONY_STORE": str(store_folder),
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "harmony_desk", *map(str, arguments)],
            env=environment,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    return start


def outcome(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """The JSON that a command printed."""
    out, err = process.communicate(timeout=120)
    assert out, err.decode()
    return json.loads(out)


def plain_files(folder: Path) -> list[Path]:
    """Files with sound anywhere under the inbox."""
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in (".wav", ".gsm")]


def sealed_files(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]
