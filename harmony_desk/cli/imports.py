"""`harmony-desk import`: bring in a list of customers, first as a dry run, and take it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click
import psycopg

from harmony_desk.cli import connection, output
from harmony_desk.core.database import Database
from harmony_desk.core.errors import InvalidInput, UserError
from harmony_desk.core.imports import carry_out, duplicates, mapping, reading, runs
from harmony_desk.core.imports.rows import Checked, Person, Problem, check
from harmony_desk.core.texts import _, ngettext
from harmony_desk.core.validation.deadlines import day_in_amsterdam

PROGRAM = "harmony-desk import"
_SHOWN = 50
_DELIMITERS = {"semicolon": ";", "comma": ",", "tab": "\t"}
file_argument = click.Path(path_type=Path, dir_okay=False)


@dataclass(frozen=True)
class Outcome:
    """What a run found and did; for `--json` as it is."""

    run: int | None
    dry_run: bool
    rows: int
    columns: dict[str, str]
    problems: Sequence[Problem]
    twins: Sequence[duplicates.Twin]
    known: Sequence[runs.Known] | None
    imported: int


@click.group(name="import")
def imports() -> None:
    """Bring in lists of customers, and take them back."""


@imports.command()
@click.argument("file", type=file_argument)
@connection.dsn_option
@click.option("--source", default="", help="Where the list comes from, in a few words; customers may ask for it.")
@click.option("--mapping", "profile_file", type=file_argument, help="Profile of columns, as --save-mapping writes it.")
@click.option("--column", "columns", multiple=True, metavar="HEADER=FIELD", help="Read this column as that field.")
@click.option("--save-mapping", type=file_argument, help="Write the columns as they were read to this file.")
@click.option("--delimiter", type=click.Choice(sorted(_DELIMITERS)), help="Of a CSV file; found out otherwise.")
@click.option("--encoding", type=click.Choice(["utf-8", "cp1252"]), help="Of a CSV file; found out otherwise.")
@click.option("--sheet", help="Sheet of a workbook; the first visible one otherwise.")
@click.option("--dry-run", is_flag=True, help="Check and compare; add nobody.")
@click.option("--file-only", is_flag=True, help="Dry run of the file alone, without a server.")
@click.option("--without-faulty", is_flag=True, help="Leave out the rows with problems and bring in the others.")
@click.option("--also-known", is_flag=True, help="Add people also when they seem to be known already.")
@output.json_option
def customers(
    file: Path,
    dsn: str | None,
    source: str,
    profile_file: Path | None,
    columns: Sequence[str],
    save_mapping: Path | None,
    delimiter: str | None,
    encoding: str | None,
    sheet: str | None,
    dry_run: bool,
    file_only: bool,
    without_faulty: bool,
    also_known: bool,
    as_json: bool,
) -> None:
    """Bring in the customers of FILE (CSV or XLSX), as a team lead."""
    given = mapping.load(_text_of(profile_file)) if profile_file else None
    table = reading.read_file(
        file,
        delimiter=_DELIMITERS[delimiter] if delimiter else given.delimiter if given else None,
        encoding=encoding or (given.encoding if given else None),
        sheet=sheet or (given.sheet if given else None),
    )
    profile = _profile(given, columns, table.header)
    dry_run = dry_run or file_only
    if save_mapping:
        _save(save_mapping, profile)
    checked = check(table, profile, today=day_in_amsterdam(dt.datetime.now(dt.UTC)))
    if not dry_run:
        _refuse_unready(checked, source, without_faulty=without_faulty)
    if file_only or not checked.people:
        twins = duplicates.within(checked.people)
        outcome = Outcome(None, True, checked.rows, dict(profile.columns), checked.problems, twins, None, 0)
    else:
        database = _database(dsn)
        try:
            outcome = _run(database, checked, profile, source, dry_run=dry_run, also_known=also_known)
        finally:
            database.close()
    output.answer(asdict(outcome), _report(outcome), as_json=as_json)


@imports.command()
@click.argument("run", type=int)
@connection.dsn_option
@output.json_option
def undo(run: int, dsn: str | None, as_json: bool) -> None:
    """Take back run number RUN: removes its customers that nobody touched since."""
    database = _database(dsn)
    try:
        undone = database.write(partial(runs.undo, run_id=run))
    finally:
        database.close()
    text = ngettext("{count} customer removed.", "{count} customers removed.", undone.removed).format(
        count=undone.removed
    )
    if undone.kept:
        text += "\n" + _("These stay, for somebody has worked with them since: {numbers}.").format(
            numbers=", ".join(undone.kept[:_SHOWN]) + (" ..." if len(undone.kept) > _SHOWN else "")
        )
    output.answer(asdict(undone), text, as_json=as_json)


def _run(
    database: Database, checked: Checked, profile: mapping.Profile, source: str, *, dry_run: bool, also_known: bool
) -> Outcome:
    people, twins = checked.people, duplicates.within(checked.people)
    source = source or _("Dry run without a named source")
    run_id = database.ask(partial(runs.begin, source=source, digest=checked.digest, rows=len(people)))
    known = carry_out.compare(database, run_id, people)
    problems, imported = list(checked.problems), 0
    if dry_run:
        database.write(partial(runs.finish, run_id=run_id))
    else:
        left_out = set() if also_known else {twin.row for twin in twins} | {one.row for one in known}
        added = _add(database, run_id, [one for one in people if one.row not in left_out])
        imported = added.imported
        problems += added.problems
    return Outcome(run_id, dry_run, checked.rows, dict(profile.columns), problems, twins, known, imported)


def _add(database: Database, run_id: int, people: Sequence[Person]) -> carry_out.Added:
    try:
        return carry_out.add(database, run_id, people)
    except UserError:
        click.echo(
            _(
                "Run {run} stopped half-way. Bring the same list in again: who came in is known by then. Or take it back"
                " with: harmony-desk import undo {run}"
            ).format(run=run_id),
            err=True,
        )
        raise


def _profile(given: mapping.Profile | None, columns: Sequence[str], header: Sequence[str]) -> mapping.Profile:
    changes: dict[str, str | None] = {}
    for one in columns:
        title, equals, field = one.rpartition("=")
        if not equals:
            raise InvalidInput(
                _("Column: write it as HEADER=FIELD; without a field the column is left out."), field="column"
            )
        changes[title] = field or None
    if given:
        return mapping.fitting(mapping.changed(given, changes), header)
    return mapping.guess(header, changes)


def _refuse_unready(checked: Checked, source: str, *, without_faulty: bool) -> None:
    if len(source.strip()) < 3:
        raise InvalidInput(
            _("Say with --source where the list comes from: a customer may ask for it."),
            field="source",
            code="no_source",
        )
    faulty = len({problem.row for problem in checked.problems})
    if faulty and not without_faulty:
        raise InvalidInput(
            ngettext(
                "{count} row has a problem. Look at it with --dry-run; mend it, or leave it out with --without-faulty.",
                "{count} rows have problems. Look at them with --dry-run; mend them, or leave them out with"
                " --without-faulty.",
                faulty,
            ).format(count=faulty),
            field="file",
            code="rows_with_problems",
        )


def _report(outcome: Outcome) -> str:
    faulty = len({problem.row for problem in outcome.problems})
    known = len({one.row for one in outcome.known or ()})
    lines = [
        _("{rows} rows; {faulty} with problems; {twins} that stand twice; {known} known already.").format(
            rows=outcome.rows, faulty=faulty, twins=len(outcome.twins), known="?" if outcome.known is None else known
        )
    ]
    lines += _listed(
        [_("row {row}, {column}: {sentence}").format(**asdict(problem)) for problem in outcome.problems]
        + [
            _("row {row}: the same as row {earlier_row} ({sign})").format(
                row=twin.row, earlier_row=twin.earlier_row, sign=_(duplicates.SIGNS[twin.matched_on])
            )
            for twin in outcome.twins
        ]
        + [_known_line(one) for one in outcome.known or ()]
    )
    if outcome.dry_run:
        lines.append(_("Dry run: nothing was added."))
        if outcome.known is None:
            lines.append(_("Nobody was compared with the customers."))
    else:
        lines.append(
            _("{count} customers added as run {run}. Undo with: harmony-desk import undo {run}").format(
                count=outcome.imported, run=outcome.run
            )
        )
    return "\n".join(lines)


def _known_line(one: runs.Known) -> str:
    sign = _(duplicates.SIGNS[one.matched_on])
    if one.customer_number is None:
        return _("row {row}: known already ({sign})").format(row=one.row, sign=sign)
    card = " ".join(str(part) for part in (one.display_name, one.birth_year, one.city) if part)
    return _("row {row}: known already ({sign}) as {number} {card}").format(
        row=one.row, sign=sign, number=one.customer_number, card=card
    )


def _listed(lines: Sequence[str]) -> list[str]:
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], *([_("... and {count} more; --json gives all.").format(count=more)] if more > 0 else [])]


def _save(file: Path, profile: mapping.Profile) -> None:
    try:
        file.write_text(mapping.dump(profile), encoding="utf-8")
    except OSError:
        raise UserError(_("Mapping: the file cannot be written."), field="mapping", code="not_written") from None


def _text_of(file: Path) -> str:
    try:
        if file.stat().st_size > mapping.MOST_PROFILE_BYTES:
            raise OSError
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UserError(_("Mapping: the file cannot be read."), field="mapping", code="not_a_profile") from None


def _database(dsn: str | None) -> Database:
    road = connection.connector(dsn, program=PROGRAM)

    def connect() -> psycopg.Connection[Any]:
        opened = road()
        # The road is made for single statements; a batch is one transaction.
        opened.autocommit = False
        return opened

    return Database(connect, pool_size=1)
