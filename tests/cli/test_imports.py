"""`harmony-desk import` as a team lead uses it: look first, bring in, take back."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harmony_desk import cli
from harmony_desk.core import texts
from harmony_desk.local.postgres import Server
from tests import database as databases
from tests.database import Database

LIST = Path(__file__).parents[1] / "data" / "imports" / "portefeuille.csv"
GOOD = ("--without-faulty", "--source", "Overgenomen portefeuille")


@pytest.fixture(scope="module")
def database(server: Server) -> Iterator[Database]:
    with databases.fresh(server) as made:
        yield made


@pytest.fixture
def lead(database: Database, monkeypatch: pytest.MonkeyPatch) -> str:
    login = database.create_staff("team_lead")
    host = f"host=127.0.0.1 port={database.server.port} dbname={database.name} user={login}"
    monkeypatch.setenv("HARMONY_DSN", host)
    monkeypatch.setenv("HARMONY_PASSWORD", database.passwords[login])
    return login


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    code = cli.main(["import", *map(str, arguments), "--json"])
    return code, json.loads(capsys.readouterr().out)


def count(database: Database) -> int:
    with database.superuser() as connection:
        row = connection.execute("select count(*) from harmony.customer").fetchone()
    assert row is not None
    return int(row[0])


def test_a_file_alone_is_looked_at_without_a_server(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = run(capsys, "customers", LIST, "--file-only")

    assert code == 0
    assert (told["rows"], told["imported"], told["known"], told["run"]) == (5, 0, None, None)
    assert {problem["row"] for problem in told["problems"]} == {4}
    assert told["twins"] == [{"row": 7, "matched_on": "birth_date", "earlier_row": 2}]


def test_look_bring_in_look_again_and_take_back(
    database: Database, lead: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = count(database)

    code, looked = run(capsys, "customers", LIST, "--dry-run")
    assert (code, looked["imported"], looked["known"], count(database)) == (0, 0, [], before)

    code, done = run(capsys, "customers", LIST, *GOOD)
    assert (code, done["imported"], count(database)) == (0, 3, before + 3)

    code, again = run(capsys, "customers", LIST, *GOOD)
    assert (code, again["imported"], count(database)) == (0, 0, before + 3)
    assert {one["row"] for one in again["known"]} == {2, 3, 6, 7}
    assert again["known"][0]["display_name"] == "P.J. van der Meulen"

    assert run(capsys, "undo", done["run"]) == (0, {"removed": 3, "kept": []})
    assert count(database) == before


def test_people_read_sentences_and_never_what_was_in_a_faulty_cell(
    lead: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", "customers", str(LIST), "--dry-run"]) == 0

    told = capsys.readouterr().out
    assert "rij 4, Postcode: " in told
    assert "1234 SA" not in told
    assert "NL91ABNA0417164301" not in told
    assert texts._("Dry run: nothing was added.") in told


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((LIST, "--without-faulty"), "no_source"),
        ((LIST, "--source", "Portefeuille"), "rows_with_problems"),
        ((LIST, "--file-only", "--column", "Achternaam=wachtwoord"), "unknown_field"),
        ((LIST, "--file-only", "--column", "Achternaam"), None),
        ((LIST, "--file-only", "--mapping", LIST), "not_a_profile"),
        ((LIST, "--file-only", "--mapping", LIST.with_name("weg.json")), "not_a_profile"),
        ((LIST.with_name("weg.csv"), "--file-only"), None),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_added(
    database: Database,
    lead: str,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str | Path, ...],
    code: str | None,
) -> None:
    before = count(database)

    ended, told = run(capsys, "customers", *arguments)

    assert (ended, told["error"]["code"], count(database)) == (1, code, before)


def test_somebody_without_the_role_hears_so(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    login = database.create_staff("agent")
    monkeypatch.setenv("HARMONY_PASSWORD", database.passwords[login])
    host = f"host=127.0.0.1 port={database.server.port} dbname={database.name} user={login}"

    ended, told = run(capsys, "customers", LIST, "--dry-run", "--dsn", host)

    assert (ended, told["error"]["code"]) == (1, "42501")


def test_columns_are_kept_as_a_profile_for_the_next_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile, other = tmp_path / "profiel.json", tmp_path / "lijst.csv"
    shutil.copy(LIST, other)

    run(
        capsys,
        "customers",
        LIST,
        "--file-only",
        "--column",
        "Opmerking=city",
        "--column",
        "Woonplaats=",
        "--save-mapping",
        profile,
    )
    _code, told = run(capsys, "customers", other, "--file-only", "--mapping", profile)

    assert told["columns"]["Opmerking"] == "city"
    assert "Woonplaats" not in told["columns"]
