"""The tables on the server are the mapped ones, and each of them has all that a table must have."""

import tomllib
from importlib.resources import files

import psycopg
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from harmony_desk.core.model import Base, PersonalData
from tests.database import Database


def tables(database: Database) -> set[str]:
    with database.superuser() as connection:
        rows = connection.execute(
            "select relname from pg_class where relnamespace = 'harmony'::regnamespace and relkind in ('r', 'p')"
        ).fetchall()
    return {row[0] for row in rows} - {"alembic_version"}


def test_server_and_model_have_the_same_tables_and_columns(database: Database) -> None:
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(database.dsn))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _parents: kind != "schema" or name == "harmony",
                "version_table_schema": "harmony",
                "compare_type": True,
                # The search's indexes have expressions and collations that are not mapped (v0001_search.sql).
                "include_object": lambda _object, name, kind, _reflected, _other: (
                    not (kind == "index" and ("search" in (name or "") or (name or "").endswith("_tail")))
                ),
            },
        )
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()

    assert differences == []


def test_every_column_says_what_it_tells_of_a_person() -> None:
    unmarked = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if not isinstance(column.info.get("personal_data"), PersonalData)
    ]

    assert unmarked == []


def test_every_table_has_a_retention_rule_with_a_ground(database: Database) -> None:
    known = tomllib.loads(files("db").joinpath("base", "settings.toml").read_text("utf-8"))["retention"]

    assert set(known) == tables(database)
    assert all(keep and len(ground) > 5 for keep, ground in known.values())


def test_every_table_is_guarded_and_owned(database: Database) -> None:
    with database.superuser() as connection:
        open_tables = connection.execute(
            "select relname from pg_class where relnamespace = 'harmony'::regnamespace and relkind in ('r', 'p')"
            " and not (relrowsecurity and relforcerowsecurity and relowner = 'harmony_owner'::regrole)"
        ).fetchall()

    assert open_tables == []


def test_every_table_of_a_person_names_the_customer(database: Database) -> None:
    personal = {PersonalData.IDENTITY, PersonalData.CONTACT, PersonalData.FINANCIAL, PersonalData.PRODUCT}
    anonymous = {"customer", "product_version"}
    without = [
        table.name
        for table in Base.metadata.tables.values()
        if table.name not in anonymous
        and "customer_id" not in table.columns
        and any(column.info["personal_data"] in personal for column in table.columns)
    ]

    assert without == []


def test_every_text_column_has_a_longest_length(database: Database) -> None:
    with database.superuser() as connection:
        boundless = connection.execute(
            """
            select c.relname || '.' || a.attname
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'harmony'::regnamespace and c.relkind = 'r' and a.atttypid = 'text'::regtype
              and a.attgenerated = '' and c.relname not like 'search\\_%' and c.relname <> 'alembic_version'
              and not exists (
                select from pg_constraint k
                where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any (k.conkey)
                  and pg_get_constraintdef(k.oid) ~ '(char_length|= ANY|~ )')
            """
        ).fetchall()

    assert boundless == []


def test_every_person_is_audited_or_is_a_log_itself(database: Database) -> None:
    logs = {
        "audit_event",
        "audit_detail",
        "audit_seal",
        "file_opening",
        "search_log",
        "bank_reveal",
        "recording_listen",
        "call_verification",
        "recording_secret",
        "epoch_key",
        "keeper_work",
        "command",
        "installation",
        "search_name",
        "search_word",
        "import_customer",
    }
    with database.superuser() as connection:
        audited = {
            row[0]
            for row in connection.execute(
                "select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
                " where t.tgname = 'audit' and t.tgenabled = 'O'"
            )
        }

    assert tables(database) - audited == logs & tables(database)
    assert audited & logs == set()
