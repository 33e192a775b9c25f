"""What COPY did not check: every foreign key of the loaded tables, and rules that stand in no constraint."""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

from db.seed.rows import COLUMNS
from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _

Connection = psycopg.Connection[Any]

# name: a query for rows that break the rule
_RULES = {
    "recording_in_the_last_180_days": "select from harmony.recording where expires_at <= harmony.clock()",
    "recording_without_location": "select from harmony.recording where location is not null",
    "recording_starts_with_call": """select from harmony.recording r join harmony.call c on c.id = r.call_id
        where r.recorded_at <> c.started_at""",
    "recording_of_objector": """select from harmony.recording r join harmony.objection o
        on o.customer_id = r.customer_id and o.scope = 'recording' and o.withdrawn_at is null
        where r.status <> 'destroyed' and r.recorded_at > o.registered_at""",
    "nothing_in_the_future": """select from harmony.call where ended_at > harmony.clock()
        union all select from harmony.contact where started_at > harmony.clock()
        union all select from harmony.claim where reported_at > harmony.clock()
        union all select from harmony.customer where created_at > harmony.clock()
        union all select from harmony.repair_order where changed_at > harmony.clock()""",
    "call_before_answer": "select from harmony.call where answered_at < started_at or ended_at < answered_at",
    "claim_in_force": """select from harmony.claim c join harmony.policy p on p.id = c.policy_id
        where c.happened_on < p.started_on or c.happened_on > p.ends_on""",
    "one_customer_of_call_and_contact": """select from harmony.call k join harmony.contact c on c.id = k.contact_id
        where k.customer_id is distinct from c.customer_id""",
    "adults_only": """select from harmony.customer c join harmony.policy p on p.customer_id = c.id
        where c.birth_date > p.started_on - interval '18 years'""",
}


def broken(connection: Connection) -> dict[str, int]:
    """How many rows break each foreign key of the loaded tables and each rule; only those that are broken."""
    found = {}
    for name, query in [
        *_foreign_keys(connection),
        *((name, sql.SQL(text)) for name, text in _RULES.items()),
    ]:
        row = connection.execute(sql.SQL("select count(*) from ({}) as x").format(query)).fetchone()
        count = row[0] if row else 0
        if count:
            found[name] = count
    return found


def refuse_broken(connection: Connection) -> None:
    """Raises UserError, naming rules and counts, when what was loaded breaks any."""
    found = broken(connection)
    if found:
        listed = ", ".join(f"{name}: {count}" for name, count in found.items())
        raise UserError(_("The made-up data break rules: {rules}").format(rules=listed), code="seed_broken")


def _foreign_keys(connection: Connection) -> list[tuple[str, sql.Composable]]:
    rows = connection.execute(
        """
        select c.conname, c.conrelid::regclass::text, c.confrelid::regclass::text,
          (select array_agg(a.attname order by k.place) from unnest(c.conkey) with ordinality k(number, place)
           join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number),
          (select array_agg(a.attname order by k.place) from unnest(c.confkey) with ordinality k(number,
          place)
           join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.number)
        from pg_constraint c
        where c.contype = 'f' and c.connamespace = 'harmony'::regnamespace
          and c.conrelid = any (select ('harmony.' || quote_ident(t))::regclass from unnest(%s::text[]) t)
        order by 1
        """,
        (list(COLUMNS),),
    ).fetchall()
    return [(str(name), _anti_join(str(child), str(parent), list(here),
    list(there)))
            for name, child, parent, here, there in rows]  # fmt: skip


def _anti_join(child: str, parent: str, here: Sequence[str], there: Sequence[str]) -> sql.Composable:
    """Rows of the child that name a parent which is not there; a null among the columns names none."""
    return sql.SQL("select from {} c where {} and not exists (select from {} p where {})").format(
        sql.SQL(child),
        sql.SQL(" and ").join(sql.SQL("c.{} is not null").format(sql.Identifier(column)) for column in here),
        sql.SQL(parent),
        sql.SQL(" and ").join(
            sql.SQL("p.{} = c.{}").format(sql.Identifier(theirs), sql.Identifier(ours))
            for ours, theirs in zip(here, there, strict=True)
        ),
    )
