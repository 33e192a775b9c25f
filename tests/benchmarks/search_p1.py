"""P1: `find_customers` as an agent under row security, against a bare index lookup with one committed log row.

The limit is what a program without any protection would do: the superuser, no policy, no function, one prepared
statement that looks in the same index, fetches the cards and writes the log row, committed at once. Both are
asked the same question in turn, so that the machine's noise falls on both.
"""

import random
from collections.abc import Iterator, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

from psycopg import Connection
from psycopg.rows import TupleRow, namedtuple_row

from tests.benchmarks.measure import Result, machine, milliseconds, percentile
from tests.benchmarks.queries import KINDS

GOAL = "p95 <= 2x limit + 2 ms, and <= 25 ms"
_CARD = "select c.id, c.customer_number, c.display_name, c.birth_date, c.postcode, c.city"
_LOG = (
    "log as (insert into harmony.search_log (staff_login, kind, hits, counter) values (session_user, 'limit', 1, 1)"
    " returning 1)"
)
_BY_WORD = (
    "select n.customer_id from harmony.search_name as n where n.word = %(word)s and n.role in (1, 3)"
    " order by n.word, n.role, n.next, n.customer_id limit 20"
)
# The lookup of each kind, reduced to its index.
_LOOKUPS = {
    "name prefix": "select n.customer_id from (select k.word from harmony.search_word as k"
    " where k.word >= %(word)s and k.word < %(word)s || '{' and k.role in (1, 3) order by k.role, k.people desc limit 20) as k,"
    " lateral (select s.customer_id from harmony.search_name as s where s.word = k.word and s.role in (1, 3)"
    " order by s.role, s.next limit 20) as n limit 20",
    "infix": "select n.customer_id from (select k.word from harmony.search_word as k"
    " where k.word like '%%' || %(word)s || '%%' and k.role in (1, 3) order by k.role, k.people desc limit 20) as k,"
    " lateral (select s.customer_id from harmony.search_name as s where s.word = k.word and s.role in (1, 3)"
    " order by s.role, s.next limit 20) as n limit 20",
    "two parts": "select n.customer_id from harmony.search_name as n where n.word = %(word)s and n.role in (1, 3, 9)"
    " and n.next >= %(next)s and n.next < %(next)s || '{' limit 20",
    "typo": "select n.customer_id from (select k.word from harmony.search_word as k"
    " where k.slips && harmony.one_deletions(%(word)s) and k.role in (1, 3)"
    " order by k.people desc limit 20) as k,"
    " lateral (select s.customer_id from harmony.search_name as s where s.word = k.word and s.role in (1, 3, 9)"
    " and s.next >= %(next)s and s.next < %(next)s || '{' limit 20) as n limit 20",
    "postcode+number": 'select c.id from harmony.customer as c where left(c.postcode, 10) collate "C" = %(postcode)s'
    " and c.house_number + 0 = %(number)s limit 20",
    "phone": 'select p.customer_id from harmony.customer_phone as p where reverse(p.e164) collate "C" = reverse(%(phone)s)'
    " limit 20",
    "e-mail": "select e.customer_id from harmony.customer_email as e"
    ' where left(e.address_norm, 254) collate "C" = %(email)s limit 20',
    "customer no.": "select c.id from harmony.customer as c where c.customer_number = %(customer_number)s",
    "policy no.": "select p.customer_id from harmony.policy as p where p.policy_number = %(policy_number)s",
    "IMEI": 'select i.customer_id from harmony.insured_item as i where left(i.imei, 15) collate "C" = %(imei)s limit 20',
    "IBAN": 'select b.customer_id from harmony.bank_account as b where b.iban collate "C" = %(iban)s limit 20',
    "birth date": "select c.id from harmony.customer as c where c.birth_date + 0 = %(birth_date)s"
    ' order by c.birth_date + 0, left(c.sort_key, 400) collate "C" limit 20',
}
# Share of answers that must hold the person: what is typed of a name fits many more people than a page holds.
CARDS = 20  # find_customers gives that many; who shares what was typed with more people need not be among them
_BY_NAME = ("name prefix", "infix", "two parts", "typo")
LEAST_RIGHT = {"name prefix": 0.0, "infix": 0.0, "two parts": 0.9, "typo": 0.85, "birth date": 0.0}


def sample(admin: Connection[TupleRow], count: int, seed: int) -> list[Any]:
    """`count` random customers with their numbers, as they stand in the database."""
    low, high = admin.execute("select min(id), max(id) from harmony.customer").fetchone() or (0, 0)
    rng = random.Random(seed)
    ids = [rng.randint(low, high) for _ in range(count * 8)]
    with admin.cursor(row_factory=namedtuple_row) as cursor:
        rows = cursor.execute(
            "select c.id, c.customer_number, c.initials, c.first_name, c.prefix, c.last_name, c.postcode, c.house_number,"
            " c.city, c.birth_date, p.e164 as phone, e.address as email, b.iban, y.policy_number, i.imei"
            " from harmony.customer as c join harmony.customer_phone as p on p.customer_id = c.id"
            " join harmony.customer_email as e on e.customer_id = c.id join harmony.bank_account as b on b.customer_id = c.id"
            " join harmony.policy as y on y.customer_id = c.id join harmony.insured_item as i on i.policy_id = y.id"
            " where c.id = any (%s) and c.country = 'NL' and p.e164 like '+31%%' and i.imei is not null and c.restricted_at is null and c.postcode is not null"
            " and c.birth_date is not null and length(c.last_name) > 3 and (c.first_name is not null or c.initials is not null)"
            " order by c.id",
            (ids,),
        ).fetchall()
    people = [SimpleNamespace(**row._asdict()) for row in rows]
    rng.shuffle(people)
    return people[:count]


def parameters(admin: Connection[TupleRow], person: Any, kind: str, typed: str) -> dict[str, object]:
    """What the bare lookup needs: it is given its words ready folded."""
    folded = admin.execute("select harmony.fold_words(%s), harmony.fold_words(%s)", (
        person.last_name, person.first_name or person.initials)).fetchone()  # fmt: skip
    assert folded is not None
    word = max(folded[0] or [""], key=len)
    given = admin.execute("select harmony.fold_words(%s)", (typed,)).fetchone()
    if kind in ("name prefix", "infix", "typo"):
        # the typed surname: its longest word that is not the first name
        word = max((w for w in (given[0] if given else []) if w not in folded[1]), key=len, default=word)
    return {
        "word": word, "next": (folded[1] or [""])[0], "postcode": person.postcode, "number": person.house_number,
        "phone": person.phone, "email": person.email.lower(), "customer_number": person.customer_number,
        "policy_number": person.policy_number, "imei": person.imei, "iban": person.iban, "birth_date": person.birth_date,
    }  # fmt: skip


def limit_statement(kind: str) -> str:
    return (
        f"with hits(id) as materialized ({_LOOKUPS[kind]}), {_LOG} {_CARD} from hits join harmony.customer as c"
        " on c.id = hits.id limit 20"
    )


def forget_haste(admin: Connection[TupleRow]) -> None:
    """Moves the log two hours back: the limits on lookups count by the minute and hour, for people."""
    admin.execute("update harmony.search_log set searched_at = searched_at - interval '2 hours'"
                  " where searched_at > harmony.clock() - interval '90 minutes'")  # fmt: skip


def _ask(agent: Connection[TupleRow], typed: str) -> list[TupleRow]:
    return agent.execute("select * from harmony.find_customers(%s)", (typed,), prepare=True).fetchall()


def _look_up(admin: Connection[TupleRow], statement: str, values: dict[str, object]) -> list[TupleRow]:
    return admin.execute(statement, values, prepare=True).fetchall()


def measure_kind(
    admin: Connection[TupleRow], agent: Connection[TupleRow], kind: str, people: Sequence[Any], seed: int
) -> Result:
    """Asks for each person once, ours and the limit in turn; the first ten are not counted."""
    rng = random.Random(seed)
    statement = limit_statement(kind)
    ours: list[float] = []
    limit: list[float] = []
    right = beyond = 0
    for place, person in enumerate(people):
        if place % 50 == 0:
            forget_haste(admin)
        typed = KINDS[kind](person, rng)
        values = parameters(admin, person, kind, typed)
        spent, answer = milliseconds(partial(_ask, agent, typed))
        spent_bare, _ = milliseconds(partial(_look_up, admin, statement, values))
        if place >= 10:
            ours.append(spent)
            limit.append(spent_bare)
            found = any(row[0] == person.id for row in answer)
            right += found
            alike = _namesakes(admin, person) if kind in _BY_NAME else len(answer)
            beyond += not found and alike >= CARDS
    return _result(admin, kind, ours, limit, right / max(1, len(ours) - beyond))


def _namesakes(admin: Connection[TupleRow], person: Any) -> int:
    """How many customers bear both names of this one: with more than fit on the cards he need not be among them."""
    row = admin.execute(
        "select count(distinct customer_id) from harmony.search_name where role = 1"
        " and word = (harmony.fold_words(%s))[1] and next = (harmony.fold_words(%s))[1]",
        (person.last_name, person.first_name or person.initials),
    ).fetchone()
    return int(row[0]) if row else 0


def _result(admin: Connection[TupleRow], kind: str, ours: list[float], limit: list[float], right: float) -> Result:
    rows = admin.execute("select count(*) from harmony.customer").fetchone()
    p95, limit_p95 = percentile(ours, 0.95), percentile(limit, 0.95)
    return Result(
        workload="P1",
        kind=kind,
        p50=percentile(ours, 0.5),
        p95=p95,
        p99=percentile(ours, 0.99),
        limit_p50=percentile(limit, 0.5),
        limit_p95=limit_p95,
        ratio=percentile(ours, 0.5) / percentile(limit, 0.5),
        rows=rows[0] if rows else 0,
        asked=len(ours),
        right=right,
        goal=GOAL,
        met=p95 <= 2 * limit_p95 + 2 and p95 <= 25,
        machine=machine(),
    )


def run(admin: Connection[TupleRow], agent: Connection[TupleRow], *, queries: int, seed: int = 1) -> Iterator[Result]:
    """Measures the twelve kinds on a database that holds customers. Raises when answers are wrong.

    `admin` is the superuser's connection, `agent` an agent's; both autocommit.
    """
    people = sample(admin, queries + 10, seed)
    admin.execute(
        "update harmony.setting set value = '100000' where key in ('lookup.per_minute', 'lookup.lost_per_hour')"
    )
    for kind in KINDS:
        # what autovacuum would do between these bursts
        admin.execute("vacuum analyze harmony.search_log")
        result = measure_kind(admin, agent, kind, people, seed)
        if result.right < LEAST_RIGHT.get(kind, 1.0):
            raise AssertionError(f"P1 {kind}: only {result.right:.0%} of the answers held the person")
        yield result
    forget_haste(admin)
