"""The rows before they reach a database: repeatable, whatever the chunk and however many follow."""

import datetime as dt

import pytest
from stdnum import luhn

from db.seed import generate, names, numbers, places, staff
from db.seed.days import Days
from db.seed.rows import COLUMNS
from harmony_desk.core.model import Base

TODAY = dt.date(2026, 11, 20)


def made(customers: int, seed: int = 3, today: dt.date = TODAY) -> dict[str, list[str]]:
    lines: dict[str, list[str]] = {}
    for chunk in generate.chunks(customers, seed, today, staff.numbered()):
        for table, rows in chunk.items():
            lines.setdefault(table, []).extend(rows)
    return lines


def test_the_same_seed_and_day_make_the_same_rows() -> None:
    assert made(200) == made(200)


def test_another_seed_makes_other_people() -> None:
    ours, theirs = made(200), made(200, seed=4)

    shared = set(ours["customer"][60:]) & set(theirs["customer"][60:])

    assert shared == set()


def test_more_customers_leave_the_first_as_they_are() -> None:
    few, many = made(150), made(300)

    assert {table: many[table][: len(rows)] for table, rows in few.items()} == few


def test_no_row_depends_on_the_size_of_a_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = made(150)
    monkeypatch.setattr(generate, "CHUNK", 7)

    assert made(150) == whole


def test_every_row_has_a_value_for_each_column_and_needs_no_escape() -> None:
    for table, rows in made(300).items():
        width = len(COLUMNS[table].split())
        assert [row for row in rows if row.count("\t") != width - 1 or "\n" in row] == []
        assert [row for row in rows if "\\" in row.replace("\\N", "")] == []


def test_every_column_that_the_seed_leaves_out_has_a_default_that_does_not_depend_on_the_hour() -> None:
    """A column that says when, filled by the clock, would differ between two runs."""
    # Numbers of transactions say nothing; changed_at is empty for who was never changed.
    forgotten = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        if table.name in COLUMNS
        for column in table.columns
        if column.name not in COLUMNS[table.name].split()
        and column.server_default is not None
        and "clock()" in str(getattr(column.server_default, "arg", ""))
    }

    assert forgotten == set()


@pytest.mark.parametrize(
    "today", [dt.date(2026, 1, 1), dt.date(2028, 2, 29), dt.date(2026, 11, 22), dt.date(2027, 4, 5)]
)
def test_any_day_can_be_the_day_of_making(today: dt.date) -> None:
    rows = made(120, today=today)

    starts = [row.split("\t")[COLUMNS["call"].split().index("started_at")] for row in rows["call"]]
    assert max(starts) < today.isoformat()
    assert min(len(rows[table]) for table in ("customer", "call", "claim", "recording")) > 0


def test_calls_come_in_during_office_hours_in_amsterdam_winter_and_summer() -> None:
    days = Days(TODAY)
    summer, winter = 150, 10

    assert days.office_second(summer, 0.0) == 6 * 3600 + 1800  # half past eight is 6:30 UTC
    assert days.office_second(winter, 0.0) == 7 * 3600 + 1800
    assert days.office_second(winter, 0.999999) < 17 * 3600


def test_nobody_calls_on_a_sunday_or_a_holiday() -> None:
    days = Days(TODAY)

    chosen = {days.busy_day(600, 1, chance / 4000) for chance in range(4000)}

    assert len(chosen) > 350
    assert [days.date(ago) for ago in chosen if not days.working[ago]] == []
    assert 0 not in chosen


@pytest.mark.parametrize(
    ("name", "belgian", "split"),
    [
        ("van den Berg", False, ("van den", "Berg")),
        ("de la Fuente", False, ("de la", "Fuente")),
        ("'t Hart", False, ("'t", "Hart")),
        ("in 't Veld", False, ("in 't", "Veld")),
        ("d'Ancona", False, ("d'", "Ancona")),
        ("'s-Gravesande", False, (None, "'s-Gravesande")),
        ("van den Heuvel tot Beichlingen", False, ("van den", "Heuvel tot Beichlingen")),
        ("Vander Laan", True, (None, "Vander Laan")),
        ("Van Damme", True, ("Van", "Damme")),
        ("D'Hondt", True, ("D'", "Hondt")),
        ("Dekker", False, (None, "Dekker")),
    ],
)
def test_a_prefix_is_split_off_as_people_write_it(name: str, belgian: bool, split: tuple[str | None, str]) -> None:
    assert names.split_prefix(name, belgian=belgian) == split


def test_no_two_people_get_the_same_mobile_number() -> None:
    numbers_given = {numbers.mobile(5, count, "NL") for count in range(200_000)}

    assert len(numbers_given) == 200_000


def test_luhn_agrees_with_the_library() -> None:
    made_here = [numbers.imei(model, count) for model in (1, 40, 80) for count in range(0, 3_000_000, 99_991)]

    assert [imei for imei in made_here if not luhn.is_valid(imei)] == []
    assert len(set(made_here)) == len(made_here)


def test_the_map_has_at_least_sixty_dutch_ranges_with_six_streets_each() -> None:
    dutch = [place for place, _ in places.ALL["NL"]]

    assert len(dutch) >= 60
    assert min(len(place.streets) for place in dutch) >= 6
    assert {"BE", "DE"} < set(places.ALL)


def test_a_house_has_the_same_postcode_for_everybody() -> None:
    assert places.house("Rotterdam", "Oranjeboomstraat", 12).postcode == "3071AB"
    with pytest.raises(KeyError):
        places.house("Rotterdam", "Damrak", 1)
