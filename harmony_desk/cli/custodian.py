"""`harmony-desk custodian`: the service that keeps keys, seals the audit trail and ends forgotten transactions."""

from __future__ import annotations

import threading
from dataclasses import asdict
from pathlib import Path

import click

from harmony_desk.cli import connection, output
from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _, ngettext
from harmony_desk.local.custodian import Custodian, broken_anchor
from harmony_desk.local.keystore import Keystore
from harmony_desk.local.stopping import stop_on_signals


@click.command()
@connection.dsn_option
@click.option(
    "--keystore",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="HARMONY_KEYSTORE",
    required=True,
    help="Folder of the day keys, outside the database and its backups.",
)
@click.option(
    "--keystore-copy",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="HARMONY_KEYSTORE_COPY",
    required=True,
    help="The second place of the day keys, on another disk or host.",
)
@click.option(
    "--anchor",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="HARMONY_ANCHOR",
    help="File to which the head of the audit chain is appended.",
)
@click.option("--once", is_flag=True, help="One round, then stop.")
@click.option("--check", is_flag=True, help="Verify the audit chain and the heads written outside; change nothing.")
@click.option(
    "--every", type=click.FloatRange(1, 3600), default=30.0, show_default=True, help="Seconds between rounds."
)
@output.json_option
def custodian(
    dsn: str | None,
    keystore: Path,
    keystore_copy: Path,
    anchor: Path | None,
    once: bool,
    check: bool,
    every: float,
    as_json: bool,
) -> None:
    """Load and destroy day keys, seal the audit trail, end forgotten transactions."""
    connect = connection.connector(dsn, program="harmony-desk custodian")
    keeper = Custodian(connect, Keystore(keystore, keystore_copy), anchor)
    if check:
        _check(keeper, connect, as_json=as_json)
        return
    if once:
        done = keeper.round()
        text = _(
            "{sealed} audit rows sealed, head {number}; {loaded} day keys loaded, {destroyed} destroyed with "
            "{recordings} recordings; {ended} forgotten sessions ended."
        ).format(
            sealed=done.sealed,
            number=done.seal_number,
            loaded=done.keys_loaded,
            destroyed=done.keys_destroyed,
            recordings=done.recordings_destroyed,
            ended=done.sessions_ended,
        )
        output.answer(asdict(done), text, as_json=as_json)
        return
    stop = threading.Event()
    with stop_on_signals(stop):
        keeper.run(stop, every)


def _check(keeper: Custodian, connect: connection.Connector, *, as_json: bool) -> None:
    anchors = keeper.anchors()
    with connect() as database:
        row = database.execute("select status, first_broken, sealed_rows, head from harmony.verify_audit()").fetchone()
        if row is None:
            raise RuntimeError("verify_audit gave no row")
        status, first_broken, sealed_rows, head = row
        outside = broken_anchor(database, anchors)
    if status != "ok" or outside is not None:
        raise UserError(
            _(
                "The audit trail was changed: link {place} does not hold. Keep the server as it is and call the "
                "privacy officer."
            ).format(place=first_broken or outside),
            code="audit_broken",
        )
    output.answer(
        {"status": status, "sealed_rows": sealed_rows, "head": head, "anchors": len(anchors)},
        ngettext(
            "The audit trail holds: {count} rows, one head outside the database.",
            "The audit trail holds: {count} rows, {anchors} heads outside the database.",
            len(anchors),
        ).format(count=sealed_rows, anchors=len(anchors)),
        as_json=as_json,
    )
