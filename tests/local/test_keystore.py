"""The day keys stand in two places, survive the loss of one, and are gone from both when destroyed."""

import datetime as dt
import json
import multiprocessing
import os
from pathlib import Path

import pytest

from harmony_desk.core.errors import UserError
from harmony_desk.local import keystore
from harmony_desk.local.keystore import FILE_NAME, Keystore

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "one", tmp_path / "two"


def generation(place: Path) -> int:
    return int(json.loads((place / FILE_NAME).read_text())["generation"])


def test_keys_are_the_same_in_both_places_and_readable_by_the_owner_only(places: tuple[Path, Path]) -> None:
    keys = Keystore(*places).ensure(keystore.wanted(TODAY))

    assert len(keys) == keystore.KEPT_DAYS - 1 + 1 + keystore.AHEAD_DAYS
    assert len(set(keys.values())) == len(keys)
    assert (places[0] / FILE_NAME).read_bytes() == (places[1] / FILE_NAME).read_bytes()
    assert all((place / FILE_NAME).stat().st_mode & 0o077 == 0 for place in places)


def test_a_second_round_makes_no_other_keys(places: tuple[Path, Path]) -> None:
    first = Keystore(*places).ensure([TODAY])
    again = Keystore(*places).ensure([TODAY, TODAY + dt.timedelta(days=1)])

    assert again[TODAY] == first[TODAY]


@pytest.mark.parametrize("loss", ["missing", "cut", "no json", "short key"])
@pytest.mark.parametrize("which", [0, 1])
def test_a_lost_or_damaged_copy_is_made_whole_from_the_other(places: tuple[Path, Path], loss: str, which: int) -> None:
    keys = Keystore(*places).ensure(keystore.wanted(TODAY))
    file = places[which] / FILE_NAME
    if loss == "missing":
        file.unlink()
    elif loss == "cut":
        os.truncate(file, 100)
    elif loss == "no json":
        file.write_text("keys")
    else:
        file.write_text('{"generation": 9, "keys": {"2026-11-22": "00"}}')

    assert Keystore(*places).known_keys() == keys
    assert (places[0] / FILE_NAME).read_bytes() == (places[1] / FILE_NAME).read_bytes()


def test_both_copies_damaged_is_said_and_no_new_keys_are_made(places: tuple[Path, Path]) -> None:
    Keystore(*places).ensure([TODAY])
    for place in places:
        (place / FILE_NAME).write_text("x")

    with pytest.raises(UserError) as raised:
        Keystore(*places).ensure([TODAY])

    assert raised.value.code == "keystore_damaged"
    assert (places[0] / FILE_NAME).read_text() == "x"


def test_destroyed_days_are_in_neither_file_nor_the_blocks_of_the_old_ones(places: tuple[Path, Path]) -> None:
    days = keystore.wanted(TODAY)
    keys = Keystore(*places).ensure(days)
    gone = keys[days[0]].hex()
    held = [(place / FILE_NAME).open("rb") for place in places]

    assert Keystore(*places).destroy([days[0]]) == 1

    for place, old in zip(places, held, strict=True):
        with old:
            assert gone not in (place / FILE_NAME).read_text()
            assert set(old.read()) == {0}
    assert days[0] not in Keystore(*places).known_keys()


def test_a_crash_between_the_two_places_does_not_bring_a_destroyed_key_back(
    places: tuple[Path, Path],
) -> None:
    days = keystore.wanted(TODAY)
    Keystore(*places).ensure(days)
    before = (places[1] / FILE_NAME).read_bytes()
    Keystore(*places).destroy([days[0]])
    (places[1] / FILE_NAME).write_bytes(before)  # as if the second write never happened

    assert days[0] not in Keystore(*places).known_keys()
    assert generation(places[0]) == generation(places[1]) == 2


def test_one_folder_for_both_places_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        Keystore(tmp_path / "keys", tmp_path / "x" / ".." / "keys")

    assert raised.value.code == "one_keystore"


def test_days_are_due_at_179_and_wanted_up_to_seven_ahead() -> None:
    oldest = TODAY - dt.timedelta(days=178)

    assert keystore.wanted(TODAY)[0] == oldest
    assert keystore.wanted(TODAY)[-1] == TODAY + dt.timedelta(days=7)
    assert keystore.due(TODAY, [oldest]) == []
    assert keystore.due(TODAY + dt.timedelta(days=1), [oldest]) == [oldest]


def _make_keys(one: Path, two: Path, first: int) -> None:
    for offset in range(20):
        Keystore(one, two).ensure([TODAY + dt.timedelta(days=first + offset)])


def test_two_processes_at_once_lose_no_key(places: tuple[Path, Path]) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_make_keys, args=(*places, first)) for first in (0, 100)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert [worker.exitcode for worker in workers] == [0, 0]
    assert len(Keystore(*places).known_keys()) == 40
