"""`python -m db.seed --dsn DSN --customers N --seed S` fills a database; `--report` prints the distributions.

The password of the superuser comes from PGPASSWORD. The database is made by `harmony-desk db create --kind demo`
or by the tests.
"""

import sys

import click
import psycopg

from db.seed import fill, report
from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _


@click.command()
@click.option("--dsn", envvar="HARMONY_DSN", required=True, help="The database, without a password (libpq notation).")
@click.option("--customers", type=click.IntRange(1), help="Fill it with so many customers.")
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same people.")
@click.option("--report", "wants_report", is_flag=True, help="Print what was made beside the wanted distributions.")
def main(dsn: str, customers: int | None, seed: int, wants_report: bool) -> None:
    """Fill a database with people who do not exist, or report on them."""
    try:
        if customers:
            made = fill(dsn, customers=customers, seed=seed)
            click.echo(
                _("{rows} rows for {customers} customers in {seconds} s.").format(
                    rows=made.rows, customers=made.customers, seconds=round(made.seconds, 1)
                )
            )
        if wants_report:
            with psycopg.connect(dsn) as connection:
                click.echo(report.table(list(report.lines(connection))))
    except UserError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


main()
