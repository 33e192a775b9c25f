"""Who is restricted is asked at each statement on a contact: by an index, however many customers there are."""

from tests import factories
from tests.database import Database


def test_restricted_customers_are_found_without_walking_all_customers(database: Database) -> None:
    person = factories.customer(database)
    with database.superuser() as connection:
        connection.execute("update harmony.customer set restricted_at = now() where id = %s", (person.id,))
        connection.execute("analyze harmony.customer")
        connection.execute("set enable_seqscan = off")
        plan = "\n".join(
            row[0]
            for row in connection.execute(
                "explain select coalesce(array_agg(id), '{}') from harmony.customer where restricted_at is not null"
            )
        )
        connection.execute("update harmony.customer set restricted_at = null where id = %s", (person.id,))

    assert "customer_restricted_idx" in plan
