"""What was made, beside the distributions of domain.md 5.2."""

# ruff: noqa: S608 - queries are put together from constants of this file

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import psycopg

Connection = psycopg.Connection[Any]
_ANSWERED: Final = "from harmony.call where answered_at is not null"
_TODAY: Final = "(select harmony.clock()::date)"  # asked once a query
_EXPOSURE: Final = f"""select i.kind, sum(coalesce(p.ends_on, {_TODAY}) - p.started_on) / 365.25 as years
    from harmony.policy p join harmony.insured_item i on i.policy_id = p.id
    where p.status in ('active', 'suspended', 'ended') group by i.kind"""
_SPENT: Final = "extract(epoch from r.changed_at - r.created_at) / 86400 * 5 / 7"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what the source says, what was made, and how far they may be apart at 10,000 customers."""

    subject: str
    part: str
    wanted: float
    made: float
    tolerance: float

    @property
    def holds(self) -> bool:
        return abs(self.made - self.wanted) <= self.tolerance


# subject, tolerance in percentage points, wanted percentages, query for (part, count)
_SHARES: Final[tuple[tuple[str, float, dict[str, float], str], ...]] = (
    (
        "product mix, %", 2.0, {"phone": 58, "laptop": 16, "tablet": 10, "bike": 8, "watch/audio": 5, "other": 3},
        """select case when kind in ('watch', 'audio') then 'watch/audio' else kind end, count(*)
           from harmony.insured_item group by 1""",
    ),
    (
        "brand of phones in claims, %", 4.0, {"Apple": 73, "Samsung": 22, "other": 5},
        """select case when i.brand in ('Apple', 'Samsung') then i.brand else 'other' end, count(*)
           from harmony.claim c join harmony.insured_item i on i.id = c.insured_item_id
           where i.kind = 'phone' group by 1""",
    ),
    (
        "policies per customer, %", 2.0, {"1": 82, "2": 13, "3+": 5},
        """select case when n > 2 then '3+' else n::text end, count(*)
           from (select count(*) as n from harmony.policy group by customer_id) x group by 1""",
    ),
    (
        "age at inception, %", 2.0, {"18-24": 22, "25-34": 27, "35-44": 19, "45-54": 15, "55-64": 10, "65+": 7},
        """select case when a < 25 then '18-24' when a < 35 then '25-34' when a < 45 then '35-44'
             when a < 55 then '45-54' when a < 65 then '55-64' else '65+' end, count(*)
           from (select date_part('year', age(min(p.started_on), c.birth_date)) as a from harmony.policy p
                 join harmony.customer c on c.id = p.customer_id group by c.id) x group by 1""",
    ),
    ("country, %", 1.5, {"NL": 88, "BE": 11, "DE": 1}, "select country, count(*) from harmony.customer group by 1"),
    (
        "kind of claim, %", 3.5, {"damage": 83, "theft": 12, "loss": 5},
        "select kind, count(*) from harmony.claim group by 1",
    ),
    (
        "outcome of claims, %", 3.5, {"repair": 66, "replacement or cash": 19, "rejected": 9, "withdrawn or lapsed": 6},
        """select case when exists (select from harmony.repair_order r where r.claim_id = c.id) then 'repair'
             when status in ('settled', 'closed') then 'replacement or cash'
             when status = 'rejected' then 'rejected' else 'withdrawn or lapsed' end, count(*)
           from harmony.claim c where status in ('settled', 'closed', 'rejected', 'withdrawn', 'lapsed') group by 1""",
    ),
    (
        "topic of calls, %", 2.5,
        {"status": 34, "new claim": 22, "policy change": 14, "premium": 11, "cancel": 9, "complaint": 3,
         "privacy": 0.5, "partner/repairer": 4, "other": 2.5},
        f"""select case when wrap_up_code in ('claim_status', 'theft_status') then 'status'
             when wrap_up_code in ('claim_new', 'theft_new') then 'new claim'
             when wrap_up_code = 'policy_change' then 'policy change' when wrap_up_code = 'policy_cancel' then 'cancel'
             when wrap_up_code = 'privacy_request' then 'privacy' when wrap_up_code = 'partner_repairer'
             then 'partner/repairer' when wrap_up_code in ('wrong_number', 'disconnected') then 'other'
             else wrap_up_code end, count(*) {_ANSWERED} group by 1""",
    ),
    (
        "recording of calls of 178 days, %", 1.5,
        {"announced_recorded": 96, "announced_objection": 2.5, "withdrawn_afterwards": 0.3, "not_recorded": 1,
         "not_announced": 0.2},
        f"""select recording_state, count(*) {_ANSWERED} and started_at > harmony.clock() - interval '177 days'
            group by 1""",
    ),
    (
        "privacy requests, %", 20.0, {"access": 45, "erasure": 30, "objection": 18, "rectification": 5, "portability": 2},
        "select kind, count(*) from harmony.privacy_request group by 1",
    ),
)  # fmt: skip

# subject, part, wanted, tolerance, query for the figure
_FIGURES: Final[tuple[tuple[str, str, float, float, str], ...]] = (
    ("premium", "% of the price a year, with theft", 17.5, 1.5,
     """select 100 * avg(12.0 * p.premium_cents / i.purchase_price_cents) from harmony.policy p
        join harmony.insured_item i on i.policy_id = p.id join harmony.product_version v on v.id = p.product_version_id
        where v.covers_theft and p.premium_cents between 500 and 4900"""),
    ("policy age", "mean, months", 18.0, 1.0,
     f"select avg({_TODAY} - started_on) / 30.44 from harmony.policy"),
    ("policy age", "most, months", 60.0, 1.5, f"select max({_TODAY} - started_on) / 30.44 from harmony.policy"),
    ("policies", "lapsed for missing photos, %", 6.0, 1.0,
     f"""select 100.0 * count(*) filter (where status = 'lapsed') / count(*) from harmony.policy
        where started_on < {_TODAY} - 30"""),
    ("policies", "cancelled in a year, %", 9.0, 1.5,
     f"""select 100 * (1 - exp(-(select count(*) from harmony.policy where status = 'ended') / sum(years)))
        from ({_EXPOSURE}) x"""),
    ("policies", "suspended, %", 1.0, 0.4,
     """select 100.0 * count(*) filter (where status = 'suspended') / count(*) from harmony.policy"""),
    *((f"claims a policy-year, {kind}", peril, wanted, tolerance,
       f"""select (select count(*) from harmony.claim c join harmony.insured_item i on i.id = c.insured_item_id
           where c.kind = '{peril}' and i.kind = '{kind}') / years from ({_EXPOSURE}) x where kind = '{kind}'""")
      for kind, peril, wanted, tolerance in (
          ("phone", "damage", 0.12, 0.012), ("phone", "theft", 0.012, 0.004), ("tablet", "damage", 0.05, 0.018),
          ("laptop", "damage", 0.06, 0.016), ("bike", "damage", 0.05, 0.02), ("bike", "theft", 0.035, 0.017))),
    ("report delay", "median, days", 2.0, 1.0,
     """select percentile_cont(0.5) within group (order by reported_at::date - happened_on) from harmony.claim"""),
    ("report delay", "95 %, days", 21.0, 6.0,
     """select percentile_cont(0.95) within group (order by reported_at::date - happened_on) from harmony.claim"""),
    ("turnaround of repairs", "median, working days", 6.0, 1.2,
     f"select percentile_cont(0.5) within group (order by {_SPENT}) from harmony.repair_order r where status = 'closed'"),
    ("turnaround of repairs", "90 %, working days", 14.0, 2.5,
     f"select percentile_cont(0.9) within group (order by {_SPENT}) from harmony.repair_order r where status = 'closed'"),
    ("calls", "per customer", 2.5, 0.25,
     "select (select count(*) from harmony.call)::float / count(*) from harmony.customer"),
    ("calls", "outbound, %", 22.0, 1.5,
     "select 100.0 * count(*) filter (where direction = 'out') / count(*) from harmony.call"),
    ("calls", "abandoned of inbound, %", 5.1, 0.8,
     "select 100.0 * count(*) filter (where answered_at is null) / count(*) from harmony.call where direction = 'in'"),
    ("calls", "on Monday, %", 23.8, 2.0,
     """select 100.0 * count(*) filter (where extract(isodow from started_at at time zone 'Europe/Amsterdam') = 1)
        / count(*) from harmony.call where direction = 'in'"""),
    ("calls", "verified, %", 91.0, 2.5,
     f"select 100.0 * count(*) filter (where verification_level > 0) / count(*) {_ANSWERED} and customer_id is not null"),
    ("calls", "with hold, %", 18.0, 1.5,
     f"select 100.0 * (select count(distinct call_id) from harmony.call_segment where kind = 'hold') / count(*) {_ANSWERED}"),
    ("talk time", "median, s", 232, 15,
     "select percentile_cont(0.5) within group (order by duration_ms) / 1000 from harmony.recording where duration_ms > 6000"),
    ("talk time", "mean, s", 278, 15, "select avg(duration_ms) / 1000 from harmony.recording where duration_ms > 6000"),
    ("talk time", "95 %, s", 624, 50,
     "select percentile_cont(0.95) within group (order by duration_ms) / 1000 from harmony.recording where duration_ms > 6000"),
    ("wrap-up", "mean, s", 70, 4, f"select avg(wrap_up_seconds) {_ANSWERED}"),
    ("claims", "with a signal, %", 2.5, 1.3,
     "select 100.0 * (select count(*) from harmony.signal where incident_id is null or rule <> 'same_imei') / count(*) from harmony.claim"),
    ("policies", "in collection, %", 0.4, 0.25,
     "select 100.0 * (select count(*) from harmony.incident where kind = 'payment_default') / count(*) from harmony.policy"),
    ("policies", "repeated IMEI, %", 0.4, 0.25,
     """select 100.0 * (count(imei) - count(distinct imei)) / count(*) from harmony.insured_item"""),
    ("privacy requests", "a year, of 1,000 customers", 1.5, 0.7,
     f"""select 1000.0 * (select count(*) from harmony.privacy_request where received_on > {_TODAY} - 1095)
        / sum(least({_TODAY} - created_at::date, 1095) / 365.25) from harmony.customer"""),
)  # fmt: skip
# Claims of a month against the policies in force in it, so that the day of making does not matter; of the first
# 20,000 customers, which is enough.
_SEASON: Final = f"""
    with months as (select m, m + interval '1 month' as next from generate_series(
        date_trunc('month', {_TODAY}) - interval '36 months', date_trunc('month', {_TODAY}) - interval '2 months',
        interval '1 month') m),
    lots as (select extract(month from m) as month, sum(extract(epoch from
          least(m.next, coalesce(p.ends_on, {_TODAY})) - greatest(m.m, p.started_on)) / 86400) as days
        from months m join harmony.policy p on p.started_on < m.next and coalesce(p.ends_on, {_TODAY}) > m.m
        where p.status in ('active', 'suspended', 'ended') and p.customer_id <= 20000 group by 1),
    hits as (select extract(month from happened_on) as month, count(*) as n from harmony.claim, months m
        where happened_on >= m.m and happened_on < m.next and customer_id <= 20000 group by 1),
    rates as (select l.month, coalesce(h.n, 0) / l.days as rate from lots l left join hits h using (month))
    select 100 * sum(rate) filter (where month = 9) / sum(rate),
      100 * sum(rate) filter (where month in (9, 10, 11)) / sum(rate) from rates"""


def lines(connection: Connection) -> Iterator[Line]:
    """Every figure of the table, counted in the database."""
    for subject, tolerance, wanted, query in _SHARES:
        counts = {part: count for part, count in _rows(connection, query) if part is not None}
        total = sum(counts.values()) or 1
        for part, share in wanted.items():
            yield Line(subject, part, share, 100 * counts.get(part, 0) / total, tolerance)
    for subject, part, figure, tolerance, query in _FIGURES:
        yield Line(subject, part, figure, float(_rows(connection, query)[0][0] or 0), tolerance)
    september, autumn = _rows(connection, _SEASON)[0]
    yield Line("claims by month", "September, %", 11.0, float(september or 0), 3.0)
    yield Line("claims by month", "September to November, %", 29.0, float(autumn or 0), 4.5)


def _rows(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query.encode()).fetchall()


def table(found: Sequence[Line]) -> str:
    """The lines under each other; one that is too far off ends in an exclamation mark."""
    texts = [f"{'subject':<36}{'part':<36}{'source':>9}{'made':>9}  may differ"]
    texts += [
        f"{one.subject:<36}{one.part:<36}{one.wanted:>9.3g}{one.made:>9.3g}  {one.tolerance:g}{'' if one.holds else '  !'}"
        for one in found
    ]
    return "\n".join(texts)
