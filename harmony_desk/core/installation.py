"""Which database this is: real, a demo or a test. A demo looks real and must never act in the real world."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sqlalchemy import text
from sqlalchemy.orm import Session

from harmony_desk.core.errors import NotAllowed
from harmony_desk.core.texts import N_, _


@dataclass(frozen=True)
class Installation:
    """The kind of the database, read once when somebody logs in and handed on: `production`, `demo` or `test`."""

    kind: str

    @property
    def is_demo(self) -> bool:
        """Whether the people in it are made up: documents get a mark, nothing leaves."""
        return self.kind == "demo"


class Action(Enum):
    """What reaches somebody or something outside. The value is the sentence of its refusal."""

    DIAL = N_("This is the demo: no telephone call is made here.")
    MAIL = N_("This is the demo: no mail is sent from here.")
    BANK_FILE = N_("This is the demo: no file for the bank is made here.")


def read(session: Session) -> Installation:
    """The installation that this login is connected to."""
    kind = session.execute(text("select kind from harmony.installation where id = 1")).scalar_one()
    return Installation(str(kind))


def refuse_in_demo(installation: Installation, action: Action) -> None:
    """Raises NotAllowed in a demo. Call it first in whatever does one of these actions, not only in its button:
    made-up numbers and accounts belong to real people as soon as somebody dials or pays."""
    if installation.is_demo:
        raise NotAllowed(_(action.value), code="demo")
