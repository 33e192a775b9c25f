"""Fills a database with synthetic customers by COPY, for measuring and for tests of the search."""

from collections.abc import Iterable, Sequence

from psycopg import Connection, sql
from psycopg.rows import TupleRow

from tests.benchmarks.people import COLUMNS, Person


def copy(connection: Connection[TupleRow], crowd: Sequence[Person]) -> None:
    """Adds the people with their number, address, account, policy, device and claim. For the superuser."""
    with connection.transaction():
        version = connection.execute(
            "with p as (insert into harmony.product (code, name) values ('TEL', 'Telefoon Compleet')"
            " on conflict (code) do update set name = excluded.name returning id)"
            " insert into harmony.product_version (product_id, version, valid_from, covers_theft)"
            " select id, 'bench', date '2024-01-01', true from p"
            " on conflict (product_id, version) do update set covers_theft = true returning id"
        ).fetchone()
        assert version is not None
        _copy(connection, "customer", COLUMNS, (p.customer for p in crowd))
        _copy(connection, "customer_phone", ("customer_id", "e164", "raw"), ((p.id, p.phone, p.phone) for p in crowd))
        _copy(connection, "customer_email", ("customer_id", "address"), ((p.id, p.email) for p in crowd))
        _copy(
            connection, "bank_account", ("customer_id", "iban", "holder_name"),
            ((p.id, p.iban, p.last_name) for p in crowd),
        )  # fmt: skip
        _copy(
            connection, "policy",
            ("id", "customer_id", "policy_number", "certificate_number", "product_version_id", "started_on"),
            ((p.id, p.id, p.policy_number, p.certificate_number, version[0], "2025-01-01") for p in crowd),
        )  # fmt: skip
        _copy(
            connection, "insured_item",
            ("id", "customer_id", "policy_id", "kind", "imei", "serial_number", "brand", "model"),
            ((p.id, p.id, p.id, "phone", p.imei, p.serial_number, "Merk", "Model") for p in crowd),
        )  # fmt: skip
        _copy(
            connection, "claim", ("customer_id", "policy_id", "insured_item_id", "claim_number", "kind"),
            ((p.id, p.id, p.id, p.claim_number, "damage") for p in crowd if p.claim_number),
        )  # fmt: skip

        # the next row made by the program comes after these
        for table in ("customer", "policy", "insured_item"):
            connection.execute(
                sql.SQL("select setval(pg_get_serial_sequence({}, 'id'), greatest(max(id), 1)) from harmony.{}").format(
                    sql.Literal(f"harmony.{table}"), sql.Identifier(table)
                )
            )
        connection.execute(
            "select setval('harmony.number_customer', greatest(max(customer_number)::bigint, 10100000))"
            " from harmony.customer"
        )


def _copy(
    connection: Connection[TupleRow], table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]
) -> None:
    statement = sql.SQL("copy harmony.{} ({}) from stdin").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor().copy(statement) as stream:
        for row in rows:
            stream.write_row(row)
