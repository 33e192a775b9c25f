"""`harmony-desk recordings`: take in what the telephone system recorded, compare, and play one for a purpose."""

from __future__ import annotations

import datetime as dt
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path

import click
import psycopg

from harmony_desk.cli import connection, output
from harmony_desk.core.database import Database
from harmony_desk.core.errors import Unreachable, UserError
from harmony_desk.core.texts import _
from harmony_desk.local.stopping import no_core_files, stop_on_signals
from harmony_desk.recordings import listening, player, sound_out
from harmony_desk.recordings import reconcile as comparing
from harmony_desk.recordings import store as stores
from harmony_desk.recordings.inbox import Inbox
from harmony_desk.recordings.ingest import Ingest, Report
from harmony_desk.recordings.recorder import Recorder
from harmony_desk.telephony import numbers, profiles
from harmony_desk.telephony.numbers import Agents
from harmony_desk.telephony.profiles import Profile
from harmony_desk.telephony.reasons import sentence

NEEDS_A_PERSON = 3

_file = click.Path(path_type=Path, dir_okay=False, exists=True)
_folder = click.Path(path_type=Path, file_okay=False)
store_option = click.option(
    "--store", "store_url", envvar="HARMONY_STORE", help="Folder or address of the store of recordings."
)


@click.group()
def recordings() -> None:
    """Recordings of calls: take them in, compare store and database, play one."""


@recordings.command()
@click.argument("folder", type=_folder)
@click.option("--cdr", type=_file, help="The telephone system's call records: calls are imported from it.")
@click.option("--queue-log", type=_file, help="Asterisk's queue_log: who waited, who answered.")
@click.option("--agents", type=_file, help="List of `extension or interface,login` lines.")
@click.option("--profile", type=click.Choice(sorted(profiles.PROFILES)), default="asterisk", show_default=True)
@click.option("--time-zone", help="The telephone system's clock, such as Europe/Amsterdam or UTC.")
@click.option("--columns", help="3CX: the columns of its records in their order, with commas.")
@click.option("--settle", type=click.FloatRange(0, 3600), default=5.0, show_default=True,
              help="Seconds that a file must have been left alone.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 8), default=2, show_default=True, help="Recordings at the same time.")
@click.option("--watch", is_flag=True, help="Go on until stopped.")
@click.option("--every", type=click.FloatRange(0.5, 3600), default=10.0, show_default=True,
              help="Seconds between two looks with --watch.")  # fmt: skip
@connection.dsn_option
@store_option
@output.json_option
def ingest(
    folder: Path,
    cdr: Path | None,
    queue_log: Path | None,
    agents: Path | None,
    profile: str,
    time_zone: str | None,
    columns: str | None,
    settle: float,
    jobs: int,
    watch: bool,
    every: float,
    dsn: str | None,
    store_url: str | None,
    as_json: bool,
) -> None:
    """Take in the recordings in FOLDER. Ends with 3 when something needs a person."""
    if queue_log is not None and cdr is None:
        raise click.UsageError(_("--queue-log completes the calls of --cdr: give both."))
    no_core_files()
    chosen = profiles.choose(profile, zone=time_zone, columns=columns.split(",") if columns else ())
    known_agents = _agents(agents)
    worker = Ingest(
        connection.connector(dsn, program="harmony-desk recordings"), _store(store_url), pbx=chosen.name, jobs=jobs
    )
    inbox = Inbox(folder, chosen, known_agents, settle_seconds=settle)
    stop = threading.Event()
    with stop_on_signals(stop):
        while True:
            report = _round(worker, inbox, chosen, known_agents, cdr, queue_log, stop, quiet=as_json)
            _tell(report, as_json=as_json)
            if not watch or stop.wait(every):
                break
    if not report.clean:
        raise click.exceptions.Exit(NEEDS_A_PERSON)


def _round(
    worker: Ingest,
    inbox: Inbox,
    profile: Profile,
    agents: Agents,
    cdr: Path | None,
    queue_log: Path | None,
    stop: threading.Event,
    *,
    quiet: bool,
) -> Report:
    report = Report()

    def progress(done: int, of: int) -> None:
        if not quiet and sys.stderr.isatty():
            click.echo(f"\r{done}/{of}", nl=done == of, err=True)

    try:
        if cdr is not None:
            told = profiles.read_calls(profile, cdr, queue_log, agents)
            report.lines.extend(told.refused)
            worker.import_calls(told.events, report)
        worker.take(inbox, report, progress, stop)
    except psycopg.OperationalError:
        raise Unreachable(
            _("The database does not answer. Start again when it does; nothing is lost."), code="database"
        ) from None
    except psycopg.errors.InsufficientPrivilege:
        raise UserError(_("This login is not that of the recorder."), code="no_role") from None
    return report


def _tell(report: Report, *, as_json: bool) -> None:
    refused = [{"reason": one.reason.value, "kept_as": one.kept_as} for one in report.refused]
    lines = [{"file": name, "line": line.number, "reason": line.reason.value} for name, line in report.lines]
    numbers_of = {name: getattr(report, name) for name in ("calls", "kept", "unmatched", "known", "busy", "waiting")}
    text = [
        _("{calls} calls imported; {kept} recordings kept, {unmatched} without a call, {known} known already.").format(
            **numbers_of
        )
    ]
    if report.waiting:
        text.append(_("{count} recordings wait for the key of their day.").format(count=report.waiting))
    text += [f"{one.kept_as or '-'}: {sentence(one.reason)}" for one in report.refused]
    text += [
        _("{file}, line {line}: {why}").format(file=name, line=line.number, why=sentence(line.reason))
        for name, line in report.lines
    ]
    output.answer({**numbers_of, "refused": refused, "lines": lines}, "\n".join(text), as_json=as_json)


@recordings.command()
@click.option("--read-all", is_flag=True, help="Read every file, not only its size.")
@click.option("--remove-orphans", is_flag=True, help="Delete files that no recording opens any more.")
@click.option("--mark-damaged", is_flag=True, help="Take recordings without their file out of what is offered.")
@connection.dsn_option
@store_option
@output.json_option
def reconcile(
    read_all: bool, remove_orphans: bool, mark_damaged: bool, dsn: str | None, store_url: str | None, as_json: bool
) -> None:
    """Compare store and database, both ways. Ends with 3 when they differ."""
    store = _store(store_url)
    try:
        with connection.connector(dsn, program="harmony-desk recordings")() as database:
            recorder = Recorder(database)
            found = comparing.compare(recorder, store, now=dt.datetime.now(dt.UTC), read_all=read_all)
            marked = comparing.mark_damaged(found, recorder) if mark_damaged else 0
            removed = comparing.remove_orphans(found, store) if remove_orphans else 0
    except psycopg.OperationalError:
        raise Unreachable(_("The database does not answer."), code="database") from None
    except OSError:
        raise Unreachable(_("The store of the recordings cannot be read."), code="store") from None
    told = {
        "right": found.right,
        "missing": [asdict(row)["recording_id"] for row in found.missing],
        "changed": [asdict(row)["recording_id"] for row in found.changed],
        "orphans": [entry.location for entry in found.orphans],
        "destroyed": [entry.location for entry in found.destroyed],
        "young": found.young,
        "foreign": found.foreign,
        "removed": removed,
        "marked": marked,
    }
    text = _(
        "{right} recordings are right, {missing} miss their file, {changed} have a changed file; {orphans} files "
        "belong to no recording, {destroyed} to a destroyed one."
    ).format(
        right=found.right,
        missing=len(found.missing),
        changed=len(found.changed),
        orphans=len(found.orphans),
        destroyed=len(found.destroyed),
    )
    output.answer(told, text, as_json=as_json)
    if not found.agrees:
        raise click.exceptions.Exit(NEEDS_A_PERSON)


@recordings.command()
@click.argument("recording_id", metavar="ID", type=int)
@click.option("--purpose", required=True, type=click.Choice(["agreement", "coaching", "fraud", "privacy_request"]))
@click.option("--reference", help="A call, claim, task or request that it is for.")
@click.option("--from", "from_seconds", type=click.FloatRange(0), default=0.0, help="Second to begin at.")
@click.option("--seconds", type=click.FloatRange(0.1), help="Stop after so long.")
@click.option("--rate", type=click.FloatRange(*player.RATES), default=1.0, show_default=True)
@click.option("--side", type=click.Choice(["both", "agent", "caller"]), default="both", show_default=True)
@click.option("--to-damage", is_flag=True, help="Play a damaged recording up to the damage.")
@click.option("--silent", is_flag=True, help="For a machine without a loudspeaker: play to nowhere.")
@connection.dsn_option
@store_option
@output.json_option
def play(
    recording_id: int,
    purpose: str,
    reference: str | None,
    from_seconds: float,
    seconds: float | None,
    rate: float,
    side: str,
    to_damage: bool,
    silent: bool,
    dsn: str | None,
    store_url: str | None,
    as_json: bool,
) -> None:
    """Play recording ID for a purpose; the database keeps who heard what."""
    no_core_files()
    connect = connection.connector(dsn, program="harmony-desk recordings")
    database = Database(connect)
    stop = threading.Event()
    try:
        granted = listening.ask(database, recording_id, purpose=purpose, reference=reference)
        instance = sound_out.instance(("--aout=adummy",) if silent else ())
        sound = listening.Listening(database, _store(store_url), granted, instance, play_to_damage=to_damage)
        with stop_on_signals(stop), listening.told_of_objections(connect, sound.look_now):
            try:
                sound.start()
                sound.play()
                sound.set_rate(rate)
                sound.set_channel(player.Channel[side.upper()])
                if from_seconds:
                    sound.seek(round(from_seconds * 1000))
                last = _until_done(sound, stop, seconds, silent=silent)
            finally:
                sound.close()
    finally:
        database.close()
    _tell_heard(last, sound, as_json=as_json)


def _until_done(
    sound: listening.Listening, stop: threading.Event, seconds: float | None, *, silent: bool
) -> listening.Heard:
    """Until the end, a signal, the wanted time or a refusal."""
    deadline = time.monotonic() + (seconds or 10**9)
    while not stop.wait(0.05) and time.monotonic() < deadline:
        now = sound.now
        if now.status.silent and not silent:
            raise sound_out.no_device()
        if now.stopped_by is not None or now.status.state not in (player.State.READY, player.State.PLAYING):
            break
    return sound.now


def _tell_heard(last: listening.Heard, sound: listening.Listening, *, as_json: bool) -> None:
    if last.stopped_by is not None:
        raise last.stopped_by
    status = last.status
    if status.state is player.State.UNREACHABLE:
        raise listening.unreachable()
    if status.state is player.State.DAMAGED:
        at = (status.damaged_ms or 0) // 1000
        raise UserError(
            _("This recording is damaged from {minutes}:{seconds:02d} on. Report it to the administrator.").format(
                minutes=at // 60, seconds=at % 60
            ),
            code="damaged",
        )
    told = {
        "state": status.state.value,
        "position_ms": status.position_ms,
        "duration_ms": sound.about.duration_ms,
        "channels": sound.about.channels,
        "heard_ms": sound.heard,
    }
    text = _("Played until {position} of {duration} seconds.").format(
        position=status.position_ms // 1000, duration=sound.about.duration_ms // 1000
    )
    output.answer(told, text, as_json=as_json)


def _agents(path: Path | None) -> Agents:
    if path is None:
        return Agents()
    with path.open("rb") as file:
        return numbers.read_agents(file)


def _store(url: str | None) -> stores.Store:
    if not url:
        raise UserError(_("Say where the recordings are kept, with --store or HARMONY_STORE."), code="no_store")
    return stores.connect(url)
