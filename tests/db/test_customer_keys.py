"""Removing a customer looks into every table that refers to him: by an index, or an undo and an erasure walk them all."""

from tests.database import Database


def test_every_foreign_key_to_a_customer_has_an_index(database: Database) -> None:
    with database.superuser() as connection:
        without = connection.execute(
            "select c.conrelid::regclass::text from pg_constraint c where c.contype = 'f'"
            " and c.confrelid = 'harmony.customer'::regclass and not exists ("
            " select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1] and i.indpred is null)"
        ).fetchall()

    assert without == []
