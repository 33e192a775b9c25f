"""Why a file or a line of a telephone system is not taken: a word for programs, a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from harmony_desk.core.texts import _


class Reason(StrEnum):
    """The words of reports; programs rely on them."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_FILE = "not_a_file"
    NOT_SOUND = "not_sound"
    NOT_ITS_NAME = "not_its_name"
    CODEC = "codec"
    CUT = "cut"
    UNFINISHED = "unfinished"
    TRAILING = "trailing"
    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    NO_SOUND_LEFT = "no_sound_left"
    SIDES_DIFFER = "sides_differ"
    NAME = "name"
    COLUMNS = "columns"
    VALUE = "value"
    ENCODING = "encoding"
    LINE_TOO_LONG = "line_too_long"
    TIME_ZONE = "time_zone"
    IN_THE_FUTURE = "in_the_future"
    TOO_OLD = "too_old"
    ABANDONED = "abandoned"
    OBJECTION = "objection"
    NO_DAY_KEY = "no_day_key"


def _mark(message: str) -> str:
    """Marks a sentence for translation where it is not yet spoken."""
    return message


_SENTENCES: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        Reason.EMPTY: _mark("There is nothing in it."),
        Reason.TOO_LARGE: _mark("It is larger than 2 GB."),
        Reason.NOT_A_FILE: _mark("It is not an ordinary file."),
        Reason.NOT_SOUND: _mark("It is not a sound file of a kind that is known."),
        Reason.NOT_ITS_NAME: _mark("It holds something else than its name says."),
        Reason.CODEC: _mark("Its sound is coded in a way that is not taken."),
        Reason.CUT: _mark("Its end is missing."),
        Reason.UNFINISHED: _mark("The telephone system has not finished it."),
        Reason.TRAILING: _mark("Something else follows the sound."),
        Reason.UNREADABLE: _mark("Its sound cannot be read to the end."),
        Reason.TOO_LONG: _mark("It lasts longer than eight hours."),
        Reason.NO_SOUND_LEFT: _mark("Nothing is left of it after leaving out holds and pauses."),
        Reason.SIDES_DIFFER: _mark("Its two sides are not equally long."),
        Reason.NAME: _mark("Its name is not one of this telephone system."),
        Reason.COLUMNS: _mark("The line does not have the columns of this telephone system."),
        Reason.VALUE: _mark("The line holds a value that cannot be right."),
        Reason.ENCODING: _mark("The line is not text in UTF-8."),
        Reason.LINE_TOO_LONG: _mark("The line is too long."),
        Reason.TIME_ZONE: _mark("Its time does not fit its number: choose another time zone."),
        Reason.IN_THE_FUTURE: _mark("It was made in the future: set the clock or the time zone right."),
        Reason.TOO_OLD: _mark("It is older than recordings may be kept."),
        Reason.ABANDONED: _mark("The caller hung up before anybody answered; nothing was kept."),
        Reason.OBJECTION: _mark("The customer objects to recording; nothing was kept."),
        Reason.NO_DAY_KEY: _mark("The key of its day is not loaded; it stays where it is."),
    }
)


def sentence(reason: Reason) -> str:
    """The reason in the person's language."""
    return _(_SENTENCES[reason])


class Unusable(Exception):
    """This file or line is not taken; `reason` says why. Never holds what stood in it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class RefusedLine:
    """A line that was not taken: its number, from 1, and why. What stood in it is told to nobody."""

    number: int
    reason: Reason
