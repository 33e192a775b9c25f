"""How the command line ends: its codes, and what it says when something is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import click
import psycopg
import pytest

import harmony_desk
from harmony_desk import cli
from harmony_desk.cli import crash, output
from harmony_desk.core.errors import UserError
from harmony_desk.local.postgres import Server

CANARY = "Mevrouw Zwaluwenburg"


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> click.Command:
    """A command `try` that does what the test asks; crash reports go to the test's folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    @click.command("try")
    @click.argument("kind")
    @output.json_option
    def attempt(kind: str, as_json: bool) -> None:
        if kind == "known":
            raise UserError("Close the file first.", code="file_open", field="customer")
        if kind == "bug":
            try:
                raise ValueError(CANARY)
            except ValueError as error:
                raise RuntimeError(f"could not save {CANARY}") from error
        if kind == "interrupt":
            raise KeyboardInterrupt
        output.answer({"kind": kind}, f"It was {kind}.", as_json=as_json)

    monkeypatch.setitem(cli.commands.commands, "try", attempt)
    return attempt


def test_a_command_answers_people_with_a_sentence(command: click.Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["try", "good"]) == 0
    assert capsys.readouterr() == ("It was good.\n", "")


def test_a_command_answers_programs_with_one_json_object(
    command: click.Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["try", "good", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"kind": "good"}


def test_a_known_problem_is_one_sentence_on_standard_error(
    command: click.Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["try", "known"]) == 1
    assert capsys.readouterr() == ("", "Close the file first.\n")


def test_a_known_problem_is_an_object_for_programs(command: click.Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["try", "known", "--json"]) == 1
    told = capsys.readouterr()
    assert told.err == ""
    assert json.loads(told.out) == {
        "error": {"message": "Close the file first.", "code": "file_open", "field": "customer"}
    }


def test_a_bug_gives_a_reference_and_no_word_of_what_was_typed(
    command: click.Command, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.main(["try", "bug"]) == 70

    told = capsys.readouterr()
    [report] = list(tmp_path.rglob("crashes.log"))
    written = report.read_text()
    reference = written.split()[1]
    assert told.out == ""
    assert reference in told.err
    assert str(report) in told.err
    assert "builtins.RuntimeError" in written
    assert "builtins.ValueError" in written
    assert "test_command_line.py" in written
    assert CANARY not in told.err + written


def test_a_bug_is_reported_also_where_nothing_can_be_written(
    command: click.Command,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))

    assert cli.main(["try", "bug"]) == 70
    assert CANARY not in capsys.readouterr().err


def test_ctrl_c_ends_with_130(command: click.Command) -> None:
    assert cli.main(["try", "interrupt"]) == 130


@pytest.mark.parametrize("arguments", [["--nonsense"], ["no-such-command"], ["demo", "--customers", "0"]])
def test_a_wrong_command_line_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 2
    assert capsys.readouterr().out == ""


def test_help_and_version_end_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    assert cli.main(["--version"]) == 0
    assert harmony_desk.__version__ in capsys.readouterr().out


def test_a_report_names_sqlstate_and_constraint_and_no_value(server: Server) -> None:
    with psycopg.connect(server.dsn, password=server.password) as connection:
        connection.execute("create temporary table t (name text constraint one_name_once unique)")
        connection.execute("insert into t values (%s)", [CANARY])
        with pytest.raises(psycopg.errors.UniqueViolation) as told:
            connection.execute("insert into t values (%s)", [CANARY])
        connection.rollback()

    described = crash.describe(told.value)

    assert "sqlstate=23505 constraint=one_name_once" in described
    assert CANARY in str(told.value)
    assert CANARY not in described


def test_the_module_runs_as_a_program_and_finds_all_its_parts() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "harmony_desk", "self-test", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )

    facts = json.loads(told.stdout)
    assert facts["ok"] is True
    assert float(facts["postgres"]) >= 15


def test_the_self_test_names_what_does_not_load(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # By its name: the package's attribute of this name is the command.
    monkeypatch.setattr(sys.modules["harmony_desk.cli.self_test"], "MODULES", ("json", "no_such_module"))

    assert cli.main(["self-test"]) == 1
    assert "no_such_module" in capsys.readouterr().err
