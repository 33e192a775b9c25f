"""Why a file or a line of a telephone system is not taken: a word for programs, a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from harmony_desk.core.texts import N_, _


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


_SENTENCES: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        Reason.EMPTY: N_("There is nothing in it."),
        Reason.TOO_LARGE: N_("It is larger than 2 GB."),
        Reason.NOT_A_FILE: N_("It is not an ordinary file."),
        Reason.NOT_SOUND: N_("It is not a sound file of a kind that is known."),
        Reason.NOT_ITS_NAME: N_("It holds something else than its name says."),
        Reason.CODEC: N_("Its sound is coded in a way that is not taken."),
        Reason.CUT: N_("Its end is missing."),
        Reason.UNFINISHED: N_("The telephone system has not finished it."),
        Reason.TRAILING: N_("Something else follows the sound."),
        Reason.UNREADABLE: N_("Its sound cannot be read to the end."),
        Reason.TOO_LONG: N_("It lasts longer than eight hours."),
        Reason.NO_SOUND_LEFT: N_("Nothing is left of it after leaving out holds and pauses."),
        Reason.SIDES_DIFFER: N_("Its two sides are not equally long."),
        Reason.NAME: N_("Its name is not one of this telephone system."),
        Reason.COLUMNS: N_("The line does not have the columns of this telephone system."),
        Reason.VALUE: N_("The line holds a value that cannot be right."),
        Reason.ENCODING: N_("The line is not text in UTF-8."),
        Reason.LINE_TOO_LONG: N_("The line is too long."),
        Reason.TIME_ZONE: N_("Its time does not fit its number: choose another time zone."),
        Reason.IN_THE_FUTURE: N_("It was made in the future: set the clock or the time zone right."),
        Reason.TOO_OLD: N_("It is older than recordings may be kept."),
        Reason.ABANDONED: N_("The caller hung up before anybody answered; nothing was kept."),
        Reason.OBJECTION: N_("The customer objects to recording; nothing was kept."),
        Reason.NO_DAY_KEY: N_("The key of its day is not loaded; it stays where it is."),
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
