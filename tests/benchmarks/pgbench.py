"""pgbench as the limit of P11: the statements of the desk, sent by a program that does nothing else."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from tests.benchmarks.company import Agent

# What `one_call` of agents_p11 makes core send, transaction by transaction. Two statements core has no need of:
# the caller's number, which a person types, and the versions, which it finds in the overview.
SCRIPT = """\
\\set place random(1, :callers)
select number from bench.caller where place = :place \\gset
select customer_id from harmony.find_customers(:number::text, 20, null) \\gset
begin;
insert into harmony.command (id) values (gen_random_uuid());
insert into harmony.contact (customer_id, channel, direction) values (null, 'phone', 'in') returning id as contact \\gset
insert into harmony.call (contact_id, customer_id, direction, ani_raw, ani_e164, withheld, queue, answered_at)
 values (:contact, null, 'in', null, null, true, null, harmony.clock()) returning id as call \\gset
commit;
select status from harmony.open_file(:customer_id, 'call', null, 'meting van de snelheid') \\gset
begin;
insert into harmony.command (id) values (gen_random_uuid());
select status from harmony.link_call(:call, :customer_id) \\gset
commit;
select harmony.file_overview(:customer_id);
select c.version as contact_version, l.version as call_version
 from harmony.contact c join harmony.call l on l.contact_id = c.id where c.id = :contact \\gset
begin;
insert into harmony.command (id) values (gen_random_uuid());
insert into harmony.commitment (contact_id, customer_id, text, due_on) values (:contact, :customer_id, 'pgbench', null)
 returning id as commitment \\gset
commit;
begin;
insert into harmony.command (id) values (gen_random_uuid());
update harmony.contact set note = 'pgbench', wrap_up_code = 'claim_status' where id = :contact and version = :contact_version;
commit;
begin;
insert into harmony.command (id) values (gen_random_uuid());
update harmony.call set ended_at = harmony.clock(), ended_by = 'agent'
 where id = :call and version = :call_version and ended_at is null;
commit;
"""


def rounds(
    bin_dir: Path, folder: Path, admin_dsn: str, agents: Sequence[Agent], callers: int, seconds: float, *, pace: float
) -> list[float]:
    """Milliseconds of each round: one pgbench for each agent, all at once, a round every `pace` seconds.

    Raises AssertionError when a statement failed.
    """
    folder.mkdir(parents=True)
    script = folder / "round.sql"
    script.write_text(SCRIPT)
    where = conninfo_to_dict(admin_dsn)
    running = []
    for place, agent in enumerate(agents):
        environment = {
            **os.environ, "PGPASSWORD": agent.password, "PGHOST": str(where["host"]), "PGPORT": str(where["port"]),
            "PGDATABASE": str(where["dbname"]), "PGUSER": agent.login,
        }  # fmt: skip
        running.append(
            subprocess.Popen(
                [
                    str(bin_dir / "pgbench"),
                    "--no-vacuum",
                    "--client=1",
                    "--protocol=extended",
                    f"--file={script}",
                    f"--define=callers={callers}",
                    f"--time={max(1, round(seconds))}",
                    f"--rate={1 / pace}",
                    "--log",
                    f"--log-prefix={folder / str(place)}",
                ],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
    for process in running:
        _told, wrong = process.communicate()
        if process.returncode:
            raise AssertionError(f"pgbench ended with {process.returncode}: {wrong[-400:]}")
    return [spent for file in folder.glob("[0-9]*") for spent in _times(file)]


def _times(file: Path) -> list[float]:
    """A line of the log: client, number, time, script, epoch, microseconds, lag of the schedule (all times in µs)."""
    parts = [line.split() for line in file.read_text().splitlines()]
    return [(int(part[2]) - int(part[6])) / 1000 for part in parts]
